/**
 * The candidate that a person most likely meant: one or two slips away, or the same but for case. Undefined where two are
 * as near, or the word is so short that every other is.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const limit = word.length < 2 ? 0 : word.length < 5 ? 1 : 2;
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > limit) continue;
    if (candidate.toLowerCase() === word.toLowerCase()) return candidate;
    const distance = slips(word, candidate);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
    else if (distance === bestDistance && distance <= limit && candidate !== best) best = undefined;
  }
  return best;
}

/** Letters added, left out, changed or swapped with their neighbour. */
function slips(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(changed, row[j]! + 1, next[j - 1]! + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, before[j - 2]! + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length]!;
}
