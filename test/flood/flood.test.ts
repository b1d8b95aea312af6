// The bounded part of the flood: the real server in its process, a second of typing with requests in flight.
import assert from 'node:assert/strict';
import path from 'node:path';
import { EDITOR } from '../server/client';
import { check } from './check';
import { flood } from './flood';
import { messageOf } from './messages';

describe('a server under flood', () => {
  for (const languageId of ['json', 'xml'] as const)
    it(`shows the problems of the last text, and nothing that is stale, in ${languageId.toUpperCase()}`, async () => {
      const options = {
        server: { module: path.resolve('dist/server.js'), capabilities: EDITOR },
        text: messageOf(30_000, languageId),
        languageId,
        seconds: 1,
        bursts: 0,
        editsPerSecond: 1000,
        requestsPerSecond: 12,
        seed: 8,
      };
      const flooded = await flood(options);
      assert.equal(flooded.edits.length, 1000);
      const { wrong, looked } = await check(flooded, options);
      assert.ok(looked > 0);
      assert.deepEqual([wrong, flooded.said], [[], []]);
    }).timeout(120_000);
});
