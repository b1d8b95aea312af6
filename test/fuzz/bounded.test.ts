// The beginning of what `npm run fuzz` does at length: the same cases each time.
import assert from 'node:assert/strict';
import { randomOf, seedOf } from './random';
import { runCase, watchStrays } from './run';
import { TARGETS } from './targets';

describe('fuzzing', function () {
  this.timeout(120_000);
  let end: () => void;
  before(() => {
    end = watchStrays();
  });
  after(async () => {
    for (const target of TARGETS) await target.close?.();
    end();
  });

  for (const target of TARGETS)
    it(target.name, async () => {
      for (let number = 0; number < target.cases; number++) {
        const seed = seedOf(0, target.name, number);
        const { why } = await runCase(target.make(randomOf(seed)), { processor: Infinity });
        assert.equal(why, undefined, `npm run fuzz -- --replay ${target.name}:${seed}`);
      }
    });
});
