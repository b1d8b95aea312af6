// The one error of the mesh room, and what keeps secrets and patient data out of it.

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

/**
 * Whatever goes wrong with MESH. `message` is a sentence for a person: what failed and what to do. `status` is the HTTP
 * status if an answer came; `code` is MESH's own code (text: "08", "EPL-151") or the network's ("ECONNREFUSED").
 * It has no `cause` on purpose: causes carry requests, and requests carry secrets and patient data.
 */
export class MeshError extends Error {
  override readonly name = 'MeshError';
  readonly kind: MeshErrorKind;
  readonly status?: number;
  readonly code?: string;

  constructor(kind: MeshErrorKind, message: string, detail: { status?: number; code?: string } = {}) {
    super(mask(message));
    this.kind = kind;
    this.status = detail.status;
    this.code = detail.code === undefined ? undefined : mask(detail.code);
  }
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
      .replace(/(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)/g, '***')
  );
}

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
  /** The request brings something in, so a lost answer leaves open whether it arrived. */
  delivers?: boolean;
  /** What must not be shown, should the server repeat it. */
  secrets: readonly string[];
}

export function couldNot(attempt: Attempt, reason: string): string {
  return `Could not ${attempt.action}: ${reason}`;
}
