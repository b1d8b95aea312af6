// An answer came and it is not the one hoped for: what MESH's statuses, codes and bodies mean for a person.
import { MAXIMUM_SKEW } from './authorization';
import { couldNot, mask, maskAddress, MeshError } from './errors';
import type { Attempt, MeshErrorKind } from './errors';
import type { MeshResponse } from './transport';

/** What an error body says, whichever of MESH's shapes it has. Empty texts are left out. */
export interface ErrorBody {
  event?: string;
  code?: string;
  description?: string;
  /** In a validation error: the header or query names found wrong. */
  fields: string[];
}

interface Meaning {
  kind: MeshErrorKind;
  reason: (attempt: Attempt) => string;
}

/** MESH's own codes (specification and observed answers). They are text: a leading zero counts. */
const CODES: Record<string, Meaning> = {
  '02': { kind: 'invalid-request', reason: () => 'there is no content. Send at least one byte.' },
  '06': {
    kind: 'invalid-request',
    reason: () => 'MESH cannot read a Mex- header. Look for control characters and web addresses.',
  },
  '07': { kind: 'authentication', reason: (a) => `the sender named in the message is not mailbox ${a.mailbox}.` },
  '08': { kind: 'invalid-request', reason: () => 'no recipient is given. Give a mailbox id.' },
  '12': {
    kind: 'unknown-recipient',
    reason: (a) =>
      `MESH does not know the recipient${a.recipient ? ` ${maskAddress(a.recipient)}` : ''}. Check the address and the environment.`,
  },
  '14': {
    kind: 'refused',
    reason: () => 'the message was not collected in time, or the recipient is no longer active.',
  },
  '16': {
    kind: 'refused',
    reason: (a) => `mailbox ${a.mailbox} may not send messages of this workflow. Ask for it to be registered.`,
  },
  '17': {
    kind: 'refused',
    reason: () => 'the workflow id is not registered for this mailbox. Check it, or ask for it to be registered.',
  },
  '20': { kind: 'unknown-message', reason: () => 'MESH has no such message in this mailbox. List the inbox again.' },
  'EPL-150': { kind: 'unknown-recipient', reason: () => 'several mailboxes fit the recipient. Give a mailbox id.' },
  'EPL-151': {
    kind: 'authentication',
    reason: (a) => `MESH does not know mailbox ${a.mailbox}. Check its id and the environment.`,
  },
  'EPL-152': { kind: 'unknown-recipient', reason: () => 'the NHS number in the recipient is not valid.' },
  'EPL-153': { kind: 'unknown-recipient', reason: () => 'the NHS number in the recipient is not known.' },
  'EPL-154': {
    kind: 'unknown-recipient',
    reason: () => 'the birth date or surname in the recipient does not fit the NHS number.',
  },
  UnsupportedContentEncoding: { kind: 'invalid-request', reason: () => 'MESH takes plain or gzip content only.' },
  InvalidHeaderChunks: { kind: 'invalid-request', reason: () => 'the chunk range does not fit the message.' },
  'Invalid checksum': {
    kind: 'invalid-request',
    reason: () => 'the checksum holds characters MESH does not take. Write it in hexadecimal.',
  },
  'Message already accepted': { kind: 'refused', reason: () => 'the message is no longer there to be downloaded.' },
};

/** What a status means when no code says more. */
const STATUSES: Record<number, Meaning> = {
  400: { kind: 'invalid-request', reason: () => 'MESH finds the request wrong.' },
  401: {
    kind: 'authentication',
    reason: (a) => `${a.host} asks for another kind of authorisation. Check the address.`,
  },
  404: {
    kind: 'server',
    reason: (a) => `${a.host} does not know this address. Check that the endpoint is a MESH server.`,
  },
  410: { kind: 'refused', reason: () => 'the message is no longer there to be downloaded.' },
  413: { kind: 'invalid-request', reason: () => 'the content is too large for one message. Make it smaller.' },
  417: { kind: 'refused', reason: () => 'MESH does not take the message.' },
  423: { kind: 'refused', reason: () => 'the message is already complete.' },
  425: { kind: 'server', reason: (a) => `${a.host} is not ready. Try again in a minute.` },
  429: { kind: 'server', reason: (a) => `${a.host} gets too many requests. Wait some minutes, then try again.` },
  503: { kind: 'server', reason: (a) => `${a.host} is not available. Try again later.` },
};

/** Makes a MeshError of an answer that is no success. `now` is this machine's clock, held against the answer's Date. */
export function errorFromResponse(response: MeshResponse, attempt: Attempt, now: Date): MeshError {
  const { status } = response;
  const body = readErrorBody(response.body);
  // A code of the table is MESH's own even if a password happens to be part of it; any other may be an echo.
  const known = body.code === undefined || !Object.hasOwn(CODES, body.code) ? undefined : CODES[body.code];
  const fit = body.code !== undefined && /^[\w -]{1,40}$/.test(body.code) ? body.code : undefined;
  const code = known || fit === undefined ? fit : mask(fit, attempt.secrets);
  const { kind, reason } = known ?? meaningOf(response, attempt, body, now);
  const said = known ? undefined : whatWasSaid(body, attempt);
  const sentence = couldNot(attempt, reason(attempt)) + (said ? ` The server said: ${said}` : '');
  return new MeshError(kind, sentence, { status, code });
}

function meaningOf(response: MeshResponse, attempt: Attempt, body: ErrorBody, now: Date): Meaning {
  const { status } = response;
  if (status === 403 && body.code === undefined) return meaningOfForbidden(response, attempt, body, now);
  if (status === 404 && attempt.messageId !== undefined && body.event === undefined && !isFrameworkNotFound(response)) {
    return {
      kind: 'unknown-message',
      reason: (a) => `MESH knows no such message of mailbox ${a.mailbox}. Check the message id.`,
    };
  }
  if (body.fields.length > 0) {
    const fields = body.fields.map((field) => mask(field, attempt.secrets)).join(', ');
    return {
      kind: 'invalid-request',
      reason: () => `MESH finds these parts of the request missing or wrong: ${fields}.`,
    };
  }
  const meaning = STATUSES[status];
  if (meaning) return meaning;
  if (status >= 300 && status < 400) {
    return {
      kind: 'server',
      reason: (a) => `${a.host} points to another address, which MESH does not do. Check the address.`,
    };
  }
  if (status >= 500) {
    return { kind: 'server', reason: (a) => `${a.host} has a fault of its own (status ${status}). Try again later.` };
  }
  return { kind: 'refused', reason: (a) => `${a.host} answered with status ${status}.` };
}

function meaningOfForbidden(response: MeshResponse, attempt: Attempt, body: ErrorBody, now: Date): Meaning {
  const skew = now.getTime() - Date.parse(response.headers.date ?? '');
  if (Math.abs(skew) > MAXIMUM_SKEW) {
    const minutes = Math.round(Math.abs(skew) / 60_000);
    const direction = skew > 0 ? 'ahead of' : 'behind';
    return {
      kind: 'clock-skew',
      reason: (a) =>
        `this machine's clock is ${minutes} minutes ${direction} ${a.host}, and MESH allows two hours. Set the clock.`,
    };
  }
  if (body.description === 'Forbidden' && attempt.messageId !== undefined) {
    return {
      kind: 'refused',
      reason: (a) => `the message does not belong to mailbox ${a.mailbox}. Use the mailbox it was sent to.`,
    };
  }
  return {
    kind: 'authentication',
    reason: (a) =>
      `MESH did not accept the password or shared key of mailbox ${a.mailbox}. Check both, and the environment.`,
  };
}

/** The words of an answer that no table knows, safe to show. Only from MESH's own shapes: a proxy's page may hold anything. */
function whatWasSaid(body: ErrorBody, attempt: Attempt): string | undefined {
  if (body.description === undefined) return undefined;
  const text = mask(body.description.replace(/\s+/g, ' ').trim(), attempt.secrets);
  return text === '' ? undefined : text.slice(0, 200);
}

const isFrameworkNotFound = (response: MeshResponse) => response.body.toString('utf8').includes('"detail":"Not Found"');

/**
 * Reads all the shapes an error body has: v1 (`errorEvent` …), v2 (`detail: [{event, code, msg}]`), validation
 * (`detail: [{loc, msg}]`), framework (`detail: "…"`), internal (`message`), and anything else as nothing.
 */
export function readErrorBody(body: Buffer): ErrorBody {
  const value = parse(body);
  const detail = Array.isArray(value.detail) ? value.detail.map(record) : [];
  const first = detail[0] ?? {};
  const fields = detail.flatMap((entry) => {
    const name: unknown = Array.isArray(entry.loc) ? entry.loc.at(-1) : undefined;
    return typeof name === 'string' ? [name] : [];
  });
  return {
    ...texts({
      event: [value.errorEvent, first.event],
      code: [value.errorCode, first.code],
      description: [value.errorDescription, first.msg, value.detail, value.message],
    }),
    fields,
  };
}

function parse(body: Buffer): Record<string, unknown> {
  try {
    return record(JSON.parse(body.toString('utf8')));
  } catch {
    return {};
  }
}

const record = (value: unknown) =>
  (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;

/** For each name the first candidate that is a text and not empty. */
function texts(candidates: Record<'event' | 'code' | 'description', unknown[]>): Omit<ErrorBody, 'fields'> {
  const found: Omit<ErrorBody, 'fields'> = {};
  for (const name of ['event', 'code', 'description'] as const) {
    const text = candidates[name].find((candidate) => typeof candidate === 'string' && candidate !== '');
    if (typeof text === 'string') found[name] = text;
  }
  return found;
}
