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
  const keys = new Map(right.map((item) => [item, by.key(item)]));
  for (const one of left) {
    const key = by.key(one);
    const other = [...free].find((item) => keys.get(item) === key);
    if (other !== undefined) take(one, other);
  }
  const rest = (): T[] => left.filter((one) => !found.has(one));
  for (const one of rest()) {
    const mark = by.mark(one);
    const alike = mark === undefined ? [] : [...free].filter((item) => by.mark(item) === mark);
    if (alike.length === 1) take(one, alike[0]!);
  }
  const scores = rest()
    .flatMap((one) => [...free].map((other) => ({ one, other, score: likeness(by.leaves(one), by.leaves(other)) })))
    .sort((a, b) => b.score - a.score);
  for (const { one, other, score } of scores)
    if (!found.has(one) && free.has(other) && (score > 0 || (rest().length === 1 && free.size === 1))) take(one, other);
  return [
    ...left.map((one): Aligned<T> => [one, found.get(one)]),
    ...[...free].map((one): Aligned<T> => [undefined, one]),
  ];
}

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
