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
import { judgedByCrew, bug, type Judged } from './pool';

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
  const forOthers = alone ? new Set() : new Set(files.filter(({ name }) => isSmall(name, terminal.cwd)));
  const others = alone
    ? undefined
    : judgedByCrew(
        files.filter((file) => forOthers.has(file)),
        { jobs, hire: () => crew.hire(orders), signal },
      );
  const isStopped = (): boolean => signal.aborted;
  try {
    for (const file of files) {
      if (isStopped()) return;
      const isHere = !others || !forOthers.has(file);
      const judged = isHere ? await judgeHere(file, terminal, { ...judging, signal }) : (await others.next()).value;
      if (!judged || isStopped()) return;
      yield judged;
    }
  } finally {
    await others?.return();
  }
}

async function judgeHere(file: NamedFile, terminal: Terminal, judging: Judging): Promise<Judged> {
  // Between two files, whoever pressed Ctrl+C is heard.
  await setImmediate();
  try {
    return { file, verdict: await judgeFile(file, terminal, judging) };
  } catch (error) {
    if (judging.signal?.aborted) return { file, verdict: undefined };
    // What is wrong with the command itself is no fault of the file.
    if (terminal.env.ITK3_DEBUG || error instanceof CommandError) throw error;
    return { file, verdict: [{ file: file.name, problem: bug(error instanceof Error ? error.name : typeof error) }] };
  }
}
