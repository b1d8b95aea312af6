// The whole inbox, safely: each message is stored before MESH is told that it may forget it.
import type { DownloadedMessage, MeshClient } from './client';
import { MeshError } from './errors';
import type { MeshErrorKind } from './errors';
import type { InboxOptions } from './reading';

export interface CollectOptions extends InboxOptions {
  /** Told at once of each message that stays in the inbox. */
  onFailure?: (failure: Failure) => void;
}

/** A message that was left in the inbox, and is there the next time. */
export interface Failure {
  messageId: string;
  /** `acknowledge`: it is stored already, and will come again. */
  at: 'download' | 'store' | 'acknowledge';
  /** A MeshError, or what `store` threw. */
  error: unknown;
}

export interface Collected {
  /** In the order in which they were stored and acknowledged. */
  collected: string[];
  failed: Failure[];
}

/** What concerns the mailbox and not one message: going on with the next would fail as well. */
const STOPS: ReadonlySet<MeshErrorKind> = new Set([
  'cancelled',
  'network',
  'timeout',
  'authentication',
  'certificate',
  'clock-skew',
]);

/**
 * Lists, downloads, stores, acknowledges, one message after the other, oldest first; again for as long as MESH says that
 * more wait. What fails stays in the inbox, and the others go on. Rejects with a MeshError when the mailbox itself fails.
 * @param store resolves when the message is safe; a message whose acknowledgement was lost is handed to it again
 */
export async function collect(
  client: Pick<MeshClient, 'inboxPages' | 'download' | 'acknowledge'>,
  store: (message: DownloadedMessage) => Promise<void> | void,
  { onFailure, limit = Infinity, ...listing }: CollectOptions = {},
): Promise<Collected> {
  const { signal } = listing;
  const seen = new Set<string>();
  const collected: string[] = [];
  const failed: Failure[] = [];

  async function one(messageId: string): Promise<void> {
    let at: Failure['at'] = 'download';
    try {
      const message = await client.download(messageId, { signal });
      at = 'store';
      await store(message);
      at = 'acknowledge';
      // Not to be cancelled: it is stored, and would come a second time.
      await client.acknowledge(messageId);
      collected.push(messageId);
    } catch (error) {
      const failure = { messageId, at, error };
      failed.push(failure);
      onFailure?.(failure);
      if (at !== 'store' && error instanceof MeshError && STOPS.has(error.kind)) throw error;
    }
  }

  for (;;) {
    const { unseen, more } = await nextPage(client, listing, seen);
    for (const messageId of unseen) {
      if (seen.size >= limit) return { collected, failed };
      if (signal?.aborted) throw new MeshError('cancelled', 'Could not collect the messages: it was cancelled.');
      seen.add(messageId);
      await one(messageId);
    }
    if (!more || unseen.length === 0) return { collected, failed };
  }
}

/**
 * The first page with something not yet dealt with. Always from the start of the list: a link onwards may start anew
 * once the message it stands on has been acknowledged.
 */
async function nextPage(
  client: Pick<MeshClient, 'inboxPages'>,
  listing: InboxOptions,
  seen: ReadonlySet<string>,
): Promise<{ unseen: string[]; more: boolean }> {
  for await (const { messages, next } of client.inboxPages(listing)) {
    const unseen = [...new Set(messages)].filter((id) => !seen.has(id));
    if (unseen.length > 0) return { unseen, more: next !== undefined };
  }
  return { unseen: [], more: false };
}
