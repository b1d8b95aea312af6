// The text of a file or of standard input, or one sentence why there is none.
import fs from 'node:fs';
import path from 'node:path';
import { messageBeside, sidecarOf } from '../core/exceptions/exception';
import type { Terminal } from './terminal';

/** Real messages stay under 1 MB; reading on would take memory for nothing. */
export const LARGEST_INPUT = 32 * 1024 * 1024;

/** The name by which standard input is asked for, and the one it is shown by. */
export const STANDARD_INPUT = '-';
export const SHOWN_INPUT = '<stdin>';

export interface Input {
  /** As the person wrote it. */
  file: string;
  /** Without a byte order mark, as editors count columns. */
  text: string;
}

export interface Unreadable {
  file: string;
  /** What is wrong and what to do, beginning with a verb: it follows the name of the file. */
  problem: string;
}

/** A sidecar stands for its message, with which it is read. */
export function messagesNamed(names: readonly string[]): string[] {
  return names.flatMap((name) => {
    const message = messageBeside(name);
    return message === undefined ? name : names.includes(message) ? [] : message;
  });
}

/** Never rejects for what the file is or holds. */
export async function readInput(name: string, terminal: Pick<Terminal, 'stdin' | 'cwd'>): Promise<Input | Unreadable> {
  const file = shownName(name);
  try {
    const bytes = await collect(sourceOf(name, terminal));
    const read = bytes ? decode(bytes) : tooLarge();
    return { file, ...read };
  } catch (error) {
    return { file, problem: problemIn(error) };
  }
}

export function shownName(name: string): string {
  return name === STANDARD_INPUT ? SHOWN_INPUT : name;
}

export function sourceOf(name: string, { stdin, cwd }: Pick<Terminal, 'stdin' | 'cwd'>): AsyncIterable<unknown> {
  return name === STANDARD_INPUT ? stdin : fs.createReadStream(path.resolve(cwd, name), { highWaterMark: 1024 * 1024 });
}

/** Of an error that reading met; throws it when it is none of the disk. */
export function problemIn(error: unknown): string {
  const { code } = error as { code?: unknown };
  if (typeof code !== 'string') throw error;
  return problemOf(code);
}

/** The exceptions beside a file; undefined when there are none. */
export async function readSidecar(
  name: string,
  terminal: Pick<Terminal, 'stdin' | 'cwd'>,
): Promise<Input | Unreadable | undefined> {
  const sidecar = sidecarOf(name);
  const isThere = name !== STANDARD_INPUT && fs.existsSync(path.resolve(terminal.cwd, sidecar));
  return isThere ? readInput(sidecar, terminal) : undefined;
}

/** @param code of an error of the disk */
export function problemOf(code = 'unknown'): string {
  return PROBLEMS[code] ?? `cannot be read (${code}): check the disk and the path.`;
}

const PROBLEMS: Record<string, string> = {
  ENOENT: 'does not exist: check the name and the folder you are in.',
  ENOTDIR: 'does not exist: a part of the path is a file, not a folder.',
  EISDIR: 'is a folder: name the files in it, for instance with *.json.',
  EACCES: 'may not be read by this user: check its permissions.',
  EPERM: 'may not be read by this user: check its permissions.',
  ENAMETOOLONG: 'cannot exist: the name is too long.',
  ELOOP: 'cannot be reached: its links lead in a circle.',
  ERR_INVALID_ARG_VALUE: 'cannot exist: the name holds a NUL character.',
};

export function tooLarge(): { problem: string } {
  return {
    problem: `is larger than ${LARGEST_INPUT / 1024 / 1024} MiB, and no ITK3 message is: check that it is the right file.`,
  };
}

/** Undefined when there is more than the largest input: what lies beyond is not read. */
async function collect(source: AsyncIterable<unknown>): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > LARGEST_INPUT) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export function decode(bytes: Buffer): { text: string } | { problem: string } {
  const [first, second] = bytes;
  // With its mark, or of a text that begins as messages do, each in either order of its bytes.
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || isWide(bytes);
  if (isUtf16) return { problem: 'is written in UTF-16, but messages travel as UTF-8: save it as UTF-8.' };
  if (bytes.includes(0)) return { problem: 'is not text (it holds NUL bytes): give a message as JSON or XML.' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const named = /^<\?xml[^>]*\sencoding=["']([\w.:-]+)["']/.exec(bytes.toString('latin1', 0, 200))?.[1];
    const problem =
      named && !/^utf-?8$/i.test(named)
        ? `is written in ${named}, as it says, but messages travel as UTF-8: save it as UTF-8, with encoding="UTF-8".`
        : 'is not UTF-8 text: if it is a message, save it as UTF-8.';
    return { problem };
  }
}

function isWide(bytes: Buffer): boolean {
  const start = bytes.toString('latin1', 0, 2);
  return /^(?:[{<]\0|\0[{<])$/.test(start);
}
