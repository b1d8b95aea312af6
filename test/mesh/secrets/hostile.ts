// Servers and networks that repeat whatever they were told and whatever they know, in every place an answer has.
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { MeshRequest, MeshResponse, Transport } from '../../../mesh/transport';
import { ADDRESS, BODY, CREDENTIALS, OUTSIDE, PATIENT } from './planted';

/** What a MESH server knows anyhow, and what it was told just now. */
export function everythingKnown(request?: MeshRequest): string {
  const known = [ADDRESS, ...Object.values(PATIENT), ...Object.values(OUTSIDE), BODY, ...Object.values(CREDENTIALS)];
  const told = request ? [request.url.href, JSON.stringify(request.headers), request.body?.toString('utf8')] : [];
  return [...known, ...told].join(' ');
}

type Shape = (echo: string) => { headers?: Record<string, string>; body: string };

const jsonOf = (value: unknown) => ({ body: JSON.stringify(value) });

/** Header values carry no line ends. */
const oneLine = (text: string) => text.replace(/\s+/g, ' ');

/** Each fact on its own, too: a masked whole may hide an unmasked part. */
export const SHAPES: Record<string, Shape> = {
  'v2, in the words': (echo) => jsonOf({ detail: [{ event: 'SEND', code: '', msg: echo }] }),
  'v2, in the words, beside a known code': (echo) => jsonOf({ detail: [{ event: 'SEND', code: '12', msg: echo }] }),
  'v2, in the words, beside an unknown code': (echo) => jsonOf({ detail: [{ event: 'SEND', code: 'X1', msg: echo }] }),
  'v2, in the code': (echo) => jsonOf({ detail: [{ event: 'SEND', code: echo, msg: 'No' }] }),
  'v2, in a short code': (echo) => jsonOf({ detail: [{ event: 'SEND', code: echo.slice(0, 40), msg: 'No' }] }),
  'v2, in the event': (echo) => jsonOf({ detail: [{ event: echo, code: '', msg: 'No' }] }),
  'v1, everywhere': (echo) => jsonOf({ errorEvent: echo, errorCode: echo, errorDescription: echo, messageID: echo }),
  'v1, in the words': (echo) => jsonOf({ errorEvent: '', errorCode: '', errorDescription: echo }),
  'a request id': (echo) => jsonOf({ internal_id: echo, internalID: echo, detail: [{ msg: 'No' }] }),
  'a validation error': (echo) => jsonOf({ detail: [{ type: echo, loc: ['header', echo], msg: echo, input: echo }] }),
  'a validation error, in pieces': (echo) =>
    jsonOf({ detail: echo.split(/\s+/).map((piece) => ({ type: 'missing', loc: ['header', piece], msg: piece })) }),
  'the framework': (echo) => jsonOf({ detail: echo }),
  'an internal error': (echo) => jsonOf({ message: echo }),
  'JSON of no known shape': (echo) => jsonOf([{ error: { error: echo } }, echo]),
  'HTML of a proxy': (echo) => ({ body: `<html><title>${echo}</title><pre>${echo}</pre></html>` }),
  'a SOAP fault': (echo) => ({
    headers: { 'content-type': 'text/xml' },
    body: `<soap:Envelope><soap:Body><soap:Fault><faultcode>${echo}</faultcode><faultstring>${echo}</faultstring></soap:Fault></soap:Body></soap:Envelope>`,
  }),
  'plain text': (echo) => ({ body: echo }),
  'every header': (echo) => ({
    headers: Object.fromEntries(
      [
        'date',
        'location',
        'www-authenticate',
        'retry-after',
        'x-request-id',
        'x-correlation-id',
        'mex-messageid',
        'mex-statuscode',
        'mex-statusdescription',
        'mex-statusevent',
        'mex-linkedmsgid',
        'mex-chunk-range',
        'mex-messagetype',
        'content-type',
        'set-cookie',
      ].map((name) => [name, oneLine(echo)]),
    ),
    body: '',
  }),
  'a short request id': (echo) => ({ headers: { 'x-request-id': echo.slice(0, 80) }, body: '' }),
  'a message id': (echo) => jsonOf({ message_id: echo, messageId: echo }),
};

export const STATUSES = [300, 302, 400, 401, 403, 404, 407, 410, 413, 417, 423, 429, 500, 503];

/** One thing alone, too: a mask of the whole may not know the part. Undefined: everything. */
export const PIECES: readonly (string | undefined)[] = [
  undefined,
  ADDRESS,
  BODY,
  ...Object.values(PATIENT),
  ...Object.values(OUTSIDE),
  ...Object.values(CREDENTIALS),
];

/** Answers every request alike. */
export function answering(status: number, shape: Shape, piece?: string): Transport {
  return (request) => {
    const { headers = {}, body } = shape(piece ?? everythingKnown(request));
    return Promise.resolve<MeshResponse>({ status, headers, body: Buffer.from(body) });
  };
}

/** What a network library may throw: codes that are known, codes that are not, and things that are no errors at all. */
export const FAILURES: Record<string, (echo: string) => unknown> = {
  ...Object.fromEntries(
    [
      'ECONNREFUSED',
      'ENOTFOUND',
      'EAI_AGAIN',
      'ETIMEDOUT',
      'EHOSTUNREACH',
      'ECONNRESET',
      'EPIPE',
      'EPROTO',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'CERT_HAS_EXPIRED',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'ERR_SSL_WRONG_VERSION_NUMBER',
      'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
      'ERR_OSSL_PEM_NO_START_LINE',
      'ERR_OSSL_BAD_DECRYPT',
      'ERR_BODY_TOO_LARGE',
      'ERR_CONTENT_ENCODING',
      'HPE_INVALID_CONSTANT',
      'ERR_INVALID_CHAR',
      'NOT_A_KNOWN_CODE',
      undefined,
    ].map((code) => [String(code), (echo: string) => loaded(echo, code)]),
  ),
  'a code that repeats': (echo) => loaded(echo, echo),
  'a code that is a word of it': () => loaded('', PATIENT.givenName),
  'several at once': (echo) => new AggregateError([loaded(echo, 'ECONNREFUSED'), loaded(echo, 'ENETUNREACH')], echo),
  'a time-out': (echo) => Object.assign(new DOMException(echo, 'TimeoutError'), { code: echo }),
  'an end nobody asked for': (echo) => new DOMException(echo, 'AbortError'),
  'a text': (echo) => echo,
  'an object': (echo) => ({ name: echo, code: echo, message: echo, toString: () => echo }),
  nothing: () => undefined,
};

/** An error as libraries make them, with the request, the answer and a cause hanging on it. */
function loaded(echo: string, code: string | undefined): Error {
  const config = { headers: { Authorization: echo }, data: Buffer.from(echo), url: echo };
  return Object.assign(new Error(`${echo}:SSL routines::${echo}:`, { cause: new Error(echo) }), {
    ...(code === undefined ? {} : { code }),
    config,
    reason: echo,
    host: echo,
    cert: { raw: Buffer.from(echo), subject: { CN: echo } },
    rawPacket: Buffer.from(echo),
    response: { body: echo },
  });
}

/** What a server writes when a whole request has come; the socket is ended behind it. `undefined`: it hangs up. */
export const ON_THE_WIRE: Record<string, (told: string) => string | Buffer | undefined> = {
  'hangs up without a word': () => undefined,
  'does not speak HTTP': (told) => told,
  'a status line that is none': (told) => `HTTP/1.1 abc ${oneLine(told)}\r\n\r\n`,
  'a header without a colon': (told) => `HTTP/1.1 200 OK\r\n${oneLine(told).replaceAll(':', '')}\r\n\r\n`,
  'a reason': (told) => `HTTP/1.1 500 ${oneLine(told)}\r\nContent-Length: 0\r\n\r\n`,
  'stops half-way': (told) => `HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n${told}`,
  'stops half-way in a refusal': (told) => `HTTP/1.1 403 Forbidden\r\nContent-Length: 9999999\r\n\r\n${told}`,
  'broken gzip': (told) =>
    `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 20\r\n\r\n${told.slice(0, 20)}`,
  'an encoding that is none': (told) => `HTTP/1.1 200 OK\r\nContent-Encoding: ${oneLine(told)}\r\n\r\nx`,
  'two lengths': (told) =>
    `HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\nX-Told: ${oneLine(told)}\r\n\r\nxx`,
  'a broken chunk': (told) => `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${told}`,
  'too many headers': (told) => `HTTP/1.1 200 OK\r\nX-Told: ${oneLine(told).repeat(40)}\r\n\r\n`,
  'a redirect': (told) => `HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/${encodeURIComponent(told)}\r\n\r\n`,
  'gzip that holds it': (told) =>
    Buffer.concat([
      Buffer.from('HTTP/1.1 500 No\r\nContent-Encoding: gzip\r\n\r\n'),
      gzipSync(JSON.stringify({ detail: [{ msg: told }] })),
    ]),
  'something larger than allowed': (told) => `HTTP/1.1 200 OK\r\n\r\n${told.repeat(120)}`,
};

export interface HostileServer {
  url: URL;
  close(): Promise<void>;
}

/** Reads one request to its end, or just its first bytes, then does as it was told. */
export async function startHostile(
  answer: (told: string) => string | Buffer | undefined,
  hasty = false,
): Promise<HostileServer> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    let told = '';
    socket.setEncoding('latin1');
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk: string) => {
      told += chunk;
      const end = told.indexOf('\r\n\r\n');
      const length = Number(/content-length: *(\d+)/i.exec(told)?.[1] ?? 0);
      if (!hasty && (end < 0 || told.length < end + 4 + length)) return;
      const words = answer(`${everythingKnown()} ${told}`);
      if (words === undefined) socket.destroy();
      else socket.end(words);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
