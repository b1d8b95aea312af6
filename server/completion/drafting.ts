// What values are drafted with at a cursor: the clock and the dice are the server's.
import { randomUUID } from 'node:crypto';
import type { Pointer } from '../../core/document/pointer';
import type { Drafting } from '../../core/draft/drafting';
import type { Fresh } from '../../core/skeleton';
import type { Spot } from './spot';

/** @param pointer where the draft will stand */
export function draftingAt({ knowledge, message, at, cursor }: Spot, pointer: Pointer = cursor.pointer): Drafting {
  return { knowledge, fresh: freshNow(), message, from: at, at: pointer.slice(at.pointer.length) };
}

export function freshNow(): Fresh {
  return { now: new Date(), randomUUID, random: Math.random };
}
