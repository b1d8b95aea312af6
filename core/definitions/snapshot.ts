// Grows the tree of a type from its rows, and lays a profile's differential over the tree of its base.
import type { Definition, ElementDefinition } from './definition';
import { childNamed, type Element } from './element';

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
    const node: Growing = {
      ...saidBy(row),
      name,
      path: row.id,
      ...said,
      base: said,
      says: definition.url,
    };
    nodes.set(row.id, node);
    const parent = nodes.get(segments.slice(0, -1).join('.'));
    if (parent) (parent.children ??= new Map()).set(name, node);
    else root ??= { ...node, types: [{ code: definition.type }] };
    if (!parent) nodes.set(row.id, root!);
  }
  return root!;
}

/** The tree of a profile: what it says, over the tree of its base. Rows that name nothing in the base are left out. */
export function applyDifferential(profile: Definition, base: Element, childrenOf: ChildrenOf): Element {
  // What is said of all comes before what is said of a slice, so that slices inherit it.
  const rows = [...profile.elements].sort((a, b) => sliceDepth(a.id) - sliceDepth(b.id));
  let root: Element = { ...base, says: profile.url };
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
  const [name = '', sliceName] = segment.split(':');
  const children = new Map(element.children ?? childrenOf(element));
  // A differential may call `value[x]` by one of its types: `valueCodeableConcept`.
  const found = childNamed(children, name);
  if (!found) return undefined;
  const edited =
    sliceName === undefined
      ? edit(found, rest, change, childrenOf)
      : editSlice(found, sliceName, (slice) => edit(slice, rest, change, childrenOf));
  return edited && { ...element, children: children.set(found.name, edited) };
}

function editSlice(sliced: Element, sliceName: string, change: (slice: Element) => Element | undefined): Element {
  const slices = sliced.slices ?? [];
  const at = slices.findIndex((slice) => slice.sliceName === sliceName);
  const slice = at >= 0 ? slices[at]! : { ...sliced, slices: undefined, slicing: undefined, sliceName, min: 0 };
  const edited = change(slice) ?? slice;
  return { ...sliced, slices: at >= 0 ? slices.map((s, i) => (i === at ? edited : s)) : [...slices, edited] };
}

function overlay(element: Element, row: ElementDefinition, url: string): Element {
  // A profile that repeats a constraint says it anew.
  const anew = new Set(row.constraints?.map((c) => c.key));
  const constraints = row.constraints && [
    ...(element.constraints ?? []).filter((c) => !anew.has(c.key)),
    ...row.constraints,
  ];
  return {
    ...element,
    ...saidBy(row),
    ...(constraints && { constraints }),
    min: row.min ?? element.min,
    max: row.max === undefined ? element.max : readMax(row.max, element.max),
    types: row.types ?? element.types,
    says: url,
  };
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
