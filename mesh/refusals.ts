// An answer came and it is not the one hoped for: what MESH's statuses, codes and bodies mean for a person.
import { MAXIMUM_SKEW } from './authorization';
import { knownFields, readErrorBody, requestIdOf, retryAfterOf } from './error-body';
import type { ErrorBody } from './error-body';
import { couldNot, maskAddress, MeshError } from './errors';
import type { Attempt, MeshErrorKind } from './errors';
import type { MeshResponse } from './transport';

interface Meaning {
  kind: MeshErrorKind;
  reason: (attempt: Attempt) => string;
}

const invalid = (reason: string): Meaning => ({ kind: 'invalid-request', reason: () => reason });
const refused = (reason: string): Meaning => ({ kind: 'refused', reason: () => reason });
const unroutable = (reason: string): Meaning => ({ kind: 'unknown-recipient', reason: () => reason });

/** MESH's own codes (specification and observed answers). They are text: a leading zero counts. */
const CODES: Record<string, Meaning> = {
  '01': invalid('MESH found no control file for the message.'),
  '02': invalid('there is no content. Send at least one byte.'),
  '03': {
    kind: 'certificate',
    reason: (a) => `${a.host} has trouble with its certificate. Tell the MESH service desk.`,
  },
  '04': { kind: 'authentication', reason: (a) => `MESH does not know the user of mailbox ${a.mailbox}.` },
  '05': {
    kind: 'authentication',
    reason: (a) => `MESH did not accept the password of mailbox ${a.mailbox}. Check it.`,
  },
  '06': invalid('MESH cannot read a Mex- header. Look for control characters and web addresses.'),
  '07': { kind: 'authentication', reason: (a) => `the sender named in the message is not mailbox ${a.mailbox}.` },
  '08': invalid('no recipient is given. Give a mailbox id.'),
  '09': invalid('MESH does not know the version of the message.'),
  '10': { kind: 'server', reason: (a) => `${a.host} is behind with its work. Try again later.` },
  '11': invalid('MESH takes messages of the type DATA only.'),
  '12': {
    kind: 'unknown-recipient',
    reason: (a) =>
      `MESH does not know the recipient${a.recipient ? ` ${maskAddress(a.recipient)}` : ''}. Check the address and the environment.`,
  },
  '13': { kind: 'server', reason: (a) => `${a.host} could not pass the message on. Tell the MESH service desk.` },
  '14': refused('the message was not collected in time, or the recipient is no longer active.'),
  '15': invalid('MESH cannot read the control file of the message.'),
  '16': {
    kind: 'refused',
    reason: (a) => `mailbox ${a.mailbox} may not send messages of this workflow. Ask for it to be registered.`,
  },
  '17': refused('the workflow id is not registered for this mailbox. Check it, or ask for it to be registered.'),
  '18': refused('the workflow for civil registration is not enabled for this mailbox.'),
  '19': invalid('the time after which the message is to expire is not valid.'),
  '20': { kind: 'unknown-message', reason: () => 'MESH has no such message in this mailbox. List the inbox again.' },
  '100': { kind: 'refused', reason: () => 'the mailbox is not enabled. Ask its owner, or the MESH service desk.' },
  'EPL-150': unroutable('several mailboxes fit the recipient. Give a mailbox id.'),
  'EPL-151': {
    kind: 'authentication',
    reason: (a) => `MESH does not know mailbox ${a.mailbox}. Check its id and the environment.`,
  },
  'EPL-152': unroutable('the NHS number in the recipient is not valid.'),
  'EPL-153': unroutable('the NHS number in the recipient is not known.'),
  'EPL-154': unroutable('the birth date or surname in the recipient does not fit the NHS number.'),
  UnsupportedContentEncoding: invalid('MESH takes plain or gzip content only.'),
  InvalidHeaderChunks: invalid('the chunk range does not fit the message.'),
  'Invalid checksum': invalid('the checksum holds characters MESH does not take. Write it in hexadecimal.'),
  'Message already accepted': refused('the message is no longer there to be downloaded.'),
};

/** What a code of MESH in an answer means, whoever asked; undefined of a code that is not known. */
export function meaningOfCode(code: string): string | undefined {
  if (!Object.hasOwn(CODES, code)) return undefined;
  return CODES[code]!.reason({ action: '', host: 'MESH', mailbox: 'MAILBOX_ID', secrets: [] });
}

/** The codes of which it is known what they mean. */
export const REFUSAL_CODES: readonly string[] = Object.keys(CODES);

/** A code that no table knows is still worth telling when it has the form of one. */
const FORM_OF_CODE = /^(\d{2,3}|EPL-\d{3})$/;

/** What a status means when no code says more. */
const STATUSES: Record<number, Meaning> = {
  400: {
    kind: 'invalid-request',
    reason: (a) =>
      `${a.host} finds the request wrong. Where a client certificate is asked for, a wrong or missing one is refused so too.`,
  },
  401: {
    kind: 'authentication',
    reason: (a) => `${a.host} asks for another kind of authorisation. Check the address.`,
  },
  404: {
    kind: 'server',
    reason: (a) => `${a.host} does not know this address. Check that the endpoint is a MESH server.`,
  },
  405: {
    kind: 'server',
    reason: (a) => `${a.host} does not take this kind of request. Check that the endpoint is a MESH server.`,
  },
  406: invalid('MESH expects fewer parts of this message.'),
  407: { kind: 'network', reason: () => 'the proxy asks for a name and password. Give them with its address.' },
  408: { kind: 'timeout', reason: (a) => `${a.host} did not get the whole request in time. Try again.` },
  410: refused('the message is no longer there to be downloaded.'),
  413: invalid('the content is too large for one request. Send it in smaller parts.'),
  417: refused('MESH does not take the message.'),
  423: refused('the message is already complete.'),
  425: { kind: 'server', reason: (a) => `${a.host} is not ready.` },
  429: { kind: 'server', reason: (a) => `${a.host} gets too many requests.` },
  431: invalid('the headers of the message are too long together. Shorten subject and file name.'),
  503: { kind: 'server', reason: (a) => `${a.host} is not available.` },
};

/** Statuses that pass, and how long that takes if nobody says. */
const PATIENCE: Record<number, string> = { 425: 'a minute', 429: 'some minutes', 503: 'some minutes' };

/** Makes a MeshError of an answer that is no success. `now` is this machine's clock, held against the answer's Date. */
export function errorFromResponse(response: MeshResponse, attempt: Attempt, now: Date): MeshError {
  const { status } = response;
  const body = readErrorBody(response);
  const { code } = body;
  const known = code !== undefined && Object.hasOwn(CODES, code);
  const shown = code !== undefined && (known || FORM_OF_CODE.test(code)) ? code : undefined;
  const retryAfter = retryAfterOf(response, now);
  const { kind, reason } = meaningOf(response, attempt, body, now);
  const patience = PATIENCE[status] && !known ? ` Wait ${spoken(retryAfter) ?? PATIENCE[status]}, then try again.` : '';
  const unknown =
    shown !== undefined && !known ? ` Its code is ${shown}: the MESH service desk can say what it means.` : '';
  return new MeshError(kind, couldNot(attempt, reason(attempt)) + patience + unknown, {
    status,
    code: shown,
    requestId: requestIdOf(response, body, attempt.secrets),
    retryAfter,
  });
}

function spoken(milliseconds: number | undefined): string | undefined {
  if (milliseconds === undefined) return undefined;
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds <= 1) return 'a second';
  return seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}

function meaningOf(response: MeshResponse, attempt: Attempt, body: ErrorBody, now: Date): Meaning {
  const { status } = response;
  const { code, event, description } = body;
  if (code === 'EPL-151' && status !== 403) {
    return unroutable('no mailbox fits the recipient: the practice may not take messages of this workflow.');
  }
  if (code !== undefined && Object.hasOwn(CODES, code)) return CODES[code]!;
  if (status === 403 && code === undefined) return meaningOfForbidden(response, attempt, body, now);
  const isFramework = description === 'Not Found' && response.body.includes('"detail":"');
  if (status === 404 && attempt.messageId !== undefined && event === undefined && !isFramework) {
    return {
      kind: 'unknown-message',
      reason: (a) => `MESH knows no such message of mailbox ${a.mailbox}. Check the message id.`,
    };
  }
  const fields = knownFields(body);
  if (fields.length > 0)
    return invalid(`MESH finds these parts of the request missing or wrong: ${fields.join(', ')}.`);
  if (description !== undefined && Object.hasOwn(TEXTS, description)) return TEXTS[description]!;
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

/** Where MESH gives no code, its words tell. */
const TEXTS: Record<string, Meaning> = {
  'cannot change content encoding': invalid('the parts of the message are not all compressed in the same way.'),
};

/** One status, and many causes: each has its own sentence as far as MESH lets them be told apart. */
function meaningOfForbidden(response: MeshResponse, attempt: Attempt, body: ErrorBody, now: Date): Meaning {
  const authentication = (reason: (attempt: Attempt) => string): Meaning => ({ kind: 'authentication', reason });
  if (body.description === 'Forbidden' && attempt.messageId !== undefined) {
    return {
      kind: 'refused',
      reason: (a) => `the message does not belong to mailbox ${a.mailbox}. Use the mailbox that it does belong to.`,
    };
  }
  if (body.description === 'Mailbox id does not match token') {
    return authentication(
      (a) =>
        `MESH knows the mailbox in the address by another id than ${a.mailbox}. Check its spelling, letter by letter.`,
    );
  }
  if (body.description === 'Error reading from Authorization header') {
    return authentication(
      (a) =>
        `the authorisation did not reach ${a.host} whole. Check whether a proxy on the way changes or drops headers.`,
    );
  }
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
  if (body.description === undefined) {
    return authentication(
      (a) =>
        `${a.host} refused it without a word. The password or shared key of mailbox ${a.mailbox} may be wrong, or a firewall on the way says no.`,
    );
  }
  const clock = Number.isNaN(skew) ? ', this machine’s clock,' : '';
  return authentication(
    (a) =>
      `MESH did not accept the password or shared key of mailbox ${a.mailbox}. Check both${clock} and the environment.`,
  );
}
