// Why a receiver refuses a message, and with which code: ITK3 Message Distribution 2.10.0, response codes and patterns.
import { withoutVersion } from '../definitions/registry';
import { fhirPath, isWithin, type Pointer } from '../document/pointer';
import type { Finding } from '../finding';
import { isObject } from '../json';
import type { Knowledge } from '../knowledge';
import { type HandlingKey, handlingKeys, readHandling } from './handling';
import { identifiersOf } from './identifiers';
import { focusOf, headerOf, type Message, referenceIn, resolve } from './message';
import type { Answer } from './reply';

/** What the receiver knows beyond the message. */
export interface Recipient {
  odsCode: string;
  /** Whether a message or document of that key (identitiesOf) has been accepted before. */
  isKnown: (key: string) => boolean;
}

/** The first reason in the order in which ITK3 has a receiver look; every one is final. Undefined: it accepts. */
export function refusalOf(
  message: Message,
  findings: readonly Finding[],
  recipient: Recipient,
  knowledge: Knowledge,
): Answer | undefined {
  const errors = findings.filter((finding) => finding.severity === 'error');
  const focus = focusOf(message)?.pointer;
  const isInPayload = (error: Finding): boolean => focus !== undefined && isWithin(error.pointer, focus);
  const inHeader = errors.filter((error) => !isInPayload(error));
  const handling = handlingRefusal(message, inHeader, knowledge);
  if (handling) return handling;
  if (inHeader.length > 0) return explained('20006', inHeader, message);
  if (isForAnother(message, recipient, knowledge)) {
    return { code: '20002', diagnostics: 'MessageHeader.receiver names another organisation than this one.' };
  }
  if (!isSupported(message, knowledge)) {
    return { code: '10004', diagnostics: 'This receiver takes no message of that event.' };
  }
  const duplicate = identitiesOf(message).find((identity) => recipient.isKnown(identity.key));
  if (duplicate) return { code: duplicate.code };
  if (errors.length > 0) return explained('20009', errors, message);
  // A sender is only warned of these, as receivers may refuse them; this one does.
  for (const [rule, code] of STRICT) {
    const warned = findings.filter((finding) => finding.rule === rule);
    if (warned.length > 0) return explained(code, warned, message);
  }
  return undefined;
}

/** By what a receiver knows a message and its document again, and the code that refuses them then. */
export function identitiesOf(message: Message): { key: string; code: string }[] {
  const header = headerOf(message)?.resource.id;
  const document = focusOf(message)?.resource.id;
  return [
    ...(typeof header === 'string' ? [{ key: `message ${header}`, code: '20007' }] : []),
    ...(typeof document === 'string' ? [{ key: `document ${document}`, code: '20008' }] : []),
  ];
}

const STRICT: [rule: string, code: string][] = [
  ['message-size', '20015'],
  ['attachment', '20004'],
];

/** The keys that every message has, with the code for a value that cannot be used. Flags come first: they decide who is told. */
const KEYS: [url: string, code: string][] = [
  ['InfAckRequested', '10002'],
  ['BusAckRequested', '10003'],
  ['MessageDefinition', '10004'],
  ['SenderReference', '10007'],
  ['RecipientType', '10010'],
];

function handlingRefusal(message: Message, errors: readonly Finding[], knowledge: Knowledge): Answer | undefined {
  const header = headerOf(message)?.pointer ?? '';
  const keys = handlingKeys(message, knowledge.envelope);
  const ofHandling = errors.filter((error) => isWithin(error.pointer, `${header}/extension`));
  if (!keys) {
    const atHeader = errors.filter((error) => error.pointer === header);
    return explained('10001', ofHandling.length > 0 ? ofHandling : atHeader, message);
  }
  const at = (pointer: Pointer): Finding[] => ofHandling.filter((error) => isWithin(error.pointer, pointer));
  const { infrastructureAck, businessAck } = readHandling(message, knowledge.envelope) ?? {};
  const isMissing = KEYS.some(([url]) => !keys.some((key) => key.url === url));
  if (isMissing) return explained('10001', ofHandling, message);
  for (const [url, code] of KEYS) {
    const key = keys.find((candidate) => candidate.url === url);
    const wrong = (key ? at(key.pointer) : []).filter((error) => error.rule !== 'handling-value');
    const flag = { InfAckRequested: infrastructureAck, BusAckRequested: businessAck };
    const isUnreadable = Object.hasOwn(flag, url) && flag[url as keyof typeof flag] === undefined;
    if (key && isOfAnotherVersion(key, knowledge)) {
      return { code: '10005', diagnostics: 'This receiver does not know that version of the MessageDefinition.' };
    }
    if (wrong.length > 0 || isUnreadable) return explained(code, wrong, message);
  }
  const ruled = ofHandling.filter((error) => error.rule === 'handling-value');
  if (ofHandling.length > ruled.length) return explained('10001', ofHandling, message);
  return ruled.length > 0 ? explained('10008', ruled, message) : undefined;
}

/** The url is one that is known here but for the number at its end. */
function isOfAnotherVersion(key: HandlingKey, { registry }: Knowledge): boolean {
  const url = referenceIn(key.value);
  if (key.url !== 'MessageDefinition' || url === undefined) return false;
  const plain = withoutVersion(url);
  if (registry.messageDefinition(plain) || !NUMBER.test(plain)) return false;
  return registry.messageDefinitions().some((known) => known.url.replace(NUMBER, '') === plain.replace(NUMBER, ''));
}

const NUMBER = /-\d+$/;

/** Only an organisation can be told apart: a receiver has no list of its people here. */
function isForAnother(message: Message, { odsCode }: Recipient, { envelope }: Knowledge): boolean {
  const header = headerOf(message);
  const reference = header && referenceIn(header.resource.receiver);
  const receiver = header && reference !== undefined ? resolve(message, header, reference) : undefined;
  if (receiver?.type !== 'Organization') return false;
  const codes = identifiersOf(receiver, [envelope.odsSystem]).map(({ identifier }) => identifier.value);
  return codes.length > 0 && !codes.includes(odsCode);
}

function isSupported(message: Message, { useCases }: Knowledge): boolean {
  const event = headerOf(message)?.resource.event;
  return isObject(event) && useCases.some((useCase) => useCase.event.code === event.code);
}

/** Says where and by which rule, but no values: an acknowledgement must not hold anything about the patient. */
function explained(code: string, errors: readonly Finding[], message: Message): Answer {
  const [first] = errors;
  if (!first) return { code };
  const count = errors.length === 1 ? '1 error' : `${errors.length} errors`;
  const where = `, the first is "${first.rule}" at ${fhirPath(message.root.resource, first.pointer)}`;
  return {
    code,
    diagnostics: `${count}${where}.`,
    issueCode: code.startsWith('2') ? ISSUE_CODES[first.rule] : undefined,
  };
}

/** OperationOutcome.issue.code for our rules, where both 20006 and 20009 allow it; else the code's own default. */
const ISSUE_CODES: Partial<Record<string, string>> = {
  required: 'required',
  'unknown-property': 'structure',
  kind: 'structure',
  'primitive-form': 'value',
  'fixed-value': 'value',
  binding: 'code-invalid',
};
