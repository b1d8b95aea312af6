import assert from 'node:assert/strict';
import { type Client, startClient } from './client';

describe('server', () => {
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  after(() => client.stop());

  it('promises what its features do, and no more', () => {
    assert.deepEqual(client.initialized, {
      capabilities: {
        textDocumentSync: { openClose: true, change: 2 },
        completionProvider: { triggerCharacters: ['"', ':', ' '], resolveProvider: true },
        hoverProvider: true,
        inlayHintProvider: true,
        codeActionProvider: { codeActionKinds: ['quickfix'] },
        executeCommandProvider: { commands: ['itk3.showReason'] },
      },
      serverInfo: { name: 'ITK3 Toolkit' },
    });
  });
});
