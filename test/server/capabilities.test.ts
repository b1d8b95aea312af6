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
        positionEncoding: 'utf-16',
        textDocumentSync: { openClose: true, change: 2 },
        completionProvider: { triggerCharacters: ['"', ':', ' ', '<', '/'], resolveProvider: true },
        hoverProvider: true,
        inlayHintProvider: true,
        codeLensProvider: { resolveProvider: true },
        documentSymbolProvider: { label: 'ITK3 message' },
        definitionProvider: true,
        documentLinkProvider: { resolveProvider: false },
        referencesProvider: true,
        documentHighlightProvider: true,
        renameProvider: true,
        foldingRangeProvider: true,
        selectionRangeProvider: true,
        documentFormattingProvider: true,
        documentRangeFormattingProvider: true,
        workspaceSymbolProvider: true,
        codeActionProvider: {
          codeActionKinds: [
            'quickfix',
            'source.fixAll.itk3',
            'refactor.rewrite.itk3.write-section-text',
            'refactor.rewrite.itk3.write-section-texts',
            'refactor.rewrite.itk3.renew-identifiers',
            'refactor.rewrite.itk3.replace-document',
            'refactor.rewrite.itk3.synthesise',
          ],
          resolveProvider: true,
        },
        executeCommandProvider: { commands: ['itk3.showReason'] },
      },
      serverInfo: { name: 'ITK3 Toolkit' },
    });
  });
});
