// The one error of the mesh room, and what keeps secrets and patient data out of it.
import type { Upload } from './chunks';

export type MeshErrorKind =
  | 'authentication'
  | 'clock-skew'
  | 'unknown-recipient'
  | 'unknown-message'
  | 'refused'
  | 'network'
  | 'timeout'
  | 'certificate'
  | 'cancelled'
  | 'invalid-request'
  | 'server';

export interface ErrorDetail {
  /** The HTTP status, if an answer came. */
  status?: number;
  /** MESH's own code (text: "08", "EPL-151") or the network's ("ECONNREFUSED"). */
  code?: string;
  /** What MESH calls the request, for its service desk. */
  requestId?: string;
  /** Milliseconds that MESH asks to wait before the next try. */
  retryAfter?: number;
  /** Of a send only: 'no' when MESH certainly has not the message, 'unknown' when it may. */
  sent?: 'no' | 'unknown';
  /** Of a send in parts that broke off after the first: what `resume` needs to go on. */
  upload?: Upload;
}

/**
 * Whatever goes wrong with MESH. `message` is a sentence for a person: what failed and what to do.
 * It has no `cause` on purpose: causes carry requests, and requests carry secrets and patient data.
 */
export class MeshError extends Error implements ErrorDetail {
  override readonly name = 'MeshError';
  readonly kind: MeshErrorKind;
  readonly status?: number;
  readonly code?: string;
  readonly requestId?: string;
  readonly retryAfter?: number;
  readonly sent?: 'no' | 'unknown';
  readonly upload?: Upload;

  constructor(kind: MeshErrorKind, message: string, detail: ErrorDetail = {}) {
    super(mask(message));
    this.kind = kind;
    this.status = detail.status;
    this.code = detail.code === undefined ? undefined : mask(detail.code);
    this.requestId = detail.requestId === undefined ? undefined : mask(detail.requestId);
    this.retryAfter = detail.retryAfter;
    this.sent = detail.sent;
    this.upload = detail.upload;
  }
}

/** With what MESH calls the request, by which its service desk finds it. */
export function sentenceOf({ message, requestId }: MeshError): string {
  return requestId === undefined ? message : `${message} MESH calls the request ${requestId}.`;
}

/** The same error with more known about it, and perhaps one more sentence. */
export function amend(error: MeshError, detail: ErrorDetail, sentence?: string): MeshError {
  const { status, code, requestId, retryAfter, sent, upload } = error;
  const message = sentence === undefined ? error.message : `${error.message} ${sentence}`;
  return new MeshError(error.kind, message, { status, code, requestId, retryAfter, sent, upload, ...detail });
}

/**
 * Takes what must not be shown out of a text: GPPROVIDER addresses (NHS number, birth date and surname of a patient),
 * authorisation tokens, numbers of ten digits (they may be NHS numbers), and the given secrets wherever they occur.
 */
export function mask(text: string, secrets: readonly string[] = []): string {
  let masked = text;
  // Longest first: a secret may be part of another.
  for (const secret of [...secrets].sort((a, b) => b.length - a.length)) {
    if (secret !== '') masked = masked.replaceAll(secret, '***');
  }
  return (
    masked
      // A surname may hold spaces and apostrophes, so only a quotation mark or the end of the line ends an address.
      .replace(/GPPROVIDER(?!_\*\*\*)[_%][^"\r\n]*/gi, 'GPPROVIDER_***')
      .replace(/NHSMESH\s+\S+/gi, 'NHSMESH ***')
      .replace(MACHINE_MADE_OR_NHS_NUMBER, (found) => (found.length >= 32 ? found : '***'))
  );
}

/** Message ids and UUIDs may hold ten digits too, and have to stay readable. */
const MACHINE_MADE_OR_NHS_NUMBER =
  /(?<!\w)(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?!\w)|(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)/gi;

/** An address fit to be shown: a mailbox id as it is, a GPPROVIDER address without the patient. */
export function maskAddress(address: string): string {
  return /^\s*GPPROVIDER/i.test(address) ? 'GPPROVIDER_***' : mask(address);
}

/** What was being done when it went wrong; the words of the sentence come from here. */
export interface Attempt {
  /** Completes "Could not …", e.g. "send the message". */
  action: string;
  mailbox: string;
  /** Host and port of the endpoint. */
  host: string;
  recipient?: string;
  messageId?: string;
  /** What must not be shown, should the server repeat it. */
  secrets: readonly string[];
}

export function couldNot(attempt: Pick<Attempt, 'action'>, reason: string): string {
  return `Could not ${attempt.action}: ${reason}`;
}
