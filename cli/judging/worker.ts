// Judges files in a thread of its own: takes names, gives verdicts, one after the other.
import { parentPort, workerData } from 'node:worker_threads';
import { loadWithPackages } from '../../profiles/load';
import type { NamedFile } from './files';
import { judgeFile } from './judge-file';
import type { Judging } from './judge';
import type { Verdict } from './judged';

/** What a worker is to know from the beginning. */
export interface Orders {
  cwd: string;
  /** Milliseconds since 1970: the same for all files of a run. */
  now: number;
  /** The person's own packages of profiles. */
  profiles: readonly string[];
  judging: Omit<Judging, 'enquiries' | 'signal'>;
}

export interface Task {
  id: number;
  file: NamedFile;
}

export type Answer = 'ready' | { id: number; verdict: Verdict | undefined } | { id: number; bug: string };

/** Runs this thread. @param folder where the build left what it made */
export function work(folder: string): void {
  const port = parentPort!;
  const { cwd, now, profiles, judging } = workerData as Orders;
  const { knowledge } = loadWithPackages(folder, { paths: profiles, folder: cwd });
  const terminal = { cwd, stdin: nothing, knowledge: () => knowledge, now: () => new Date(now) };
  const answer = (one: Answer): void => port.postMessage(one);
  let last = Promise.resolve();
  port.on('message', ({ id, file }: Task) => {
    last = last.then(async () => {
      try {
        answer({ id, verdict: await judgeFile(file, terminal, judging) });
      } catch (error) {
        // The name alone: the text of an unforeseen error may quote the message.
        answer({ id, bug: error instanceof Error ? error.name : typeof error });
      }
    });
  });
  answer('ready');
}

/** Standard input is not read here. */
const nothing: AsyncIterable<Uint8Array> = {
  [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: undefined }) }),
};
