// Runs cases: what they threw, how long they took, and the smallest case that throws the same.
import { randomOf } from './random';
import type { Case, Target } from './target';

export interface Outcome {
  /** Milliseconds of the processor. */
  took: number;
  /** What went wrong. */
  why?: string;
}

export interface Failure {
  target: string;
  seed: number;
  why: string;
  smallest: string | Buffer;
}

export interface Limits {
  /** Milliseconds of the processor for one case: what takes longer is a failure. */
  processor: number;
  /** Resolves when a case has been waited for long enough; never, when it does not say. */
  patience?: () => { over: Promise<void>; end: () => void };
}

/** A rejection that nobody waits for belongs to the case that runs. */
const stray: unknown[] = [];

/** Notes strays from now on; gives what ends that. */
export function watchStrays(): () => void {
  const note = (reason: unknown): void => void stray.push(reason);
  process.on('unhandledRejection', note);
  return () => void process.off('unhandledRejection', note);
}

export async function runCase(one: Case, limits: Limits): Promise<Outcome> {
  stray.length = 0;
  const before = process.cpuUsage();
  let why: string | undefined;
  const patience = limits.patience?.();
  try {
    const checked = one.check();
    if (checked) await (patience ? Promise.race([checked, patience.over.then(hung)]) : checked);
  } catch (error) {
    why = wordsOf(error);
  } finally {
    patience?.end();
  }
  const { user, system } = process.cpuUsage(before);
  const took = (user + system) / 1000;
  if (why === undefined && stray.length > 0) why = `A rejection that nobody waits for: ${wordsOf(stray[0])}`;
  if (why === undefined && took > limits.processor) why = `It took longer than ${limits.processor} ms`;
  return { took, ...(why !== undefined && { why }) };
}

function hung(): never {
  throw new Error('It did not end');
}

/** @param until whether there is time left to look for a smaller case */
export async function failureOf(
  target: Target,
  seed: number,
  why: string,
  limits: Limits,
  until: () => boolean,
): Promise<Failure> {
  let smallest = target.make(randomOf(seed));
  for (let found = true; found && until();) {
    found = false;
    for (const smaller of smallest.smaller()) {
      if (!until()) break;
      const outcome = await runCase(smaller, limits);
      if (outcome.why === undefined || kindOf(outcome.why) !== kindOf(why)) continue;
      smallest = smaller;
      found = true;
      break;
    }
  }
  return { target: target.name, seed, why, smallest: smallest.told() };
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line) && !line.includes('node:'));
  return [`${error.name}: ${error.message.slice(0, 2000)}`, ...frames.slice(0, 6).map((line) => line.trim())].join(
    '\n',
  );
}

/** The same mistake, whatever it was made of: where it was thrown, or the words before any that are quoted. */
export function kindOf(why: string): string {
  const [words = '', place = ''] = why.split(/\n(?=at )/);
  return `${words
    .slice(0, 40)
    .replace(/["“'‘[{<].*/s, '')
    .replace(/\d+/g, '#')} ${place}`;
}
