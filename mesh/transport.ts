// The network as a parameter: what goes out, what comes back, and the real thing over node:http and node:https.
import type { ClientRequest, IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { createConnections } from './connections';
import type { NodeRequests, Opened } from './connections';
import { GIVEN_UP } from './proxy';

export interface MeshRequest {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  url: URL;
  headers: Record<string, string>;
  /**
   * Always bytes: with a string Node would write the headers as UTF-8 too. Good until the exchange is over: what is to be
   * kept has to be copied.
   */
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
  /**
   * Node's own ways to make a request. Given where a host has put others in their place: those may go past the proxy, share
   * connections between mailboxes with different certificates, or keep from us why TLS failed.
   */
  node?: NodeRequests;
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
  const open = createConnections(options.tls, options.proxy, options.node);
  return async (request, signal) => {
    if (signal?.aborted) throw new DOMException('Cancelled', 'AbortError');
    return decode(await exchange(request, open, { timeLimit, idleLimit, maximumBytes, later }, signal), maximumBytes);
  };
}

type Open = (request: MeshRequest, headers: MeshRequest['headers']) => Opened;
type Limits = Required<Pick<TransportOptions, 'timeLimit' | 'idleLimit' | 'maximumBytes' | 'later'>>;

function exchange(request: MeshRequest, open: Open, limits: Limits, signal?: AbortSignal): Promise<MeshResponse> {
  return new Promise((resolve, reject) => {
    let over = false;
    let connected = false;
    const { headers, body } = request;
    const { timeLimit, idleLimit, maximumBytes, later } = limits;
    const { outgoing, kept, circumstances } = open(
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
      outgoing.emit(GIVEN_UP);
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
  // Into place at once where the length is known: chunks that are joined in the end take twice the room.
  const promised = incoming.headers['transfer-encoding'] ? 0 : Number(incoming.headers['content-length']);
  let whole: Buffer | undefined;
  let length = 0;
  alive();
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    alive();
    if (length + chunk.length > maximumBytes) throw tooLarge();
    if (promised > 0 && promised <= maximumBytes) chunk.copy((whole ??= Buffer.allocUnsafeSlow(promised)), length);
    else chunks.push(chunk);
    length += chunk.length;
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return { status: incoming.statusCode ?? 0, headers, body: whole?.subarray(0, length) ?? Buffer.concat(chunks) };
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
