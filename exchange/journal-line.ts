// A line of the journal as text, and back. What is read may be torn, foreign or of another version: it is trusted in nothing.
import { isObject, type Json } from '../core/json';
import { isOdsCode } from '../core/nhs/ods-code';
import { isUuid } from '../core/uuid';
import { mask } from '../mesh/errors';
import type { Attempt, Entry } from './journal';

/** Begins and ends with a line break: whatever a torn line before it lost, this one is whole. */
export function writeLine(entry: Entry): string {
  return `\n${JSON.stringify(entry)}\n`;
}

/** Undefined when it is none. */
export function readLine(line: string): Entry | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isObject(value) || typeof value.at !== 'string' || Number.isNaN(Date.parse(value.at))) return undefined;
  const { what } = value;
  const fits = typeof what === 'string' && Object.hasOwn(FITS, what) && FITS[what as Entry['what']](value);
  return fits ? (value as unknown as Entry) : undefined;
}

const texts = (value: Json, ...names: string[]): boolean => names.every((name) => typeof value[name] === 'string');
const perhaps = (value: Json, type: string, ...names: string[]): boolean =>
  names.every((name) => value[name] === undefined || typeof value[name] === type);

const FITS: Readonly<Record<Entry['what'], (value: Json) => boolean>> = {
  departing: ({ attempt, ...rest }) =>
    isAttempt(attempt) && perhaps(rest, 'number', 'by') && perhaps(rest, 'boolean', 'passing'),
  begun: (value) => texts(value, 'meshId') && perhaps(value, 'number', 'taken', 'of'),
  accepted: (value) => texts(value, 'meshId'),
  refused: (value) => texts(value, 'why'),
  lost: (value) => texts(value, 'why'),
  asked: (value) => perhaps(value, 'boolean', 'arrived') && perhaps(value, 'string', 'meshId', 'why'),
  tracked: (value) => texts(value, 'status') && perhaps(value, 'string', 'code'),
  answered: (value) =>
    texts(value, 'meshId', 'by') &&
    perhaps(value, 'boolean', 'accepted') &&
    perhaps(value, 'string', 'layer', 'code', 'timestamp'),
  undelivered: (value) => texts(value, 'meshId', 'code'),
  ended: () => true,
};

function isAttempt(value: unknown): value is Attempt {
  if (!isObject(value) || !isObject(value.from) || !isObject(value.document) || !isObject(value.asks)) return false;
  return (
    isUuid(value.id) &&
    texts(value, 'place', 'to', 'workflowId', 'localId', 'fileName', 'digest') &&
    perhaps(value, 'string', 'messageId', 'senderReference', 'kind', 'written') &&
    typeof value.bytes === 'number' &&
    texts(value.from, 'mailbox', 'name', 'environment') &&
    texts(value.document, 'name') &&
    perhaps(value.document, 'string', 'uri') &&
    ['infrastructure', 'business'].every((name) => typeof (value.asks as Json)[name] === 'boolean')
  );
}

/**
 * What may be written down of a message on its way. A local id and a file name that are neither an organisation's code nor
 * made up may hold anything, a patient's name included: then MESH cannot be asked by them after a crash.
 */
export function withoutPatient(attempt: Attempt): Attempt {
  const { localId, fileName, to, kind, document } = attempt;
  const { uri } = document;
  return {
    ...attempt,
    to: mask(to),
    // A document that is called after an NHS number is not written down with it, nor where it is.
    document: { name: mask(document.name), ...(uri !== undefined && isPlain(uri) && { uri }) },
    ...(kind !== undefined && { kind: mask(kind) }),
    localId: isOdsCode(localId) || isUuid(localId) ? localId : '',
    fileName: isUuid(fileName.replace(/\.\w+$/, '')) ? fileName : '',
  };
}

/** True of an address in which nothing would be masked; spaces are written in it as %20. */
function isPlain(uri: string): boolean {
  const read = uri.replaceAll('%20', ' ');
  return mask(read) === read;
}

/** A code of an answer comes from outside: one that is no code is not kept. */
export function plainCode(code: string | undefined): string | undefined {
  return code !== undefined && /^[A-Za-z]{0,5}-?\d{1,6}$/.test(code) ? code : undefined;
}
