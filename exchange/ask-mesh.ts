// MESH is asked where a sent message is: by the id that MESH gave it, or by what its sender called it where that is lost.
import type { Place } from './place';
import { type Exchange, hasArrived } from './timeline';
import type { MeshClient } from '../mesh/client';
import { MeshError } from '../mesh/errors';
import { askWhatBecame } from './deliver';
import type { Journal } from './sent-journal';

const STATUS: Readonly<Record<string, string>> = {
  uploading: 'MESH has a part of it only; a part is delivered to nobody.',
  accepted: 'MESH has it, and the recipient has not collected it yet.',
  acknowledged: 'The recipient has collected it.',
  undeliverable: 'MESH could not deliver it.',
  error: 'MESH could not deliver it.',
};

/**
 * Writes down what MESH says. Rejects with a MeshError when MESH cannot be asked.
 * @returns what MESH says, as a sentence
 */
export async function askWhereItIs(
  journal: Pick<Journal, 'add'> & Partial<Pick<Journal, 'now'>>,
  client: Pick<MeshClient, 'track' | 'whetherArrived'>,
  { attempt, meshId, at, steps }: Exchange,
  signal?: AbortSignal,
): Promise<string> {
  if (meshId === undefined) {
    const why = steps.find(({ state }) => state === 'unclear')?.says ?? 'Not known whether MESH has it.';
    return (await askWhatBecame(journal, { client, letter: attempt, attempt }, at, why, signal)).sentence;
  }
  const { status, statusCode: code } = await client.track(meshId, { signal });
  const now = (journal.now?.() ?? new Date()).toISOString();
  const known = code !== undefined && /^[\w-]{1,20}$/.test(code) ? { code } : {};
  const says = Object.hasOwn(STATUS, status) ? STATUS[status] : undefined;
  // A state comes from outside: one that is none of MESH's is not kept.
  const kept = says === undefined ? 'unknown' : status;
  await journal.add(attempt.id, { at: now, what: 'tracked', status: kept, ...known }).catch(() => undefined);
  return says ?? 'MESH gives it a state that is not known here.';
}

/** True of what MESH can still tell something about that matters. */
function isWorthAsking(exchange: Exchange): boolean {
  const { state, steps, meshId } = exchange;
  if (state === 'unclear') return !hasArrived(exchange);
  const isOut = steps.some(({ name, state: is }) => name === 'collected' && (is === 'waiting' || is === 'overdue'));
  return (state === 'waiting' || state === 'overdue') && isOut && meshId !== undefined;
}

/** True of what went to another window's sandbox: this window's knows nothing of it, and would say that it never came. */
export function isOfAnotherWindow({ passing, by }: Exchange, window: number): boolean {
  return passing && by !== window;
}

/** Of one mailbox at a time; each message is a question of its own. */
const MOST = 20;

export interface Quietly {
  journal: Pick<Journal, 'add' | 'exchanges'> & Partial<Pick<Journal, 'now'>>;
  /** Undefined where a person would have to be asked. */
  connect: (place: Place) => Promise<MeshClient | undefined>;
}

/** Asks about what was sent from a mailbox, nobody being told. What cannot be asked now is asked the next time. */
export async function askQuietly({ journal, connect }: Quietly, place: Place, key: string): Promise<void> {
  const asked = journal.exchanges
    .filter((one) => one.attempt.place === key && isWorthAsking(one) && !isOfAnotherWindow(one, process.pid))
    .slice(0, MOST);
  if (asked.length === 0) return;
  try {
    const client = await connect(place);
    if (!client) return;
    for (const exchange of asked) await askWhereItIs(journal, client, exchange);
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
  }
}
