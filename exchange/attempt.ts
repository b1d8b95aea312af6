// What the journal is told of a message before it leaves: enough to find it again, and nothing of its content. Pure.
import { createHash } from 'node:crypto';
import { headerOf } from '../core/itk3/message';
import { object, text } from '../core/json';
import { isUuid } from '../core/uuid';
import { mask, maskAddress } from '../mesh/errors';
import type { Attempt } from './journal';
import { keyOf } from './place';
import { oneLine } from './received';
import type { Departure } from './summary';
import { fileNameOf } from './wire';

/** What of the message's own words may be long, is cut. */
const LONGEST = 80;

export interface Named {
  /** Of this attempt: a UUID. */
  id: string;
  document: { name: string; uri?: string };
}

export function attemptOf(departure: Departure, { id, document }: Named): Attempt {
  const { outgoing, from, to, workflowId, addressed, wire } = departure;
  const { messageId, handling, message } = outgoing;
  const body = Buffer.from(wire.text);
  const reference = handling?.senderReference;
  const kind = text(object(headerOf(message)?.resource.event).display);
  return {
    id,
    place: keyOf(from),
    from: { mailbox: from.mailbox, name: from.name, environment: from.environment },
    to: maskAddress(to),
    workflowId,
    localId: addressed.localId,
    fileName: fileNameOf(departure),
    ...(messageId !== undefined && { messageId: idInJournal(messageId) }),
    ...(reference !== undefined && { senderReference: digestOf(reference) }),
    ...(kind !== undefined && { kind: mask(oneLine(kind)).slice(0, LONGEST) }),
    document,
    bytes: body.length,
    digest: digestOf(body),
    ...(wire.text !== outgoing.text && { written: digestOf(outgoing.text) }),
    asks: { infrastructure: handling?.infrastructureAck === true, business: handling?.businessAck === true },
  };
}

/** True of the text that left, and of the one that it was made from. */
export function isAsItWent(text: string, { digest, written }: Pick<Attempt, 'digest' | 'written'>): boolean {
  return [digest, written].includes(digestOf(text));
}

/** A MessageHeader.id as the journal has it: what should be a UUID and is none may say anything, a patient's number too. */
export function idInJournal(messageId: string): string {
  return isUuid(messageId) ? messageId.toLowerCase() : `sha256:${digestOf(messageId)}`;
}

/** SHA-256, hexadecimal. */
export function digestOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
