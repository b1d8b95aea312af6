import type { Binding } from '../definitions/definition';
import type { Registry } from '../definitions/registry';
import type { Knowledge } from '../knowledge';
import type { Report, Source } from '../finding';
import type { Judged } from '../rules/rule';
import type { Located, Message } from '../itk3/message';
import type { Element } from '../definitions/element';
import type { Pointer } from '../document/pointer';

/** The profiles that apply to each resource of a message, by claim, by position or because of who refers to it. */
export type Applicable = Map<Located, Set<string>>;

/** A code of which only the form can be judged here: its code system is not at hand, as SNOMED CT never is. */
export interface UnverifiedCode {
  /** Of the Coding, or of the code itself where it stands alone. */
  pointer: Pointer;
  system: string;
  code: string;
  display?: string;
  /** The value set that the code is bound to, with the strength of the binding, where there is one. */
  binding?: Binding;
}

/** One validation under way. */
export interface Run extends Judged {
  report: Report;
  /** Filled by the stage of profiles. */
  applicable: Applicable;
  /** Filled on the way, for a terminology server to answer. */
  unverified: UnverifiedCode[];
}

export type Stage = (run: Run) => void;

/** What a check of one value is told. */
export interface Visit {
  knowledge: Knowledge;
  message: Message;
  /** The resource in which the value stands. */
  at: Located;
  element: Element;
  /** FHIR type of the value; undefined for elements with elements of their own. */
  type: string | undefined;
  value: unknown;
  pointer: Pointer;
  report: Report;
}

/** Where an element's rule comes from: STU3 itself, or the profile that said the last word. */
export function sourceOf(registry: Registry, element: Element): Source {
  const definition = registry.definition(element.says);
  if (definition?.derivation !== 'constraint') return { title: 'FHIR STU3', url: element.says };
  return { title: [definition.name, definition.version].filter(Boolean).join(' '), url: element.says };
}

/** Names an element as a person would: `Composition.section` or, of a slice, `section "gpPractice"`. */
export function nameOf(element: Element): string {
  return element.sliceName ? `${element.name} "${element.sliceName}"` : element.name;
}
