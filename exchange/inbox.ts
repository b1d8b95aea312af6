// What lies in a mailbox. Reading takes nothing out of it.
import type { Knowledge } from '../core/knowledge';
import type { DownloadedMessage, MeshClient } from '../mesh/client';
import { MeshError, type MeshErrorKind } from '../mesh/errors';
import { LARGEST } from './outgoing';
import { keyOf, type Place } from './place';
import { type Received, readReceived } from './received';

export interface Inbox {
  /** Newest first. */
  messages: Received[];
  /** How many older ones were not downloaded. */
  older: number;
}

/** What was downloaded in this window, so that nothing is asked for twice. */
export type Downloaded = Map<string, Received>;

export function wasDownloaded(downloaded: Downloaded, place: Place, meshId: string): boolean {
  return downloaded.has(`${keyOf(place)} ${meshId}`);
}

/** What stops the reading of a mailbox; anything else concerns one message, and the others are read all the same. */
const STOPS: readonly MeshErrorKind[] = ['cancelled', 'network', 'authentication', 'certificate', 'clock-skew'];

/** @param limit how many of the newest to download; what was downloaded before is not asked for again */
export async function readInbox(
  downloaded: Downloaded,
  place: Place,
  client: MeshClient,
  { knowledge, limit, signal }: { knowledge: Knowledge; limit: number; signal?: AbortSignal },
): Promise<Inbox> {
  const ids = (await client.inbox({ signal })).reverse();
  const messages: Received[] = [];
  for (const id of ids.slice(0, limit)) {
    const key = `${keyOf(place)} ${id}`;
    const known = downloaded.get(key);
    if (known) messages.push(known);
    else
      try {
        const received = await receive(client, id, { knowledge, signal });
        downloaded.set(key, received);
        messages.push(received);
      } catch (error) {
        if (error instanceof MeshError && STOPS.includes(error.kind)) throw error;
        messages.push(unreadable(id, error));
      }
  }
  return { messages, older: Math.max(0, ids.length - limit) };
}

/** Part by part, and no further than the window can look at: what is larger would fill its memory. */
async function receive(
  client: MeshClient,
  id: string,
  { knowledge, signal }: { knowledge: Knowledge; signal?: AbortSignal },
): Promise<Received> {
  const { parts, ...envelope } = await client.open(id, { signal });
  const read: Buffer[] = [];
  let bytes = 0;
  for await (const part of parts) {
    bytes += part.length;
    if (bytes > LARGEST) return tooLarge({ ...envelope, body: Buffer.alloc(0) }, bytes, knowledge);
    read.push(part);
  }
  return readReceived({ ...envelope, body: Buffer.concat(read, bytes) }, knowledge);
}

function tooLarge(outside: DownloadedMessage, bytes: number, knowledge: Knowledge): Received {
  const unreadable = `The content is larger than ${LARGEST / 1e6} MB: it is not looked at here.`;
  return { ...readReceived(outside, knowledge), text: undefined, bytes, unreadable };
}

/** Not kept: the next look tries again. */
function unreadable(meshId: string, error: unknown): Received {
  const why =
    error instanceof MeshError ? error.message : 'It cannot be read: ITK3 Toolkit has a bug, please report it.';
  return { meshId, bytes: 0, kind: 'Unreadable', unreadable: why };
}
