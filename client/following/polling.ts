// Which mailboxes are looked into without anybody asking, and when: no oftener than MESH wants, less often while it fails,
// and never where a person would have to be asked. Pure: the clock is handed in, and somebody else's timer calls `tick`.
import { HOPELESS, intervalOf } from '../../exchange/look-interval';
import { keyOf, type Place } from '../../exchange/place';
import type { InboxState } from './inboxes';

export interface PollingNeeds {
  places: () => readonly Place[];
  /** True while something is waited for there, or somebody sees it. */
  isWanted: (place: Place) => boolean;
  /** Of the setting; 0 for never. */
  minutes: () => number;
  /** The last look by any window of this machine: MESH counts them all. */
  lastLook: (place: Place) => Promise<Date | undefined>;
  /** Quiet. */
  look: (place: Place) => Promise<InboxState>;
  state: (place: Place) => InboxState;
  now: () => Date;
}

export interface Polling {
  /** Looks into what is due; resolves when that is done. */
  tick(): Promise<void>;
}

export function createPolling(needs: PollingNeeds): Polling {
  const { places, isWanted, minutes, lastLook, look, state, now } = needs;
  const tries = new Map<string, { at: number; failures: number }>();

  const isDue = async (place: Place): Promise<boolean> => {
    const { looking, failureKind } = state(place);
    if (looking || HOPELESS.includes(failureKind) || !isWanted(place)) return false;
    const tried = tries.get(keyOf(place));
    const interval = intervalOf(place, minutes(), tried?.failures ?? 0);
    if (interval === undefined) return false;
    const looked = (await lastLook(place))?.getTime();
    const time = now().getTime();
    // A clock that was set back would keep everybody waiting: what lies ahead of it was not then, and says nothing.
    const before = [tried?.at, looked].filter((at) => at !== undefined && at <= time) as number[];
    return time - Math.max(-Infinity, ...before) >= interval;
  };

  const one = async (place: Place): Promise<void> => {
    if (!(await isDue(place))) return;
    const key = keyOf(place);
    const failures = tries.get(key)?.failures ?? 0;
    tries.set(key, { at: now().getTime(), failures });
    const { failure } = await look(place);
    tries.set(key, { at: now().getTime(), failures: failure === undefined ? 0 : failures + 1 });
  };

  return {
    async tick() {
      await Promise.all(places().map(one));
    },
  };
}
