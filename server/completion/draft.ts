// A value that is partly left to a person: FHIR JSON with holes in it. How it is written stands in written.ts.
import type { TypeReference } from '../../core/definitions/definition';
import { type Element, isList } from '../../core/definitions/element';
import { BASE, type Registry } from '../../core/definitions/registry';
import { type Pointer, segmentsOf } from '../../core/document/pointer';
import { isObject } from '../../core/json';
import type { Described } from '../describe';

/** Any JSON value, in which holes may stand in the place of values. */
export type Draft = unknown;

/** A place to be filled in. */
export interface Hole {
  readonly [HOLE]: true;
  /** What stands there until it is filled in: a text, a number, a boolean, or an empty object or list. */
  value: unknown;
  /** The values to choose from, of the kind of `value`. */
  choices?: readonly unknown[];
  /** Holes of one name are filled in together. */
  name?: string;
}

const HOLE = Symbol('hole');

export function hole(value: unknown, more: Pick<Hole, 'choices' | 'name'> = {}): Hole {
  return { [HOLE]: true, value, ...more };
}

export function isHole(draft: Draft): draft is Hole {
  return isObject(draft) && HOLE in draft;
}

/** The value with what stands in its holes. */
export function filled(draft: Draft): unknown {
  if (isHole(draft)) return draft.value;
  if (Array.isArray(draft)) return draft.map(filled);
  if (!isObject(draft)) return draft;
  return Object.fromEntries(Object.entries(draft).map(([name, member]) => [name, filled(member)]));
}

/** Whether the brackets of a list are part of what is written at a pointer: not at one of its items. */
export function isWholeList(pointer: Pointer, elements: Element[]): boolean {
  return !/^\d+$/.test(segmentsOf(pointer).at(-1) ?? '') && elements.some(isList);
}

/** The whole value of a property, as a list where STU3 has a list. */
export function draftOf(described: Described, registry: Registry): Draft {
  const item = itemDraft(described, registry);
  return described.elements.some(isList) ? [item] : item;
}

/** One value: an item where there is a list. */
export function itemDraft({ fixed, types }: Described, registry: Registry): Draft {
  return fixed !== undefined ? fixed : typeDraft(types[0], registry);
}

function typeDraft(type: TypeReference | undefined, registry: Registry): Draft {
  const code = type?.code ?? 'BackboneElement';
  switch (code) {
    case 'boolean':
      return hole(false, { choices: [true, false] });
    case 'decimal':
    case 'integer':
    case 'unsignedInt':
      return hole(0);
    case 'positiveInt':
      return hole(1);
    default:
      return hole(registry.definition(BASE + code)?.kind === 'primitive-type' ? '' : {});
  }
}
