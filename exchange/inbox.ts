// What lies in a mailbox. Reading takes nothing out of it.
import type { Knowledge } from '../core/knowledge';
import type { DownloadedMessage, MeshClient } from '../mesh/client';
import { MeshError, type MeshErrorKind } from '../mesh/errors';
import { LARGEST } from './outgoing';
import type { Place } from './place';
import { type Received, readReceived } from './received';
import type { Shelf } from './shelf';

export interface Reading {
  knowledge: Knowledge;
  now: () => Date;
  signal?: AbortSignal;
  /** How many of the newest to download, of all there are, newest first. What was downloaded before is not asked for again. */
  limit: (ids: readonly string[]) => number;
  /** And of the older ones those that came since then. */
  since?: Date;
  /** One more was downloaded. */
  onRead?: (received: Received) => void;
}

/** What stops the reading of a mailbox; anything else concerns one message, and the others are read all the same. */
export const STOPS: readonly MeshErrorKind[] = ['cancelled', 'network', 'authentication', 'certificate', 'clock-skew'];

/** How many are downloaded at a time: most of it is waiting. */
const ABREAST = 4;

/** The most that one look downloads because they are not old enough to be left. */
const MOST = 500;

/**
 * Lists the mailbox and downloads the newest onto the shelf. Rejects with a MeshError when the mailbox cannot be read; what
 * was read until then is on the shelf.
 * @returns how many of the newest are on the shelf now
 */
export async function readInbox(
  shelf: Shelf,
  place: Place,
  client: Pick<MeshClient, 'inbox' | 'open'>,
  { knowledge, now, signal, limit: limitOf, since, onRead }: Reading,
): Promise<number> {
  const ids = (await client.inbox({ signal })).reverse();
  shelf.tidy(place, new Set(ids));
  const limit = limitOf(ids);
  const one = async (id: string): Promise<void> => {
    if (!shelf.wants(place, id)) return;
    const received = await attempt(client, id, { knowledge, now, signal });
    shelf.keep(place, received);
    onRead?.(received);
  };
  const isRecent = (id: string | undefined): boolean => {
    const at = id === undefined ? undefined : shelf.get(place, id)?.at;
    return since !== undefined && at !== undefined && at >= since;
  };
  let read = 0;
  while (read < ids.length && (read < limit || (read < limit + MOST && isRecent(ids[read - 1])))) {
    const next = ids.slice(read, read < limit ? Math.min(read + ABREAST, limit) : read + ABREAST);
    await Promise.all(next.map(one));
    read += next.length;
  }
  return read;
}

type How = Pick<Reading, 'knowledge' | 'now' | 'signal'>;

/** One message, whole; rejects with a MeshError. */
export async function receive(
  client: Pick<MeshClient, 'open'>,
  id: string,
  { knowledge, now, signal }: How,
): Promise<Received> {
  // Part by part, and no further than the window can look at: what is larger would fill its memory.
  const { parts, ...envelope } = await client.open(id, { signal });
  const read: Buffer[] = [];
  let bytes = 0;
  for await (const part of parts) {
    bytes += part.length;
    if (bytes > LARGEST) return tooLarge({ ...envelope, body: Buffer.alloc(0) }, bytes, knowledge, now());
    read.push(part);
  }
  return readReceived({ ...envelope, body: Buffer.concat(read, bytes) }, knowledge, now());
}

async function attempt(client: Pick<MeshClient, 'open'>, id: string, how: How): Promise<Received> {
  try {
    return await receive(client, id, how);
  } catch (error) {
    if (error instanceof MeshError && STOPS.includes(error.kind)) throw error;
    return unreadable(id, error);
  }
}

function tooLarge(outside: DownloadedMessage, bytes: number, knowledge: Knowledge, now: Date): Received {
  const unreadable = `The content is larger than ${LARGEST / 1e6} MB: it is not looked at here.`;
  return { ...readReceived(outside, knowledge, now), text: undefined, bytes, unreadable };
}

function unreadable(meshId: string, error: unknown): Received {
  const why =
    error instanceof MeshError ? error.message : 'It cannot be read: ITK3 Toolkit has a bug, please report it.';
  return { meshId, bytes: 0, kind: 'Unreadable', unreadable: why, failed: true };
}
