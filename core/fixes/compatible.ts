// Which changes can be made together, so that none moves what another speaks of.
import { isWithin, join, parentOf, type Pointer, segmentsOf } from '../document/pointer';
import type { Change } from '../finding';

/** Those that can be made one after another in the order given back, which is from the end of the message to its start. */
export function compatible<T, C extends Change>(all: readonly (readonly [T, C])[]): (readonly [T, C])[] {
  const sorted = all.toSorted(([, a], [, b]) => fromTheEnd(placeOf(a), placeOf(b)));
  const taken: Pointer[] = [];
  return sorted.filter(([, change]) => {
    const touched = touchedBy(change);
    if (touched.some((one) => taken.some((other) => collide(one, other)))) return false;
    taken.push(...touched);
    return true;
  });
}

function collide(one: Pointer, other: Pointer): boolean {
  return isWithin(one, other) || isWithin(other, one);
}

/** Where a change begins to be felt. */
function placeOf(change: Change): Pointer {
  return change.kind === 'all' ? (change.changes.map(placeOf).sort(fromTheEnd)[0] ?? '') : change.pointer;
}

/**
 * What a change has for itself: nothing else may touch it, or what is inside. An item that goes, or one that comes, moves only
 * those behind it, and these have had their turn.
 */
function touchedBy(change: Change): Pointer[] {
  switch (change.kind) {
    case 'all':
      return change.changes.flatMap((one) =>
        one.kind === 'remove' || one.kind === 'insert' ? parentOf(one.pointer) : touchedBy(one),
      );
    case 'move':
      return [parentOf(change.pointer)];
    case 'rename':
      return [change.pointer, join(parentOf(change.pointer), change.name)];
    case 'set':
    case 'remove':
    case 'insert':
      return [change.pointer];
  }
}

function fromTheEnd(a: Pointer, b: Pointer): number {
  const [one, other] = [segmentsOf(a), segmentsOf(b)];
  for (let i = 0; i < Math.min(one.length, other.length); i++) {
    if (one[i] === other[i]) continue;
    const isIndex = /^\d+$/.test(one[i]!) && /^\d+$/.test(other[i]!);
    return isIndex ? Number(other[i]) - Number(one[i]) : one[i]! < other[i]! ? 1 : -1;
  }
  return other.length - one.length;
}
