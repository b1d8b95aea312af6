// What is known of each mailbox in this window: one look at a time, what failed as a state, texts in bounds. Pure: whoever
// connects, shows progress and takes what has come is handed in.
import type * as vscode from 'vscode';
import type { Knowledge } from '../../core/knowledge';
import { readInbox, receive } from '../../exchange/inbox';
import { keyOf, type Place } from '../../exchange/place';
import type { Received } from '../../exchange/received';
import { createShelf } from '../../exchange/shelf';
import type { MeshClient } from '../../mesh/client';
import { MeshError, type MeshErrorKind } from '../../mesh/errors';

export const PAGE = 50;

/** The most that is shown on top because it has come since the last look. */
const MOST_FRESH = 500;

export interface InboxState {
  place: Place;
  /** Newest first; while a look goes on, as far as it has come. */
  messages: readonly Received[];
  /** Being downloaded now. */
  pending: number;
  /** Waiting, and not downloaded yet. */
  older: number;
  /** The last time that MESH told what lies there. */
  lookedAt?: Date;
  looking: boolean;
  /** Why the last look failed, as a sentence. */
  failure?: string;
  failureKind?: MeshErrorKind;
}

export interface LookOptions {
  /** For polling: asks nobody anything, shows nothing, and tells of a failure in the state only. */
  quiet?: boolean;
  /** How many more of the older ones. */
  more?: number;
  /** The older ones too, as far as they came since then: an answer may be among them. */
  since?: Date;
  signal?: AbortSignal;
}

export interface Inboxes {
  readonly onDidChange: vscode.Event<void>;
  of(place: Place): InboxState;
  /**
   * Looks into the mailbox. While another look goes on, a quiet one joins it; one that a person asked for comes after it,
   * since it is to see what is there now. Rejects with a MeshError unless `quiet`: `cancelled` when the person gives up.
   */
  look(place: Place, options?: LookOptions): Promise<InboxState>;
  find(place: Place, meshId: string): Received | undefined;
  /** With its text, which is downloaded again where it was let go. Rejects with a MeshError. */
  whole(place: Place, meshId: string): Promise<Received | undefined>;
  /** All that was downloaded in this window and is known still. */
  all(): Iterable<Received>;
  /** MESH deletes it for good: of a real mailbox only after the content is stored. Rejects with a MeshError. */
  takeOut(place: Place, meshId: string): Promise<void>;
  /** It was taken out by other means. */
  gone(place: Place, meshId: string): void;
  /** There is no such mailbox any more. */
  forget(place: Place): void;
}

export interface InboxNeeds {
  /** Undefined when the person gives up, or would have to be asked although it is to be `quiet`. */
  connect: (place: Place, options: { quiet: boolean }) => Promise<MeshClient | undefined>;
  /** Shows that something goes on, where it can be cancelled. */
  progress: <T>(title: string, place: Place, work: (signal: AbortSignal) => Promise<T>) => Promise<T>;
  knowledge: () => Knowledge;
  now: () => Date;
  changed: { event: vscode.Event<void>; fire: () => void };
  /** MESH has told what lies there. */
  onListed?: (place: Place, at: Date) => void;
  /** Takes what is known of the mailbox after a look, newest first, and how much of it is new; also of one that broke off. */
  onReceived: (place: Place, received: readonly Received[], how: { quiet: boolean; fresh: number }) => Promise<void>;
}

interface Mailbox {
  /** Newest first. */
  ids: readonly string[];
  /** How many of them are to be shown. */
  limit: number;
  lookedAt?: Date;
  failure?: MeshError;
  /** The last of the looks that go on or wait for their turn. */
  last?: Promise<void>;
  /** One that waits for its turn: whoever asks meanwhile shares it. */
  waiting?: Promise<void>;
}

export function createInboxes(needs: InboxNeeds): Inboxes {
  const { connect, progress, knowledge, now, changed, onReceived, onListed = () => undefined } = needs;
  const shelf = createShelf();
  const mailboxes = new Map<string, Mailbox>();

  const mailboxOf = (place: Place): Mailbox => {
    const mailbox = mailboxes.get(keyOf(place)) ?? { ids: [], limit: PAGE };
    mailboxes.set(keyOf(place), mailbox);
    return mailbox;
  };

  const stateOf = (place: Place): InboxState => {
    const { ids, limit, lookedAt, failure, last } = mailboxOf(place);
    const looking = last !== undefined;
    const page = ids.slice(0, limit);
    const messages = page.flatMap((id) => shelf.get(place, id) ?? []);
    const pending = looking ? page.length - messages.length : 0;
    // What a look that broke off did not come to waits with the older ones.
    const older = ids.length - messages.length - pending;
    return {
      place,
      messages,
      pending,
      older,
      lookedAt,
      looking,
      failure: failure?.message,
      failureKind: failure?.kind,
    };
  };

  const clientOf = async (place: Place): Promise<MeshClient> => {
    const client = await connect(place, { quiet: false });
    if (client) return client;
    throw new MeshError('cancelled', `Mailbox ${place.mailbox} was not asked: its password was not given.`);
  };

  const read = async (place: Place, client: MeshClient, options: LookOptions, signal?: AbortSignal): Promise<void> => {
    const mailbox = mailboxOf(place);
    let fresh = 0;
    const limit = (ids: readonly string[]): number => {
      const known = new Set(mailbox.ids);
      const come = mailbox.lookedAt ? ids.filter((id) => !known.has(id)).length : 0;
      mailbox.limit += (options.more ?? 0) + Math.min(come, MOST_FRESH);
      mailbox.ids = ids;
      mailbox.lookedAt = now();
      onListed(place, mailbox.lookedAt);
      changed.fire();
      return mailbox.limit;
    };
    const onRead = (): void => {
      fresh++;
      changed.fire();
    };
    const { since } = options;
    try {
      const shown = await readInbox(shelf, place, client, {
        knowledge: knowledge(),
        now,
        signal,
        since,
        limit,
        onRead,
      });
      mailbox.limit = Math.max(mailbox.limit, shown);
    } finally {
      const { messages } = stateOf(place);
      // Also what was there before: what it answers may have become known since.
      if (messages.length > 0) await onReceived(place, messages, { quiet: options.quiet === true, fresh });
    }
  };

  /** Rejects with what went wrong, which is in the state as well. */
  const lookNow = async (place: Place, options: LookOptions): Promise<void> => {
    const mailbox = mailboxOf(place);
    const { quiet = false, signal } = options;
    try {
      const client = quiet ? await connect(place, { quiet }) : await clientOf(place);
      if (!client) return;
      const title = `Reading the inbox of ${place.mailbox}`;
      if (quiet) await read(place, client, options, signal);
      else
        await progress(title, place, (cancelled) =>
          read(place, client, options, signal ? AbortSignal.any([signal, cancelled]) : cancelled),
        );
      mailbox.failure = undefined;
    } catch (error) {
      if (!(error instanceof MeshError)) throw error;
      // Who gives up knows why.
      if (error.kind !== 'cancelled') mailbox.failure = error;
      throw error;
    }
  };

  /** One after the other. */
  const enqueue = (place: Place, options: LookOptions): Promise<void> => {
    const mailbox = mailboxOf(place);
    const before = mailbox.last?.catch(() => undefined);
    const look = before ? before.then(() => lookNow(place, options)) : lookNow(place, options);
    const done = look.finally(() => {
      if (mailbox.last === done) mailbox.last = undefined;
      changed.fire();
    });
    mailbox.last = done;
    changed.fire();
    if (before && !options.quiet && options.more === undefined) {
      mailbox.waiting = done;
      void before.then(() => (mailbox.waiting = undefined));
    }
    return done;
  };

  const told = async (place: Place, looking: Promise<void>, quiet: boolean): Promise<InboxState> => {
    await looking.catch((error: unknown) => {
      if (!quiet || !(error instanceof MeshError)) throw error;
    });
    return stateOf(place);
  };

  const gone = (place: Place, meshId: string): void => {
    const mailbox = mailboxOf(place);
    mailbox.ids = mailbox.ids.filter((id) => id !== meshId);
    changed.fire();
  };

  return {
    onDidChange: changed.event,
    of: stateOf,
    find: (place, meshId) => shelf.get(place, meshId),
    all: () => shelf.all(),
    gone,
    look(place, options = {}) {
      const { last, waiting } = mailboxOf(place);
      const { quiet = false, more } = options;
      if (quiet && last) return told(place, last, quiet);
      if (waiting && more === undefined) return told(place, waiting, quiet);
      return told(place, enqueue(place, options), quiet);
    },
    async whole(place, meshId) {
      const known = shelf.get(place, meshId);
      if (known && !known.letGo && !known.failed) return known;
      const client = await clientOf(place);
      const received = await progress(`Reading a message of ${place.mailbox}`, place, (signal) =>
        receive(client, meshId, { knowledge: knowledge(), now, signal }),
      );
      shelf.keep(place, received);
      return received;
    },
    async takeOut(place, meshId) {
      const client = await clientOf(place);
      await client.acknowledge(meshId);
      gone(place, meshId);
    },
    forget(place) {
      shelf.tidy(place, new Set());
      mailboxes.delete(keyOf(place));
      changed.fire();
    },
  };
}
