// What a file holds: the text of a message, or several messages, one after the other.
import fs from 'node:fs';
import path from 'node:path';
import {
  decode,
  type Input,
  LARGEST_INPUT,
  problemIn,
  shownName,
  sourceOf,
  STANDARD_INPUT,
  tooLarge,
  type Unreadable,
} from '../read-input';
import type { Terminal } from '../terminal';
import { createSplitter, holdsSeveral, type Part } from './messages';

export interface SeveralInput {
  file: string;
  /** Rejects with a NotText when the file turns out to be no text. */
  parts: AsyncIterable<Part> | Iterable<Part>;
}

export interface NoText extends Unreadable {
  /** What it begins with, as far as it could be read: a character a byte, without NUL bytes. */
  head?: string;
}

/** What was met behind messages that could be read: `message` is the problem. */
export class NotText extends Error {}

type From = Pick<Terminal, 'stdin' | 'cwd'>;

/** Never rejects for what the file is or holds. */
export async function readMessages(
  name: string,
  from: From,
  { head: enough, largest }: Limits = LIMITS,
): Promise<Input | SeveralInput | NoText> {
  const file = shownName(name);
  try {
    const whole = name === STANDARD_INPUT ? undefined : readWhole(path.resolve(from.cwd, name), largest);
    if (whole) return { file, ...inText(whole, name) };
    const source = sourceOf(name, from)[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
    const head = await collect(source, enough);
    const start = head.bytes.toString('latin1');
    if (!head.isAll && holdsSeveral(start.replace(/^\u00ef\u00bb\u00bf/, ''), name))
      return { file, parts: streamed(head.bytes, source, largest) };
    const { bytes, isAll } = head.isAll ? head : await collect(source, largest, head.bytes);
    if (isAll) return { file, ...inText(bytes, name) };
    await source.return?.();
    return { file, ...tooLarge(), head: headOf(bytes) };
  } catch (error) {
    return { file, problem: problemIn(error) };
  }
}

interface Limits {
  /** Bytes of a text that show what it is. */
  head: number;
  /** Bytes of a message. */
  largest: number;
}

const LIMITS: Limits = { head: 1024 * 1024, largest: LARGEST_INPUT };

/** At once, which is twice as fast as in pieces; undefined when it is large, or no file on a disk. */
function readWhole(place: string, largest: number): Buffer | undefined {
  const stats = fs.statSync(place);
  return stats.isFile() && stats.size <= largest ? fs.readFileSync(place) : undefined;
}

type Held = { text: string } | { parts: Iterable<Part> } | Omit<NoText, 'file'>;

function inText(bytes: Buffer, name: string): Held {
  const read = decode(bytes);
  if ('problem' in read) return { ...read, head: headOf(bytes) };
  if (!holdsSeveral(read.text, name)) return read;
  const splitter = createSplitter(LARGEST_INPUT);
  const parts = [...splitter.feed(read.text), ...splitter.end()];
  const isOne = parts.length === 1 && parts[0]!.kind === 'message' && !/^\s*\[/.test(read.text);
  return isOne ? read : { parts };
}

function headOf(bytes: Buffer): string {
  return bytes.toString('latin1', 0, 64 * 1024).replaceAll('\0', '');
}

async function collect(source: AsyncIterator<Uint8Array>, enough: number, before?: Buffer) {
  const chunks: Uint8Array[] = before ? [before] : [];
  let length = before?.length ?? 0;
  while (length <= enough) {
    const next = await source.next();
    if (next.done) return { bytes: Buffer.concat(chunks), isAll: true };
    chunks.push(next.value);
    length += next.value.length;
  }
  return { bytes: Buffer.concat(chunks), isAll: false };
}

async function* streamed(head: Buffer, source: AsyncIterator<Uint8Array>, largest: number): AsyncGenerator<Part> {
  const splitter = createSplitter(largest);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decoded = (bytes?: Uint8Array): string => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch {
      throw new NotText(NOT_UTF8);
    }
  };
  // What stands before the place in the same piece is judged as well, so a piece is read up to it.
  function* fed(bytes: Uint8Array): Generator<Part> {
    const nul = bytes.indexOf(0);
    yield* splitter.feed(decoded(nul < 0 ? bytes : bytes.subarray(0, nul)));
    if (nul >= 0) throw new NotText(NUL);
  }
  try {
    yield* fed(head);
    for (let next = await source.next(); !next.done; next = await source.next()) yield* fed(next.value);
    yield* splitter.feed(decoded());
    yield* splitter.end();
  } catch (error) {
    throw error instanceof NotText ? error : new NotText(problemIn(error));
  } finally {
    await source.return?.();
  }
}

const NUL = 'is not text from some place on (it holds NUL bytes): what stands before that was judged.';
const NOT_UTF8 = 'is not UTF-8 text from some place on: what was read before that was judged.';
