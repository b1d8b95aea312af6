import assert from 'node:assert/strict';
import { seeded } from '../../core/draft/seeded';

const take = (seed: string, count: number): number[] => Array.from({ length: count }, seeded(seed).random);

describe('seeded', () => {
  it('gives the same numbers for the same seed, and others for another', () => {
    assert.deepEqual(take('7', 50), take('7', 50));
    for (const other of ['8', '77', '', 'seven']) assert.notDeepEqual(take('7', 5), take(other, 5));
  });

  it('gives numbers in [0, 1) from all over', () => {
    const numbers = take('all over', 10_000);
    assert.ok(numbers.every((n) => n >= 0 && n < 1));
    for (let tenth = 0; tenth < 10; tenth++) {
      const share = numbers.filter((n) => Math.floor(n * 10) === tenth).length;
      assert.ok(share > 900 && share < 1100, `${share} of the numbers lie in tenth ${tenth}`);
    }
  });

  it('gives UUIDs of version 4, each once', () => {
    const { randomUUID } = seeded('identifiers');
    const uuids = Array.from({ length: 2000 }, randomUUID);
    for (const uuid of uuids)
      assert.match(uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(new Set(uuids).size, uuids.length);
  });
});
