// Two messages compared by what they mean: as a list of differences, and as two values in one order to be laid side by side.
import { join, type Pointer } from '../document/pointer';
import { labelIn } from '../itk3/label';
import { type Located, type Message, resolve } from '../itk3/message';
import { isObject, type Json, text } from '../json';
import { alignLists, alignSets, type Aligned } from './align';
import { matchResources } from './match';
import { namesOf } from './names';
import { canonical, isMoment, isSet, leavesOf } from './shape';
import { createUuids } from './uuids';

export interface Difference {
  kind: 'changed' | 'only left' | 'only right';
  /** The resource it is in, as a person would call it. */
  resource: string;
  /** From that resource, in FHIR's own notation; empty where it is the whole. */
  path: string;
  /** In the values of the comparison; of what is not there, what it would stand in. */
  left: Pointer;
  right: Pointer;
}

export interface Comparison {
  differences: Difference[];
  left: unknown;
  right: unknown;
}

/** Identifiers and times of one copy count only when they are asked for; what leads where counts always. */
export type Counting = 'meaning' | 'identifiers and times too';

export function compareMessages(left: Message, right: Message, counting: Counting): Comparison {
  const matches = matchResources(left, right);
  const names = namesOf(left, right, matches);
  const uuids = createUuids();
  const isMeaning = counting === 'meaning';
  const differences: Difference[] = [];
  if (isMeaning)
    for (const [one, other] of matches) uuids.link(text(one.resource.id) ?? '', text(other.resource.id) ?? '');

  const reader = (message: Message, side: 'left' | 'right', at: Located) => (words: string, name: string) => {
    const target = name === 'reference' ? resolve(message, at, words) : undefined;
    if (target) return names.get(target)!;
    return isMeaning ? uuids.read(words, side) : words;
  };
  const skips =
    (at: Located) =>
    (name: string): boolean =>
      isMeaning && (name === 'id' || name === 'fullUrl' || isMoment(at.type, name));

  /** Where the comparison stands in both. */
  interface Place {
    one: Located;
    other: Located;
    left: Pointer;
    right: Pointer;
    path: string;
  }

  /** Thousands of differences may be in one resource. */
  const labels = new Map<Located, string>();
  const labelOf = (message: Message, located: Located): string => {
    const label = labels.get(located) ?? labelIn(message, located);
    labels.set(located, label);
    return label;
  };
  const tell = (kind: Difference['kind'], { one, other, ...place }: Place, ...tail: (string | number)[]): void => {
    const [message, located] = kind === 'only right' ? [right, other] : [left, one];
    differences.push({
      kind,
      resource: labelOf(message, located),
      path: place.path,
      left: kind === 'only right' ? place.left : join(place.left, ...tail),
      right: kind === 'only left' ? place.right : join(place.right, ...tail),
    });
  };

  /** A value of one side alone, as it is shown. */
  const shown = (value: unknown, name: string, at: Located, side: 'left' | 'right'): unknown => {
    const message = side === 'left' ? left : right;
    if (Array.isArray(value)) return value.map((item) => shown(item, name, at, side));
    if (isObject(value)) {
      const inside = message.located.get(value) ?? at;
      const entry = isObject(value.resource) ? message.located.get(value.resource) : undefined;
      return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => {
          const isName = isMeaning && ((key === 'id' && inside.resource === value) || (key === 'fullUrl' && entry));
          return [key, isName ? names.get(entry ?? inside) : shown(inner, key, inside, side)];
        }),
      );
    }
    return typeof value === 'string' ? reader(message, side, at)(value, name) : value;
  };

  const both = (a: unknown, b: unknown, name: string, place: Place): [unknown, unknown] => {
    if (Array.isArray(a) && Array.isArray(b)) return lists(a, b, name, place);
    if (isObject(a) && isObject(b)) return objects(a, b, place);
    if (typeof a === 'string' && typeof b === 'string' && isMeaning) uuids.meet(a, b);
    const [shownLeft, shownRight] = [shown(a, name, place.one, 'left'), shown(b, name, place.other, 'right')];
    if (JSON.stringify(shownLeft) !== JSON.stringify(shownRight)) tell('changed', place);
    return [shownLeft, shownRight];
  };

  const objects = (a: Json, b: Json, outer: Place): [Json, Json] => {
    const [one, other] = [left.located.get(a) ?? outer.one, right.located.get(b) ?? outer.other];
    const isResource = one.resource === a && other.resource === b;
    const at = { ...outer, one, other, path: isResource ? '' : outer.path };
    const entries = [entryOf(a, left), entryOf(b, right)];
    const [shownLeft, shownRight]: [Json, Json] = [{}, {}];
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const place = {
        ...at,
        left: join(at.left, key),
        right: join(at.right, key),
        path: at.path === '' ? key : `${at.path}.${key}`,
      };
      const isName = (key === 'id' && isResource) || (key === 'fullUrl' && entries.some((entry) => entry));
      if (isMeaning && isName && key in a && key in b) {
        shownLeft[key] = names.get(entries[0] ?? one);
        shownRight[key] = names.get(entries[1] ?? other);
      } else if (isMeaning && isResource && isMoment(one.type, key) && key in a && key in b)
        shownLeft[key] = shownRight[key] = 'a time';
      else if (isMeaning && key === 'lastUpdated' && key in a && key in b) shownLeft[key] = shownRight[key] = 'a time';
      else if (!(key in b)) {
        shownLeft[key] = shown(a[key], key, one, 'left');
        tell('only left', { ...at, path: place.path }, key);
      } else if (!(key in a)) {
        shownRight[key] = shown(b[key], key, other, 'right');
        tell('only right', { ...at, path: place.path }, key);
      } else [shownLeft[key], shownRight[key]] = both(a[key], b[key], key, place);
    }
    return [shownLeft, shownRight];
  };

  const lists = (a: unknown[], b: unknown[], name: string, place: Place): [unknown[], unknown[]] => {
    const [shownLeft, shownRight]: [unknown[], unknown[]] = [[], []];
    for (const [one, other] of aligned(a, b, name, place)) {
      const path = `${place.path}[${one ? one.index : other!.index}]`;
      if (one && other) {
        const at = {
          ...place,
          left: join(place.left, shownLeft.length),
          right: join(place.right, shownRight.length),
          path,
        };
        const [l, r] = both(one.value, other.value, name, at);
        shownLeft.push(l);
        shownRight.push(r);
      } else if (one) {
        const inside = resourceIn(one.value, left);
        tell('only left', { ...place, one: inside ?? place.one, path: inside ? '' : path }, shownLeft.length);
        shownLeft.push(shown(one.value, name, place.one, 'left'));
      } else if (other) {
        const inside = resourceIn(other.value, right);
        tell('only right', { ...place, other: inside ?? place.other, path: inside ? '' : path }, shownRight.length);
        shownRight.push(shown(other.value, name, place.other, 'right'));
      }
    }
    return [shownLeft, shownRight];
  };

  interface Item {
    value: unknown;
    index: number;
    side: 'left' | 'right';
  }

  const aligned = (a: unknown[], b: unknown[], name: string, { one, other }: Place): Aligned<Item>[] => {
    const ofLeft = a.map((value, index): Item => ({ value, index, side: 'left' }));
    const ofRight = b.map((value, index): Item => ({ value, index, side: 'right' }));
    const located = ({ value, side }: Item): Located | undefined => resourceIn(value, side === 'left' ? left : right);
    if (name === 'entry' || name === 'contained') {
      const free = new Set(ofRight);
      const places = new Map(ofRight.flatMap((item) => [[located(item), item] as const].filter(([one]) => one)));
      const unread = ofRight.filter((item) => !located(item)).values();
      const pairs = ofLeft.map((item): Aligned<Item> => {
        const own = located(item);
        const found = own ? places.get(matches.get(own)) : unread.next().value;
        if (found) free.delete(found);
        return [item, found];
      });
      return [...pairs, ...[...free].map((item): Aligned<Item> => [undefined, item])];
    }
    const read = ({ side }: Item) => reader(side === 'left' ? left : right, side, side === 'left' ? one : other);
    // Which UUID is which is known only when the items are compared.
    const plain = (item: Item) => (words: string, inner: string) => uuids.hidden(read(item)(words, inner));
    const key = (item: Item): string => canonical(item.value, plain(item), skips(one), name);
    if (!isSet(name)) return alignLists(ofLeft, ofRight, key);
    return alignSets(ofLeft, ofRight, {
      key,
      mark: ({ value }) => (isObject(value) ? (text(value.url) ?? text(value.system)) : undefined),
      leaves: (item) => leavesOf(item.value, plain(item), skips(one)),
    });
  };

  const [{ root: one }, { root: other }] = [left, right];
  const [shownLeft, shownRight] = both(one.resource, other.resource, '', { one, other, left: '', right: '', path: '' });
  return { differences, left: shownLeft, right: shownRight };
}

function entryOf(value: Json, { located }: Message): Located | undefined {
  return isObject(value.resource) ? located.get(value.resource) : undefined;
}

/** Of an entry, or of a list of resources. */
function resourceIn(value: unknown, message: Message): Located | undefined {
  if (!isObject(value)) return undefined;
  return message.located.get(value) ?? entryOf(value, message);
}
