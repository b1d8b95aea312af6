// What stands in FHIR XML for each name of a value: its elements one by one, or its attribute.
import { isObject, type Json } from '../json';
import type { ElementKind, Kinds } from './element-kinds';
import { besideOf, inOrder } from './xml-members';
import { elementsIn } from './xml-style';
import type { XmlAttribute, XmlElement } from './xml-tree';

/** What one element says. */
export interface Slot {
  /** Undefined of a primitive that has none. */
  value: unknown;
  /** The id and extensions of a primitive. */
  beside: Json | undefined;
}

export type Place =
  | { attribute: XmlAttribute }
  | {
      attribute?: undefined;
      /** The child of the owner. */
      element: XmlElement;
      /** The resource that stands in it. */
      inner?: XmlElement;
      /** More than one resource stands in it, where each should have an element of its own. */
      isShared?: true;
    };

export interface Owner {
  element: XmlElement;
  kinds: Kinds | undefined;
  of: 'resource' | 'primitive' | 'Extension' | 'other';
}

/** The names of what stands in an element, of both values, in STU3's order. */
export function namesOf({ kinds, of }: Owner, before: Json, after: Json): string[] {
  const names = new Set([...inOrder(before, kinds), ...inOrder(after, kinds)]);
  if (of === 'resource') names.delete('resourceType');
  const order = (name: string): number => kinds?.get(name)?.order ?? Number.MAX_SAFE_INTEGER;
  return [...names].sort((a, b) => order(a) - order(b));
}

/** One for each element; what XML cannot say has none. */
export function slotsOf(owner: Json, name: string, kinds: Kinds | undefined): Slot[] {
  const plain = name.slice(1);
  // What stands beside a primitive is no element of its own.
  if (name.startsWith('_') && besideOf(owner, plain, kinds?.get(plain)) !== undefined) return [];
  const kind = kinds?.get(name);
  const value = Object.hasOwn(owner, name) ? owner[name] : undefined;
  const beside = besideOf(owner, name, kind);
  const slots = zipped(value, beside);
  return kind?.form === 'xhtml' ? slots.filter((slot) => typeof slot.value === 'string') : slots;
}

function zipped(value: unknown, beside: unknown): Slot[] {
  if (!Array.isArray(value) && !Array.isArray(beside)) {
    const slot = { value: value ?? undefined, beside: isObject(beside) ? beside : undefined };
    return slot.value === undefined && !slot.beside ? [] : [slot];
  }
  const values: unknown[] = Array.isArray(value) ? value : [value];
  const besides: unknown[] = Array.isArray(beside) ? beside : [beside];
  return Array.from({ length: Math.max(values.length, besides.length) }, (_, i) =>
    zipped(values[i], besides[i]),
  ).flat();
}

/** Where the slots of a name stand; undefined where the text has not as many as the value. */
export function placesOf(
  owner: Owner,
  name: string,
  kind: ElementKind | undefined,
  count: number,
): Place[] | undefined {
  const places: Place[] = [];
  const { element, of } = owner;
  const hasAttribute = name === 'id' ? of !== 'resource' : name === 'url' && of === 'Extension';
  const attribute = hasAttribute && attributeNamed(element, name);
  if (attribute) places.push({ attribute });
  for (const child of elementsIn(element)) {
    if (child.name !== name) continue;
    const inside = kind?.form === 'resource' ? elementsIn(child) : [];
    if (inside.length < 2) places.push({ element: child, ...(inside[0] && { inner: inside[0] }) });
    else for (const inner of inside) places.push({ element: child, inner, isShared: true });
  }
  return places.length === count ? places : undefined;
}

export function attributeNamed({ attributes }: XmlElement, name: string): XmlAttribute | undefined {
  return attributes.find((one) => one.name === name && one.prefix === '');
}

/** By which slots are known to be the same: by being the same object, or the same text, and what stands beside it. */
export function keysOf(...lists: readonly (readonly Slot[])[]): unknown[][] {
  const known = new Map<Json, Map<unknown, object>>();
  return lists.map((slots) =>
    slots.map(({ value, beside }) => {
      if (!beside) return value;
      const byValue = known.get(beside) ?? new Map<unknown, object>();
      known.set(beside, byValue);
      const key = byValue.get(value) ?? {};
      byValue.set(value, key);
      return key;
    }),
  );
}
