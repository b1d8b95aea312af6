import type { Binding, Constraint, Slicing, TypeReference } from './definition';

/**
 * An element of a type or profile with everything that applies to it: the profile's word over its base's.
 * Nodes are never changed once made, so trees share what they have in common.
 */
export interface Element {
  /** Last part of the path; `value[x]` for a choice. */
  name: string;
  /** Such as `Composition.section.code`, without slice names. */
  path: string;
  sliceName?: string;
  short?: string;
  definition?: string;
  min: number;
  /** Infinity for `*`. */
  max: number;
  /** What STU3 itself says, which the shape stage has already checked. */
  base: { min: number; max: number; types: TypeReference[] };
  types: TypeReference[];
  binding?: Binding;
  fixed?: unknown;
  pattern?: unknown;
  contentReference?: string;
  slicing?: Slicing;
  mustSupport?: boolean;
  constraints?: Constraint[];
  /** Elements inside, where this definition says something about them; else they are those of the type. */
  children?: ReadonlyMap<string, Element>;
  slices?: readonly Element[];
  /** Canonical url of the definition that last said something about this element. */
  says: string;
}

/** The property names by which a choice element may appear, with the type each stands for: `valueString` -> string. */
export function choiceNames(element: Element): Map<string, TypeReference> {
  const stem = element.name.slice(0, -3);
  return new Map(element.types.map((type) => [stem + type.code[0]!.toUpperCase() + type.code.slice(1), type]));
}

export function isChoice(element: Element): boolean {
  return element.name.endsWith('[x]');
}

export function isList(element: Element): boolean {
  return element.base.max > 1;
}
