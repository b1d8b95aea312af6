import { randomUUID } from 'node:crypto';
import type { Fresh } from '../core/fresh';

/** The clock and the dice are the server's. */
export function freshNow(): Fresh {
  return { now: new Date(), randomUUID, random: Math.random };
}
