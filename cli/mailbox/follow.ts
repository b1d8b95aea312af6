// Follows what was sent until its last acknowledgement has come, or the time is over.
import { askQuietly } from '../../exchange/ask-mesh';
import { HOPELESS, intervalOf, LEAST_MINUTES } from '../../exchange/look-interval';
import { isLive, keyOf, type Place } from '../../exchange/place';
import type { Journal } from '../../exchange/sent-journal';
import { type Exchange, isFinished, type Step } from '../../exchange/timeline';
import type { MeshClient } from '../../mesh/client';
import { isLoopback } from '../../mesh/environments';
import { MeshError, sentenceOf } from '../../mesh/errors';
import { realWait } from '../../mesh/retries';
import { EXIT } from '../exit';
import type { Terminal } from '../terminal';
import type { Inbox } from './look';

export interface Following {
  place: Place;
  client: MeshClient;
  journal: Journal;
  inbox: Inbox;
  /** Ids of the attempts. */
  ids: readonly string[];
  seconds: number;
  /** Told of each step when it is done or has failed, once. */
  onStep: (step: Step, exchange: Exchange) => void;
}

export type Ended = 'all has come' | 'time is over' | 'interrupted';

/** Milliseconds: who is on this machine answers soon. */
const BREATH = 500;

/** Rejects with a MeshError where no further look would help. */
export async function follow(following: Following, terminal: Terminal): Promise<Ended> {
  const { place, journal, ids, seconds, onStep } = following;
  const { wait = realWait } = terminal;
  const signal = terminal.interrupted();
  const told = new Set<string>();
  let left = seconds * 1000;
  let failures = 0;
  for (let looks = 0; ; looks++) {
    try {
      await lookOnce(following);
      failures = 0;
    } catch (error) {
      if (!(error instanceof MeshError)) throw error;
      if (signal.aborted) return 'interrupted';
      if (HOPELESS.includes(error.kind)) throw error;
      if (failures++ === 0) terminal.stderr.write(`itk3: ${sentenceOf(error)} It is tried again.\n`);
    }
    const exchanges = ids.flatMap((id) => journal.get(id) ?? []);
    for (const exchange of exchanges)
      for (const step of exchange.steps) {
        const key = `${exchange.attempt.id} ${step.name} ${step.state}`;
        if (told.has(key) || !['done', 'failed', 'unclear'].includes(step.state)) continue;
        told.add(key);
        onStep(step, exchange);
      }
    if (exchanges.every(isFinished)) return 'all has come';
    if (left <= 0) return 'time is over';
    const pause = Math.min(left, pauseAfter(place, looks, failures));
    left -= pause;
    await wait(pause, signal).catch(() => undefined);
    if (signal.aborted) return 'interrupted';
  }
}

async function lookOnce({ place, client, journal, inbox, ids }: Following): Promise<void> {
  const since = ids.flatMap((id) => journal.get(id)?.at ?? []).sort((one, other) => one.getTime() - other.getTime())[0];
  await inbox.look({ since });
  await askQuietly({ journal, connect: () => Promise.resolve(client) }, place, keyOf(place));
}

/** A sandbox is asked as often as it likes; MESH wants five minutes between two looks. */
function pauseAfter(place: Place, looks: number, failures: number): number {
  const isNear = isLoopback(place.endpoint) && !isLive(place);
  if (place.sandbox ?? (isNear && looks === 0)) return BREATH;
  return intervalOf(place, LEAST_MINUTES, failures) ?? BREATH;
}

/** 0 when all was accepted, 1 when something was refused, 2 when that is not known yet. */
export function exitFor(exchanges: readonly Exchange[]): number {
  const is = (...states: Exchange['state'][]): boolean => exchanges.some(({ state }) => states.includes(state));
  if (is('rejected', 'undelivered', 'refused')) return EXIT.findings;
  return exchanges.every(({ state }) => state === 'accepted') ? EXIT.ok : EXIT.misuse;
}
