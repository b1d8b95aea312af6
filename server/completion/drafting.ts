// What values are drafted with at a cursor: the clock and the dice are the server's.
import { randomUUID } from 'node:crypto';
import type { Drafting } from '../../core/draft/drafting';
import type { Fresh } from '../../core/skeleton';
import type { Spot } from './spot';

export function draftingAt({ knowledge, message, at }: Spot): Drafting {
  return { knowledge, fresh: freshNow(), message, from: at };
}

export function freshNow(): Fresh {
  return { now: new Date(), randomUUID, random: Math.random };
}
