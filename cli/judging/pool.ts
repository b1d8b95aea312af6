// Several threads judge many files; what they say comes in the order of the names, a few files ahead of who listens.
import type { NamedFile } from './files';
import type { Verdict } from './judged';
import type { Answer, Task } from './worker';

/** A thread, as far as it is needed. */
export interface Worker {
  postMessage(task: Task): void;
  on(event: 'message', listener: (answer: Answer) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'exit', listener: () => void): unknown;
  terminate(): unknown;
}

export interface Judged {
  file: NamedFile;
  /** Undefined of a file that nobody named and that holds no FHIR. */
  verdict: Verdict | undefined;
}

export interface Crew {
  jobs: number;
  hire: () => Worker;
  /** Stops soon after; what is under way is given up. */
  signal: AbortSignal;
}

/** Files that one worker has in its hands, so that it never waits for the next. */
const IN_HAND = 3;

/** Files that may be judged before their turn, so that no more is kept than this, however slow the first of them is. */
const AHEAD = 64;

/** Rejects when a worker cannot even begin. A worker that dies later is told of its file, and the rest goes on. */
export async function* judgedByCrew(
  files: readonly NamedFile[],
  { jobs, hire, signal }: Crew,
): AsyncGenerator<Judged, void> {
  const verdicts = new Map<number, Verdict | undefined>();
  const again: number[] = [];
  const crew = new Set<{ worker: Worker; hand: number[] }>();
  let next = 0;
  let turn = 0;
  let failure: Error | undefined;
  let wake: () => void = () => undefined;

  const feed = (one: { worker: Worker; hand: number[] }): void => {
    while (one.hand.length < IN_HAND) {
      const id = again.shift() ?? (next < Math.min(files.length, turn + AHEAD) ? next++ : undefined);
      if (id === undefined) return;
      one.hand.push(id);
      one.worker.postMessage({ id, file: files[id]! });
    }
  };
  const told = (id: number, verdict: Verdict | undefined): void => {
    verdicts.set(id, verdict);
    wake();
  };
  const start = (): void => {
    const worker = hire();
    const one = { worker, hand: [] as number[] };
    let isReady = false;
    let problem: string | undefined;
    let error: Error | undefined;
    crew.add(one);
    worker.on('message', (answer) => {
      if (answer === 'ready') isReady = true;
      else {
        one.hand = one.hand.filter((id) => id !== answer.id);
        const { name } = files[answer.id]!;
        told(answer.id, 'bug' in answer ? [{ file: name, problem: bug(answer.bug) }] : answer.verdict);
      }
      feed(one);
    });
    worker.on('error', (met) => {
      error = met;
      problem = (met as { code?: unknown }).code === 'ERR_WORKER_OUT_OF_MEMORY' ? OUT_OF_MEMORY : bug(met.name);
    });
    worker.on('exit', () => {
      if (!crew.delete(one)) return;
      const [culprit, ...others] = one.hand;
      again.push(...others);
      if (culprit !== undefined) told(culprit, [{ file: files[culprit]!.name, problem: problem ?? bug('exit') }]);
      if (isReady && culprit !== undefined) start();
      else if (crew.size === 0) {
        failure = error ?? new Error('A worker ended before it began.');
        wake();
      }
    });
  };
  const stop = (): void => wake();
  signal.addEventListener('abort', stop);
  try {
    for (let i = Math.min(jobs, files.length); i > 0; i--) start();
    while (turn < files.length && !signal.aborted) {
      if (!verdicts.has(turn)) {
        if (failure) throw failure;
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      const verdict = verdicts.get(turn);
      verdicts.delete(turn);
      const file = files[turn++]!;
      for (const one of crew) feed(one);
      yield { file, verdict };
    }
  } finally {
    signal.removeEventListener('abort', stop);
    const all = [...crew];
    crew.clear();
    await Promise.all(all.map(({ worker }) => worker.terminate()));
  }
}

const OUT_OF_MEMORY =
  'could not be judged: it needs more memory than a worker may have. Judge it alone, or with --jobs 1.';

export function bug(name: string): string {
  return `could not be judged, which is a bug in itk3 (${name}): please report it. The other files are judged all the same.`;
}
