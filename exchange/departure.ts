// A message made ready to leave: what of it leaves, what is odd about it, and whether it was sent before. Pure.
import type { Format } from '../core/document/source-document';
import type { Addressed } from '../core/itk3/addressing';
import { doubtsAbout } from '../core/itk3/practice-address';
import type { Knowledge } from '../core/knowledge';
import { errorsIn, type Outgoing } from './outgoing';
import { isLive, type Place } from './place';
import { allSentBefore, beforeOf } from './sent-before';
import type { IsRepeated, Journal } from './sent-journal';
import type { Departure } from './summary';
import type { Exchange } from './timeline';
import { type NotWhole, onTheWire, USUAL_FORMAT, type Wire } from './wire';

/**
 * What leaves from there, or why it cannot leave in that form. Who sends errors on purpose sends them as they stand: in the
 * other form some of them would be none.
 * @param wished the form, where it is not to be that of the environment
 */
export function wireOf(outgoing: Outgoing, from: Place, knowledge: Knowledge, wished?: Format): Wire | NotWhole {
  const wire = onTheWire(outgoing.text, wished ?? from.format ?? USUAL_FORMAT, knowledge.registry);
  const isMeant = errorsIn(outgoing.findings).length > 0 && !isLive(from);
  return 'problem' in wire && isMeant ? wire.asWritten : wire;
}

export interface Means {
  from: Place;
  to: string;
  /** The address was made from the message. */
  byMessage?: boolean;
  addressed: Addressed;
  workflowId: string;
  wire: Wire;
  /** The last time it was sent to the same environment. */
  earlier?: Exchange;
  /** What is not known yet of its codes, as a sentence. */
  pending?: string;
}

export function departureOf(
  outgoing: Outgoing,
  { earlier, ...means }: Means,
  { envelope }: Knowledge,
  now: Date,
): Departure {
  const doubts = doubtsAbout(means.to, envelope.practiceAddress, means.addressed.to);
  return { ...means, outgoing, doubts, before: earlier && beforeOf(earlier, now) };
}

/**
 * Tells whether it was sent since now by anything else: another window, another command, a copy of the document.
 * @param own attempts that are known to be of the same message, this one's included
 * @param since when the sandbox of the window was started, where there is one
 */
export function repeatedSince(
  { messageId }: Pick<Outgoing, 'messageId'>,
  from: Place,
  journal: Pick<Journal, 'exchanges'>,
  { own, since }: { own: ReadonlySet<string>; since?: Date },
): IsRepeated {
  const all = (exchanges: readonly Exchange[]): string[] =>
    allSentBefore(messageId, from, exchanges, since).map(({ attempt }) => attempt.id);
  const known = new Set(all(journal.exchanges));
  return (exchanges) => all(exchanges).some((id) => !known.has(id) && !own.has(id));
}
