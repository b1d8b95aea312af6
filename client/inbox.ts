// What lies in a mailbox. Reading takes nothing out of it.
import type { MeshClient } from '../mesh/client';
import { knowledge } from './knowledge';
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

/** @param limit how many of the newest to download; what was downloaded before is not asked for again */
export async function readInbox(
  downloaded: Downloaded,
  place: Place,
  client: MeshClient,
  { limit, signal }: { limit: number; signal?: AbortSignal },
): Promise<Inbox> {
  const ids = (await client.inbox({ signal })).reverse();
  const messages: Received[] = [];
  for (const id of ids.slice(0, limit)) {
    const key = `${keyOf(place)} ${id}`;
    const known = downloaded.get(key) ?? readReceived(await client.download(id, { signal }), knowledge());
    downloaded.set(key, known);
    messages.push(known);
  }
  return { messages, older: Math.max(0, ids.length - limit) };
}
