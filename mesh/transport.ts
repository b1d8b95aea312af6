// The network as a parameter: what goes out, what comes back, and the real thing over node:http and node:https.
import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

export interface MeshRequest {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  url: URL;
  headers: Record<string, string>;
  /** Always bytes: with a string Node would write the headers as UTF-8 too. */
  body?: Buffer;
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
  /** Milliseconds for one whole exchange, body included. Default: two minutes. */
  timeLimit?: number;
  /** The largest answer taken, in bytes, before and after decompression. Default: 128 MiB (MESH's parts end at 100 MB). */
  maximumBytes?: number;
}

/** The real network. Redirects are not followed, certificates are always checked, every exchange has its own connection. */
export function createTransport(options: TransportOptions = {}): Transport {
  const { tls = {}, timeLimit = 120_000, maximumBytes = 128 * 1024 * 1024 } = options;
  return async (request, signal) => decode(await exchange(request, tls, timeLimit, maximumBytes, signal), maximumBytes);
}

function exchange(
  { method, url, headers, body }: MeshRequest,
  tls: TlsOptions,
  timeLimit: number,
  maximumBytes: number,
  signal?: AbortSignal,
): Promise<MeshResponse> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(new DOMException('Cancelled', 'AbortError'));
      return;
    }
    const options = {
      method,
      hostname: url.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: url.port,
      path: url.pathname + url.search,
      headers: body ? { ...headers, 'Content-Length': String(body.length) } : headers,
      // A kept connection that the server has just closed would fail a POST that cannot be repeated safely.
      agent: false as const,
    };
    const outgoing =
      url.protocol === 'https:'
        ? httpsRequest({
            ...options,
            ca: tls.ca,
            cert: tls.cert,
            key: tls.key,
            pfx: tls.pfx,
            passphrase: tls.passphrase,
            minVersion: 'TLSv1.2',
            // Said aloud, so that NODE_TLS_REJECT_UNAUTHORIZED cannot turn the check off.
            rejectUnauthorized: true,
          })
        : httpRequest(options);
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
    };
    const fail = (error: Error) => {
      done();
      reject(error);
      outgoing.destroy();
    };
    const cancel = () => fail(new DOMException('Cancelled', 'AbortError'));
    const timer = setTimeout(() => fail(new DOMException('Took too long', 'TimeoutError')), timeLimit);
    signal?.addEventListener('abort', cancel, { once: true });
    outgoing.on('error', fail);
    outgoing.on('response', (incoming) => {
      collect(incoming, maximumBytes).then((response) => {
        done();
        resolve(response);
        outgoing.destroy();
      }, fail);
    });
    outgoing.end(body);
  });
}

async function collect(incoming: IncomingMessage, maximumBytes: number): Promise<MeshResponse> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
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
