// How a request gets to its server: connections kept or not, TLS, the way through a proxy.
import { request as httpRequest } from 'node:http';
import type { Agent, ClientRequest } from 'node:http';
import { Agent as SecureAgent, request as httpsRequest } from 'node:https';
import type { RequestOptions } from 'node:https';
import { checkServerIdentity, createSecureContext } from 'node:tls';
import type { ConnectionOptions, SecureContext } from 'node:tls';
import { createTunnels } from './proxy';
import type { Circumstances, MeshRequest, TlsOptions } from './transport';

export interface Opened {
  /** As Node makes it: nothing is out before it is ended or written to. */
  outgoing: ClientRequest;
  /** Whether the connection may be used again. */
  kept: boolean;
  circumstances: Omit<Circumstances, 'connected'>;
}

/** A free connection is dropped before any known server does so: five seconds are the shortest (Node's own). */
const KEPT = 3000;

/** How requests are made. */
export interface NodeRequests {
  http: typeof httpRequest;
  https: typeof httpsRequest;
}

const NODE: NodeRequests = { http: httpRequest, https: httpsRequest };

/** Whatever is repeatable shares connections; anything else gets one of its own. Plain http, which is loopback, always does. */
export function createConnections(
  tls: TlsOptions = {},
  proxy?: URL,
  node: NodeRequests = NODE,
): (request: MeshRequest, headers: MeshRequest['headers']) => Opened {
  const agent = (keepAlive: boolean): Agent => {
    const how = { keepAlive, timeout: keepAlive ? KEPT : undefined };
    return proxy ? createTunnels(proxy, how) : new SecureAgent(how);
  };
  // The other one too remembers TLS sessions, which halves the handshake.
  const agents = { kept: agent(true), own: agent(false) };
  let context: SecureContext | undefined;
  return ({ method, url, repeatable = method !== 'POST' }, headers) => {
    const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1');
    const { protocol, port } = url;
    const options = {
      method,
      protocol,
      hostname,
      port,
      path: url.pathname + url.search,
      headers,
    };
    const circumstances = {
      secure: protocol === 'https:',
      certificate: tls.cert !== undefined || tls.pfx !== undefined,
      authorities: tls.ca !== undefined,
    };
    if (!circumstances.secure) return { outgoing: node.http({ ...options, agent: false }), kept: false, circumstances };
    context ??= contextOf(tls);
    const secure: RequestOptions & Pick<ConnectionOptions, 'secureContext'> = {
      ...options,
      agent: repeatable ? agents.kept : agents.own,
      secureContext: context,
      // In the context already; said again, because VS Code adds the system's authorities to a context without them.
      ca: tls.ca,
      // Said aloud, so that NODE_TLS_REJECT_UNAUTHORIZED cannot turn the check off.
      rejectUnauthorized: true,
      // Said aloud, because through a tunnel Node takes the proxy's name for the server's.
      checkServerIdentity: (_name, certificate) => checkServerIdentity(hostname, certificate),
    };
    return { outgoing: node.https(secure), kept: repeatable, circumstances };
  };
}

/** Made once: reading keys and authorities takes longer than an exchange. */
function contextOf({ ca, cert, key, pfx, passphrase }: TlsOptions): SecureContext {
  try {
    return createSecureContext({ ca, cert, key, pfx, passphrase, minVersion: 'TLSv1.2' });
  } catch (error) {
    // Node gives most problems of PKCS#12 no code.
    if (error instanceof Error && 'code' in error) throw error;
    throw Object.assign(new Error('PKCS#12 cannot be read'), { code: 'ERR_CRYPTO_PFX' });
  }
}
