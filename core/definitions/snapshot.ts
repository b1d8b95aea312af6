// Grows the tree of a type from its rows, and lays a profile's differential over the tree of its base.
import type { Definition, ElementDefinition } from './definition';
import { childNamed, type Element, isChoice, uniform } from './element';

/** Gives the elements inside an element: its own, or those of its type. */
export type ChildrenOf = (element: Element, typeCode?: string) => ReadonlyMap<string, Element>;

/** The tree of a base type, from the rows of its snapshot. */
export function growTree(definition: Definition): Element {
  interface Growing extends Omit<Element, 'children'> {
    children?: Map<string, Element>;
  }
  const nodes = new Map<string, Growing>();
  let root: Growing | undefined;
  for (const row of definition.elements) {
    const segments = row.id.split('.');
    const name = segments.at(-1)!;
    const said = { min: row.min ?? 0, max: readMax(row.max, Infinity), types: row.types ?? [] };
    const node = uniform({ ...saidBy(row), name, path: row.id, ...said, base: said, says: definition.url }) as Growing;
    nodes.set(row.id, node);
    const parent = nodes.get(segments.slice(0, -1).join('.'));
    if (parent) (parent.children ??= new Map()).set(name, node);
    else root ??= uniform({ ...node, types: [{ code: definition.type }] }) as Growing;
    if (!parent) nodes.set(row.id, root!);
  }
  return root!;
}

/** The tree of a profile: what it says, over the tree of its base. Rows that name nothing in the base are left out. */
export function applyDifferential(profile: Definition, base: Element, childrenOf: ChildrenOf): Element {
  // What is said of all comes before what is said of a slice, so that slices inherit it.
  const rows = [...profile.elements].sort((a, b) => sliceDepth(a.id) - sliceDepth(b.id));
  let root = uniform({ ...base, says: profile.url });
  for (const row of rows) {
    const [, ...segments] = row.id.split('.');
    root = edit(root, segments, (element) => overlay(element, row, profile.url), childrenOf) ?? root;
  }
  return root;
}

function sliceDepth(id: string): number {
  return id.split(':').length;
}

type Change = (element: Element) => Element;

function edit(element: Element, segments: string[], change: Change, childrenOf: ChildrenOf): Element | undefined {
  const [segment, ...rest] = segments;
  if (segment === undefined) return change(element);
  const children = new Map(element.children ?? childrenOf(element));
  const { found, slice } = named(segment, children);
  if (!found) return undefined;
  const edited =
    slice === undefined
      ? edit(found, rest, change, childrenOf)
      : editSlice(found, slice, (one) => edit(one, rest, change, childrenOf));
  return edited && uniform({ ...element, children: children.set(found.name, edited) });
}

/** What a slice is before anything is said of it; else it is as the list it is a part of. */
type NewSlice = Pick<Element, 'sliceName'> & Partial<Pick<Element, 'types'>>;

/**
 * The element that a step of an id names. A choice that is called by one of its types (`valueCode`, or as a slice
 * `valueCode:valueCode`, `value[x]:valueCode`) is of that type alone, unless it is sliced by type.
 */
function named(
  segment: string,
  children: ReadonlyMap<string, Element>,
): { found: Element | undefined; slice?: NewSlice } {
  const [name = '', sliceName] = segment.split(':');
  const slice = sliceName === undefined ? undefined : { sliceName };
  const found = childNamed(children, name);
  if (!found || !isChoice(found)) return { found, slice };
  const choice = children.get(found.name)!;
  const called = sliceName ?? name;
  const ofType = called === choice.name ? undefined : childNamed(children, called);
  if (ofType?.name !== choice.name) return { found: choice, slice };
  return choice.slicing ? { found: choice, slice: { sliceName: called, types: ofType.types } } : { found: ofType };
}

function editSlice(sliced: Element, made: NewSlice, change: (slice: Element) => Element | undefined): Element {
  const slices = sliced.slices ?? [];
  const at = slices.findIndex((slice) => slice.sliceName === made.sliceName);
  const slice = at >= 0 ? slices[at]! : uniform({ ...sliced, slices: undefined, slicing: undefined, min: 0, ...made });
  const edited = change(slice) ?? slice;
  const all = at >= 0 ? slices.map((s, i) => (i === at ? edited : s)) : [...slices, edited];
  return uniform({ ...sliced, slices: all });
}

function overlay(element: Element, row: ElementDefinition, url: string): Element {
  // A profile that repeats a constraint says it anew.
  const anew = new Set(row.constraints?.map((c) => c.key));
  const constraints = row.constraints && [
    ...(element.constraints ?? []).filter((c) => !anew.has(c.key)),
    ...row.constraints,
  ];
  return uniform({
    ...element,
    ...saidBy(row),
    ...(constraints && { constraints }),
    min: row.min ?? element.min,
    max: row.max === undefined ? element.max : readMax(row.max, element.max),
    types: row.types ?? element.types,
    says: url,
  });
}

function saidBy(row: ElementDefinition): Omit<Partial<Element>, 'children'> {
  const { short, definition, binding, fixed, pattern, contentReference, maxLength, slicing, mustSupport, constraints } =
    row;
  const said = {
    short,
    definition,
    binding,
    fixed,
    pattern,
    contentReference,
    maxLength,
    slicing,
    mustSupport,
    constraints,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

function readMax(max: string | undefined, otherwise: number): number {
  if (max === undefined) return otherwise;
  return max === '*' ? Infinity : Number(max);
}
