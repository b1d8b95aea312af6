// Which item of one list is which of another.
import { likeness } from './shape';

/** An item of either list, or of both. */
export type Aligned<T> = [left: T | undefined, right: T | undefined];

export interface Aligning<T> {
  /** The same for items that mean the same. */
  key: (item: T) => string;
  /** What tells an item from its like although it is changed: the url of an extension; undefined where nothing does. */
  mark: (item: T) => string | undefined;
  leaves: (item: T) => Map<string, number>;
}

/** In the order of the left list; what only the right one has comes last. */
export function alignSets<T>(left: readonly T[], right: readonly T[], by: Aligning<T>): Aligned<T>[] {
  const free = new Set(right);
  const found = new Map<T, T>();
  const take = (one: T, other: T): void => {
    found.set(one, other);
    free.delete(other);
  };
  const keyed = grouped(right, by.key);
  for (const one of left) {
    const other = keyed.get(by.key(one))?.shift();
    if (other !== undefined) take(one, other);
  }
  const rest = (): T[] => left.filter((one) => !found.has(one));
  const marked = grouped([...free], by.mark);
  for (const one of rest()) {
    const alike = (marked.get(by.mark(one)) ?? []).filter((item) => free.has(item));
    if (alike.length === 1 && by.mark(one) !== undefined) take(one, alike[0]!);
  }
  likest(rest(), [...free], by).forEach(([one, other]) => take(one, other));
  return [
    ...left.map((one): Aligned<T> => [one, found.get(one)]),
    ...[...free].map((one): Aligned<T> => [undefined, one]),
  ];
}

function grouped<T, K>(items: readonly T[], key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const name = key(item);
    const known = groups.get(name);
    if (known) known.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}

function likest<T>(left: readonly T[], right: readonly T[], { leaves }: Aligning<T>): [T, T][] {
  if (left.length * right.length > MOST_LIKENESSES)
    return left.slice(0, right.length).map((one, i): [T, T] => [one, right[i]!]);
  const known = new Map([...left, ...right].map((item) => [item, leaves(item)]));
  const scores = left
    .flatMap((one) => right.map((other) => ({ one, other, score: likeness(known.get(one)!, known.get(other)!) })))
    .sort((a, b) => b.score - a.score);
  const done = new Set<T>();
  const pairs: [T, T][] = [];
  const isLast = (): boolean => left.length - pairs.length === 1 && right.length - pairs.length === 1;
  for (const { one, other, score } of scores) {
    if (done.has(one) || done.has(other) || (score === 0 && !isLast())) continue;
    done.add(one).add(other);
    pairs.push([one, other]);
  }
  return pairs;
}

const MOST_LIKENESSES = 100_000;

/** Beyond so many comparisons the place alone decides. */
const MOST = 1_000_000;

/** The longest run of items that are the same in the same order; between them item by item. */
export function alignLists<T>(left: readonly T[], right: readonly T[], key: (item: T) => string): Aligned<T>[] {
  const same = left.length * right.length > MOST ? [] : commonRun(left.map(key), right.map(key));
  const aligned: Aligned<T>[] = [];
  let [i, j] = [0, 0];
  for (const [nextLeft, nextRight] of [...same, [left.length, right.length] as const]) {
    while (i < nextLeft || j < nextRight) {
      aligned.push([i < nextLeft ? left[i] : undefined, j < nextRight ? right[j] : undefined]);
      [i, j] = [Math.min(i + 1, nextLeft), Math.min(j + 1, nextRight)];
    }
    if (nextLeft < left.length && nextRight < right.length) aligned.push([left[i++], right[j++]]);
  }
  return aligned;
}

function commonRun(left: readonly string[], right: readonly string[]): [number, number][] {
  const lengths = Array.from({ length: left.length + 1 }, () => new Uint32Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i--)
    for (let j = right.length - 1; j >= 0; j--)
      lengths[i]![j] =
        left[i] === right[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
  const run: [number, number][] = [];
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) {
    if (left[i] === right[j]) run.push([i++, j++]);
    else if (lengths[i + 1]![j]! >= lengths[i]![j + 1]!) i++;
    else j++;
  }
  return run;
}
