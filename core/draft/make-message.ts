import { newMessage } from '../skeleton';
import type { Cast } from './cast';
import type { Drafting } from './drafting';

export interface Ordered extends Drafting {
  cast: Cast;
  /** Of the guide; the newest when not given. */
  version?: string;
}

export function makeMessage(kind: string, { knowledge, fresh }: Ordered): unknown {
  return newMessage(kind, knowledge, fresh);
}
