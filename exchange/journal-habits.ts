// What holds of the journal where nobody says otherwise, in a window as in a terminal.
import type { Times } from './timeline';

const MINUTE = 60_000;

/** Ours: neither ITK3 nor GP Connect publishes a time, and leaves it to who sends. MESH itself gives up after five days. */
const USUAL: Times = {
  collected: 24 * 60 * MINUTE,
  infrastructure: 24 * 60 * MINUTE,
  business: 5 * 24 * 60 * MINUTE,
};

export const KEPT_DAYS = 60;

/** @param minutes what a person or a team wants; what is no number says nothing */
export function timesOf(minutes: Readonly<Record<string, unknown>>): Times {
  const time = (name: keyof Times): number => {
    const given = numberIn(minutes[name]);
    return given === undefined ? USUAL[name] : given * MINUTE;
  };
  return { collected: time('collected'), infrastructure: time('infrastructure'), business: time('business') };
}

export function numberIn(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** Whether a process is there. */
export function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // It is there, and somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
