// A terminal made of memory, and a temporary folder for the files that a command is given.
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run } from '../../cli/main';
import type { Terminal } from '../../cli/terminal';
import { loadWithPackages } from '../../profiles/load';
import { knowledge } from '../knowledge';

export const VALID = fs.readFileSync('examples/emergency-supply.json', 'utf8');
export const FINISHED = '"status": "finished"';

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs itk3 in this process. */
export async function itk3(argv: string[], change: Partial<Terminal> = {}): Promise<Ran> {
  const written = { stdout: '', stderr: '' };
  const terminal: Terminal = {
    stdout: { write: (text) => (written.stdout += text) },
    stderr: { write: (text) => (written.stderr += text) },
    stdin: input(),
    cwd: process.cwd(),
    env: {},
    folder: path.resolve('dist'),
    knowledge,
    withPackages: (paths) => loadWithPackages(path.resolve('dist'), { paths, folder: change.cwd ?? process.cwd() }),
    // After the examples were made, so that nothing in them lies in the future.
    now: () => new Date('2026-12-04T05:06:07Z'),
    randomUUID,
    random: () => 0.5,
    interrupted: () => new AbortController().signal,
    ...change,
  };
  const code = await run(argv, terminal);
  return { code, ...written };
}

/** Standard output that can be waited for. */
export function watched() {
  const waiting: { pattern: RegExp; resolve: (match: RegExpExecArray) => void }[] = [];
  const stdout = {
    text: '',
    write(more: string) {
      stdout.text += more;
      for (const { pattern, resolve } of waiting) {
        const match = pattern.exec(stdout.text);
        if (match) resolve(match);
      }
    },
    shows: (pattern: RegExp) => new Promise<RegExpExecArray>((resolve) => waiting.push({ pattern, resolve })),
  };
  return stdout;
}

export async function* input(...chunks: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(Buffer.from(chunk));
}

/** A folder that is gone after each test of the suite that calls this. */
export function temporaryFolder(): { path: string; file: (name: string, content: string | Uint8Array) => string } {
  const folder = {
    path: '',
    file: (name: string, content: string | Uint8Array) => {
      fs.writeFileSync(path.join(folder.path, name), content);
      return name;
    },
  };
  beforeEach(() => {
    folder.path = fs.mkdtempSync(path.join(os.tmpdir(), 'itk3-'));
  });
  afterEach(() => fs.rmSync(folder.path, { recursive: true }));
  return folder;
}

/** Every message to a person is one line that ends a sentence, and none is a stack trace. */
export function sentences(stderr: string): string[] {
  const lines = stderr.split('\n').filter((line) => line !== '');
  for (const line of lines) {
    if (!/^itk3: .*[.?]$/.test(line)) throw new Error(`Not a sentence: ${line}`);
  }
  return lines;
}
