// The one error of the terminology room: the server could not answer, and why in a person's words.
import type { TerminologyResponse } from './transport';

export type TerminologyErrorKind =
  | 'invalid-address'
  | 'network'
  | 'timeout'
  | 'certificate'
  | 'not-allowed'
  | 'redirect'
  | 'not-fhir'
  | 'busy'
  | 'server'
  | 'cancelled';

/** `message` is one sentence without anything of what was asked: no code, no display, no address but the server's host. */
export class TerminologyError extends Error {
  override readonly name = 'TerminologyError';

  constructor(
    readonly kind: TerminologyErrorKind,
    message: string,
  ) {
    super(message);
  }
}

/** Whether there is no use in asking this server anything else for now. A refusal or a fault may concern one question. */
export function isTotal({ kind }: TerminologyError): boolean {
  return kind !== 'not-allowed' && kind !== 'server';
}

/** A failure that the server itself is not the cause of. */
export function cancelled(): TerminologyError {
  return new TerminologyError('cancelled', 'The question was taken back.');
}

export function tooSlow(host: string): TerminologyError {
  return failed('timeout', host, 'it did not answer in time.');
}

export function notFhir(host: string): TerminologyError {
  return failed('not-fhir', host, 'what it says is not FHIR, so check the address, which usually ends in /fhir.');
}

type Meaning = [code: RegExp, kind: TerminologyErrorKind, reason: string];

/** The first that fits. Codes are those of Node and OpenSSL. */
const MEANINGS: Meaning[] = [
  [/^ECONNREFUSED$/, 'network', 'nothing listens there, so check the address.'],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'network', "that name cannot be found, so check the address and this machine's network."],
  [/^(ETIMEDOUT|ERR_SOCKET_CONNECTION_TIMEOUT)$/, 'timeout', 'it did not answer in time.'],
  [
    /^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EACCES|EPERM)$/,
    'network',
    "it cannot be reached from here, so check this machine's network, VPN or firewall.",
  ],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'certificate', 'its certificate was made for another name, so check the address.'],
  [
    /^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/,
    'certificate',
    "its certificate is out of date, or this machine's clock is.",
  ],
  [
    /^(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|UNABLE_TO_VERIFY_LEAF_SIGNATURE)$/,
    'certificate',
    'its certificate comes from an authority that is not trusted here, but NODE_EXTRA_CA_CERTS can name one more.',
  ],
  [
    /^(EPROTO|CERT_|ERR_SSL_|ERR_TLS_)|CERT/,
    'certificate',
    'no secure connection could be made, so check that it speaks https.',
  ],
  [/^ERR_BODY_TOO_LARGE$/, 'not-fhir', 'its answer is far larger than one about a code, so check the address.'],
  [/^HPE_/, 'not-fhir', 'it does not answer as a web server does, so check the address.'],
];

/** Makes the error of whatever a transport threw. None of its text is repeated: it may hold anything. */
export function errorFromFailure(failure: unknown, host: string): TerminologyError {
  if (failure instanceof TerminologyError) return failure;
  const { name, code } = (typeof failure === 'object' && failure !== null ? failure : {}) as {
    name?: unknown;
    code?: unknown;
  };
  if (name === 'AbortError') return cancelled();
  const meaning = typeof code === 'string' ? MEANINGS.find(([pattern]) => pattern.test(code)) : undefined;
  return failed(meaning?.[1] ?? 'network', host, meaning?.[2] ?? 'the connection broke.');
}

/** Undefined when the status says that the question was answered, were it with "that is unknown to me". */
export function errorFromStatus({ status }: TerminologyResponse, host: string): TerminologyError | undefined {
  if (status === 401 || status === 403)
    return failed('not-allowed', host, 'it asks for a sign-in, and questions are asked without any.');
  if (status >= 300 && status < 400)
    return failed('redirect', host, 'it sends questions on to another address, so give that one if you trust it.');
  if (status === 408 || status === 504) return tooSlow(host);
  if (status === 429 || status === 503)
    return failed('busy', host, 'it takes no more questions for now, so try again later.');
  if (status >= 500 && status !== 501) return failed('server', host, `it failed on a question (HTTP ${status}).`);
  return undefined;
}

function failed(kind: TerminologyErrorKind, host: string, reason: string): TerminologyError {
  return new TerminologyError(kind, `The terminology server ${host} could not answer: ${reason}`);
}
