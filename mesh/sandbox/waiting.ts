// How time passes in the sandbox: a parameter, so that tests need not wait.
import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves when so many milliseconds are over, or at once when the signal comes. Never rejects. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** Keeps no process alive. */
export const pause: Wait = (milliseconds, signal) =>
  sleep(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
