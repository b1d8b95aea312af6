// An answer read as a sentence: who answers which message, what became of it, and what its sender must do now. Pure.
import type { Pointer } from '../core/document/pointer';
import { dutyOf } from '../core/itk3/duty';
import type { Message } from '../core/itk3/message';
import { elementNamedIn } from '../core/itk3/named-element';
import { UNREADABLE } from '../core/itk3/reply';
import type { Acknowledgement } from '../core/itk3/response';
import type { Knowledge } from '../core/knowledge';
import type { Report } from '../mesh/reports';
import type { Attempt } from './journal';
import { labelOf, oneLine, type Received } from './received';
import { whenOf } from './when';

export interface ResponseSentence {
  verdict: Verdict;
  /** `Rejected: 20009 Payload validation failure`: for a line with little room. */
  headline: string;
  /** Who answers which message, accepted or not, with code and display. */
  sentence: string;
  /** What the code means. */
  meaning: string;
  /** What the sender must do. */
  next: string;
  /** Where `next` comes from. */
  source?: string;
  element?: FailingElement;
  facts: Fact[];
  /** Where published sources contradict each other, or the answer itself. */
  conflict?: string;
}

export type Verdict = 'accepted' | 'rejected' | 'unclear' | 'not delivered';

/** What the responder says is wrong. */
export interface FailingElement {
  /** As the diagnostics name it. */
  expression: string;
  /** Where it leads in the message that was sent, if that is at hand and it leads anywhere. */
  pointer?: Pointer;
  /** False where the element is missing and the pointer is that of what it belongs in. */
  isThere: boolean;
}

export interface Fact {
  label: string;
  value: string;
}

/** How the message that is answered went out. */
export interface SentAs {
  attempt: Pick<Attempt, 'document' | 'asks'>;
  at: Date;
  meshId?: string;
}

/**
 * Undefined of what answers nothing: a message of its own, or what cannot be read.
 * @param exchange how the message that is answered was sent, if that is known
 * @param sent that message, if it is at hand
 */
export function sentenceOfResponse(
  received: Received,
  exchange: SentAs | undefined,
  sent: Message | undefined,
  knowledge: Knowledge,
): ResponseSentence | undefined {
  const { acknowledgement, report } = received;
  if (report) return undelivered(received, report, exchange, knowledge);
  return acknowledgement && answered(received, acknowledgement, { exchange, sent, knowledge });
}

interface Known {
  exchange: SentAs | undefined;
  sent: Message | undefined;
  knowledge: Knowledge;
}

function answered(received: Received, read: Acknowledgement, { exchange, sent, knowledge }: Known): ResponseSentence {
  const { accepted, code, layer, diagnostics, meaning, contradiction } = read;
  const verdict = accepted === undefined ? 'unclear' : accepted ? 'accepted' : 'rejected';
  const duty = dutyOf(
    {
      ...(code !== undefined && { code }),
      ...(layer && { layer }),
      outcome: ({ accepted: 'positive', rejected: 'negative', unclear: 'unclear' } as const)[verdict],
      ...(exchange && { awaits: exchange.attempt.asks.business }),
    },
    knowledge,
  );
  const element =
    accepted === true || diagnostics === undefined
      ? undefined
      : elementNamedIn(diagnostics, sent, (word) => knowledge.registry.isResource(word));
  const conflicts = [
    contradiction,
    read.conflict === undefined ? undefined : `The published sources contradict each other. ${oneLine(read.conflict)}`,
  ].filter((one) => one !== undefined);
  return {
    verdict,
    headline: `${capital(verdict)}: ${labelOf(received)}`,
    sentence: sentenceOf(received, read, exchange),
    meaning: meaning ?? (code === undefined ? 'It holds no response code.' : 'ITK3 2.10.0 lists no such code.'),
    next: duty?.says ?? '',
    ...(duty && { source: duty.source }),
    ...(element && { element }),
    facts: factsOf(received, read, exchange, element),
    ...(conflicts.length > 0 && { conflict: conflicts.join(' ') }),
  };
}

/** `A20047 has rejected draft.json: 20009 Payload validation failure (infrastructure acknowledgement).` */
function sentenceOf(received: Received, read: Acknowledgement, exchange: SentAs | undefined): string {
  const { answers, accepted, layer, responder } = read;
  const who = responder === undefined ? 'The receiver' : `The organisation ${oneLine(responder).slice(0, 20)}`;
  const which = exchange
    ? exchange.attempt.document.name
    : answers === UNREADABLE
      ? 'a message that it could not read'
      : answers === undefined
        ? 'a message that it does not name'
        : `the message ${oneLine(answers).slice(0, 8)}`;
  const does =
    accepted === undefined
      ? `answers ${which}, but does not say clearly what became of it`
      : accepted
        ? `has ${layer === 'business' ? 'taken in' : 'received'} ${which}`
        : `has rejected ${which}`;
  const kind = layer ? `${layer} acknowledgement` : 'of no known kind';
  return `${who} ${does}: ${labelOf(received)} (${kind}).`;
}

function factsOf(
  { meshId }: Received,
  read: Acknowledgement,
  exchange: SentAs | undefined,
  element: FailingElement | undefined,
): Fact[] {
  const { answers, layer, responder, timestamp, senderReference, diagnostics } = read;
  return [
    ...fact('Answers', answers === UNREADABLE ? 'a message that could not be read' : (answers ?? 'no message by name')),
    ...sentFacts(exchange),
    ...fact('Kind', layer && `${layer} acknowledgement`),
    ...fact('Answered by', responder && `ODS code ${responder}`),
    ...fact('Answered at', timestamp),
    ...fact('Sender reference', senderReference),
    ...fact('Diagnostics', diagnostics),
    ...fact('Element', element?.expression),
    ...fact('MESH id', meshId),
  ];
}

/** What MESH itself says of a message that it could not deliver. */
function undelivered(
  { meshId }: Received,
  { code, meaning, linkedMessageId, event, description, at }: Report,
  exchange: SentAs | undefined,
  knowledge: Knowledge,
): ResponseSentence {
  const duty = dutyOf({ outcome: 'undelivered' }, knowledge);
  const which =
    exchange?.attempt.document.name ??
    (linkedMessageId === undefined ? 'a message that it does not name' : `the message ${oneLine(linkedMessageId)}`);
  const coded = code === '' ? '' : `: ${oneLine(code)}`;
  return {
    verdict: 'not delivered',
    headline: `Not delivered${coded}`,
    sentence: `MESH could not deliver ${which}${coded}.`,
    meaning,
    next: duty?.says ?? '',
    ...(duty && { source: duty.source }),
    facts: [
      ...fact('About', linkedMessageId ?? 'no message by name'),
      ...sentFacts(exchange),
      ...fact('Event', event),
      ...fact('MESH says', description),
      ...fact('At', at?.toISOString()),
      ...fact('MESH id', meshId),
    ],
  };
}

function sentFacts(exchange: SentAs | undefined): Fact[] {
  if (!exchange) return [];
  const { attempt, at, meshId } = exchange;
  return [
    ...fact('Sent as', attempt.document.name),
    ...fact('Sent at', whenOf(at)),
    ...fact('Sent with MESH id', meshId),
  ];
}

function fact(label: string, value: string | undefined): Fact[] {
  const line = value === undefined ? '' : oneLine(value);
  return line === '' ? [] : [{ label, value: line }];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
