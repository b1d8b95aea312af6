// Where the values of FHIR XML stand: pointers into the value to elements and attributes of the text, and back.
import { isObject } from '../json';
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
  { elements: readonly XmlElement[] } | { element: XmlElement; attribute: XmlAttribute } | { typeOf: XmlElement };

export function xmlPositions(text: string, root: XmlElement, value: unknown): XmlPositions {
  const inside = new Map<XmlElement, ReadonlyMap<string, readonly XmlElement[]>>();

  const childrenOf = (element: XmlElement): ReadonlyMap<string, readonly XmlElement[]> => {
    let children = inside.get(element) as Map<string, XmlElement[]> | undefined;
    if (children) return children;
    inside.set(element, (children = new Map<string, XmlElement[]>()));
    for (const child of elementsIn(element)) {
      const same = children.get(child.name);
      if (same) same.push(child);
      else children.set(child.name, [child]);
    }
    return children;
  };

  /** What stands below an element (or the list of them) by the next name of a pointer; undefined where nothing does. */
  const below = (place: Place, within: unknown, segment: string): Place | undefined => {
    if (!('elements' in place)) return undefined;
    if (Array.isArray(within)) {
      const one = place.elements[Number(segment)];
      return one && { elements: [one] };
    }
    const [element] = place.elements;
    if (!element || !isObject(within)) return undefined;
    if (segment === 'resourceType' && within.resourceType === element.name) return { typeOf: element };
    const named = childrenOf(element).get(segment.startsWith('_') ? segment.slice(1) : segment);
    if (named) return { elements: named.flatMap((one) => resourcesIn(one, within[segment]) ?? [one]) };
    const attribute = element.attributes.find(({ name, prefix }) => prefix === '' && name === segment);
    return attribute && { element, attribute };
  };

  return {
    spanOf(pointer, part, within) {
      let place: Place = { elements: [root] };
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
      let pointer = '';
      let element = root;
      let at: unknown = value;
      for (;;) {
        const spot = inTag(element, offset, pointer, at);
        if (spot) return spot;
        const child =
          elementsIn(element).find(({ start, end }) => offset >= start && offset < end) ?? endingAt(element, offset);
        if (!child || !isObject(at)) return { pointer, part: 'gap' };
        const same = childrenOf(element).get(child.name)!;
        let next = at[child.name];
        // A primitive with nothing but an id or extensions stands beside its name alone.
        const name = next === undefined || (next === null && `_${child.name}` in at) ? `_${child.name}` : child.name;
        next = at[name];
        pointer = join(pointer, name);
        let index = same.indexOf(child);
        const list = next;
        const down = same.flatMap((one) => resourcesIn(one, list) ?? [one]);
        const inner = resourcesIn(child, list);
        let landed = child;
        if (inner) {
          const found = inner.find(({ start, end }) => offset >= start && offset < end);
          if (!found && inner.length !== 1) return { pointer, part: 'gap' };
          landed = found ?? inner[0]!;
          index = down.indexOf(landed);
          if (Array.isArray(list)) {
            pointer = join(pointer, index);
            next = list[index];
          }
          if (!found) return { pointer, part: offset <= child.nameEnd && offset > child.start ? 'key' : 'gap' };
        } else if (Array.isArray(list)) {
          pointer = join(pointer, index);
          next = list[index];
        }
        element = landed;
        at = next;
        if (typeof at === 'string' && !inner && offset > child.openEnd && child.name === 'div')
          return { pointer, part: 'value' };
      }
    },
    exact() {
      const found = new Map<Pointer, string>();
      const walk = (element: XmlElement, at: unknown, pointer: Pointer): void => {
        if (!isObject(at)) return;
        for (const [name, same] of childrenOf(element)) {
          const member = at[name];
          const all = same.flatMap((one) => resourcesIn(one, member) ?? [one]);
          all.forEach((one, i) => {
            const [own, value] = Array.isArray(member)
              ? [join(pointer, name, i), member[i] as unknown]
              : [join(pointer, name), member];
            if (typeof value === 'number') {
              const raw = one.attributes.find((a) => a.name === 'value')?.value;
              if (raw !== undefined && raw !== String(value)) found.set(own, raw);
            } else walk(one, value, own);
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

/** The resources inside an element such as `entry.resource`; undefined of any other. */
function resourcesIn(element: XmlElement, value: unknown): XmlElement[] | undefined {
  const one: unknown = Array.isArray(value) ? value.find(isObject) : value;
  if (!isObject(one) || typeof one.resourceType !== 'string') return undefined;
  return elementsIn(element);
}

function inTag(element: XmlElement, offset: number, pointer: Pointer, value: unknown): Spot | undefined {
  const { start, nameEnd, openEnd, attributes, isEmptyTag, closeStart, end } = element;
  if (
    offset < start ||
    (offset >= openEnd &&
      !(isEmptyTag && offset === openEnd) &&
      !(closeStart < end && offset > closeStart + 1 && offset < end))
  )
    return undefined;
  if (offset > start && offset <= nameEnd) return { pointer, part: 'key' };
  if (closeStart < end && offset > closeStart) return { pointer, part: 'key' };
  const attribute = attributes.find((one) => offset >= one.start && offset <= one.end);
  if (!attribute || attribute.prefix !== '' || attribute.name === 'xmlns') return { pointer, part: 'gap' };
  const isValue = attribute.name === 'value' && !isObject(value);
  const at = isValue ? pointer : join(pointer, attribute.name);
  return { pointer: at, part: isValue || offset >= attribute.valueStart ? 'value' : 'key' };
}

function endingAt(element: XmlElement, offset: number): XmlElement | undefined {
  return elementsIn(element).find(({ end, isEmptyTag }) => end === offset && isEmptyTag);
}

function nameSpan(place: Place): Span {
  if ('attribute' in place) return between(place.attribute.start, place.attribute.nameEnd);
  const element = 'typeOf' in place ? place.typeOf : place.elements[0];
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
