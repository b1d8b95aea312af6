// What finds and shows mistakes must find and show them itself.
import assert from 'node:assert/strict';
import { mutate } from './mutate-value';
import { randomOf, seedOf } from './random';
import { failureOf, runCase, watchStrays } from './run';
import { sources } from './sources';
import { stepsCase, type Target, textCase } from './target';

const LIMITS = { processor: Infinity };

const failing = (text: string, is: (text: string) => boolean): Target => ({
  name: 'failing',
  cases: 1,
  make: () =>
    textCase(text, (one) => {
      if (is(one)) throw new Error('It is there');
    }),
});

const failingSteps = (steps: number[], is: (steps: readonly number[]) => boolean): Target => ({
  name: 'steps',
  cases: 1,
  make: () =>
    stepsCase(steps, (some) => {
      if (is(some)) throw new Error('They are there');
    }),
});

describe('the machinery of fuzzing', () => {
  it('makes the same of the same seed, and something else of another', () => {
    const made = (seed: number): string => {
      const random = randomOf(seed);
      const value: unknown = JSON.parse(random.pick(sources()));
      for (let i = 0; i < 5; i++) mutate(value, random);
      return JSON.stringify(value);
    };
    assert.equal(made(7), made(7));
    assert.notEqual(made(7), made(8));
    assert.notEqual(seedOf(1, 'a', 2), seedOf(1, 'a', 3));
    assert.notEqual(seedOf(1, 'a', 2), seedOf(2, 'a', 2));
  });

  it('finds what is thrown, and what is rejected while nobody waits', async () => {
    const end = watchStrays();
    const thrown = await runCase(
      textCase('', () => assert.fail('no')),
      LIMITS,
    );
    assert.match(thrown.why ?? '', /AssertionError: no/);
    const stray = await runCase(
      textCase('', async () => {
        void Promise.reject(new Error('alone'));
        await new Promise(setImmediate);
      }),
      LIMITS,
    );
    assert.match(stray.why ?? '', /nobody waits for: Error: alone/);
    assert.equal(
      (
        await runCase(
          textCase('', () => undefined),
          LIMITS,
        )
      ).why,
      undefined,
    );
    end();
  });

  it('makes what fails as small as it can: JSON, any text, and steps', async () => {
    const smallest = async (target: Target) => {
      const { why } = await runCase(target.make(randomOf(1)), LIMITS);
      assert.ok(why !== undefined);
      return String((await failureOf(target, 1, why, LIMITS, () => true)).smallest);
    };
    const message = JSON.stringify({ a: [1, { b: 'needle', c: 2 }], d: 'e' }, null, 2);
    assert.equal(await smallest(failing(message, (text) => text.includes('needle'))), 'needle');
    assert.equal(await smallest(failing(`${'x\n'.repeat(50)}y`, (text) => text.includes('y'))), 'y');
    const steps = failingSteps([1, 2, 3, 4, 5, 6, 7], (some) => some.includes(3) && some.includes(6));
    assert.equal(await smallest(steps), '3\n6');
  });
});
