// The shapes of the sandbox's answers: JSON, MESH's errors in both versions, validation errors.
import type { Struck } from './faults';

/** Version of the API asked for by Accept. */
export type Version = 1 | 2;

export interface Answer {
  status: number;
  /** Lower-case names. Content-Length and Date are added on the way out. */
  headers?: Record<string, string>;
  body?: Buffer;
  /** What goes wrong on the way out. */
  struck?: Struck;
}

const V2 = 'application/vnd.mesh.v2+json';

export function json(status: number, value: unknown, contentType = 'application/json'): Answer {
  return { status, headers: { 'content-type': contentType }, body: Buffer.from(JSON.stringify(value)) };
}

/** For the answers that carry MESH's own media type in version 2: inbox, tracking, refusals. */
export function versioned(version: Version, status: number, value: unknown): Answer {
  return json(status, value, version === 2 ? V2 : 'application/json');
}

export interface Refusal {
  status: number;
  event?: string;
  code?: string;
  text: string;
  /** The message that a part was for. */
  messageId?: string;
}

export function refusal(version: Version, { status, event = '', code = '', text, messageId }: Refusal): Answer {
  const value =
    version === 2
      ? { message_id: messageId, detail: [{ event, code, msg: text }] }
      : { messageID: messageId, errorEvent: event, errorCode: code, errorDescription: text };
  return versioned(version, status, value);
}

/** Every refusal the sandbox makes, in the words of NHS England's own where it makes it too. */
export const REFUSALS = {
  malformed: { status: 403, text: 'Error reading from Authorization header' },
  'mailbox-mismatch': { status: 403, text: 'Mailbox id does not match token' },
  'bad-hash': { status: 403, text: 'Invalid Authentication Token' },
  'clock-skew': { status: 403, text: 'Invalid Authentication Token' },
  replayed: { status: 403, text: 'Invalid Authentication Token' },
  unknownMailbox: { status: 403, event: 'SEND', code: 'EPL-151', text: 'No mailbox matched' },
  forbidden: { status: 403, text: 'Forbidden' },
  stranger: { status: 403, text: 'This sandbox is to be called 127.0.0.1 or localhost, and answers no web page' },
  noMessage: { status: 404, event: 'RECEIVE', code: '20', text: 'Message does not exist' },
  notFound: { status: 404, text: 'Not Found' },
  multipleChoices: { status: 300, text: 'Multiple Choices' },
  noRecipient: { status: 400, event: 'SEND', code: '08', text: 'TO_DTS missing' },
  malformedHeader: { status: 400, event: 'TRANSFER', code: '06', text: 'MalformedControlFile' },
  checksum: { status: 400, event: 'SEND', code: 'Invalid checksum', text: 'Invalid checksum' },
  noContent: { status: 417, event: 'COLLECT', code: '02', text: 'Data file is missing or inaccessible.' },
  unknownRecipient: { status: 417, event: 'SEND', code: '12', text: 'Unregistered to address' },
  chunkRange: {
    status: 417,
    event: 'SEND',
    code: 'InvalidHeaderChunks',
    text: 'Invalid chunk values sent in mex-Chunk-Range header',
  },
  encodingChanged: { status: 417, text: 'cannot change content encoding' },
  gone: {
    status: 410,
    event: 'SEND',
    code: 'Message already accepted',
    text: 'Message no longer available for download',
  },
  noMailbox: { status: 404, text: 'mailbox does not exist' },
  wrongAccept: { status: 400, text: 'Accept header api format incorrect' },
  encoding: {
    status: 422,
    event: 'SEND',
    code: 'UnsupportedContentEncoding',
    text: 'Unsupported content encoding',
  },
  senderNotAllowed: { status: 417, event: 'SEND', code: '16', text: 'Sender is not allowed to send this type' },
  workflowNotRegistered: { status: 417, event: 'SEND', code: '17', text: 'Workflow ID not registered for mailbox' },
  inactiveMailbox: { status: 403, event: 'SEND', code: '100', text: 'Request Received from Inactive Mailbox' },
  smallPart: {
    status: 417,
    event: 'SEND',
    code: 'InvalidHeaderChunks',
    text: 'Every part but the last must be larger than 5 MB',
  },
  missingParts: { status: 417, event: 'SEND', code: 'InvalidHeaderChunks', text: 'Earlier parts are missing' },
  tooLarge: { status: 413, event: 'SEND', text: 'Request body is larger than one MESH request may be' },
} satisfies Record<string, Refusal>;

type Where = 'header' | 'query' | 'path' | 'body';

/** One wrong header or parameter, in the words of the real sandbox's framework. */
export interface Problem {
  type: string;
  loc: [where: Where, name: string];
  msg: string;
  input?: string;
  ctx?: Record<string, number>;
}

/** The same in both versions. */
export const invalid = (problems: Problem[]): Answer => json(400, { detail: problems });

export function missing(where: Where, name: string): Problem {
  return { type: 'missing', loc: [where, name], msg: 'Field required' };
}

export function tooLong(where: Where, name: string, input: string, maximum: number): Problem {
  const msg = `String should have at most ${maximum} characters`;
  return { type: 'string_too_long', loc: [where, name], msg, input, ctx: { max_length: maximum } };
}

export function tooShort(where: Where, name: string, input: string, minimum: number): Problem {
  const msg = `String should have at least ${minimum} characters`;
  return { type: 'string_too_short', loc: [where, name], msg, input, ctx: { min_length: minimum } };
}

export const unknownRoute = (): Answer => json(404, { detail: 'Not Found' });

export function methodNotAllowed(allowed: string[]): Answer {
  const answer = json(405, { detail: 'Method Not Allowed' });
  return { ...answer, headers: { ...answer.headers, allow: allowed.join(', ') } };
}

/** Also what MESH says of a part that there is no place for. */
export const internalError = (status = 500): Answer =>
  json(status, { message: 'An internal error occurred.\n\nPlease contact support.' });

/** ISO, UTC without saying so, microseconds: as MESH writes it. */
export const withoutZone = (time: Date) => time.toISOString().replace('Z', '000');

/** `yyyyMMddHHmmss`, UTC. */
export const compactTime = (time: Date) => time.toISOString().replace(/\D/g, '').slice(0, 14);
