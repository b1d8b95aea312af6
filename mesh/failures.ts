// No answer came: what the network's own error means for a person.
import { couldNot, MeshError } from './errors';
import type { Attempt, MeshErrorKind } from './errors';
import { TLS_MEANINGS } from './tls-failures';
import type { Sentence } from './tls-failures';
import type { Circumstances } from './transport';

type Meaning = [code: RegExp, kind: MeshErrorKind, reason: Sentence];

/** The first that fits. Codes are those of Node. */
const MEANINGS: readonly Meaning[] = [
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
    /^(ECONNRESET|EPIPE|ECONNABORTED|ERR_STREAM_PREMATURE_CLOSE|ERR_SSL_UNEXPECTED_EOF_WHILE_READING)$/,
    'network',
    brokenOff,
  ],
  ...TLS_MEANINGS.map(([code, reason]): Meaning => [code, 'certificate', reason]),
  [
    /^ERR_BODY_TOO_LARGE$/,
    'server',
    (host) =>
      `the answer of ${host} is larger than is taken here at a time. Check the address; if it is right, fetch the message with another client.`,
  ],
  [/^ERR_CONTENT_ENCODING$/, 'server', (host) => `the answer of ${host} is compressed in a way that cannot be read.`],
  [
    /^(HPE_[A-Z_]+|ERR_HTTP_[A-Z_]+)$/,
    'server',
    (host) => `${host} does not answer as a web server does. Check the address and whether it is http or https.`,
  ],
];

/** Whoever does not like a certificate often says nothing, and hangs up. */
function brokenOff(host: string, { secure, connected, certificate }: Partial<Circumstances>): string {
  if (secure === false) return `${host} broke the connection. If it speaks TLS, give its address with https.`;
  if (secure && connected === false)
    return `${host} broke off while the secure connection was being made. Check the address, and whether this machine may reach it.`;
  return certificate
    ? `${host} broke the connection. If it does so every time, it does not accept your client certificate: check that its file is this environment's.`
    : `${host} broke the connection. If it asks for a client certificate, give one.`;
}

const ANY = /(?:)/;

/** What went wrong between here and the proxy; `host` is the proxy's, `server` the one behind it. */
const PROXY_MEANINGS: readonly [code: RegExp, kind: MeshErrorKind, reason: (host: string, server: string) => string][] =
  [
    [
      /^ERR_PROXY_AUTHENTICATION$/,
      'network',
      (host) =>
        `the proxy ${host} asks for a user name and password, or does not accept those in its address. Give the right ones.`,
    ],
    [
      /^ERR_PROXY_REFUSED$/,
      'network',
      (host, server) => `the proxy ${host} does not let this machine through to ${server}. Ask whoever runs the proxy.`,
    ],
    [
      /^ERR_PROXY_CANNOT_REACH$/,
      'network',
      (host, server) =>
        `the proxy ${host} cannot reach ${server}. Check the endpoint's address; if it is right, ask whoever runs the proxy.`,
    ],
    [/^ERR_PROXY_ANSWER$/, 'network', (host) => `${host} does not answer as a proxy does. Check the proxy's address.`],
    [/^ECONNREFUSED$/, 'network', (host) => `nothing listens at the proxy ${host}. Check the proxy's address.`],
    [
      /^(ENOTFOUND|EAI_AGAIN)$/,
      'network',
      (host) => `the proxy ${host} cannot be found. Check the proxy's address and this machine's network.`,
    ],
    [
      /^(ERR_(SSL|TLS)_|EPROTO$|INVALID_|UNABLE_TO_)|CERT/,
      'certificate',
      (host) =>
        `no secure connection to the proxy ${host} could be made. Check the proxy's address, and that this machine trusts its certificate.`,
    ],
    [ANY, 'network', (host) => `the proxy ${host} broke the connection. Check the proxy's address and the network.`],
  ];

/** Makes a MeshError of whatever a transport threw. None of its text is repeated: it may hold anything. */
export function errorFromFailure(failure: unknown, attempt: Attempt): MeshError {
  if (failure instanceof MeshError) return failure;
  const { name, code, proxy, circumstances } = (
    typeof failure === 'object' && failure !== null ? failure : {}
  ) as Partial<Record<'name' | 'code' | 'proxy', unknown>> & { circumstances?: Circumstances };
  const { host } = attempt;
  const made = (kind: MeshErrorKind, reason: string, known?: string): MeshError =>
    new MeshError(kind, couldNot(attempt, reason), { code: known });
  if (name === 'AbortError') return made('cancelled', 'it was cancelled.');
  if (name === 'TimeoutError')
    return made('timeout', `${host} did not answer in time. Check the network, then try again.`);
  const given = codeOf(code, failure);
  if (typeof proxy === 'string') {
    const [pattern, kind, reason] = PROXY_MEANINGS.find(([known]) => known.test(given))!;
    return made(kind, reason(proxy, host), pattern.source === ANY.source ? undefined : given);
  }
  const meaning = MEANINGS.find(([pattern]) => pattern.test(given));
  // A code that nobody knows is a text of somebody else's, and stays here.
  if (meaning) return made(meaning[1], meaning[2](host, circumstances ?? {}), given);
  if (/^(ERR_SSL_|ERR_TLS_|EPROTO$)|CERT/.test(given))
    return made('certificate', `no secure connection to ${host} could be made. Check the certificates.`);
  return made('network', `the exchange with ${host} failed. Check the address and the network.`);
}

/** Node says EPROTO when TLS fails in the handshake, and hides in the text what it gives as a code at other times. */
function codeOf(code: unknown, failure: unknown): string {
  if (typeof code !== 'string') return '';
  if (code !== 'EPROTO' || !(failure instanceof Error)) return code.replaceAll('/', '_');
  const reason = /:SSL routines:\w*:([\w /]{1,50}):/.exec(failure.message)?.[1];
  return reason === undefined ? code : `ERR_SSL_${reason.toUpperCase().replace(/[ /]/g, '_')}`;
}
