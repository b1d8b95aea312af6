// Where the values of FHIR XML stand: pointers into the value to elements and attributes of the text, and back.
import { isObject, type Json } from '../json';
import { join, type Pointer, segmentsOf } from './pointer';
import type { Span, Spot } from './source-document';
import { isAsItStands } from './xml-narrative';
import type { XmlAttribute, XmlElement } from './xml-tree';

export interface XmlPositions {
  /** As of a SourceDocument. */
  spanOf(pointer: Pointer, part: 'key' | 'value', within?: Span): Span;
  pointerAt(offset: number): Spot;
  /** As of a SourceDocument. */
  exact(): ReadonlyMap<Pointer, string>;
}

/** What stands at a pointer: elements (of a list all that are in it), or an attribute of one. */
type Place =
  | { elements: readonly XmlElement[]; holders: readonly XmlElement[] }
  | { element: XmlElement; attribute: XmlAttribute }
  | { typeOf: XmlElement };

/** The elements of one name in an element, as items of a value. */
interface Members {
  /** Those of the name; where they hold resources, of each resource the one that holds it. */
  holders: readonly XmlElement[];
  /** The same, but of resources their own elements. */
  elements: readonly XmlElement[];
}

/** An element with the value that it means. */
interface Meant {
  element: XmlElement;
  pointer: Pointer;
  value: unknown;
  /** Of a primitive, what stands under its name with an underscore. */
  beside?: { pointer: Pointer; value: unknown };
}

export function xmlPositions(text: string, root: XmlElement, value: unknown): XmlPositions {
  const inside = new Map<XmlElement, ReadonlyMap<string, Members>>();

  /** By name; always asked with the same value, since each element means one. */
  const membersOf = (element: XmlElement, owner: Json): ReadonlyMap<string, Members> => {
    const known = inside.get(element);
    if (known) return known;
    const same = new Map<string, XmlElement[]>();
    for (const child of elementsIn(element)) {
      const others = same.get(child.name);
      if (others) others.push(child);
      else same.set(child.name, [child]);
    }
    const members = new Map([...same].map(([name, all]) => [name, membersFrom(all, owner[name])]));
    inside.set(element, members);
    return members;
  };

  /** What stands below an element (or the list of them) by the next name of a pointer; undefined where nothing does. */
  const below = (place: Place, within: unknown, segment: string): Place | undefined => {
    if (!('elements' in place)) return undefined;
    if (Array.isArray(within)) {
      const [one, holder] = [place.elements[Number(segment)], place.holders[Number(segment)]];
      return one && holder && { elements: [one], holders: [holder] };
    }
    const [element] = place.elements;
    if (!element || !isObject(within)) return undefined;
    if (segment === 'resourceType' && within.resourceType === element.name) return { typeOf: element };
    const members = membersOf(element, within).get(segment.startsWith('_') ? segment.slice(1) : segment);
    if (members) return members;
    const attribute = element.attributes.find(({ name, prefix }) => prefix === '' && name === segment);
    return attribute && { element, attribute };
  };

  /** The place of a child that an offset lies in, with what it means; undefined where it lies in none. */
  const stepInto = ({ element, pointer, value: owner }: Omit<Meant, 'beside'>, offset: number): Meant | undefined => {
    const child = elementAt(element, offset);
    if (!child || !isObject(owner)) return undefined;
    const { name } = child;
    const { holders, elements } = membersOf(element, owner).get(name)!;
    const first = holders.indexOf(child);
    const inner = elements[first] === child ? undefined : elementAt(child, offset);
    const index = inner ? elements.indexOf(inner, first) : first;
    const member = owner[name];
    const beside = owner[`_${name}`];
    const itemOf = (list: unknown, at: string): { pointer: Pointer; value: unknown } =>
      Array.isArray(list)
        ? { pointer: join(pointer, at, index), value: list[index] }
        : { pointer: join(pointer, at), value: list };
    const item = itemOf(member, name);
    if (beside === undefined) return { element: inner ?? child, ...item };
    const companion = itemOf(beside, `_${name}`);
    return {
      element: child,
      ...(item.value === undefined || item.value === null ? companion : item),
      beside: companion,
    };
  };

  return {
    spanOf(pointer, part, within) {
      let place: Place = { elements: [root], holders: [root] };
      let at: unknown = value;
      for (const segment of segmentsOf(pointer)) {
        const next = below(place, at, segment);
        if (!next) return nameSpan(place);
        at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[segment] : undefined;
        place = next;
      }
      if (part === 'key') return nameSpan(place);
      return within ? stretchOf(text, place, at, within) : valueSpan(place, at);
    },
    pointerAt(offset) {
      let meant: Meant = { element: root, pointer: '', value };
      for (;;) {
        const spot = spotIn(meant, offset);
        if (spot) return spot;
        const next = stepInto({ ...meant, ...meant.beside }, offset);
        if (!next) return { pointer: meant.pointer, part: 'gap' };
        meant = next;
      }
    },
    exact() {
      const found = new Map<Pointer, string>();
      const walk = (element: XmlElement, at: unknown, pointer: Pointer): void => {
        if (!isObject(at)) return;
        for (const [name, { elements }] of membersOf(element, at)) {
          const member = at[name];
          elements.forEach((one, i) => {
            const [own, value] = Array.isArray(member)
              ? [join(pointer, name, i), member[i] as unknown]
              : [join(pointer, name), member];
            if (typeof value === 'number') {
              const raw = one.attributes.find((a) => a.name === 'value')?.value;
              if (raw !== undefined && raw !== String(value)) found.set(own, raw);
            }
            if (isObject(value)) walk(one, value, own);
            else {
              const beside = at[`_${name}`];
              if (Array.isArray(beside)) walk(one, beside[i], join(pointer, `_${name}`, i));
              else walk(one, beside, join(pointer, `_${name}`));
            }
          });
        }
      };
      walk(root, value, '');
      return found;
    },
  };
}

function elementsIn({ children }: XmlElement): XmlElement[] {
  return children.filter((node): node is XmlElement => node.kind === 'element');
}

/** An element that is only held open by its `/>` ends behind it. */
function elementAt(parent: XmlElement, offset: number): XmlElement | undefined {
  const elements = elementsIn(parent);
  return (
    elements.find(({ start, end }) => offset >= start && offset < end) ??
    elements.find(({ end, isEmptyTag }) => end === offset && isEmptyTag)
  );
}

function membersFrom(same: readonly XmlElement[], member: unknown): Members {
  const items: unknown[] = Array.isArray(member) ? member : [member];
  if (!items.some((one) => isObject(one) && typeof one.resourceType === 'string'))
    return { holders: same, elements: same };
  return {
    holders: same.flatMap((one) => resourcesIn(one).map(() => one)),
    elements: same.flatMap(resourcesIn),
  };
}

/** The resources inside an element such as `entry.resource`; where it is empty it stands for what is missing. */
function resourcesIn(element: XmlElement): XmlElement[] {
  const inside = elementsIn(element);
  return inside.length > 0 ? inside : [element];
}

/** Where an offset lies on something of an element itself; undefined where it lies between its tags. */
function spotIn({ element, pointer, value, beside }: Meant, offset: number): Spot | undefined {
  const { start, nameEnd, openEnd, isEmptyTag, closeStart, end, name } = element;
  const isType = isObject(value) && value.resourceType === name;
  const named: Spot = isType ? { pointer: join(pointer, 'resourceType'), part: 'value' } : { pointer, part: 'key' };
  if (offset > start && offset <= nameEnd) return named;
  const endName = between(closeStart + 2, closeStart + 1 + nameEnd - start);
  if (closeStart < end && offset >= endName.offset && offset <= endName.offset + endName.length)
    return { ...named, span: endName };
  if (typeof value === 'string' && name === 'div' && offset < end && !valueOf(element))
    return { pointer, part: 'value' };
  if (offset > closeStart && offset < end && closeStart < end) return { pointer, part: 'gap' };
  if (offset < start || offset > openEnd || (offset === openEnd && !isEmptyTag)) return undefined;
  const attribute = element.attributes.find((one) => offset >= one.start && offset <= one.end);
  if (!attribute || attribute.prefix !== '') return { pointer, part: 'gap' };
  const isName = offset < attribute.valueStart;
  if (attribute.name === 'value' && !isObject(value))
    return { pointer, part: 'value', ...(isName && { span: between(attribute.start, attribute.end) }) };
  const owner = isObject(value) ? { pointer, value } : beside;
  return isObject(owner?.value) && Object.hasOwn(owner.value, attribute.name)
    ? { pointer: join(owner.pointer, attribute.name), part: isName ? 'key' : 'value' }
    : { pointer, part: 'gap' };
}

/** Of a resource the name of what holds it: its own is where its type is said. */
function nameSpan(place: Place): Span {
  if ('attribute' in place) return between(place.attribute.start, place.attribute.nameEnd);
  const element = 'typeOf' in place ? place.typeOf : place.holders[0];
  return element ? between(element.start + 1, element.nameEnd) : between(0, 0);
}

function valueSpan(place: Place, value: unknown): Span {
  if ('attribute' in place) return between(place.attribute.valueStart, place.attribute.end);
  if ('typeOf' in place) return nameSpan(place);
  const [first] = place.elements;
  if (!first) return between(0, 0);
  const attribute = Array.isArray(value) || isObject(value) ? undefined : valueOf(first);
  if (attribute) return between(attribute.valueStart, attribute.end);
  return between(first.start, place.elements.at(-1)!.end);
}

function valueOf({ attributes }: XmlElement): XmlAttribute | undefined {
  return attributes.find(({ name, prefix }) => name === 'value' && prefix === '');
}

/** Where a stretch of a text value stands: in the quotes of its attribute, where a reference is several characters for one, or in the div itself. */
function stretchOf(text: string, place: Place, value: unknown, within: Span): Span {
  const whole = valueSpan(place, value);
  if ('elements' in place) {
    const [element] = place.elements;
    if (element?.name === 'div' && !valueOf(element))
      return isAsItStands(text, element)
        ? { offset: element.start + within.offset, length: Math.max(within.length, 1) }
        : whole;
  }
  const end = whole.offset + whole.length - 1;
  let at = whole.offset + 1;
  const skip = (units: number): number => {
    for (let left = units; left > 0 && at < end;) {
      const [reference] = /^&#?\w{1,8};/.exec(text.slice(at, at + 10)) ?? [];
      // A character beyond the first 65 536 counts as two.
      left -= reference !== undefined && /^&#(x[1-9A-Fa-f][0-9A-Fa-f]{4,}|[1-9]\d{5,});$/.test(reference) ? 2 : 1;
      at += reference?.length ?? (text.startsWith('\r\n', at) ? 2 : 1);
    }
    return Math.min(at, end);
  };
  const offset = skip(within.offset);
  return { offset, length: Math.max(skip(within.length) - offset, 1) };
}

function between(start: number, end: number): Span {
  return { offset: start, length: end - start };
}
