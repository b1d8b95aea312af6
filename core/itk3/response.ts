// Reads an ITK3 acknowledgement: which message it answers, and what its code means.
import { isObject, list, object, text } from '../json';
import { withoutUrn } from '../uuid';
import type { Knowledge } from '../knowledge';
import { readHandling } from './handling';
import { headerOf, readMessage, referenceIn, resolve } from './message';
import { issuesOf, layerOf, outcomeOf } from './outcome';

export interface Acknowledgement {
  /** MessageHeader.id of the message that is answered. */
  answers: string | undefined;
  /** The sender's own reference, echoed. */
  senderReference: string | undefined;
  /** ODS code of the organisation that answers. */
  responder: string | undefined;
  timestamp: string | undefined;
  code: string | undefined;
  /** The published display of the code, or what the message itself calls it when the code is unknown. */
  display: string | undefined;
  /** What the code means, in a sentence or two. */
  meaning: string | undefined;
  layer: 'infrastructure' | 'business' | undefined;
  accepted: boolean | undefined;
  /** Free text of the responder, if any. */
  diagnostics: string | undefined;
  /** Where published sources contradict each other about this code. */
  conflict: string | undefined;
}

/** Undefined when the value is no ITK3 acknowledgement. */
export function readResponse(value: unknown, knowledge: Knowledge): Acknowledgement | undefined {
  const { envelope, registry, responseCodes } = knowledge;
  const message = readMessage(value);
  const header = message && headerOf(message);
  if (!header) return undefined;
  const response = isObject(header.resource.response) ? header.resource.response : undefined;
  const event = isObject(header.resource.event) ? header.resource.event : {};
  if (event.code !== envelope.responseEvent && !response) return undefined;

  const [first] = issuesOf(outcomeOf(message));
  const code = first?.code;
  const concept = registry.codeSystem(envelope.responseCodes)?.concepts.find((c) => c.code === code);
  const known = responseCodes.find((c) => c.code === code);
  const sender = referenceIn(header.resource.sender);
  const organisation = sender === undefined ? undefined : resolve(message, header, sender);
  const answers = text(response?.identifier);
  return {
    answers: answers === undefined ? undefined : withoutUrn(answers),
    senderReference: readHandling(message, envelope)?.senderReference,
    responder: text(object(list(organisation?.resource.identifier)[0]).value),
    timestamp: text(header.resource.timestamp),
    code,
    display: concept?.display ?? text(first?.coding.display),
    meaning: concept?.definition,
    layer: known?.layer ?? (code === undefined ? undefined : layerOf(code)),
    accepted: known ? known.outcome === 'positive' : response && response.code === 'ok',
    diagnostics: text(first?.issue.diagnostics),
    conflict: known?.conflict,
  };
}
