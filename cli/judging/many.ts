// Judges the files of a run, in this thread or with the help of others.
import fs from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { CommandError } from '../exit';
import { STANDARD_INPUT } from '../read-input';
import type { Terminal } from '../terminal';
import type { NamedFile } from './files';
import type { Judging } from './judge';
import { judgeFile } from './judge-file';
import { judgedByCrew, type Judged, type Worker } from './pool';
import type { Answer, Task } from './worker';

export interface Run {
  judging: Omit<Judging, 'signal'>;
  /** Threads that the person asks for; otherwise as many as pay. */
  jobs?: number;
  /** The person's own packages of profiles, as `terminal.knowledge()` has them. */
  profiles?: readonly string[];
  signal: AbortSignal;
}

/** A worker takes half a second to know what it must, in which one thread judges so many files. */
const FILES_THAT_PAY = 60;

/** In bytes. What is larger, this thread judges, which alone has memory without limit: so the others need little. */
const SMALL = 2 * 1024 * 1024;

function isSmall(name: string, cwd: string): boolean {
  if (name === STANDARD_INPUT) return false;
  try {
    const stats = fs.statSync(path.resolve(cwd, name));
    return stats.isFile() && stats.size <= SMALL;
  } catch {
    // Reading it will tell why.
    return false;
  }
}

/** In the order of the names. Ends early, without a word, when the signal says so. */
export async function* judgeAll(
  files: readonly NamedFile[],
  terminal: Terminal,
  run: Run,
): AsyncGenerator<Judged, void> {
  const { crew } = terminal;
  const { judging, signal, profiles = [] } = run;
  const jobs = run.jobs ?? (files.length < FILES_THAT_PAY ? 1 : (crew?.cores ?? 1));
  // A terminology server is asked each thing once, and left alone when it is down: one thread knows what was said.
  const alone = jobs < 2 || files.length < 2 || !crew || judging.enquiries !== undefined;
  const orders = {
    cwd: terminal.cwd,
    now: terminal.now().getTime(),
    profiles,
    judging: { ...judging, enquiries: undefined, signal: undefined },
  };
  yield* judgedByCrew(files, {
    here: inThisThread((file) => judgeFile(file, terminal, { ...judging, signal }), terminal, signal),
    others: alone ? 0 : jobs - 1,
    hire: () => crew!.hire(orders),
    isSmall: ({ name }) => isSmall(name, terminal.cwd),
    signal,
  });
}

/** Takes tasks as another thread does. */
function inThisThread(
  judge: (file: NamedFile) => ReturnType<typeof judgeFile>,
  { env }: Terminal,
  signal: AbortSignal,
): Worker {
  let answer: (answer: Answer) => void;
  let fail: (error: Error) => void;
  let last = Promise.resolve();
  const over = new AbortController();
  const isOver = (): boolean => over.signal.aborted || signal.aborted;
  const work = async ({ id, file }: Task): Promise<void> => {
    // Between two files, whoever pressed Ctrl+C is heard, and what other threads say.
    await setImmediate();
    if (isOver()) return;
    try {
      answer({ id, verdict: await judge(file) });
    } catch (error) {
      if (isOver()) return;
      // What is wrong with the command itself is no fault of the file.
      if (env.ITK3_DEBUG || error instanceof CommandError) fail(error as Error);
      else answer({ id, bug: error instanceof Error ? error.name : typeof error });
    }
  };
  return {
    postMessage: (task) => void (last = last.then(() => work(task))),
    on: (event: string, listener: never) => {
      if (event === 'message') answer = listener;
      else if (event === 'error') fail = listener;
    },
    terminate: () => over.abort(),
  };
}
