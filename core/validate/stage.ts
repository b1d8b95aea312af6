import type { Binding } from '../definitions/definition';
import type { Registry } from '../definitions/registry';
import type { Report, Source } from '../finding';
import type { Judged } from '../rules/rule';
import type { Located } from '../itk3/message';
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
  /** Filled by the same stage, by pointer, for a terminology server to answer. */
  unverified: Map<Pointer, UnverifiedCode>;
  /** Which resources each resource refers to, as far as they are there. Filled by the same stage. */
  links: Map<Located, Set<Located>>;
  /** Whether an error has been found in a bundle, in none that it holds. */
  isBroken: (bundle: Pointer) => boolean;
}

export function createRun(judged: Judged, report: Report, isBroken: Run['isBroken'] = () => false): Run {
  return { ...judged, report, isBroken, applicable: new Map(), unverified: new Map(), links: new Map() };
}

export type Stage = (run: Run) => void;

/** What a check of one value is told. */
export interface Visit extends Pick<Run, 'knowledge' | 'message' | 'report' | 'unverified' | 'links'> {
  /** The resource in which the value stands. */
  at: Located;
  element: Element;
  /** FHIR type of the value; undefined for elements with elements of their own. */
  type: string | undefined;
  value: unknown;
  pointer: Pointer;
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
