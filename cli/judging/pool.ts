// This thread and others judge many files; what they say comes in the order of the names, a few files ahead of who listens.
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
  /** This thread: it takes its share, and what no other may have. What it cannot bear ends the run. */
  here: Worker;
  /** How many others to hire at most, which take none but the files that are small. */
  others: number;
  hire: () => Worker;
  isSmall: (file: NamedFile) => boolean;
  /** Stops soon after; what is under way is given up. */
  signal: AbortSignal;
}

/** Files that one worker has in its hands, so that it never waits for the next. */
const IN_HAND = 3;

/** Files that may be judged before their turn, so that no more is kept than this, however slow the first of them is. */
const AHEAD = 64;

interface Member {
  worker: Worker;
  isReady: boolean;
  /** The files that it has, as places in the list. */
  hand: number[];
}

/** Of one that dies its file is told, and another does the rest; without one that cannot even begin it goes as well. */
export async function* judgedByCrew(
  files: readonly NamedFile[],
  { here, others, hire, isSmall, signal }: Crew,
): AsyncGenerator<Judged, void> {
  const verdicts = new Map<number, Verdict | undefined>();
  const again: number[] = [];
  const large: number[] = [];
  const self: Member = { worker: here, isReady: true, hand: [] };
  const crew = new Set<Member>();
  let next = 0;
  let turn = 0;
  let failure: Error | undefined;
  let wake: () => void = () => undefined;

  const upcoming = (): number | undefined => (next < Math.min(files.length, turn + AHEAD) ? next++ : undefined);
  const taskFor = (one: Member): number | undefined => {
    if (one === self) return large.shift() ?? again.shift() ?? upcoming();
    let id = again.shift() ?? upcoming();
    for (; id !== undefined && !isSmall(files[id]!); id = upcoming()) large.push(id);
    return id;
  };
  const feed = (one: Member): void => {
    while (one.isReady && one.hand.length < IN_HAND) {
      const id = taskFor(one);
      if (id === undefined) return;
      one.hand.push(id);
      one.worker.postMessage({ id, file: files[id]! });
    }
  };
  const feedAll = (): void => {
    for (const one of crew) feed(one);
    // Last: it is given what the others may not have.
    feed(self);
  };
  const told = (id: number, verdict: Verdict | undefined): void => {
    verdicts.set(id, verdict);
    wake();
  };
  const hear = (one: Member): void =>
    void one.worker.on('message', (answer) => {
      if (answer === 'ready') one.isReady = true;
      else {
        one.hand = one.hand.filter((id) => id !== answer.id);
        const { name } = files[answer.id]!;
        told(answer.id, 'bug' in answer ? [{ file: name, problem: bug(answer.bug) }] : answer.verdict);
      }
      feed(one);
      if (large.length > 0) feed(self);
    });
  const start = (): void => {
    const one: Member = { worker: hire(), isReady: false, hand: [] };
    let problem = bug('exit');
    crew.add(one);
    hear(one);
    one.worker.on('error', (met) => {
      problem = (met as { code?: unknown }).code === 'ERR_WORKER_OUT_OF_MEMORY' ? OUT_OF_MEMORY : bug(met.name);
    });
    one.worker.on('exit', () => {
      if (!crew.delete(one)) return;
      const [culprit, ...rest] = one.hand;
      again.push(...rest);
      if (culprit !== undefined) told(culprit, [{ file: files[culprit]!.name, problem }]);
      if (one.isReady) start();
      feed(self);
    });
  };
  const stop = (): void => wake();
  signal.addEventListener('abort', stop);
  try {
    for (let i = Math.min(others, files.length - 1); i > 0; i--) start();
    hear(self);
    here.on('error', (error) => {
      failure = error;
      wake();
    });
    feed(self);
    while (turn < files.length && !signal.aborted) {
      if (failure) throw failure;
      if (!verdicts.has(turn)) {
        await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      const verdict = verdicts.get(turn);
      verdicts.delete(turn);
      const file = files[turn++]!;
      feedAll();
      yield { file, verdict };
    }
  } finally {
    signal.removeEventListener('abort', stop);
    const all = [...crew, self];
    crew.clear();
    await Promise.all(all.map(({ worker }) => worker.terminate()));
  }
}

const OUT_OF_MEMORY =
  'could not be judged: it needs more memory than a worker may have. Judge it alone, or with --jobs 1.';

export function bug(name: string): string {
  return `could not be judged, which is a bug in itk3 (${name}): please report it. The other files are judged all the same.`;
}
