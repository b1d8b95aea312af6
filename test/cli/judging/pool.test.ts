// Several threads: the order of what they say, one that dies, and an early end.
import assert from 'node:assert/strict';
import { judgedByCrew, type Worker } from '../../../cli/judging/pool';
import type { Answer, Task } from '../../../cli/judging/worker';

type Does = (task: Task, worker: Hand) => void;

/** A worker that does what the test says with each task. */
class Hand implements Worker {
  readonly #listeners = new Map<string, (value: never) => void>();
  stopped = false;
  constructor(private readonly does: Does) {
    queueMicrotask(() => this.say('ready'));
  }
  postMessage(task: Task): void {
    queueMicrotask(() => !this.stopped && this.does(task, this));
  }
  on(event: string, listener: (value: never) => void): void {
    this.#listeners.set(event, listener);
  }
  say(answer: Answer): void {
    this.#listeners.get('message')?.(answer as never);
  }
  die(code: string): void {
    this.stopped = true;
    this.#listeners.get('error')?.(Object.assign(new Error(), { code }) as never);
    this.#listeners.get('exit')?.(undefined as never);
  }
  terminate(): void {
    this.stopped = true;
  }
}

const answer: Does = ({ id, file }, worker) =>
  worker.say({ id, verdict: [{ file: file.name, findings: [], passed: [] }] });
const named = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `${i}.json` }));

async function told(count: number, jobs: number, does: Does, signal = new AbortController().signal) {
  const hired: Hand[] = [];
  const hire = (): Hand => {
    const hand = new Hand(does);
    hired.push(hand);
    return hand;
  };
  const said: string[] = [];
  for await (const { file, verdict } of judgedByCrew(named(count), { jobs, hire, signal }))
    said.push(
      `${file.name} ${verdict?.map((one) => ('problem' in one ? one.problem : 'judged')).join() ?? 'passed over'}`,
    );
  return { said, hired };
}

describe('threads that judge', () => {
  it('are heard in the order of the names, whoever is first', async () => {
    const waiting: (() => void)[] = [];
    const lastFirst: Does = (task, worker) => {
      waiting.unshift(() => answer(task, worker));
      if (waiting.length === 6) for (const go of waiting.splice(0)) go();
    };
    const { said, hired } = await told(60, 2, lastFirst);
    assert.deepEqual(
      said,
      named(60).map(({ name }) => `${name} judged`),
    );
    assert.equal(hired.length, 2);
    assert.ok(hired.every(({ stopped }) => stopped));
  });

  it('go only so far ahead of the slowest', async () => {
    let first: (() => void) | undefined;
    let most = 0;
    const { said } = await told(500, 2, (task, worker) => {
      most = Math.max(most, first ? task.id : 0);
      if (task.id === 0) first = () => (answer(task, worker), (first = undefined));
      else answer(task, worker);
      // Nothing more can be handed out now.
      if (task.id === 63) first?.();
    });
    assert.equal(said.length, 500);
    assert.equal(most, 63);
  });

  it('that die are told of the file that they had in hand, and others do the rest', async () => {
    const { said, hired } = await told(40, 2, (task, worker) => {
      if (task.id === 7) worker.die('ERR_WORKER_OUT_OF_MEMORY');
      else if (task.id === 20) worker.die('');
      else if (task.id === 30) worker.say({ id: 30, bug: 'TypeError' });
      else answer(task, worker);
    });
    assert.equal(hired.length, 4);
    assert.match(said[7]!, /^7\.json could not be judged: it needs more memory/);
    assert.match(said[20]!, /^20\.json could not be judged, which is a bug in itk3 \(Error\)/);
    assert.match(said[30]!, /^30\.json could not be judged, which is a bug in itk3 \(TypeError\)/);
    assert.deepEqual(
      said.filter((_, i) => ![7, 20, 30].includes(i)),
      named(40).flatMap(({ name }, i) => ([7, 20, 30].includes(i) ? [] : [`${name} judged`])),
    );
  });

  it('that cannot begin end the run', async () => {
    const hire = (): Worker => {
      const hand = new Hand(answer);
      hand.say = () => undefined;
      queueMicrotask(() => hand.die('MODULE_NOT_FOUND'));
      return hand;
    };
    const all = judgedByCrew(named(5), { jobs: 2, hire, signal: new AbortController().signal });
    await assert.rejects(async () => all.next(), { code: 'MODULE_NOT_FOUND' });
  });

  it('stop when they are told to', async () => {
    const controller = new AbortController();
    const { said, hired } = await told(
      100,
      2,
      (task, worker) => (task.id === 9 ? controller.abort() : answer(task, worker)),
      controller.signal,
    );
    assert.ok(said.length <= 9);
    assert.ok(hired.every(({ stopped }) => stopped));
  });
});
