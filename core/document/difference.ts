// What differs between two lists or two texts, whichever way the text that has them is written.

/** The same items in another order. */
export function isReordered(before: readonly unknown[], after: readonly unknown[]): boolean {
  if (before.length !== after.length || before.every((item, i) => item === after[i])) return false;
  const known = new Set(before);
  return known.size === before.length && new Set(after).size === after.length && after.every((item) => known.has(item));
}

/** Pairs of places of what is in both lists, in the order of both. */
export function matches(before: readonly unknown[], after: readonly unknown[]): [number, number][] {
  const pairs: [number, number][] = [];
  let i = 0;
  after.forEach((item, j) => {
    const found = before.indexOf(item, i);
    // What was moved far forward would leave all between unmatched.
    if (found < 0 || found - i > Math.max(before.length - after.length, 0) + (j - i)) return;
    pairs.push([found, j]);
    i = found + 1;
  });
  return pairs;
}

/** A text of more than these is a narrative or the like, of which only the difference is written. */
export const SHORT = 200;

/** Where two texts begin to differ, and how many units they have in common at their ends. */
export function stretch(before: string, after: string): { start: number; end: number } {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  // Not between the halves of one character.
  if (/[\uD800-\uDBFF]/.test(before[start - 1] ?? '')) start--;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  if (/[\uDC00-\uDFFF]/.test(before[before.length - end] ?? '')) end--;
  return { start, end };
}
