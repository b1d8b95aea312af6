// How long to wait between two looks into a mailbox: no oftener than MESH wants, less often while it fails.
import { isLoopback } from '../mesh/environments';
import type { MeshErrorKind } from '../mesh/errors';
import type { Place } from './place';

const MINUTE = 60_000;

/** MESH's own rule for mailboxes without more than a page waiting. */
export const LEAST_MINUTES = 5;

/** Of a server on this machine, which is a test's unless the team says that it leads to live MESH. */
const LOOPBACK = MINUTE / 2;

const LONGEST = 60 * MINUTE;

/** What no repetition mends: a person must do something first. */
export const HOPELESS: readonly (MeshErrorKind | undefined)[] = ['authentication', 'certificate', 'clock-skew'];

/** Milliseconds between two looks after so many failures; undefined for never. The window's own sandbox tells by itself. */
export function intervalOf({ sandbox, endpoint, live }: Place, minutes: number, failures: number): number | undefined {
  if (sandbox || !(minutes > 0)) return undefined;
  const least = isLoopback(endpoint) && !live ? LOOPBACK : Math.max(LEAST_MINUTES, minutes) * MINUTE;
  return Math.max(least, Math.min(least * 2 ** failures, LONGEST));
}
