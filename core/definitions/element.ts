import type { ElementDefinition, TypeReference } from './definition';

/**
 * An element of a type or profile with everything that applies to it: the profile's word over its base's.
 * Nodes are never changed once made, so trees share what they have in common.
 */
export interface Element extends Pick<
  ElementDefinition,
  | 'short'
  | 'definition'
  | 'binding'
  | 'fixed'
  | 'pattern'
  | 'contentReference'
  | 'maxLength'
  | 'slicing'
  | 'mustSupport'
  | 'constraints'
> {
  /** Last part of the path; `value[x]` for a choice. */
  name: string;
  /** Such as `Composition.section.code`, without slice names. */
  path: string;
  sliceName?: string;
  min: number;
  /** Infinity for `*`. */
  max: number;
  /** What STU3 itself says, which the shape stage has already checked. */
  base: { min: number; max: number; types: TypeReference[] };
  types: TypeReference[];
  /** Elements inside, where this definition says something about them; else they are those of the type. */
  children?: ReadonlyMap<string, Element>;
  slices?: readonly Element[];
  /** Canonical url of the definition that last said something about this element. */
  says: string;
}

/**
 * The same with every member there, in one order: elements are read at every value of a message, and engines are quick with
 * objects of one shape.
 */
export function uniform(element: Element): Element {
  return {
    name: element.name,
    path: element.path,
    sliceName: element.sliceName,
    min: element.min,
    max: element.max,
    base: element.base,
    types: element.types,
    children: element.children,
    slices: element.slices,
    slicing: element.slicing,
    binding: element.binding,
    fixed: element.fixed,
    pattern: element.pattern,
    maxLength: element.maxLength,
    contentReference: element.contentReference,
    constraints: element.constraints,
    mustSupport: element.mustSupport,
    short: element.short,
    definition: element.definition,
    says: element.says,
  };
}

type Names = ReadonlyMap<string, TypeReference>;

/** Asked at every value of a choice, so each element's are made once. */
const NAMES = new WeakMap<Element, Names>();
const BASE_NAMES = new WeakMap<Element, Names>();

/** The property names by which a choice element may appear, with the type each stands for: `valueString` -> string. */
export function choiceNames(element: Element): Names {
  return kept(NAMES, element, element.types);
}

/** The same as STU3 itself has them, before any profile. */
export function baseChoiceNames(element: Element): Names {
  return kept(BASE_NAMES, element, element.base.types);
}

function kept(names: WeakMap<Element, Names>, element: Element, types: readonly TypeReference[]): Names {
  let known = names.get(element);
  if (!known) {
    const stem = element.name.slice(0, -3);
    known = new Map(types.map((type) => [stem + type.code[0]!.toUpperCase() + type.code.slice(1), type]));
    names.set(element, known);
  }
  return known;
}

/** The child that a property name stands for; of a choice, narrowed to the type that the name says. */
export function childNamed(children: ReadonlyMap<string, Element>, name: string): Element | undefined {
  const child = children.get(name);
  if (child) return child;
  for (const candidate of children.values()) {
    const type = isChoice(candidate) ? choiceNames(candidate).get(name) : undefined;
    if (type) return { ...candidate, types: [type] };
  }
  return undefined;
}

/** The name of the primitive that a companion such as `_birthDate` stands beside; other names as they are. */
export function plainName(name: string): string {
  return name.startsWith('_') ? name.slice(1) : name;
}

export function isChoice(element: Element): boolean {
  return element.name.endsWith('[x]');
}

export function isList(element: Element): boolean {
  return element.base.max > 1;
}

export function isExtension(element: Element): boolean {
  return element.name === 'extension' || element.name === 'modifierExtension';
}
