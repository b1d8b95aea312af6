// A look into a mailbox: reading takes nothing out, and what answers something that was sent is written down.
import { readInbox } from '../../exchange/inbox';
import type { Place } from '../../exchange/place';
import type { Received } from '../../exchange/received';
import type { Journal } from '../../exchange/sent-journal';
import { createShelf } from '../../exchange/shelf';
import type { MeshClient } from '../../mesh/client';
import type { Terminal } from '../terminal';

/** How many of the newest are downloaded where nobody says otherwise. */
export const PAGE = 50;

export interface Inbox {
  /**
   * What lies there, newest first, and how many more.
   * @param since the older ones too, as far as they came since then
   */
  look: (how?: { limit?: number; since?: Date }) => Promise<{ received: Received[]; older: number }>;
  find: (meshId: string) => Received | undefined;
}

/** What was downloaded once is not downloaded again. */
export function openInbox(
  { place, client, journal }: { place: Place; client: MeshClient; journal: Journal },
  { knowledge, now, interrupted }: Terminal,
): Inbox {
  const shelf = createShelf();
  return {
    async look({ limit = PAGE, since } = {}) {
      let ids: readonly string[] = [];
      const shown = await readInbox(shelf, place, client, {
        knowledge: knowledge(),
        now,
        signal: interrupted(),
        since,
        limit: (listed) => {
          ids = listed;
          return limit;
        },
      });
      const received = ids.slice(0, shown).flatMap((id) => shelf.get(place, id) ?? []);
      await journal.take(place, received);
      return { received, older: ids.length - received.length };
    },
    find: (meshId) => shelf.get(place, meshId),
  };
}
