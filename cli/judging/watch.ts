// --watch: a run, and another each time that something has changed. What has not changed is not judged again.
import fs from 'node:fs';
import path from 'node:path';
import { messageBeside } from '../../core/exceptions/exception';
import { CommandError, EXIT } from '../exit';
import { printable } from '../printable';
import type { Terminal } from '../terminal';
import { type Memory, newMemory } from './memory';

/** What tells that something has changed. */
export interface Watcher {
  /** Resolves once it watches. @param changed is told each file or folder that comes, changes or goes, as a whole path */
  start(paths: readonly string[], changed: (place: string) => void): Promise<{ stop(): Promise<void> }>;
  /** Resolves after so long that what is changed at one go has come. */
  calm(): Promise<void>;
}

export interface WatchedRun {
  /** Files, folders and patterns. */
  names: readonly string[];
  /** What else a run depends on: the team's file, the baseline, packages of profiles. Called before each run. */
  others: () => readonly string[];
  /** @returns the exit code. Rejects with CommandError */
  run: (memory: Memory) => Promise<number>;
}

const CLEAR = '\x1b[2J\x1b[3J\x1b[H';

/** @returns the exit code of the last run, once the person has had enough */
export async function watchRuns({ names, others, run }: WatchedRun, terminal: Terminal): Promise<number> {
  const { watcher, stdout, stderr, cwd } = terminal;
  if (!watcher) throw new CommandError('--watch needs a machine whose files can be watched.');
  const signal = terminal.interrupted();
  const isOver = (): boolean => signal.aborted;
  const memory = newMemory();
  const changed = new Set<string>();
  let wake: () => void = () => undefined;
  const tell = (place: string): void => {
    changed.add(place);
    wake();
  };
  const stopped = (): void => wake();
  signal.addEventListener('abort', stopped);
  let watched: readonly string[] = [];
  let watching: { stop(): Promise<void> } | undefined;
  let code: number = EXIT.ok;
  let isFirst = true;
  try {
    while (!isOver()) {
      const besides = tryOr(others, () => watched);
      const wanted = [...new Set([...names.flatMap((name) => placesOf(name, cwd)), ...besides])];
      if (wanted.join('\n') !== watched.join('\n')) {
        const before = watching;
        watching = await watcher.start(wanted, tell);
        watched = wanted;
        await before?.stop();
      }
      if (stdout.isTTY) stdout.write(CLEAR);
      try {
        code = await run(memory);
      } catch (error) {
        // The person is at it: what is wrong now may be right in a moment.
        if (!(error instanceof CommandError) || isFirst) throw error;
        stderr.write(`itk3: ${printable(error.message)}\n`);
        code = EXIT.misuse;
      }
      isFirst = false;
      if (isOver()) break;
      const { files } = memory;
      stderr.write(`Watching ${files} ${files === 1 ? 'file' : 'files'}; Ctrl+C ends\n`);
      forget(memory, await nextChanges(), besides, cwd);
    }
  } finally {
    signal.removeEventListener('abort', stopped);
    await watching?.stop();
  }
  return code;

  /** All that is changed at one go. */
  async function nextChanges(): Promise<string[]> {
    while (changed.size === 0 && !isOver()) await new Promise<void>((resolve) => (wake = resolve));
    let before = 0;
    while (changed.size > before && !isOver()) {
      before = changed.size;
      await watcher!.calm();
    }
    const all = [...changed];
    changed.clear();
    return all;
  }
}

function tryOr<T>(one: () => T, other: () => T): T {
  try {
    return one();
  } catch (error) {
    if (error instanceof CommandError) return other();
    throw error;
  }
}

/** What to watch of a name: a file and what stands beside it, a folder, or of a pattern the folder that it begins in. */
function placesOf(name: string, cwd: string): string[] {
  if (name.startsWith('!')) return [];
  const place = path.resolve(cwd, messageBeside(name) ?? name);
  if (fs.existsSync(place)) return fs.statSync(place).isDirectory() ? [place] : [place, `${place}.itk3`];
  const parts = name.split('/');
  const plain = parts.slice(
    0,
    parts.findIndex((part) => /[*?[\]{}()!]/.test(part)),
  );
  return [path.resolve(cwd, plain.join('/') || (name.startsWith('/') ? '/' : '.'))];
}

function forget(memory: Memory, changed: readonly string[], besides: readonly string[], cwd: string): void {
  for (const place of changed) {
    if (besides.some((one) => place === one || place.startsWith(one + path.sep))) {
      memory.verdicts.clear();
      memory.own = undefined;
    }
    memory.verdicts.delete(path.resolve(cwd, messageBeside(place) ?? place));
  }
}
