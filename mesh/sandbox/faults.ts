// What goes wrong on the wire while a scenario plays: decided here, asked for and carried out by exchange.ts.
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { internalError } from './bodies';
import type { Answer } from './bodies';
import { LARGEST_READ } from './content';
import type { Playing } from './playing';
import { FAULTY_ROUTES } from './scenario';
import type { Fault, Scenario } from './scenario';

/** A fault that hits, and whose it is. */
export interface Struck {
  fault: Fault;
  scenario: string;
}

/** What is known of a request before its body is read. */
export interface Asked {
  route: string;
  /** As they came. */
  path: string;
  search: string;
  /** The message that it is about, if the address says so. */
  messageId?: string;
  headers: IncomingHttpHeaders;
}

export interface Faults {
  /** The fault that breaks off the reading of the body. Only what plays for all messages can: no content is known yet. */
  whileReading(asked: Asked): Struck | undefined;
  /** Runs the route, or not, as the fault has it. */
  around(asked: Asked, body: Buffer, work: () => Answer | Promise<Answer>): Promise<Answer>;
}

/** @param namedBy the scenario that a stored message asks for itself */
export function createFaults(playing: Playing, namedBy: (messageId: string) => Promise<Scenario | undefined>): Faults {
  const hits = new WeakMap<Fault, Map<string, number>>();
  let turn = playing.turn;

  const strike = (asked: Asked, body: Buffer | undefined, scenario: Scenario | undefined): Struck | undefined => {
    const fault = scenario?.wire;
    if (!fault || !isAt(fault, asked.route)) return undefined;
    if (turn !== playing.turn && scenario === playing.current) {
      turn = playing.turn;
      hits.delete(fault);
    }
    if (fault.times !== undefined) {
      const counts = hits.get(fault) ?? new Map<string, number>();
      hits.set(fault, counts);
      const request = sameRequest(asked, body);
      const count = counts.get(request) ?? 0;
      if (count >= fault.times) return undefined;
      counts.set(request, count + 1);
    }
    return { fault, scenario: scenario.name };
  };

  const named = ({ route, messageId, headers }: Asked, body: Buffer) => {
    if (!FAULTY_ROUTES.some((name) => name === route)) return undefined;
    return route === 'send' ? playing.namedIn(plain(body, headers)) : messageId && namedBy(messageId);
  };

  return {
    whileReading(asked) {
      const { current } = playing;
      return current?.wire && breaksReading(current.wire) ? strike(asked, undefined, current) : undefined;
    },
    async around(asked, body, work) {
      const own = await named(asked, body);
      // What breaks the reading for all has had its say before there was a body.
      const current = playing.current?.wire && !breaksReading(playing.current.wire) ? playing.current : undefined;
      const struck = strike(asked, body, own || current);
      if (!struck) return work();
      const { fault } = struck;
      const answer = doesItsWork(fault) ? await work() : internalError();
      return { ...(fault.does === 'status' ? statusAnswer(fault) : answer), struck };
    },
  };
}

const isAt = ({ at = FAULTY_ROUTES }: Fault, route: string) => at.some((name) => name === route);

/** What is broken in the middle has to be there first. */
const doesItsWork = (fault: Fault) =>
  fault.processed === true || fault.does === 'trickle' || (fault.does === 'reset' && fault.in === 'answer');

const breaksReading = (fault: Fault) => fault.does === 'reset' && fault.in === 'request';

/** A message that is sent again is the same request; everything else is what its address says. */
function sameRequest({ route, path, search, headers }: Asked, body: Buffer | undefined): string {
  if (route !== 'send') return `${route} ${path}?${search}`;
  const content = body ? createHash('sha256').update(body).digest('base64') : headers['content-length'];
  return [route, headers['mex-localid'], headers['mex-filename'], content].join(' ');
}

/** The content as its sender wrote it, if it may be one that names a scenario; else nothing. */
function plain(body: Buffer, headers: IncomingHttpHeaders): Buffer {
  if (body.length > LARGEST_READ) return Buffer.alloc(0);
  try {
    return headers['content-encoding'] === 'gzip' ? gunzipSync(body, { maxOutputLength: LARGEST_READ }) : body;
  } catch {
    return Buffer.alloc(0);
  }
}

const PAGE = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';

function statusAnswer({ status, retryAfter, page }: Extract<Fault, { does: 'status' }>): Answer {
  const plain: Answer = status === 500 ? internalError() : { status };
  const answer = page ? { status, headers: { 'content-type': 'text/html' }, body: Buffer.from(PAGE) } : plain;
  return {
    ...answer,
    headers: { ...answer.headers, ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }) },
  };
}

/** Reads about half of the body, or all of it where its length is not told. */
export function readHalf(incoming: IncomingMessage): Promise<void> {
  const half = Number(incoming.headers['content-length'] ?? Infinity) / 2;
  let length = 0;
  return new Promise((resolve) => {
    for (const event of ['end', 'close'] as const) incoming.once(event, () => resolve());
    incoming.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length < half) return;
      incoming.pause();
      resolve();
    });
  });
}
