// The least of a MESH server that takes messages, as a transport: what it was asked, what it took, and how it fails.
import { gunzipSync } from 'node:zlib';
import type { MeshRequest, MeshResponse, Transport } from '../../mesh/transport';

/** What befalls one request. `after`: only once the server has done what it was asked. */
export type Fault =
  | { answer: number; after?: boolean; headers?: Record<string, string>; body?: string }
  | { code: string; after?: boolean }
  | { name: 'TimeoutError' | 'AbortError'; after?: boolean }
  | 'none';

export interface StoredParts {
  id: string;
  of: number;
  headers: Record<string, string>;
  /** By number; as they came. */
  parts: Map<number, Buffer>;
  whole: boolean;
}

export interface StandIn {
  transport: Transport;
  requests: MeshRequest[];
  messages: StoredParts[];
  /** Used up one a request; without any left, all goes well. */
  faults: Fault[];
  /** All requests that would begin a message. */
  firstPosts(): MeshRequest[];
}

export const answer = (status: number, body: unknown = '', headers: Record<string, string> = {}): MeshResponse => ({
  status,
  headers,
  body: Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});

export function failure(fault: Exclude<Fault, 'none'> & { code?: string; name?: string }): Error {
  return fault.name === undefined
    ? Object.assign(new Error('of the network'), { code: fault.code })
    : new DOMException('of the network', fault.name);
}

export function standIn(faults: Fault[] = []): StandIn {
  const requests: MeshRequest[] = [];
  const messages: StoredParts[] = [];

  function deal({ method, url, headers, body = Buffer.alloc(0) }: MeshRequest): MeshResponse {
    const [, , , , id, number] = url.pathname.split('/');
    if (method === 'GET' && id === 'tracking') {
      const found = messages.find((message) => message.id === url.searchParams.get('messageID'));
      if (!found) return answer(404, { detail: [{ event: '', code: '', msg: 'Not Found' }] });
      return answer(200, { message_id: found.id, status: found.whole ? 'accepted' : 'uploading' });
    }
    const [part = 0, of = 0] = headers['Mex-Chunk-Range']!.split(':').map(Number);
    let message = messages.find((one) => one.id === id);
    if (id === undefined) {
      message = { id: `ID${messages.length + 1}`, of, headers, parts: new Map(), whole: false };
      messages.push(message);
    } else if (!message) return answer(404, { detail: [{ event: '', code: '', msg: 'Not Found' }] });
    if (message.whole) return answer(423, { message: 'An internal error occurred.' });
    if (part !== Number(number ?? 1) || of !== message.of) return answer(417);
    if (headers['Content-Encoding'] !== message.headers['Content-Encoding']) return answer(417);
    message.parts.set(part, Buffer.from(body));
    message.whole = part === of;
    return answer(202, id === undefined ? { message_id: message.id } : 'null');
  }

  const stood: StandIn = {
    requests,
    messages,
    faults,
    firstPosts: () => requests.filter(({ method, url }) => method === 'POST' && url.pathname.endsWith('/outbox')),
    transport(request) {
      requests.push(request);
      const fault = stood.faults.shift() ?? 'none';
      const done = fault === 'none' || fault.after ? deal(request) : undefined;
      if (fault === 'none') return Promise.resolve(done!);
      if ('answer' in fault) return Promise.resolve(answer(fault.answer, fault.body, fault.headers));
      return Promise.reject(failure(fault));
    },
  };
  return stood;
}

/** What a recipient would read: every part by itself decompressed, in order. */
export function contentOf({ of, parts, headers }: StoredParts): Buffer {
  const gzipped = headers['Content-Encoding'] === 'gzip';
  const all = Array.from({ length: of }, (_, index) => parts.get(index + 1)!);
  return Buffer.concat(all.map((part) => (gzipped ? gunzipSync(part) : part)));
}
