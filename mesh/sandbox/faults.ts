// What goes wrong on the wire while a scenario plays: decided here, asked for and carried out by exchange.ts.
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import { internalError } from './bodies';
import type { Answer } from './bodies';
import { FAULTY_ROUTES } from './scenario';
import type { Fault, Scenario } from './scenario';
import type { Wait } from './waiting';

/** A fault that hits, and whose it is. */
export interface Struck {
  fault: Fault;
  scenario: string;
}

/** What is known of a request before its body is read. */
export interface Asked {
  route: string;
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
}

/** Counts how often each request was hit. */
export interface Faults {
  /** Counts anew: the scenario begins to play. */
  begin(scenario: Scenario): void;
  /** The fault that breaks off the reading of the body. Only what plays for all messages can: no content is known yet. */
  whileReading(asked: Asked, playing: Scenario | undefined): Struck | undefined;
  /** Runs the route, or not, as the fault has it. */
  around(
    asked: Asked,
    body: Buffer,
    playing: Scenario | undefined,
    work: () => Answer | Promise<Answer>,
  ): Promise<Answer>;
}

export function createFaults(): Faults {
  const hits = new WeakMap<Fault, Map<string, number>>();

  const strike = (asked: Asked, body: Buffer | undefined, scenario: Scenario | undefined): Struck | undefined => {
    const fault = scenario?.wire;
    if (!fault || !(fault.at ?? FAULTY_ROUTES).some((name) => name === asked.route)) return undefined;
    if (fault.times !== undefined) {
      const counts = hits.get(fault) ?? new Map<string, number>();
      hits.set(fault, counts);
      const key = sameRequest(asked, body);
      const count = counts.get(key) ?? 0;
      if (count >= fault.times) return undefined;
      counts.set(key, count + 1);
    }
    return { fault, scenario: scenario.name };
  };

  return {
    begin({ wire }) {
      if (wire) hits.delete(wire);
    },
    whileReading(asked, playing) {
      return playing?.wire && breaksReading(playing.wire) ? strike(asked, undefined, playing) : undefined;
    },
    async around(asked, body, playing, work) {
      const struck = strike(asked, body, playing);
      if (!struck) return work();
      const { fault } = struck;
      const isDone =
        fault.processed === true || fault.does === 'trickle' || (fault.does === 'reset' && fault.in === 'answer');
      const answer = isDone ? await work() : internalError();
      return { ...(fault.does === 'status' ? statusAnswer(fault) : answer), struck };
    },
  };
}

const breaksReading = (fault: Fault) => fault.does === 'reset' && fault.in === 'request';

/** A message that is sent again is the same request; everything else is what its address says. */
function sameRequest({ route, path, headers }: Asked, body: Buffer | undefined): string {
  if (route !== 'send') return `${route} ${path}`;
  const content = body ? createHash('sha256').update(body).digest('base64') : headers['content-length'];
  return [route, headers['mex-localid'], headers['mex-filename'], content].join(' ');
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

/**
 * Writes the answer as the fault has it. Resolves when nothing more will be written; the answer may still be on its way,
 * or never go out.
 */
export async function writeStruck(
  outgoing: ServerResponse,
  answer: Answer,
  { fault }: Struck,
  head: () => void,
  { wait, closing }: { wait: Wait; closing: AbortSignal },
): Promise<void> {
  const body = answer.body ?? Buffer.alloc(0);
  if (fault.does === 'silence') return;
  if (fault.does === 'reset') {
    if (fault.in === 'answer' && body.length > 1) {
      head();
      await new Promise<void>((resolve) => outgoing.write(body.subarray(0, body.length / 2), () => resolve()));
      outgoing.destroy();
    } else reset(outgoing);
    return;
  }
  head();
  if (fault.does === 'trickle') {
    for (let at = 0; at < body.length && !outgoing.destroyed && !closing.aborted; at += fault.bytesPerSecond) {
      if (at > 0) await wait(1000, closing);
      outgoing.write(body.subarray(at, at + fault.bytesPerSecond));
    }
    outgoing.end();
  } else outgoing.end(body);
}

/** As a machine does that knows nothing of the connection; over TLS that cannot be had, so it just ends. */
function reset({ socket }: ServerResponse): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket?.resetAndDestroy();
}
