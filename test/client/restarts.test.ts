import assert from 'node:assert/strict';
import { createRestarts } from '../../client/language/restarts';

describe('a language server that ends by itself', () => {
  it('is started again four times within three minutes, and not a fifth time', () => {
    const restarts = createRestarts();
    assert.deepEqual(
      [0, 1000, 2000, 100_000, 179_999].map((now) => restarts.ended(now)),
      [true, true, true, true, false],
    );
  });

  it('is started again however often, when that is seldom', () => {
    const restarts = createRestarts();
    for (let i = 0; i < 50; i++) assert.ok(restarts.ended(i * 45_000));
  });

  it('has all its tries again when a person has started it', () => {
    const restarts = createRestarts();
    for (let i = 0; i < 5; i++) restarts.ended(i);
    restarts.forget();
    assert.ok(restarts.ended(6));
  });
});
