// What was sent from this machine and what is known of it: written down before a message leaves, shared by all windows.
import type { Knowledge } from '../core/knowledge';
import { correlate } from './correlate';
import { idInJournal } from './attempt';
import type { Attempt, Entry } from './journal';
import { withoutPatient } from './journal-line';
import { keyOf, type Place } from './place';
import type { Received } from './received';
import { type Exchange, nextChange, timelineOf, type Times } from './timeline';
import type { JournalFiles } from './journal-files';

/** True when the message was sent by other means since the person was asked about it. */
export type IsRepeated = (exchanges: readonly Exchange[]) => boolean;

/** Somebody else, or another window, has sent the same message meanwhile. */
export class AlreadySent extends Error {
  override readonly name = 'AlreadySent';
}

/** Whoever listens is called whenever it changes, until the listener is disposed of. */
export type Changes = (listener: () => unknown) => { dispose(): unknown };

export interface Journal {
  readonly now: () => Date;
  /** Newest first. */
  readonly exchanges: readonly Exchange[];
  readonly onDidChange: Changes;
  /**
   * Resolves when it is safely written down. Rejects when it cannot be: then nothing may be sent.
   * @param passing it goes to a sandbox that keeps nothing and ends with this window
   * @param isRepeated asked of all that is known at the last moment, other windows' sends included: then it rejects with
   * AlreadySent
   */
  begin(attempt: Attempt, passing?: boolean, isRepeated?: IsRepeated): Promise<void>;
  /** Rejects when it cannot be written down; it is known in this window all the same. */
  add(id: string, ...entries: Entry[]): Promise<void>;
  /**
   * Matches what was received, newest first, with what was sent, and writes new answers down. Never rejects.
   * @returns those that are new, oldest first, as things stand then
   */
  take(place: Place, received: readonly Received[]): Promise<{ exchange: Exchange; received: Received }[]>;
  /** The last time a message with this MessageHeader.id was sent, or may have been. */
  last(messageId: string | undefined): Exchange | undefined;
  /** What a received message is about. */
  of(received: Received): Exchange | undefined;
  get(id: string): Exchange | undefined;
  forget(id: string): Promise<void>;
  /** Reads what other windows wrote down. */
  reload(): Promise<void>;
  /** The sandbox of this window has stopped and kept nothing: of what was sent to it no more can come. */
  endPassing(): Promise<void>;
}

export interface Journalling {
  files: JournalFiles;
  knowledge: () => Knowledge;
  times: () => Times;
  now: () => Date;
  /** Of this window, and whether one is still there. */
  process: number;
  isAlive: (process: number) => boolean;
  changed: { event: Changes; fire: () => void };
  /** Calls back when this time has come; returns how to call it off. */
  at: (time: Date, done: () => void) => () => void;
  keepDays: () => number;
}

const DAY = 86_400_000;
/** Milliseconds after which another window's send is looked at again: it may be gone by then. */
const GONE = 10_000;

export function createJournal(options: Journalling): Journal & { dispose(): void } {
  const { files, knowledge, times, now } = options;
  /** On disk, and what could not be written there. */
  let lines = new Map<string, readonly Entry[]>();
  const unwritten = new Map<string, Entry[]>();
  /** Begun by this window. */
  const own = new Set<string>();
  let exchanges: readonly Exchange[] = [];
  let callOff = (): void => undefined;

  /** A window that sends may be killed without anybody being told. */
  const watched = (time: Date): Date[] =>
    exchanges.some(({ state, by }) => state === 'departing' && by !== options.process)
      ? [new Date(time.getTime() + GONE)]
      : [];

  const fold = (): void => {
    const time = now();
    exchanges = folded(time);
    callOff();
    const [gone] = watched(time);
    const next = nextChange(exchanges, time);
    if (gone && !(next && next < gone)) callOff = options.at(gone, () => void reload());
    else callOff = next ? options.at(next, fold) : () => undefined;
    options.changed.fire();
  };

  const folded = (time: Date): Exchange[] => {
    const all = [...new Set([...lines.keys(), ...unwritten.keys()])].flatMap((id) => {
      const entries = [...(lines.get(id) ?? []), ...(unwritten.get(id) ?? [])];
      return timelineOf(entries, time, times(), knowledge()) ?? [];
    });
    return all.sort((one, other) => other.at.getTime() - one.at.getTime());
  };

  /** One after the other, so that no reading is older than what was written before it. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work, work);
    turn = done.catch(() => undefined);
    return done;
  };

  const read = async (): Promise<void> => {
    // What cannot be read now is no less true.
    lines = await files.all().catch(() => lines);
  };

  const load = async (): Promise<void> => {
    await read();
    fold();
  };

  const write = async (id: string, entries: readonly Entry[]): Promise<void> => {
    try {
      await files.append(id, entries);
    } catch (error) {
      unwritten.set(id, [...(unwritten.get(id) ?? []), ...entries]);
      fold();
      throw error;
    }
    await load();
  };

  /** Newest first. */
  const named = (messageId: string | undefined): Exchange[] => {
    const id = messageId === undefined ? undefined : idInJournal(messageId);
    return exchanges.filter(({ attempt }) => id !== undefined && attempt.messageId === id);
  };

  const find = (id: string): Exchange | undefined => exchanges.find(({ attempt }) => attempt.id === id);

  const settled = (id: string, entry: Entry): Promise<void> =>
    files.append(id, [entry]).catch(() => void unwritten.set(id, [...(unwritten.get(id) ?? []), entry]));

  /** Sends whose window is gone, and what a sandbox took with it. */
  const settleGone = async (): Promise<void> => {
    const at = now().toISOString();
    for (const exchange of folded(now())) {
      const { attempt, by, passing, state } = exchange;
      // After a restart of the machine, or of a container, this process may have the number of one that is gone.
      if (by === undefined || (by === options.process ? own.has(attempt.id) : options.isAlive(by))) continue;
      if (state === 'departing')
        await settled(attempt.id, { at, what: 'lost', why: 'What sent it ended before MESH answered.' });
      if (passing && !exchange.ended) await settled(attempt.id, { at, what: 'ended' });
    }
  };

  const prune = async (): Promise<void> => {
    // Whatever the setting says: what is on its way must not be forgotten before it has arrived.
    const oldest = now().getTime() - Math.max(1, options.keepDays()) * DAY;
    for (const [id, entries] of lines) {
      const newest = Math.max(...entries.map(({ at }) => Date.parse(at)));
      if (newest < oldest) await files.remove(id);
    }
  };

  /** Nothing is told of before it is known whose window is gone: nobody is to read that it is on its way. */
  const reload = (): Promise<void> =>
    inTurn(async () => {
      await read();
      await settleGone();
      await prune();
      await load();
    });

  return {
    now,
    get exchanges() {
      return exchanges;
    },
    onDidChange: options.changed.event,
    begin: (attempt, passing = false, isRepeated = () => false) =>
      inTurn(async () => {
        await load();
        if (isRepeated(exchanges)) throw new AlreadySent();
        own.add(attempt.id);
        const at = now().toISOString();
        const entry: Entry = { at, what: 'departing', attempt: withoutPatient(attempt), by: options.process, passing };
        try {
          await files.append(attempt.id, [entry]);
        } catch (error) {
          // Nothing will be sent, so no half of it may stay.
          await files.remove(attempt.id).catch(() => undefined);
          throw error;
        }
        await load();
      }),
    add: (id, ...entries) => inTurn(() => write(id, entries)),
    take: (place, received) =>
      inTurn(async () => {
        await load();
        const fresh: { id: string; received: Received }[] = [];
        // Each window has a sandbox of its own, and all of them go by one key.
        const isOurs = ({ passing, by }: Exchange): boolean => !passing || by === options.process;
        for (const one of [...received].reverse()) {
          const match = correlate(one, keyOf(place), exchanges.filter(isOurs));
          if (!match || match.known) continue;
          const { id } = match.exchange.attempt;
          await write(id, [{ ...match.news, at: now().toISOString() }]).catch(() => undefined);
          fresh.push({ id, received: one });
        }
        return fresh.flatMap(({ id, received: one }) => {
          const exchange = find(id);
          return exchange ? { exchange, received: one } : [];
        });
      }),
    last: (messageId) => named(messageId).find(({ state }) => state !== 'refused'),
    of: ({ meshId, acknowledgement, report }) =>
      exchanges.find((one) => one.report === meshId || one.answers.some((answer) => answer.meshId === meshId)) ??
      exchanges.find(
        (one) => report !== undefined && one.meshId !== undefined && one.meshId === report.linkedMessageId,
      ) ??
      named(acknowledgement?.answers)[0],
    get: find,
    forget: (id) =>
      inTurn(async () => {
        unwritten.delete(id);
        await files.remove(id);
        await load();
      }),
    reload,
    endPassing: () =>
      inTurn(async () => {
        const at = now().toISOString();
        for (const exchange of exchanges)
          if (exchange.passing && exchange.by === options.process && !exchange.ended)
            await write(exchange.attempt.id, [{ at, what: 'ended' }]);
      }),
    dispose: () => callOff(),
  };
}
