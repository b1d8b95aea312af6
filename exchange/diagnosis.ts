// Why a mailbox does not work, for whoever is just describing it: what is the matter, what is right before that, and which
// answer would have to be another. Pure.
import type { MeshError } from '../mesh/errors';

/** What a mailbox is described by. */
export type Answered =
  'environment' | 'endpoint' | 'mailbox' | 'password' | 'sharedKey' | 'certificate' | 'key' | 'authorities';

export interface Diagnosis {
  /** What is the matter, e.g. "the password or shared key". */
  what: string;
  /** What was seen to be right, in the order in which it is tried. */
  right: string[];
  /** The answers that may be wrong, the likeliest first; none where it is none of them. */
  answers: Answered[];
  /** A setting of VS Code that may be wrong. */
  setting?: string;
}

/** How far it came: each has those before it behind it. */
const STAGES = ['way', 'server', 'certificate', 'mailbox'] as const;
type Stage = (typeof STAGES)[number];

interface Cause {
  stage: Stage;
  what: string;
  answers: Answered[];
  setting?: string;
}

export interface Tried {
  endpoint: URL;
  /** The proxy on the way, if there is one. */
  proxy?: URL;
  hasCertificate: boolean;
}

export function diagnose(error: MeshError, tried: Tried): Diagnosis {
  const { stage, ...cause } = causeOf(error, tried);
  const before = (one: Stage): boolean => STAGES.indexOf(one) < STAGES.indexOf(stage);
  return { ...cause, right: stagesOf(tried).flatMap(([one, told]) => (before(one) ? [told] : [])) };
}

/** What a handshake that went well has shown. */
export function provedBy(tried: Tried): string[] {
  return [
    ...stagesOf(tried).map(([, told]) => told),
    'MESH knows the mailbox, and its password and shared key are right',
  ];
}

/** Each with the sentence that holds when it is passed. Without TLS there is nothing to see between the way and the mailbox. */
function stagesOf({ endpoint, proxy, hasCertificate }: Tried): [Stage, string][] {
  const { host } = endpoint;
  const way = proxy ? `${host} can be reached, through the proxy ${proxy.host}` : `${host} can be reached`;
  if (endpoint.protocol !== 'https:') return [['way', way]];
  return [
    ['way', way],
    ['server', 'its certificate is from an authority that is trusted'],
    ...(hasCertificate ? [['certificate', 'it takes your client certificate'] as [Stage, string]] : []),
  ];
}

const ADDRESS: Answered[] = ['endpoint', 'environment'];

function causeOf(error: MeshError, { proxy }: Tried): Cause {
  const { kind, code = '', message, status } = error;
  if (proxy && message.includes(`proxy ${proxy.host}`) && status === undefined)
    return { stage: 'way', what: 'the proxy', answers: [], setting: 'http.proxy' };
  switch (kind) {
    case 'network':
    case 'timeout':
      return causeOnTheWay(error, proxy !== undefined);
    case 'certificate':
      return causeInCertificates(code, message);
    case 'clock-skew':
      return { stage: 'mailbox', what: 'this machine’s clock', answers: [] };
    case 'authentication':
      return causeInSecrets(error);
    case 'refused':
      return { stage: 'mailbox', what: 'the mailbox itself', answers: ['mailbox', 'environment'] };
    case 'unknown-recipient':
    case 'unknown-message':
      return { stage: 'mailbox', what: 'the mailbox id', answers: ['mailbox'] };
    case 'invalid-request':
      if (status === 400)
        return { stage: 'certificate', what: 'probably the client certificate', answers: ['certificate', 'key'] };
      return /http\.proxy|its proxy/.test(message)
        ? { stage: 'way', what: 'the proxy', answers: [], setting: 'http.proxy' }
        : { stage: 'way', what: 'the address', answers: ADDRESS };
    case 'server':
      return status === undefined || status < 500
        ? { stage: 'server', what: 'the address: this is no MESH server', answers: ADDRESS }
        : { stage: 'mailbox', what: 'the server', answers: [] };
    case 'cancelled':
      return { stage: 'way', what: 'nothing yet: it was cancelled', answers: [] };
  }
}

function causeOnTheWay({ code = '', message }: MeshError, proxied: boolean): Cause {
  if (/client certificate/.test(message))
    return { stage: 'certificate', what: 'probably the client certificate', answers: ['certificate', 'authorities'] };
  if (/^(ENOTFOUND|EAI_AGAIN)$/.test(code))
    return { stage: 'way', what: 'the name of the server', answers: ADDRESS, ...(proxied ? {} : PROXY) };
  if (code === 'ECONNREFUSED') return { stage: 'way', what: 'the address of the server', answers: ADDRESS };
  return { stage: 'way', what: 'the network on the way there', answers: ADDRESS, ...(proxied ? {} : PROXY) };
}

/** Whoever needs one and has not said so gets no further than this. */
const PROXY = { setting: 'http.proxy' };

/** Codes tell whose certificate it is; where there is none, it is one of one's own files, and the sentence names it. */
function causeInCertificates(code: string, message: string): Cause {
  if (/^ERR_TLS_CERT_ALTNAME_INVALID$|WRONG_VERSION|PACKET_LENGTH|HTTP_REQUEST|PROTOCOL/.test(code))
    return { stage: 'server', what: 'the address of the server', answers: ADDRESS };
  if (/^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/.test(code))
    return { stage: 'server', what: 'the server’s certificate, or this machine’s clock', answers: ADDRESS };
  if (/SELF_SIGNED|UNABLE_TO|CERT_|INVALID_|PATH_LENGTH/.test(code) && !code.startsWith('ERR_'))
    return {
      stage: 'server',
      what: 'the authorities that the server is checked by',
      answers: ['authorities', ...ADDRESS],
    };
  if (/^[^.]*(authorit|CA file)|"authorities"/.test(message) && !/your client certificate/.test(message))
    return { stage: 'way', what: 'the file of authorities', answers: ['authorities'] };
  if (/"key"|(its|the) key|a key is given/.test(message) && code === '')
    return { stage: 'way', what: 'the key of the client certificate', answers: ['key', 'certificate'] };
  return {
    // A server that refuses it was checked before.
    stage: code === '' ? 'way' : 'certificate',
    what: 'the client certificate',
    answers: ['certificate', 'key'],
  };
}

function causeInSecrets({ code, status, message }: MeshError): Cause {
  if (status === 401 || /did not reach/.test(message))
    return {
      stage: 'mailbox',
      what: 'the address: another kind of authorisation is asked for there',
      answers: ADDRESS,
    };
  if (code === 'EPL-151' || code === '07' || /another id than/.test(message))
    return { stage: 'mailbox', what: 'the mailbox id', answers: ['mailbox', 'environment'] };
  if (code === '05') return { stage: 'mailbox', what: 'the password', answers: ['password'] };
  return {
    stage: 'mailbox',
    what: 'the password or the shared key',
    answers: ['password', 'sharedKey', 'environment'],
  };
}
