// A way through an http proxy: a tunnel to the MESH server, inside which TLS is spoken as if there were no proxy.
import type { Agent, ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { MeshError } from './errors';

/** Why no tunnel could be made. `proxy` is the proxy's host and port; `code` is Node's own if there is one. */
export interface ProxyFailure extends Error {
  code: string;
  proxy: string;
}

/** An event of a request: Node tells nobody of one that is destroyed before it has a connection. */
export const GIVEN_UP = 'givenUp';

/**
 * Makes a tunnel for each connection. A failure to make one rejects the request with a ProxyFailure.
 * Throws a MeshError of kind `invalid-request` when the address cannot be a proxy's.
 */
export function createTunnels(proxy: URL, { keepAlive, timeout }: { keepAlive: boolean; timeout?: number }): Agent {
  if (proxy.protocol !== 'http:' && proxy.protocol !== 'https:') {
    throw new MeshError('invalid-request', 'The mailbox cannot be used: its proxy is not an http or https address.');
  }
  const headers = { ...credentials(proxy) };
  // Without them: the package writes the address to the console when the environment's DEBUG asks for it.
  const address = new URL(proxy.origin);

  class Tunnels extends HttpsProxyAgent<string> {
    override async connect(
      request: ClientRequest,
      options: Parameters<HttpsProxyAgent<string>['connect']>[1],
    ): Promise<Socket> {
      // One for each connection, so that a request that is given up takes its half-made tunnel with it.
      const given = new AbortController();
      const giveUp = () => given.abort();
      request.once(GIVEN_UP, giveUp);
      const tunnel = new HttpsProxyAgent(address, { headers, signal: given.signal, rejectUnauthorized: true });
      let status = 0;
      tunnel.once('proxyConnect', (answer: { statusCode: number }) => (status = answer.statusCode));
      const socket = await tunnel.connect(request, options).catch((error: unknown) => {
        throw failed(address.host, codeOf(error));
      });
      request.off(GIVEN_UP, giveUp);
      if (status === 200) return socket;
      // The package would hand the proxy's page on as if the MESH server had answered.
      socket.destroy();
      throw failed(address.host, REFUSALS[status] ?? 'ERR_PROXY_REFUSED');
    }
  }
  return new Tunnels(address, { keepAlive, timeout });
}

const REFUSALS: Partial<Record<number, string>> = {
  407: 'ERR_PROXY_AUTHENTICATION',
  502: 'ERR_PROXY_CANNOT_REACH',
  503: 'ERR_PROXY_CANNOT_REACH',
  504: 'ERR_PROXY_CANNOT_REACH',
};

/** The code alone: the text may quote what the proxy said. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'ERR_PROXY_ANSWER';
}

function failed(proxy: string, code: string): ProxyFailure {
  return Object.assign(new Error('No way through the proxy'), { code, proxy });
}

function credentials({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {};
  try {
    const text = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return { 'Proxy-Authorization': `Basic ${Buffer.from(text).toString('base64')}` };
  } catch {
    throw new MeshError(
      'invalid-request',
      'The mailbox cannot be used: a "%" in the user name or password of its proxy has to be written as %25.',
    );
  }
}
