import assert from 'node:assert/strict';
import { readSeverities } from '../../core/severities';

describe('severities of rules', () => {
  it('are read as they are written', () =>
    assert.deepEqual(readSeverities({ 'nhs-number': 'off', binding: 'warning' }), {
      'nhs-number': 'off',
      binding: 'warning',
    }));
  it('obey no nonsense', () => {
    for (const nonsense of ['fatal', 'Warning', false, null, {}])
      assert.deepEqual(readSeverities({ binding: nonsense }), {});
    for (const nonsense of [undefined, null, 'off', 3, ['off']]) assert.deepEqual(readSeverities(nonsense), {});
  });
});
