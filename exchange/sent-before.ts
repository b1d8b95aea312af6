// A message that was sent before: receivers know it by its MessageHeader.id and refuse the second one (20007). Pure.
import { idInJournal } from './attempt';
import { environmentOf, isLoopback } from '../mesh/environments';
import { keyOf, type Place, SANDBOX } from './place';

/** Of an earlier send, as much as is asked about. */
export interface Earlier {
  attempt: { messageId?: string; place: string; to: string };
  at: Date;
  state: string;
  /** To a sandbox that keeps nothing. */
  passing?: boolean;
}

export interface Before {
  /** As it ends a sentence: `at 14:02`. */
  at: string;
  /** Masked where it is a patient's. */
  to: string;
  /** Known to have arrived, or to have been answered or reported on; else it may be on its way. */
  isSettled: boolean;
  /** What came of it, as it ends a sentence: `and was rejected`. */
  outcome?: string;
}

const OUTCOMES: Readonly<Record<string, string>> = {
  accepted: 'and was accepted',
  rejected: 'and was rejected',
  undelivered: 'and could not be delivered',
  overdue: 'and has not been answered in time',
};

/** Nobody knows whether it arrived. */
const UNSETTLED = new Set(['departing', 'unclear']);

/**
 * The last time a message with this MessageHeader.id was sent to the same environment: what a sandbox has, integration has
 * not. What MESH certainly refused was not sent, and a sandbox that kept nothing has forgotten it.
 * @param earlier newest first
 * @param since when the sandbox of the window was started; undefined while there is none
 */
export function sentBefore<E extends Earlier>(
  messageId: string | undefined,
  from: Place,
  earlier: Iterable<E>,
  since?: Date,
): E | undefined {
  return allSentBefore(messageId, from, earlier, since)[0];
}

/** All of them, in the order given. */
export function allSentBefore<E extends Earlier>(
  messageId: string | undefined,
  from: Place,
  earlier: Iterable<E>,
  since?: Date,
): E[] {
  if (messageId === undefined) return [];
  const id = idInJournal(messageId);
  const host = hostOf(keyOf(from));
  const isForgotten = ({ passing, at }: E): boolean => passing === true && (since === undefined || at < since);
  return [...earlier].filter(
    (one) =>
      one.attempt.messageId === id &&
      hostOf(one.attempt.place) === host &&
      one.state !== 'refused' &&
      !isForgotten(one),
  );
}

export function beforeOf({ attempt, at, state }: Earlier, now: Date): Before {
  return { at: when(at, now), to: attempt.to, isSettled: !UNSETTLED.has(state), outcome: OUTCOMES[state] };
}

export function tellBefore({ at, to, isSettled, outcome }: Before): string {
  return isSettled
    ? `A message with this identifier was sent ${at} to ${[to, outcome].filter(Boolean).join(' ')}: receivers refuse duplicates (20007).`
    : `This message may have been sent ${at} to ${to}: ask MESH before you send it again.`;
}

/** What is told where a person decides how it goes again. */
export function explainBefore(before: Before): string {
  const { at, to, isSettled, outcome } = before;
  return isSettled
    ? `It went ${at} to ${[to, outcome].filter(Boolean).join(' ')}. A receiver refuses an identifier that it has seen (20007). With fresh identifiers it is another message; they are written into the document, where Undo takes them back.`
    : `It left ${at} for ${to}, and nobody knows yet whether it arrived: ask MESH first. The same message again does no harm, since a receiver refuses the second one (20007). With fresh identifiers it could be filed twice, so they are not offered.`;
}

/** What two mailboxes have in common when they are in one environment. */
function hostOf(place: string): string {
  const [href = ''] = place.split(' ');
  if (place === SANDBOX || !URL.canParse(href)) return place;
  const url = new URL(href);
  // One MESH has an address on the internet and another on HSCN.
  return isLoopback(url) ? url.host : (environmentOf(url)?.id.replace(/-hscn$/, '') ?? url.host);
}

/** `at 14:02`, or `on 30 January at 14:02`. */
function when(at: Date, now: Date): string {
  const time = at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  const day = { day: 'numeric', month: 'long' } as const;
  return at.toDateString() === now.toDateString()
    ? `at ${time}`
    : `on ${at.toLocaleDateString('en-GB', day)} at ${time}`;
}
