// What was downloaded in one window, so that nothing is asked for twice. Of the texts it holds only as many as a window's
// memory should: those of the oldest messages are let go, and can be downloaded again while they lie in their mailbox.
import { keyOf, type Place } from './place';
import type { Received } from './received';

/** In UTF-16 code units, two bytes each. */
const LARGEST_SHELF = 25_000_000;

export interface Shelf {
  get(place: Place, meshId: string): Received | undefined;
  keep(place: Place, received: Received): void;
  /** True of what was never downloaded, or could not be. */
  wants(place: Place, meshId: string): boolean;
  /** Forgets what lies in the mailbox no more and has no text here either: nobody can open it. */
  tidy(place: Place, listed: ReadonlySet<string>): void;
  all(): Iterable<Received>;
}

export function createShelf(largest = LARGEST_SHELF): Shelf {
  const kept = new Map<string, { owner: string; received: Received }>();
  const texts = new Map<string, number>();
  let held = 0;
  const nameOf = (place: Place, meshId: string): string => `${keyOf(place)} ${meshId}`;

  const letGo = (key: string): void => {
    const one = kept.get(key);
    if (!texts.delete(key) || one?.received.text === undefined) return;
    held -= one.received.text.length;
    kept.set(key, { ...one, received: { ...one.received, text: undefined, letGo: true } });
  };
  const oldest = (): string => [...texts].reduce((first, other) => (other[1] < first[1] ? other : first))[0];

  return {
    get: (place, meshId) => kept.get(nameOf(place, meshId))?.received,
    keep(place, received) {
      const key = nameOf(place, received.meshId);
      letGo(key);
      kept.set(key, { owner: keyOf(place), received });
      if (received.text === undefined) return;
      texts.set(key, received.at?.getTime() ?? 0);
      held += received.text.length;
      while (held > largest) letGo(oldest());
    },
    wants(place, meshId) {
      const one = kept.get(nameOf(place, meshId));
      return one === undefined || one.received.failed === true;
    },
    tidy(place, listed) {
      for (const [key, { owner, received }] of kept)
        if (owner === keyOf(place) && !listed.has(received.meshId) && !texts.has(key)) kept.delete(key);
    },
    *all() {
      for (const { received } of kept.values()) yield received;
    },
  };
}
