import assert from 'node:assert/strict';
import type { FoldingRange } from 'vscode-languageserver';
import { ask } from './ask';
import { type Client, startClient } from './client';
import { MESSAGE } from './messages';

describe('folding ranges', () => {
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  after(() => client.stop());

  /** The first and the last line that is folded. */
  async function folds(text: string): Promise<string[]> {
    const { answer } = await ask<FoldingRange[]>(client, text, 'textDocument/foldingRange');
    return (answer ?? []).map(({ startLine, endLine, kind }) => `${kind} ${startLine}-${endLine}`);
  }

  it('are the entries and sections, as regions, up to the line of their closing bracket', async () => {
    const message = JSON.stringify(JSON.parse(MESSAGE), null, 1);
    const lines = message.split('\n');
    const found = await folds(message);
    assert.equal(found.length, 9);
    for (const fold of found) {
      const [, start, end] = /^region (\d+)-(\d+)$/.exec(fold)!;
      assert.equal(lines[Number(start)]!.trim(), '{');
      assert.match(lines[Number(end) + 1]!, /^ *\},?$/);
    }
  });
  it('are none where all stands on one line, and none in others’ JSON', async () => {
    assert.deepEqual(await folds(JSON.stringify(JSON.parse(MESSAGE))), []);
    assert.deepEqual(await folds('{\n"a": {\n"b": 1\n}\n}'), []);
  });
  it('are there while the text breaks off', async () =>
    assert.equal((await folds(JSON.stringify(JSON.parse(MESSAGE), null, 1).slice(0, -200))).length, 9));
});
