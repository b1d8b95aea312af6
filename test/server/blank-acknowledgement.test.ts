// An acknowledgement from an empty file by accepting what is offered: over the protocol.
import assert from 'node:assert/strict';
import { readResponse } from '../../core/itk3/response';
import { knowledge } from '../knowledge';
import { type Client, startClient } from './client';
import { startEditor } from './editor';

const ANSWERED = '0f6e2a51-5b7c-4b7e-9d43-1a2b3c4d5e6f';

describe('from an empty file to a valid acknowledgement', function () {
  this.timeout(60_000);
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  after(() => client.stop());

  for (const [code, response] of [
    ['20013', 'ok'],
    ['30002', 'fatal-error'],
  ] as const)
    it(code, async () => {
      const editor = startEditor(client, '');
      await editor.suggest();
      await editor.choose('Empty message');
      await editor.suggest();
      await editor.choose(/^MessageHeader – of an acknowledgement/);
      while (editor.filling() !== undefined) {
        if (editor.filling() === '') await editor.type(ANSWERED);
        if (editor.filling() === 'ok' && response !== 'ok') await editor.type(response);
        editor.tab();
      }
      await editor.suggest();
      await editor.choose(/^Organization – who answers/);
      editor.tabThrough();
      await editor.suggest();
      await editor.choose(/^OperationOutcome/);
      const [first] = await editor.suggest();
      assert.equal(first === '20013', response === 'ok', 'those that go with the header first');
      await editor.choose(code);
      const { diagnostics } = await editor.document.published();
      assert.deepEqual(diagnostics, [], editor.text());
      const read = readResponse(JSON.parse(editor.text()), knowledge());
      assert.deepEqual([read?.code, read?.answers, read?.accepted], [code, ANSWERED, response === 'ok']);
      console.log(`      acknowledgement: ${editor.accepted()} items accepted, ${editor.keystrokes()} keystrokes`);
    });
});
