// After each look into a mailbox MESH is asked about what was sent from it and not collected yet: no more often than it is
// polled, and only while that matters.
import { LEAST_MINUTES } from '../../exchange/look-interval';
import { keyOf, type Place } from '../../exchange/place';
import type { Toolkit } from '../toolkit';
import { askQuietly } from '../../exchange/ask-mesh';

/** Milliseconds: the answers that the look has brought make most questions needless. */
const BREATH = 500;

export interface Tracking {
  /** A mailbox has been looked into. */
  after(place: Place): void;
  dispose(): void;
}

export function createTracking({
  journal,
  connections,
  output,
}: Pick<Toolkit, 'journal' | 'connections' | 'output'>): Tracking {
  const asked = new Map<string, number>();
  const timers = new Map<string, NodeJS.Timeout>();
  return {
    after(place) {
      const key = keyOf(place);
      const since = Date.now() - (asked.get(key) ?? -Infinity);
      // A clock that was set back would keep everybody waiting.
      if (!place.sandbox && since >= 0 && since < LEAST_MINUTES * 60_000) return;
      clearTimeout(timers.get(key));
      const ask = async (): Promise<void> => {
        asked.set(key, Date.now());
        try {
          const connect = (one: Place) => connections.connect(one, { quiet: true });
          await askQuietly({ journal, connect }, place, key);
        } catch (error) {
          output.log(`tracking failed with ${error instanceof Error ? error.name : typeof error}`);
        }
      };
      timers.set(
        key,
        setTimeout(() => void ask(), BREATH),
      );
    },
    dispose: () => {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
