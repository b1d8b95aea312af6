// How an answer goes out: at once and whole, or as a fault has it.
import type { ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { Answer } from './bodies';
import type { Struck } from './faults';
import type { Wait } from './waiting';

export function writeAnswer(outgoing: ServerResponse, answer: Answer, time: Date): void {
  writeHead(outgoing, answer, time);
  outgoing.end(answer.body);
}

/** Resolves when nothing more will be written: the answer may still be on its way, or never arrive. */
export async function writeStruck(
  outgoing: ServerResponse,
  answer: Answer,
  { fault }: Struck,
  { now, wait, closing }: { now: () => Date; wait: Wait; closing: AbortSignal },
): Promise<void> {
  const { body = Buffer.alloc(0) } = answer;
  switch (fault.does) {
    case 'silence':
      return;
    case 'status':
      writeAnswer(outgoing, answer, now());
      return;
    case 'reset':
      if (fault.in !== 'answer' || body.length < 2) {
        reset(outgoing);
        return;
      }
      writeHead(outgoing, answer, now());
      await new Promise<void>((resolve) => outgoing.write(body.subarray(0, body.length / 2), () => resolve()));
      outgoing.destroy();
      return;
    case 'trickle':
      writeHead(outgoing, answer, now());
      for (let at = 0; at < body.length && !outgoing.destroyed && !closing.aborted; at += fault.bytesPerSecond) {
        if (at > 0) await wait(1000, closing);
        outgoing.write(body.subarray(at, at + fault.bytesPerSecond));
      }
      outgoing.end();
  }
}

function writeHead(outgoing: ServerResponse, { status, headers = {}, body }: Answer, time: Date): void {
  outgoing.writeHead(status, { 'content-length': body?.length ?? 0, ...headers, date: time.toUTCString() });
}

/** As a machine does that knows nothing of the connection. TLS has no such thing: there it just ends. */
function reset({ socket }: ServerResponse): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket?.resetAndDestroy();
}
