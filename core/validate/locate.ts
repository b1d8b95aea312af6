// From a spot in a message to the elements that describe it.
import { childNamed, type Element, plainName } from '../definitions/element';
import { type Pointer, segmentsOf } from '../document/pointer';
import type { Located, Message } from '../itk3/message';
import { isObject } from '../json';
import type { Knowledge } from '../knowledge';
import { sliceOf } from './slicing';
import type { Applicable } from './stage';

export interface Spotted {
  /** The resource in which the spot lies. */
  at: Located;
  /** What applies to the spot: one element for each profile of the resource, or that of its STU3 type. */
  elements: Element[];
}

/** The innermost resource in which a spot lies. */
export function resourceAround(pointer: Pointer, { root, located }: Message): Located | undefined {
  let innermost = located.get(root.resource);
  let value: unknown = root.resource;
  for (const segment of segmentsOf(pointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) break;
    value = (value as Record<string, unknown>)[segment];
    if (isObject(value)) innermost = located.get(value) ?? innermost;
  }
  return innermost;
}

/**
 * The elements that describe the value at a pointer, which need not exist yet.
 * A choice is narrowed to the type that its name says; a list item that belongs to a slice is described by the slice.
 */
export function locate(
  pointer: Pointer,
  message: Message,
  applicable: Applicable,
  knowledge: Knowledge,
): Spotted | undefined {
  const at = resourceAround(pointer, message);
  if (!at) return undefined;
  const elements = elementsWithin(at, pointer.slice(at.pointer.length), message, applicable, knowledge);
  return { at, elements: mostSpecific(elements, knowledge) };
}

/** The same for a pointer from a resource on, of each profile or of the STU3 type. */
export function elementsWithin(
  at: Located,
  inner: Pointer,
  message: Message,
  applicable: Applicable,
  knowledge: Knowledge,
): Element[] {
  const { registry } = knowledge;
  const urls = [...(applicable.get(at) ?? [])];
  const trees = urls.length > 0 ? urls.map((url) => registry.tree(url)) : [registry.type(at.type)];
  let elements = trees.filter((tree) => tree !== undefined);
  let value: unknown = at.resource;
  for (const segment of segmentsOf(inner)) {
    const isItem = Array.isArray(value);
    value = isItem || isObject(value) ? (value as Record<string, unknown>)[segment] : undefined;
    elements = isItem
      ? elements.map((element) => narrow(element, value, { knowledge, message, at }))
      : elements.flatMap((element) => inside(element, segment, value, { knowledge, message, at }));
  }
  return elements;
}

/** What a profile says includes what its base says. */
function mostSpecific(elements: Element[], { registry }: Knowledge): Element[] {
  const profiled = elements.filter((e) => registry.definition(e.says)?.derivation === 'constraint');
  return profiled.length > 0 ? profiled : elements;
}

type Where = Parameters<typeof sliceOf>[2];

function inside(element: Element, name: string, value: unknown, where: Where): Element[] {
  const child = childNamed(where.knowledge.registry.childrenOf(element), plainName(name));
  if (!child) return [];
  return Array.isArray(value) ? [child] : [narrow(child, value, where)];
}

/** The slice of an item; an extension outside any slice is what its url says. */
function narrow(element: Element, item: unknown, where: Where): Element {
  const slice = sliceOf(item, element, where);
  if (slice) return slice;
  if (element.types[0]?.code !== 'Extension' || !isObject(item) || typeof item.url !== 'string') return element;
  const known = where.knowledge.registry.tree(item.url);
  return known
    ? {
        ...element,
        short: known.short,
        definition: known.definition,
        types: [{ code: 'Extension', profiles: [item.url] }],
      }
    : element;
}
