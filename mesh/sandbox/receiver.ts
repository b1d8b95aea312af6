// Plays the GP practice's system: judges what arrives with the toolkit's own core and answers as ITK3 2.10.0 asks.
import { randomUUID } from 'node:crypto';
import { readJson } from '../../core/document/json-document';
import { fhirPath, isWithin } from '../../core/document/pointer';
import type { Finding } from '../../core/finding';
import { readHandling } from '../../core/itk3/handling';
import { isObject } from '../../core/json';
import { focusOf, headerOf, type Message } from '../../core/itk3/message';
import { type Answer, writeReply } from '../../core/itk3/reply';
import { checkDocument } from '../../core/validate/check-document';
import type { Knowledge } from '../../core/knowledge';
import type { ReceivedMessage, Receiver, Reply } from './receiver-contract';

export interface PracticeOptions {
  /** ODS code under which the practice answers. */
  odsCode: string;
  now?: () => Date;
  randomUUID?: () => string;
}

/** A receiver that remembers what it has accepted, so that it knows a duplicate when it sees one. */
export function createPractice(knowledge: Knowledge, options: PracticeOptions): Receiver {
  const accepted = new Set<string>();
  const moment = () => ({ now: options.now?.() ?? new Date(), randomUUID: options.randomUUID ?? randomUUID });
  return (received) => {
    const document = readJson(received.body.toString('utf8'));
    const { message, findings } = checkDocument(document, knowledge);
    if (message && isResponse(message, knowledge)) return [];
    const unreadable = document.problems.length > 0 || !message || !headerOf(message);
    const answers = unreadable ? [UNREADABLE_ANSWER] : judge(message, findings, accepted, knowledge);
    const responder = { odsCode: options.odsCode, mailbox: received.to };
    return answers.map((answer) =>
      toReply(
        received,
        writeReply(unreadable ? undefined : message, answer, responder, knowledge, moment()),
        knowledge,
      ),
    );
  };
}

/** Every negative answer is final; a positive infrastructure answer may be followed by a business answer. */
function judge(message: Message, findings: Finding[], accepted: Set<string>, knowledge: Knowledge): Answer[] {
  const { infrastructureAck, businessAck } = readHandling(message, knowledge.envelope) ?? {};
  const refusal = refuse(message, findings, accepted, knowledge);
  // When the flag cannot be read an error is always answered; when it says no, nobody is told.
  if (refusal) return infrastructureAck === false ? [] : [refusal];
  for (const id of identities(message)) accepted.add(id.key);
  return [
    ...(infrastructureAck ? [{ code: '20013', diagnostics: 'Accepted for processing.' }] : []),
    ...(businessAck ? [{ code: '30001', diagnostics: 'Filed. In this sandbox every patient is known.' }] : []),
  ];
}

const UNREADABLE_ANSWER: Answer = {
  code: '10009',
  diagnostics: 'The message is not readable FHIR JSON that starts with a MessageHeader. This sandbox reads JSON.',
};

function refuse(
  message: Message,
  findings: Finding[],
  accepted: Set<string>,
  knowledge: Knowledge,
): Answer | undefined {
  const duplicate = identities(message).find((id) => accepted.has(id.key));
  if (duplicate) return { code: duplicate.code };
  const errors = findings.filter((finding) => finding.severity === 'error');
  const focus = focusOf(message)?.pointer;
  const inHeader = errors.filter((error) => focus === undefined || !isWithin(error.pointer, focus));
  const handling = inHeader.filter((error) => /\/entry\/0\/resource(\/extension|$)/.test(error.pointer));
  if (!readHandling(message, knowledge.envelope)) return explain('10001', handling, message);
  const inExtension = handling.filter((error) => error.pointer.includes('/extension'));
  if (inExtension[0]) return explain(HANDLING_CODES[inExtension[0].rule] ?? '10001', inExtension, message);
  if (inHeader.length > 0) return explain('20006', inHeader, message);
  if (!isSupported(message, knowledge)) return { code: '10004', diagnostics: 'This receiver takes no such message.' };
  return errors.length > 0 ? explain('20009', errors, message) : undefined;
}

/** Says where and by which rule, but no values: an acknowledgement must not hold anything about the patient. */
function explain(code: string, errors: Finding[], message: Message): Answer {
  const [first] = errors;
  const count = errors.length === 1 ? '1 error' : `${errors.length} errors`;
  const where = first ? `, the first is "${first.rule}" at ${fhirPath(message.root.resource, first.pointer)}` : '';
  const issueCode = first && code.startsWith('2') ? ISSUE_CODES[first.rule] : undefined;
  return { code, diagnostics: `${count}${where}.`, issueCode };
}

/** The response code for a mistake in the handling specification, where it has one of its own. */
const HANDLING_CODES: Partial<Record<string, string>> = {
  'handling-value': '10008',
  'message-definition': '10004',
  'sender-reference': '10007',
};

/** OperationOutcome.issue.code for our rules, where both 20006 and 20009 allow it; else the code's own default. */
const ISSUE_CODES: Partial<Record<string, string>> = {
  required: 'required',
  'unknown-property': 'structure',
  kind: 'structure',
  'primitive-form': 'value',
  'fixed-value': 'value',
  binding: 'code-invalid',
};

function identities(message: Message): { key: string; code: string }[] {
  const header = headerOf(message)?.resource.id;
  const document = focusOf(message)?.resource.id;
  return [
    ...(typeof header === 'string' ? [{ key: `message ${header}`, code: '20007' }] : []),
    ...(typeof document === 'string' ? [{ key: `document ${document}`, code: '20008' }] : []),
  ];
}

function isSupported(message: Message, { useCases }: Knowledge): boolean {
  const event = headerOf(message)?.resource.event;
  return isObject(event) && useCases.some((useCase) => useCase.event.code === event.code);
}

function isResponse(message: Message, { envelope }: Knowledge): boolean {
  const event = headerOf(message)?.resource.event;
  return isObject(event) && event.code === envelope.responseEvent;
}

function toReply(received: ReceivedMessage, reply: object, { useCases }: Knowledge): Reply {
  const useCase = useCases.find((u) => u.workflow.request === received.workflowId);
  return {
    to: received.from,
    workflowId: useCase?.workflow.acknowledgement ?? `${received.workflowId}_ACK`,
    contentType: 'application/fhir+json',
    body: Buffer.from(JSON.stringify(reply, null, 2)),
  };
}
