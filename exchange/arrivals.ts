// What is told when answers have come that nobody was looking for. Pure. The headline holds codes and no patient.
import { oneLine, type Received } from './received';
import type { Exchange } from './timeline';

export interface Arrival {
  exchange: Exchange;
  received: Received;
}

export interface Told {
  kind: 'information' | 'warning';
  sentence: string;
  /** The one answer to open, where it is one message that was answered: the last. */
  open?: Arrival;
}

/** One sentence, however many have come; undefined when none has. */
export function tellArrivals(arrivals: readonly Arrival[]): Told | undefined {
  // As each exchange stands at the end.
  const last = new Map(arrivals.map((arrival) => [arrival.exchange.attempt.id, arrival]));
  const all = [...last.values()];
  const [only] = all;
  if (!only) return undefined;
  const kind = all.every(({ exchange }) => isWell(exchange)) ? 'information' : 'warning';
  if (all.length === 1) {
    const { exchange } = only;
    return { kind, sentence: `${oneLine(exchange.attempt.document.name)}: ${exchange.headline}.`, open: only };
  }
  const count = (what: string, of: (exchange: Exchange) => boolean): string[] => {
    const counted = all.filter(({ exchange }) => of(exchange)).length;
    return counted === 0 ? [] : [`${counted} ${what}`];
  };
  const verdicts = [
    ...count('accepted', ({ state }) => state === 'accepted'),
    ...count('rejected', ({ state }) => state === 'rejected'),
    ...count('not delivered', ({ state }) => state === 'undelivered'),
    ...count('not finished', ({ state }) => !['accepted', 'rejected', 'undelivered'].includes(state)),
  ];
  return { kind, sentence: `Responses to ${all.length} messages have come: ${verdicts.join(', ')}.` };
}

function isWell({ state }: Exchange): boolean {
  return state === 'accepted' || state === 'waiting' || state === 'overdue';
}
