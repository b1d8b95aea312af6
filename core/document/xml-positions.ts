// Where the values of FHIR XML stand: pointers into the value to elements and attributes of the text, and back.
import { isObject } from '../json';
import { join, type Pointer, segmentsOf } from './pointer';
import type { Span, Spot } from './source-document';
import { standsAlone } from './xml-narrative';
import { referenceAt } from './xml-references';
import { between } from './xml-slips';
import type { XmlAttribute, XmlElement } from './xml-tree';

export interface XmlPositions {
  /** As of a SourceDocument. */
  spanOf(pointer: Pointer, part: 'key' | 'value', within?: Span): Span;
  pointerAt(offset: number): Spot;
  /** As of a SourceDocument. */
  exact(): ReadonlyMap<Pointer, string>;
}

/** One value of an element's name: what stands in it, and the element that is named for it. */
interface Item {
  /** As `resource` of an entry. */
  outer: XmlElement;
  /** The element itself, or the resource that stands in it. */
  inner: XmlElement;
}

interface Member {
  item: Item;
  /** Among those of its name. */
  index: number;
}

interface Members {
  named: ReadonlyMap<string, readonly Item[]>;
  /** By the outer element, in the order of the text. */
  ordered: readonly Member[];
}

/** What stands at a pointer. */
type Place =
  | { items: readonly Item[] }
  | { item: Item; isBeside?: boolean }
  | { element: XmlElement; attribute: XmlAttribute }
  | { typeOf: XmlElement };

export function xmlPositions(text: string, root: XmlElement, value: unknown): XmlPositions {
  const known = new Map<XmlElement, Members>();
  const whole: Item = { outer: root, inner: root };

  const membersOf = (element: XmlElement): Members => {
    let members = known.get(element);
    if (!members) known.set(element, (members = membersIn(element)));
    return members;
  };

  const below = (place: Place, at: unknown, segment: string): Place | undefined => {
    if ('items' in place) {
      const item = Array.isArray(at) ? place.items[Number(segment)] : undefined;
      return item && { item };
    }
    if (!('item' in place)) return undefined;
    const { inner } = place.item;
    if (segment === 'resourceType' && isResource(place.item, root)) return { typeOf: inner };
    const isBeside = segment.startsWith('_') && !membersOf(inner).named.has(segment);
    const items = membersOf(inner).named.get(isBeside ? segment.slice(1) : segment);
    if (items && isObject(at)) return Array.isArray(at[segment]) ? { items } : { item: items[0]!, isBeside };
    const attribute = inner.attributes.find(({ name, prefix }) => prefix === '' && name === segment);
    return attribute && { element: inner, attribute };
  };

  const found = (pointer: Pointer): { place: Place; at: unknown; isThere: boolean } => {
    let place: Place = { item: whole };
    let at: unknown = value;
    for (const segment of segmentsOf(pointer)) {
      const next = below(place, at, segment);
      if (!next) return { place, at, isThere: false };
      at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[segment] : undefined;
      place = next;
    }
    return { place, at, isThere: true };
  };

  return {
    spanOf(pointer, part, within) {
      const { place, at, isThere } = found(pointer);
      if (!isThere || part === 'key') return nameSpan(place);
      return within ? stretchOf(text, place, at, within) : valueSpan(place, at);
    },

    pointerAt(offset) {
      let item = whole;
      let pointer = '';
      /** Where the id and the extensions of a primitive stand; of anything else the same. */
      let beside = '';
      let at: unknown = value;
      let besideAt: unknown = value;
      for (;;) {
        const spot = spotOn(item, root, offset, { pointer, beside, at, besideAt });
        if (spot) return spot;
        const member = memberAt(membersOf(item.inner).ordered, offset);
        if (!member || !isObject(besideAt)) return { pointer, part: 'gap' };
        const { name } = member.item.outer;
        const companion = `_${name}`;
        const down = besideAt;
        const [own, other] = [down[name], down[companion]];
        const step = (key: string): Pointer =>
          Array.isArray(down[key]) ? join(beside, key, member.index) : join(beside, key);
        const pick = (one: unknown): unknown => (Array.isArray(one) ? (one[member.index] as unknown) : one);
        const isPrimitive = member.item.outer.holds === 'primitive';
        // A primitive with nothing but an id or extensions stands beside its name alone.
        const isAlone = isPrimitive && (pick(own) ?? undefined) === undefined && other !== undefined;
        pointer = step(isAlone ? companion : name);
        at = pick(isAlone ? other : own);
        const hasBeside = isPrimitive && Object.hasOwn(down, companion);
        [beside, besideAt] = hasBeside ? [step(companion), pick(other)] : [pointer, at];
        item = member.item;
      }
    },

    exact() {
      const numbers = new Map<Pointer, string>();
      const walk = (element: XmlElement, at: unknown, pointer: Pointer): void => {
        if (!isObject(at)) return;
        for (const [name, items] of membersOf(element).named) {
          const member = at[name];
          const beside = at[`_${name}`];
          items.forEach(({ inner }, i) => {
            const [own, one] = Array.isArray(member)
              ? [join(pointer, name, i), member[i] as unknown]
              : [join(pointer, name), member];
            const raw = typeof one === 'number' ? valueOf(inner)?.value : undefined;
            if (raw !== undefined && raw !== String(one)) numbers.set(own, raw);
            if (inner.holds !== 'primitive') walk(inner, one, own);
            else if (Array.isArray(beside)) walk(inner, beside[i], join(pointer, `_${name}`, i));
            else walk(inner, beside, join(pointer, `_${name}`));
          });
        }
      };
      walk(root, value, '');
      return numbers;
    },
  };
}

function membersIn(element: XmlElement): Members {
  const named = new Map<string, Item[]>();
  const ordered: Member[] = [];
  for (const outer of element.children) {
    if (outer.kind !== 'element') continue;
    const same = named.get(outer.name) ?? [];
    named.set(outer.name, same);
    const inside = outer.holds === 'resource' ? outer.children.filter((one) => one.kind === 'element') : [];
    for (const inner of inside.length > 0 ? inside : [outer]) {
      ordered.push({ item: { outer, inner }, index: same.length });
      same.push({ outer, inner });
    }
  }
  return { named, ordered };
}

function isResource({ outer, inner }: Item, root: XmlElement): boolean {
  return inner === root || outer !== inner;
}

/** The member that an offset lies in; on the border of two the second, unless only an empty tag ends there. */
function memberAt(members: readonly Member[], offset: number): Member | undefined {
  let [low, high] = [0, members.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (members[middle]!.item.outer.start <= offset) low = middle;
    else high = middle - 1;
  }
  const last = members[low];
  if (!last || offset < last.item.outer.start) return undefined;
  const { outer } = last.item;
  if (offset > outer.end || (offset === outer.end && !outer.isEmptyTag)) {
    const before = members[low - 1]?.item.outer;
    return before?.end === offset && before.isEmptyTag ? members[low - 1] : undefined;
  }
  if (offset === outer.start && members[low - 1]?.item.outer.end === offset) return last;
  // Of several resources in one element, the one that the offset lies in, or the first.
  let at = low;
  while (members[at - 1]?.item.outer === outer && members[at]!.item.inner.start >= offset) at--;
  return members[at];
}

interface Pointers {
  pointer: Pointer;
  beside: Pointer;
  at: unknown;
  besideAt: unknown;
}

/** What an offset lies on in the tags of an item; undefined where it lies in its content. */
function spotOn({ outer, inner }: Item, root: XmlElement, offset: number, to: Pointers): Spot | undefined {
  const { pointer } = to;
  if (outer !== inner && (offset < inner.start || offset > inner.end || isOnTag(outer, offset))) {
    if (isOnName(outer, offset)) return { pointer, part: 'key', ...closing(outer, offset) };
    return { pointer, part: 'gap' };
  }
  if (isOnName(inner, offset)) {
    if (outer !== inner || inner === root)
      return { pointer: join(pointer, 'resourceType'), part: 'value', ...closing(inner, offset) };
    return { pointer, part: 'key', ...closing(inner, offset) };
  }
  if (offset < inner.start || offset >= inner.end) {
    if (!(inner.isEmptyTag && offset === inner.end)) return { pointer, part: 'gap' };
  }
  if (inner.holds === 'xhtml') return { pointer, part: 'value' };
  if (!isOnTag(inner, offset)) return undefined;
  const attribute = inner.attributes.find((one) => offset >= one.start && offset <= one.end);
  if (!attribute || attribute.prefix !== '') return { pointer, part: 'gap' };
  const part = offset >= attribute.valueStart ? 'value' : 'key';
  if (attribute.name === 'value' && inner.holds === 'primitive' && !isObject(to.at))
    return { pointer, part: 'value', ...(part === 'key' && { span: between(attribute.start, attribute.end) }) };
  // A resource has no attributes: of the same name it has an element.
  if (outer !== inner || inner === root || !isObject(to.besideAt) || !Object.hasOwn(to.besideAt, attribute.name))
    return { pointer, part: 'gap' };
  return { pointer: join(to.beside, attribute.name), part };
}

function isOnTag({ start, openEnd, closeStart, end, isEmptyTag }: XmlElement, offset: number): boolean {
  if (offset >= start && (offset < openEnd || (isEmptyTag && offset === openEnd))) return true;
  return closeStart < end && offset > closeStart && offset < end;
}

function isOnName({ start, nameEnd, closeStart, end }: XmlElement, offset: number): boolean {
  return (offset > start && offset <= nameEnd) || (closeStart < end && offset > closeStart + 1 && offset < end);
}

/** The name in the end tag, where the offset lies there. */
function closing({ start, nameEnd, closeStart }: XmlElement, offset: number): { span?: Span } {
  if (offset <= nameEnd) return {};
  return { span: { offset: closeStart + 2, length: nameEnd - start - 1 } };
}

function nameSpan(place: Place): Span {
  if ('attribute' in place) return between(place.attribute.start, place.attribute.nameEnd);
  const element = 'typeOf' in place ? place.typeOf : 'items' in place ? place.items[0]?.outer : place.item.outer;
  return element ? between(element.start + 1, element.nameEnd) : between(0, 0);
}

function valueSpan(place: Place, value: unknown): Span {
  if ('attribute' in place) return between(place.attribute.valueStart, place.attribute.end);
  if ('typeOf' in place) return nameSpan(place);
  if ('items' in place) {
    const [first, last] = [place.items[0], place.items.at(-1)];
    return first && last ? between(first.outer.start, last.outer.end) : between(0, 0);
  }
  const { inner } = place.item;
  const attribute = isObject(value) || place.isBeside ? undefined : valueOf(inner);
  return attribute ? between(attribute.valueStart, attribute.end) : between(inner.start, inner.end);
}

function valueOf({ attributes }: XmlElement): XmlAttribute | undefined {
  return attributes.find(({ name, prefix }) => name === 'value' && prefix === '');
}

/** Where a stretch of a text value stands: in the quotes of its attribute, where a reference is several characters for one, or in the div itself. */
function stretchOf(text: string, place: Place, value: unknown, within: Span): Span {
  const whole = valueSpan(place, value);
  const isDiv = 'item' in place && place.item.inner.holds === 'xhtml';
  if (isDiv && !standsAlone(place.item.inner, place.item.inner)) return whole;
  const end = whole.offset + whole.length - (isDiv ? 0 : 1);
  let at = whole.offset + (isDiv ? 0 : 1);
  const skip = (units: number): number => {
    for (let left = units; left > 0 && at < end;) {
      const reference = isDiv ? undefined : text[at] === '&' ? referenceAt(text, at) : undefined;
      left -= reference?.means.length ?? 1;
      at += reference?.length ?? (text.startsWith('\r\n', at) ? 2 : 1);
    }
    return Math.min(at, end);
  };
  const offset = skip(within.offset);
  return { offset, length: Math.max(skip(within.length) - offset, 1) };
}
