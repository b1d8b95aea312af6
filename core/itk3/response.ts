// Reads an ITK3 acknowledgement: which message it answers, and what its code means.
import { isObject, list, object, text } from '../json';
import { withoutUrn } from '../uuid';
import type { Knowledge } from '../knowledge';
import { readHandling } from './handling';
import { headerOf, readMessage, referenceIn, resolve } from './message';
import { issuesOf, layerOf, outcomeOf } from './outcome';
import type { ResponseCode } from './response-codes';

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
  /** Undefined where the answer does not say, or contradicts itself. */
  accepted: boolean | undefined;
  /** What in the answer contradicts what, as a sentence. */
  contradiction: string | undefined;
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

  const issues = issuesOf(outcomeOf(message));
  const [first] = issues;
  const code = first?.code;
  const concept = registry.codeSystem(envelope.responseCodes)?.concepts.find((c) => c.code === code);
  const knownOf = (wanted: string | undefined): ResponseCode | undefined =>
    responseCodes.find((c) => c.code === wanted);
  const known = knownOf(code);
  const verdict = text(response?.code);
  const sender = referenceIn(header.resource.sender);
  const organisation = sender === undefined ? undefined : resolve(message, header, sender);
  const answers = text(response?.identifier);
  const contradiction =
    known &&
    (contradicted(known, verdict) ??
      contradictedBeside(
        known,
        issues.map((issue) => knownOf(issue.code)),
      ));
  return {
    answers: answers === undefined ? undefined : withoutUrn(answers),
    senderReference: readHandling(message, envelope)?.senderReference,
    responder: text(object(list(organisation?.resource.identifier)[0]).value),
    timestamp: text(header.resource.timestamp),
    code,
    display: concept?.display ?? text(first?.coding.display),
    meaning: concept?.definition,
    layer: known?.layer ?? (code === undefined ? undefined : layerOf(code)),
    accepted: contradiction !== undefined ? undefined : known ? known.outcome === 'positive' : acceptedBy(verdict),
    contradiction,
    diagnostics: text(first?.issue.diagnostics),
    conflict: known?.conflict,
  };
}

function acceptedBy(verdict: string | undefined): boolean | undefined {
  return verdict === undefined ? undefined : verdict === 'ok';
}

/** Where published sources differ about it, it is the code that counts. */
function contradicted({ code, outcome, responseCode, elsewhere }: ResponseCode, verdict?: string): string | undefined {
  if (verdict === undefined || verdict === elsewhere?.responseCode) return undefined;
  if ((verdict === 'ok') === (responseCode === 'ok')) return undefined;
  return `The code ${code} is ${outcome}, but MessageHeader.response.code says ${verdict}.`;
}

/** Ordinarily there is one. */
function contradictedBeside(known: ResponseCode, all: readonly (ResponseCode | undefined)[]): string | undefined {
  const other = all.find((one) => one && one.outcome !== known.outcome);
  return other && `The code ${known.code} is ${known.outcome}, but ${other.code} beside it is ${other.outcome}.`;
}
