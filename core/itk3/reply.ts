// Writes an ITK3 acknowledgement (ITK3 Message Distribution 2.10.0, responses; GP Connect asks for both flags false).
import type { Fresh } from '../fresh';
import type { Knowledge } from '../knowledge';
import { UUIDS } from '../uuid';
import { readHandling } from './handling';
import { headerOf, type Message } from './message';
import { instantOf } from './times';

/** What a receiver puts where the message gives no readable identifier (code 10009). */
export const UNREADABLE = 'UNREADABLE-IN-ORIGINAL-MESSAGE';

export interface Responder {
  odsCode: string;
  mailbox: string;
}

export interface Answer {
  code: string;
  /** Context for a person, or of a refusal the meaning of its code; must not hold anything about the patient. */
  diagnostics?: string;
  /** Of the issue codes that may go with the code; the first when not given. */
  issueCode?: string;
  /** MessageHeader.id of the message answered, where it shall be another than the message's own. */
  answers?: string;
}

/** @param message the message answered; undefined when it could not be read */
export function writeReply(
  message: Message | undefined,
  { answers, ...answer }: Answer,
  responder: Responder,
  { envelope, registry, responseCodes }: Knowledge,
  { now, randomUUID }: Pick<Fresh, 'now' | 'randomUUID'>,
): Record<string, unknown> {
  const known = responseCodes.find((c) => c.code === answer.code);
  const codeSystem = registry.codeSystem(envelope.responseCodes);
  const concept = codeSystem?.concepts.find((c) => c.code === answer.code);
  if (!known || concept?.display === undefined) throw new Error(`ITK3 has no response code ${answer.code}`);
  const event = registry.messageDefinition(envelope.responseMessageDefinition)?.event;
  const [messageId, headerId, senderId, outcomeId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const answered = answers ?? (message && headerOf(message)?.resource.id);
  const reference = message && readHandling(message, envelope)?.senderReference;
  // GP Connect wants words with every refusal; those of the code are better than none.
  const diagnostics = answer.diagnostics ?? (known.outcome === 'negative' ? concept.definition : undefined);
  const entry = (id: string, resourceType: string, profile: string, rest: object): object => ({
    fullUrl: `urn:uuid:${id}`,
    resource: { resourceType, id, meta: { profile: [profile] }, ...rest },
  });

  return {
    resourceType: 'Bundle',
    id: messageId,
    meta: { profile: [envelope.messageBundle] },
    identifier: { system: UUIDS, value: messageId },
    type: 'message',
    entry: [
      entry(headerId, 'MessageHeader', envelope.header, {
        extension: [
          {
            url: envelope.handling,
            extension: [
              { url: 'BusAckRequested', valueBoolean: false },
              { url: 'InfAckRequested', valueBoolean: false },
              {
                url: 'RecipientType',
                valueCoding: { system: envelope.recipientTypes, code: 'FA', display: 'For Action' },
              },
              { url: 'MessageDefinition', valueReference: { reference: envelope.responseMessageDefinition } },
              { url: 'SenderReference', valueString: reference && isReference(reference) ? reference : 'None' },
              { url: 'LocalExtension', valueString: 'None' },
            ],
          },
        ],
        event: { system: envelope.eventSystem, code: envelope.responseEvent, display: event?.display },
        sender: { reference: `urn:uuid:${senderId}` },
        timestamp: instantOf(now),
        source: { endpoint: responder.mailbox },
        response: {
          identifier: typeof answered === 'string' && ID.test(answered) ? answered : UNREADABLE,
          code: known.responseCode,
          details: { reference: `urn:uuid:${outcomeId}` },
        },
      }),
      entry(senderId, 'Organization', envelope.headerOrganisation, {
        identifier: [{ system: envelope.odsSystem, value: responder.odsCode }],
      }),
      entry(outcomeId, 'OperationOutcome', envelope.responseOutcome, {
        issue: [
          {
            severity: known.severity,
            code: answer.issueCode ?? known.issueCodes[0],
            details: { coding: [{ system: envelope.responseCodes, code: answer.code, display: concept.display }] },
            ...(diagnostics !== undefined && { diagnostics }),
          },
        ],
      }),
    ],
  };
}

/** What FHIR takes as an id; what cannot be repeated could not be read. */
const ID = /^[A-Za-z0-9.-]{1,64}$/;

/** One that breaks the rules would make the answer break them too. */
const isReference = (text: string): boolean => text.length <= 255 && /[\p{L}\p{N}_]/u.test(text);
