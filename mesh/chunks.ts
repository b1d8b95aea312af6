// A content in parts: cut to size before compression, read in order, no more than one part in memory.
import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { MeshError } from './errors';

/** What is sent: bytes at hand, or a source that can be read again from its start (a file). */
export type Content = Buffer | { bytes: number; read(): AsyncIterable<Uint8Array> };

/** Where a send in parts stands: plain JSON, without content or patient; enough to go on after a restart. */
export interface Upload {
  messageId: string;
  /** Of the whole content, before compression; of a part but the last. */
  bytes: number;
  partSize: number;
  /** How many parts there are, and how many of them MESH took. */
  of: number;
  taken: number;
  compress: boolean;
  /** Tells whether a content is the same. */
  digest: string;
}

/** Fits through every door of MESH: those to the internet took 20 MB before they took 100 MB. */
export const DEFAULT_PART_SIZE = 19 * 1024 * 1024;
/** The largest request that MESH takes. */
export const MAXIMUM_PART_SIZE = 100_000_000;

export function lengthOf(content: Content): number {
  return Buffer.isBuffer(content) ? content.length : content.bytes;
}

/**
 * Throws a MeshError of kind `invalid-request` when the source fails, or yields another number of bytes than it said:
 * before the last part is handed out, so that no wrong content is ever completed.
 * Of a source, two buffers take turns: a part is good until the one after the next is asked for.
 */
export async function* partsOf(content: Content, partSize: number, signal?: AbortSignal): AsyncGenerator<Buffer> {
  const bytes = lengthOf(content);
  if (Buffer.isBuffer(content)) {
    for (let start = 0; start < bytes; start += partSize) yield content.subarray(start, start + partSize);
    return;
  }
  const buffers = [Buffer.allocUnsafeSlow(Math.min(partSize, bytes))];
  if (bytes > partSize) buffers.push(Buffer.allocUnsafeSlow(Math.min(partSize, bytes - partSize)));
  let current = 0;
  let filled = 0;
  const buffer = () => buffers[current % 2]!;
  for await (const { number, piece } of segments(content, partSize, signal)) {
    // Handed out only when more comes: the last one has to wait for the end.
    if (number !== current) {
      yield buffer();
      current = number;
      filled = 0;
    }
    buffer().set(piece, filled);
    filled += piece.length;
  }
  yield buffer().subarray(0, filled);
}

/** What a source yields, cut where a part ends; `number` from 0. */
async function* segments(
  content: Exclude<Content, Buffer>,
  partSize: number,
  signal?: AbortSignal,
): AsyncGenerator<{ number: number; piece: Uint8Array }> {
  const { bytes } = content;
  let read = 0;
  for await (const piece of pieces(content, signal)) {
    if (read + piece.length > bytes) throw unusable(`its source gives more bytes than the ${bytes} it announced.`);
    for (let start = 0; start < piece.length;) {
      const number = Math.floor(read / partSize);
      const cut = piece.subarray(start, start + (number + 1) * partSize - read);
      yield { number, piece: cut };
      start += cut.length;
      read += cut.length;
    }
  }
  if (read < bytes) throw unusable(`its source gives ${read} bytes, and announced ${bytes}.`);
}

/** A source's own errors stay inside: they may hold anything. */
async function* pieces(content: Exclude<Content, Buffer>, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  let source: AsyncIterator<Uint8Array> | undefined;
  let ended = false;
  try {
    for (;;) {
      const next = await step(() => (source ??= content.read()[Symbol.asyncIterator]()).next(), signal);
      ended = next.done === true;
      if (next.done) return;
      if (!(next.value instanceof Uint8Array)) throw unusable('its source does not give bytes.');
      yield next.value;
    }
  } catch (error) {
    if (error instanceof MeshError) throw error;
    ended = true;
    throw unusable('its source cannot be read.');
  } finally {
    // Not waited for: a source that hangs would hang here too.
    if (!ended) void closed(source);
  }
}

async function closed(source: AsyncIterator<Uint8Array> | undefined): Promise<void> {
  try {
    await source?.return?.();
  } catch {
    // It is not read any more, so how it ends is nobody's concern.
  }
}

/** A source that hangs must not hold up a person who cancels. */
function step<T>(next: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = () => reject(new MeshError('cancelled', 'Could not send the message: it was cancelled.'));
    if (signal?.aborted) {
      cancel();
      return;
    }
    signal?.addEventListener('abort', cancel, { once: true });
    Promise.resolve()
      .then(next)
      .then(resolve, reject)
      .finally(() => signal?.removeEventListener('abort', cancel));
  });
}

function unusable(what: string): MeshError {
  return new MeshError('invalid-request', `Could not send the message: ${what} Check the file.`);
}

/** The digest of each part, and one of them all. */
export interface Digests {
  parts: string[];
  whole: string;
}

export async function digestsOf(content: Content, partSize: number, signal?: AbortSignal): Promise<Digests> {
  const hashes: Hash[] = [];
  if (Buffer.isBuffer(content)) {
    for await (const part of partsOf(content, partSize)) hashes.push(createHash('sha256').update(part));
  } else {
    for await (const { number, piece } of segments(content, partSize, signal))
      (hashes[number] ??= createHash('sha256')).update(piece);
  }
  const parts = hashes.map((hash) => hash.digest('hex'));
  return { parts, whole: digestOf(parts.join()) };
}

export function digestOf(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
