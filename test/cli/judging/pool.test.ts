// Several threads, and this one among them: the order of what they say, who gets what, one that dies, and an early end.
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

interface Wanted {
  others?: number;
  here?: Does;
  isSmall?: (name: string) => boolean;
  signal?: AbortSignal;
}

async function told(count: number, does: Does, wanted: Wanted = {}) {
  const { others = 2, isSmall = () => true, signal = new AbortController().signal } = wanted;
  const here = new Hand(wanted.here ?? does);
  const hired: Hand[] = [];
  const hire = (): Hand => {
    const hand = new Hand(does);
    hired.push(hand);
    return hand;
  };
  const said: string[] = [];
  const crew = { here, others, hire, isSmall: ({ name }: { name: string }) => isSmall(name), signal };
  for await (const { file, verdict } of judgedByCrew(named(count), crew))
    said.push(
      `${file.name} ${verdict?.map((one) => ('problem' in one ? one.problem : 'judged')).join() ?? 'passed over'}`,
    );
  return { said, hired, here };
}

const allJudged = (count: number): string[] => named(count).map(({ name }) => `${name} judged`);

describe('threads that judge', () => {
  it('are heard in the order of the names, whoever is first', async () => {
    const waiting: (() => void)[] = [];
    const lastFirst: Does = (task, worker) => {
      waiting.unshift(() => answer(task, worker));
      if (waiting.length === 6) for (const go of waiting.splice(0)) go();
    };
    const { said, hired, here } = await told(60, lastFirst, { others: 1 });
    assert.deepEqual(said, allJudged(60));
    assert.equal(hired.length, 1);
    assert.ok([here, ...hired].every(({ stopped }) => stopped));
  });

  it('are hired only as many as there is work for', async () => {
    assert.equal((await told(2, answer, { others: 8 })).hired.length, 1);
    const { said, hired } = await told(90, answer, { others: 0 });
    assert.equal(hired.length, 0);
    assert.deepEqual(said, allJudged(90));
  });

  it('leave what is large to this one', async () => {
    const isLarge = (id: number): boolean => id % 3 === 0;
    const by = { here: [] as number[], other: [] as number[] };
    const noting =
      (who: keyof typeof by): Does =>
      (task, worker) => {
        by[who].push(task.id);
        answer(task, worker);
      };
    const { said } = await told(120, noting('other'), {
      here: noting('here'),
      isSmall: (name) => !isLarge(parseInt(name)),
    });
    assert.deepEqual(said, allJudged(120));
    assert.ok(by.other.length > 0);
    assert.deepEqual(by.other.filter(isLarge), []);
    assert.equal(by.here.filter(isLarge).length, 40);
  });

  it('go only so far ahead of the slowest', async () => {
    let first: (() => void) | undefined;
    let most = 0;
    const { said } = await told(500, (task, worker) => {
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
    const dying: Does = (task, worker) => {
      if (task.id === 7) worker.die('ERR_WORKER_OUT_OF_MEMORY');
      else if (task.id === 20) worker.die('');
      else if (task.id === 30) worker.say({ id: 30, bug: 'TypeError' });
      else answer(task, worker);
      if (task.id === 39) for (const go of held) go();
    };
    // So that the others get those that they die of.
    const held: (() => void)[] = [];
    const last: Does = (task, worker) => void held.push(() => answer(task, worker));
    const { said, hired } = await told(40, dying, { here: last });
    assert.equal(hired.length, 4);
    assert.match(said[7]!, /^7\.json could not be judged: it needs more memory/);
    assert.match(said[20]!, /^20\.json could not be judged, which is a bug in itk3 \(Error\)/);
    assert.match(said[30]!, /^30\.json could not be judged, which is a bug in itk3 \(TypeError\)/);
    assert.deepEqual(
      said.filter((_, i) => ![7, 20, 30].includes(i)),
      named(40).flatMap(({ name }, i) => ([7, 20, 30].includes(i) ? [] : [`${name} judged`])),
    );
  });

  it('that cannot begin are done without', async () => {
    const here = new Hand(answer);
    const hire = (): Worker => {
      const hand = new Hand(answer);
      hand.say = () => undefined;
      queueMicrotask(() => hand.die('MODULE_NOT_FOUND'));
      return hand;
    };
    const said: string[] = [];
    const crew = { here, others: 2, hire, isSmall: () => true, signal: new AbortController().signal };
    for await (const { file } of judgedByCrew(named(200), crew)) said.push(file.name);
    assert.equal(said.length, 200);
  });

  it('end with what this one cannot bear', async () => {
    const failing: Does = (_, worker) => worker.die('EPERM');
    await assert.rejects(async () => told(5, answer, { here: failing }), { code: 'EPERM' });
  });

  it('stop when they are told to', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const stopping: Does = (task, worker) => (task.id === 9 ? controller.abort() : answer(task, worker));
    const { said, hired, here } = await told(100, stopping, { signal });
    assert.ok(said.length <= 9);
    assert.ok([here, ...hired].every(({ stopped }) => stopped));
  });
});
