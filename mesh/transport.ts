// The network as a parameter: what goes out, what comes back, and the real thing over node:http and node:https.
import { request as httpRequest } from 'node:http';
import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import { Agent as SecureAgent, request as httpsRequest } from 'node:https';
import type { RequestOptions } from 'node:https';
import { checkServerIdentity, createSecureContext } from 'node:tls';
import type { ConnectionOptions, SecureContext } from 'node:tls';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { createTunnels } from './proxy';

export interface MeshRequest {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  url: URL;
  headers: Record<string, string>;
  /** Always bytes: with a string Node would write the headers as UTF-8 too. */
  body?: Buffer;
  /**
   * Whether it may be done twice. If so it may go out on a kept connection, which the server may just have closed without
   * our knowing: then nobody could say whether it arrived. Default: all but POST.
   */
  repeatable?: boolean;
}

/** Header names are lower case. The body is decoded: `content-encoding` is gone from the headers. */
export interface MeshResponse {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/**
 * One exchange. Any status is an answer; only the lack of one rejects: with an `AbortError` when the signal stopped it,
 * a `TimeoutError` when it took too long, otherwise with an error that carries Node's `code`.
 */
export type Transport = (request: MeshRequest, signal?: AbortSignal) => Promise<MeshResponse>;

/** How far an exchange had come that failed: `circumstances` of what this house's own transport rejects with. */
export interface Circumstances {
  /** Over TLS. */
  secure: boolean;
  /** Whether the connection was made, handshake and all. If not, nothing of the request went out. */
  connected: boolean;
  /** Whether a client certificate was given. */
  certificate: boolean;
  /** Whether authorities were given in place of the system's. */
  authorities: boolean;
}

/** PEM texts, or the client's certificate and key as PKCS#12. `ca` takes the place of the system's authorities: MESH's own chain is not a public one. */
export interface TlsOptions {
  ca?: string | Buffer;
  cert?: string | Buffer;
  key?: string | Buffer;
  pfx?: Buffer;
  passphrase?: string;
}

export interface TransportOptions {
  tls?: TlsOptions;
  /** The way to https endpoints. A user name and password in it are for the proxy alone. */
  proxy?: URL;
  /** Milliseconds for one whole exchange, body included. Default: ten minutes. */
  timeLimit?: number;
  /** Milliseconds without a byte either way. Default: one minute. */
  idleLimit?: number;
  /** The largest answer taken, in bytes, before and after decompression. Default: 128 MiB (MESH's parts end at 100 MB). */
  maximumBytes?: number;
  /** Calls a function after some milliseconds; what it returns calls that off. Default: setTimeout. */
  later?: Later;
}

export type Later = (then: () => void, milliseconds: number) => () => void;

const timeout: Later = (then, milliseconds) => {
  const timer = setTimeout(then, milliseconds);
  return () => clearTimeout(timer);
};

/**
 * The real network. Redirects are not followed, certificates are always checked. What may be repeated shares connections
 * (a TLS handshake costs ten times the exchange itself); anything else gets a connection of its own.
 */
export function createTransport(options: TransportOptions = {}): Transport {
  const { timeLimit = 600_000, idleLimit = 60_000, maximumBytes = 128 * 1024 * 1024, later = timeout } = options;
  const lines = createLines(options);
  return async (request, signal) => {
    if (signal?.aborted) throw new DOMException('Cancelled', 'AbortError');
    return decode(await exchange(request, lines, { timeLimit, idleLimit, maximumBytes, later }, signal), maximumBytes);
  };
}

/** How one request gets to its server: whether its connection may be kept, and the request as Node makes it. */
type Lines = (request: MeshRequest, headers: MeshRequest['headers']) => Line;

interface Line {
  kept: boolean;
  outgoing: ClientRequest;
  circumstances: Omit<Circumstances, 'connected'>;
}

/** A free connection is dropped before any known server does so: five seconds are the shortest (Node's own). */
const KEPT = 3000;

function createLines({ tls, proxy }: TransportOptions): Lines {
  const agent = (keepAlive: boolean): Agent => {
    const how = { keepAlive, timeout: keepAlive ? KEPT : undefined };
    return proxy ? createTunnels(proxy, how) : new SecureAgent(how);
  };
  // The other one too remembers TLS sessions, which halves the handshake.
  const agents = { kept: agent(true), own: agent(false) };
  let context: SecureContext | undefined;
  return ({ method, url, repeatable = method !== 'POST' }, headers) => {
    const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1');
    const options = { method, hostname, port: url.port, path: url.pathname + url.search, headers };
    const circumstances = {
      secure: url.protocol === 'https:',
      certificate: tls?.cert !== undefined || tls?.pfx !== undefined,
      authorities: tls?.ca !== undefined,
    };
    if (!circumstances.secure)
      return { kept: false, outgoing: httpRequest({ ...options, agent: false }), circumstances };
    context ??= contextOf(tls);
    const secure: RequestOptions & Pick<ConnectionOptions, 'secureContext'> = {
      ...options,
      agent: repeatable ? agents.kept : agents.own,
      secureContext: context,
      // Said aloud, so that NODE_TLS_REJECT_UNAUTHORIZED cannot turn the check off.
      rejectUnauthorized: true,
      // Said aloud, because through a tunnel Node takes the proxy's name for the server's.
      checkServerIdentity: (_name, certificate) => checkServerIdentity(hostname, certificate),
    };
    return { kept: repeatable, outgoing: httpsRequest(secure), circumstances };
  };
}

/** Made once: reading keys and authorities takes longer than an exchange. */
function contextOf(tls: TlsOptions = {}): SecureContext {
  const { ca, cert, key, pfx, passphrase } = tls;
  try {
    return createSecureContext({ ca, cert, key, pfx, passphrase, minVersion: 'TLSv1.2' });
  } catch (error) {
    // Node gives most problems of PKCS#12 no code.
    throw error instanceof Error && 'code' in error ? error : failure('ERR_CRYPTO_PFX', 'PKCS#12 cannot be read');
  }
}

type Limits = Required<Pick<TransportOptions, 'timeLimit' | 'idleLimit' | 'maximumBytes' | 'later'>>;

function exchange(request: MeshRequest, lines: Lines, limits: Limits, signal?: AbortSignal): Promise<MeshResponse> {
  return new Promise((resolve, reject) => {
    let over = false;
    let connected = false;
    const { headers, body } = request;
    const { timeLimit, idleLimit, maximumBytes, later } = limits;
    const { kept, outgoing, circumstances } = lines(
      request,
      body ? { ...headers, 'Content-Length': String(body.length) } : headers,
    );
    const tooSlow = () => fail(new DOMException('Took too long', 'TimeoutError'));
    const cancel = () => fail(new DOMException('Cancelled', 'AbortError'));
    const inTime = later(tooSlow, timeLimit);
    let awake = later(tooSlow, idleLimit);
    const done = () => {
      over = true;
      inTime();
      awake();
      signal?.removeEventListener('abort', cancel);
    };
    const alive = () => {
      if (over) return;
      awake();
      awake = later(tooSlow, idleLimit);
    };
    const fail = (error: Error) => {
      if (over) return;
      done();
      reject(Object.assign(error, { circumstances: { ...circumstances, connected } }));
      outgoing.destroy();
    };
    const isConnected = () => {
      connected = true;
      alive();
    };
    outgoing.on('socket', (socket) => {
      if (outgoing.reusedSocket) isConnected();
      else socket.once(circumstances.secure ? 'secureConnect' : 'connect', isConnected);
    });
    signal?.addEventListener('abort', cancel, { once: true });
    outgoing.on('error', fail);
    outgoing.on('response', (incoming) => {
      collect(incoming, maximumBytes, alive).then((response) => {
        done();
        resolve(response);
        // An answer that came before the request was out leaves the rest of the request on the connection.
        if (!kept || !outgoing.writableFinished) outgoing.destroy();
      }, fail);
    });
    void write(outgoing, body, alive);
  });
}

const SLICE = 64 * 1024;

/** Slice by slice, to see that it goes on. */
async function write(outgoing: ClientRequest, body: Buffer | undefined, alive: () => void): Promise<void> {
  let at = 0;
  for (; body && at + SLICE < body.length && !outgoing.destroyed; at += SLICE) {
    const slice = body.subarray(at, at + SLICE);
    await new Promise((resolve) => outgoing.write(slice, resolve));
    alive();
  }
  outgoing.end(body?.subarray(at));
}

async function collect(incoming: IncomingMessage, maximumBytes: number, alive: () => void): Promise<MeshResponse> {
  const chunks: Buffer[] = [];
  let length = 0;
  alive();
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    alive();
    length += chunk.length;
    if (length > maximumBytes) throw tooLarge();
    chunks.push(chunk);
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return { status: incoming.statusCode ?? 0, headers, body: Buffer.concat(chunks) };
}

const gunzipped = promisify(gunzip) as (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

/** By Content-Encoding alone: `Mex-Content-Compressed` is the sender's own flag and says nothing about this answer. */
async function decode(response: MeshResponse, maximumBytes: number): Promise<MeshResponse> {
  const { 'content-encoding': encoding = 'identity', ...headers } = response.headers;
  if (encoding === 'identity' || response.body.length === 0) return { ...response, headers };
  if (encoding.toLowerCase() !== 'gzip') throw failure('ERR_CONTENT_ENCODING', 'Unknown content encoding');
  const body = await gunzipped(response.body, { maxOutputLength: maximumBytes }).catch((error: unknown) => {
    throw error instanceof RangeError ? tooLarge() : failure('ERR_CONTENT_ENCODING', 'Broken gzip');
  });
  return { ...response, headers, body };
}

const tooLarge = () => failure('ERR_BODY_TOO_LARGE', 'The answer is too large');

function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
