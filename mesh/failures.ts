// No answer came: what the network's own error means for a person.
import { couldNot, MeshError } from './errors';
import type { Attempt, MeshErrorKind } from './errors';

type Meaning = [code: RegExp, kind: MeshErrorKind, reason: (host: string) => string];

/** The first that fits. Codes are those of Node and OpenSSL. */
const MEANINGS: Meaning[] = [
  [
    /^ECONNREFUSED$/,
    'network',
    (host) => `nothing listens at ${host}. Check the address, and that the sandbox is running.`,
  ],
  [
    /^(ENOTFOUND|EAI_AGAIN)$/,
    'network',
    (host) => `${host} cannot be found. Check the address and this machine's network.`,
  ],
  [
    /^(ETIMEDOUT|ERR_SOCKET_CONNECTION_TIMEOUT)$/,
    'timeout',
    (host) => `${host} did not answer. Check the network, then try again.`,
  ],
  [
    /^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EACCES|EPERM)$/,
    'network',
    (host) => `${host} cannot be reached from here. Check this machine's network, VPN or firewall.`,
  ],
  [
    /^(ECONNRESET|EPIPE|ECONNABORTED)$/,
    'network',
    (host) => `${host} broke the connection. If it asks for a client certificate, give one.`,
  ],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    'certificate',
    (host) => `the server's certificate was made for another name than ${host}. Check the address.`,
  ],
  [
    /^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/,
    'certificate',
    (host) =>
      `the certificate of ${host} is out of date. Check this machine's clock; if it is right, tell the server's owner.`,
  ],
  [
    /^(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|UNABLE_TO_VERIFY_LEAF_SIGNATURE)$/,
    'certificate',
    (host) =>
      `the certificate of ${host} comes from an authority that is not trusted here. Give the environment's CA file.`,
  ],
  [
    /^ERR_SSL_WRONG_VERSION_NUMBER$|^ERR_SSL_PACKET_LENGTH_TOO_LONG$/,
    'certificate',
    (host) => `${host} does not speak https. A local sandbox is reached with http.`,
  ],
  [
    /^ERR_SSL_.*PROTOCOL/,
    'certificate',
    (host) => `${host} and this machine have no version of TLS in common, and MESH asks for 1.2 or later.`,
  ],
  [
    /^ERR_SSL_.*(ALERT|HANDSHAKE)/,
    'certificate',
    (host) =>
      `${host} asks for a client certificate and accepted none. Give the one made for this mailbox and environment.`,
  ],
  [
    /^ERR_OSSL_|^ERR_CRYPTO_/,
    'certificate',
    () => 'the client certificate, its key or the CA file cannot be read. Check the files and the pass phrase.',
  ],
  [
    /^(CERT_|ERR_SSL_|ERR_TLS_)|CERT|^EPROTO$/,
    'certificate',
    (host) => `no secure connection to ${host} could be made. Check the certificates.`,
  ],
  [/^ERR_BODY_TOO_LARGE$/, 'server', (host) => `the answer of ${host} is larger than MESH allows. Check the address.`],
  [/^ERR_CONTENT_ENCODING$/, 'server', (host) => `the answer of ${host} is compressed in a way that cannot be read.`],
  [
    /^(HPE_|ERR_HTTP)/,
    'server',
    (host) => `${host} does not answer as a web server does. Check the address and whether it is http or https.`,
  ],
];

/** Makes a MeshError of whatever a transport threw. None of its text is repeated: it may hold anything. */
export function errorFromFailure(failure: unknown, attempt: Attempt): MeshError {
  if (failure instanceof MeshError) return failure;
  const { name, code } = (typeof failure === 'object' && failure !== null ? failure : {}) as {
    name?: unknown;
    code?: unknown;
  };
  const made = (kind: MeshErrorKind, reason: string, known?: string): MeshError =>
    new MeshError(kind, couldNot(attempt, reason), { code: known });
  if (name === 'AbortError') return made('cancelled', 'it was cancelled.');
  if (name === 'TimeoutError') return made('timeout', `${attempt.host} did not answer in time.`);
  const known = codeOf(code, failure);
  const meaning = known === undefined ? undefined : MEANINGS.find(([pattern]) => pattern.test(known));
  const reason =
    meaning?.[2](attempt.host) ?? `the exchange with ${attempt.host} failed. Check the address and the network.`;
  return made(meaning?.[1] ?? 'network', reason, known);
}

/** Node says EPROTO when TLS fails in the handshake, and hides in the text what it gives as a code at other times. */
function codeOf(code: unknown, failure: unknown): string | undefined {
  if (typeof code !== 'string' || !/^\w{2,60}$/.test(code)) return undefined;
  if (code !== 'EPROTO' || !(failure instanceof Error)) return code;
  const reason = /:SSL routines:\w*:([a-z0-9 ]{1,50}):/.exec(failure.message)?.[1];
  return reason === undefined ? code : `ERR_SSL_${reason.toUpperCase().replaceAll(' ', '_')}`;
}
