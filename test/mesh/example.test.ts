// The example of mesh/README.md, which scripts/readme.mjs copies from the file beside this one.
import assert from 'node:assert/strict';
import { example } from './example';

describe('the example of mesh/README.md', () => {
  it('sends, collects and tracks', async () => {
    const stored: string[] = [];
    const status = await example((content) => {
      stored.push(content.toString());
      return Promise.resolve();
    });
    assert.deepEqual({ status, stored }, { status: 'acknowledged', stored: ['{}'] });
  });
});
