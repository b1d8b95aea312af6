import { expectOf, fixedBy, request } from './whole';
import assert from 'node:assert/strict';
import { unmark } from '../marked';

describe('rule handling-key', () => {
  const last = '{"url":"LocalExtension"';

  it('right, with a key of a local agreement', () => {
    expectOf('handling-key', request());
    expectOf('handling-key', request([last, `{"url":"Ward","valueString":"7"},${last}`]));
  });

  it('a retired key', () => {
    const retired = request([last, `{"url":⟦"Priority"⟧,"valueString":"routine"},${last}`]);
    expectOf('handling-key', retired, [['warning', 'leave it out']]);
    const { text } = unmark(retired);
    assert.equal(fixedBy('handling-key', text), request());
  });
});
