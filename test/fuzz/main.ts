// npm run fuzz: the targets in turns, for as long as is wanted; what it found, and what it took.
//   npm run fuzz -- --minutes 5 --seed 1 --only judge --only fixes
//   npm run fuzz -- --replay judge:123456
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { randomOf, seedOf } from './random';
import { type Failure, failureOf, kindOf, type Limits, type Outcome, runCase, watchStrays } from './run';
import type { Target } from './target';
import { TARGETS } from './targets';
import { Tally } from './tally';

/** Generous: what takes longer grows with more than its size. */
const PROCESSOR = 5_000;
const PATIENCE = 30_000;
const SHRINKING = 10_000;
const FOLDER = path.resolve('out/fuzz');

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string' },
    only: { type: 'string', multiple: true, default: [] },
    replay: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
});

const limits: Limits = {
  processor: PROCESSOR,
  patience() {
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<void>((resolve) => (timer = setTimeout(resolve, PATIENCE)));
    return { over, end: () => clearTimeout(timer) };
  },
};

const endStrays = watchStrays();
const watchdog = new Worker(path.join(__dirname, 'watchdog.js'));

function targetsNamed(names: readonly string[]): Target[] {
  const unknown = names.filter((name) => !TARGETS.some((one) => one.name === name));
  if (unknown.length > 0) {
    console.error(
      `No target is called ${unknown.join(', ')}: choose from ${TARGETS.map(({ name }) => name).join(', ')}.`,
    );
    process.exit(2);
  }
  return TARGETS.filter(({ name }) => names.length === 0 || names.includes(name));
}

async function runSeed(target: Target, seed: number): Promise<Outcome> {
  watchdog.postMessage(`${target.name}:${seed}`);
  let made;
  try {
    made = target.make(randomOf(seed));
  } catch (error) {
    return { took: 0, why: `The case could not be made. ${error instanceof Error ? error.stack : String(error)}` };
  }
  const outcome = await runCase(made, limits);
  watchdog.postMessage('');
  return outcome;
}

async function explain(target: Target, seed: number, why: string): Promise<void> {
  const end = performance.now() + SHRINKING;
  let failure: Failure;
  try {
    failure = await failureOf(target, seed, why, limits, () => performance.now() < end);
  } catch {
    failure = { target: target.name, seed, why, smallest: '' };
  }
  fs.mkdirSync(FOLDER, { recursive: true });
  const file = path.join(FOLDER, `${target.name}-${seed}.txt`);
  fs.writeFileSync(file, failure.smallest);
  const shown = failure.smallest.toString().slice(0, 1500);
  console.log(
    `\n✖ ${target.name}:${seed}\n${why}\n  smallest (${failure.smallest.length}, ${path.relative('.', file)}):\n${shown}`,
  );
  console.log(`  again: npm run fuzz -- --replay ${target.name}:${seed}\n`);
}

async function replay(named: string): Promise<boolean> {
  const [name = '', seed = ''] = named.split(':');
  const [target] = targetsNamed([name]);
  const { why, took } = await runSeed(target!, Number(seed));
  if (why === undefined) console.log(`${named} passes, in ${took.toFixed(0)} ms.`);
  else await explain(target!, Number(seed), why);
  return why === undefined;
}

/** Those that have had the least of the processor come first. */
async function longRun(targets: readonly Target[], run: number, minutes: number): Promise<boolean> {
  const tallies = new Map(targets.map((target) => [target, new Tally(target.name)]));
  const known = new Set<string>();
  for (const target of targets) for (let i = 0; i < 3; i++) await runSeed(target, seedOf(run, target.name, i));
  const before = memory();
  let end = performance.now() + minutes * 60_000;
  while (performance.now() < end) {
    const [target, tally] = [...tallies].sort(([, a], [, b]) => a.spent - b.spent)[0]!;
    const seed = seedOf(run, target.name, tally.count);
    const { took, why } = await runSeed(target, seed);
    tally.add(took, seed);
    if (why === undefined) continue;
    tally.failed++;
    const kind = `${target.name} ${kindOf(why)}`;
    if (known.has(kind)) continue;
    known.add(kind);
    const explaining = performance.now();
    await explain(target, seed, why);
    end += performance.now() - explaining;
  }
  for (const target of targets) await target.close?.();
  const after = memory();
  console.log(`\nseed ${run}, ${minutes} minutes, node ${process.version}`);
  console.log(Tally.heading);
  for (const tally of tallies.values()) console.log(tally.line());
  console.log(`memory before ${before}, after ${after}`);
  console.log(`${known.size} kinds of failure`);
  return known.size === 0;
}

/** After a collection, where the command line allows one. */
function memory(): string {
  for (let i = 0; i < 3; i++) globalThis.gc?.();
  const { heapUsed, rss, external } = process.memoryUsage();
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
  return `${megabytes(heapUsed)} of heap, ${megabytes(external)} beside it, ${megabytes(rss)} of the machine`;
}

async function main(): Promise<void> {
  await once(watchdog, 'online');
  watchdog.unref();
  if (values.list) {
    for (const { name } of TARGETS) console.log(name);
    return;
  }
  const targets = targetsNamed(values.only);
  const run = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
  const isWell =
    values.replay === undefined ? await longRun(targets, run, Number(values.minutes)) : await replay(values.replay);
  endStrays();
  process.exitCode = isWell ? 0 : 1;
}

void main();
