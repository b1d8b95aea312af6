import assert from 'node:assert/strict';
import { type DocumentHighlight, DocumentHighlightKind } from 'vscode-languageserver';
import { askAt } from './ask';
import { type Client, startClient } from './client';
import { behind, IDS, MESSAGE, RELATIVE } from './messages';

describe('document highlight', () => {
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  after(() => client.stop());

  async function marks(marked: string): Promise<string[] | null> {
    const { answer, said } = await askAt<DocumentHighlight[]>(client, marked, 'textDocument/documentHighlight');
    return (
      answer && answer.map(({ range, kind }) => `${kind === DocumentHighlightKind.Write ? 'own' : 'to'} ${said(range)}`)
    );
  }

  it('marks what a resource is called and what leads to it, without what stands around the id', async () => {
    const { document } = IDS;
    assert.deepEqual(await marks(behind(MESSAGE, '"focus": [{ "reference": "urn:')), [
      `own ${document}`,
      `own ${document}`,
      `own ${document}`,
      `to ${document}`,
    ]);
    assert.deepEqual(await marks(behind(RELATIVE, '"reference": "#')), ['own l1', 'to l1']);
    assert.deepEqual(await marks(behind(RELATIVE, '"id": "p1')), ['own p1', 'own p1', 'to p1']);
  });
  it('leaves all else to the editor', async () => {
    for (const landmark of ['"title": "Sup', '"subj', '"resourceType": "Enc'])
      assert.equal(await marks(behind(MESSAGE, landmark)), null);
    assert.equal(await marks('{ "a": "b|" }'), null);
  });
});
