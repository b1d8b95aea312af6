// Which message an answer is about: by the MessageHeader.id that it names, then by the sender's reference that it repeats;
// a report by MESH's own id. One that could not read whom it answers is only matched where nothing else can be meant. Pure.
import { UNREADABLE } from '../core/itk3/reply';
import { digestOf, idInJournal } from './attempt';
import { type Answer, answersByLayer } from './facts';
import type { EntryOf } from './journal';
import { plainCode } from './journal-line';
import type { Received } from './received';
import { type Exchange, hasArrived, isFinished } from './timeline';

/** What is written down of an answer, without when. */
export type News = (Omit<EntryOf<'answered'>, 'at'> | Omit<EntryOf<'undelivered'>, 'at'>) & { at?: never };

export interface Match {
  exchange: Exchange;
  news: News;
  /** It was written down before. */
  known: boolean;
}

/** What a reference says when there is none. */
const NO_REFERENCE = /^\s*(none)?\s*$/i;

function digestOfReference(reference: string | undefined): string | undefined {
  return reference === undefined || NO_REFERENCE.test(reference) ? undefined : digestOf(reference);
}

/**
 * @param place `keyOf` the mailbox it was received in
 * @param exchanges what was sent, newest first; other mailboxes' are left out here
 */
export function correlate(received: Received, place: string, exchanges: readonly Exchange[]): Match | undefined {
  // A sandbox that has stopped answers nothing: what looks like it answers what was sent to the next one.
  const here = exchanges.filter(({ attempt, ended }) => attempt.place === place && !ended).reverse();
  const { acknowledgement, report, meshId } = received;
  if (report) {
    const exchange = here.findLast((one) => one.meshId !== undefined && one.meshId === report.linkedMessageId);
    if (!exchange) return undefined;
    const code = plainCode(report.code) ?? '';
    return { exchange, news: { what: 'undelivered', meshId, code }, known: exchange.report === meshId };
  }
  if (!acknowledgement) return undefined;
  const { layer, accepted, timestamp } = acknowledgement;
  const code = plainCode(acknowledgement.code);
  const found = knownBy(here, meshId) ?? match(received, { layer, code }, here);
  if (!found) return undefined;
  const { exchange, by, known = false } = found;
  const given = timestamp === undefined ? NaN : Date.parse(timestamp);
  // Written anew: a time as it came may be read and hold words all the same.
  const time = Number.isNaN(given) ? {} : { timestamp: new Date(given).toISOString() };
  const news: News = { what: 'answered', meshId, by, layer, accepted, ...(code !== undefined && { code }), ...time };
  return { exchange, news, known };
}

interface Found {
  exchange: Exchange;
  by: Answer['by'];
  known?: boolean;
}

function knownBy(here: readonly Exchange[], meshId: string): Found | undefined {
  for (const exchange of here) {
    const answer = exchange.answers.find((one) => one.meshId === meshId);
    if (answer) return { exchange, by: answer.by, known: true };
  }
  return undefined;
}

/** Milliseconds by which MESH's clock and this machine's may differ. */
const CLOCKS = 5 * 60_000;

type Said = Pick<Answer, 'layer' | 'code'>;

/** @param here oldest first */
function match({ acknowledgement, from, at }: Received, said: Said, here: readonly Exchange[]): Found | undefined {
  const { answers, senderReference, accepted } = acknowledgement!;
  const id = answers === undefined ? undefined : idInJournal(answers);
  const named = choose(
    here.filter(({ attempt }) => id !== undefined && attempt.messageId === id),
    said,
  );
  if (named) return { exchange: named, by: 'identifier' };

  const digest = digestOfReference(senderReference);
  // What lay in the mailbox before it left answers another one, which is not known here.
  const isLater = (one: Exchange): boolean => at === undefined || at.getTime() > one.at.getTime() - CLOCKS;
  const referred = here.filter((one) => digest !== undefined && one.attempt.senderReference === digest && isLater(one));
  // A sender may give all its messages the same reference: then it names none of them.
  const messages = new Set(referred.map(({ attempt }) => attempt.messageId ?? attempt.id));
  const only = messages.size === 1 ? choose(referred, said) : undefined;
  if (only) return { exchange: only, by: 'reference' };

  // Who could not read which message it is has not taken it in: acceptance is believed only of what it names.
  if (answers !== UNREADABLE || accepted !== false) return undefined;
  const waiting = here.filter(
    (exchange) => !isFinished(exchange) && exchange.answers.length === 0 && isLater(exchange),
  );
  const [single, ...others] = waiting.filter(({ attempt: { to } }) => /\*/.test(to) || to === from);
  return single && others.length === 0 ? { exchange: single, by: 'elimination' } : undefined;
}

/**
 * Of a message that was sent several times, the attempt that is answered: one that certainly arrived before one that perhaps
 * did, the oldest that lacks such an answer. A second answer of the same kind proves no second arrival.
 */
function choose(attempts: readonly Exchange[], { layer, code }: Said): Exchange | undefined {
  const certain = attempts.filter(hasArrived);
  const perhaps = attempts.filter((one) => !hasArrived(one) && one.state !== 'refused');
  return (
    certain.find((one) => lacks(one, layer)) ??
    attempts.find(({ answers }) => answers.some((one) => one.layer === layer && one.code === code)) ??
    perhaps.find((one) => lacks(one, layer)) ??
    [...certain, ...perhaps].at(-1) ??
    attempts.at(-1)
  );
}

function lacks({ answers, attempt }: Exchange, layer: Answer['layer']): boolean {
  const [infrastructure, business] = answersByLayer({ answers: [...answers], attempt });
  if (layer === 'business') return business === undefined && infrastructure?.accepted !== false;
  return infrastructure === undefined;
}
