import assert from 'node:assert/strict';
import type { CodeLens, Location, Position } from 'vscode-languageserver';
import { ask } from './ask';
import { type Client, EDITOR, startClient } from './client';
import { IDS, MESSAGE, RELATIVE } from './messages';

const COMMANDS = ['itk3.validateMessage', 'itk3.sendMessage', '_itk3.showReferences'];

describe('code lenses', () => {
  let client: Client;
  before(async () => {
    client = await startClient({ initializationOptions: { client: { commands: COMMANDS } } });
  });
  after(() => client.stop());

  /** The line over which each stands, and what it says once the client asks. */
  async function lenses(text: string, asked = client): Promise<string[]> {
    const { answer } = await ask<CodeLens[]>(asked, text, 'textDocument/codeLens');
    const resolved = await Promise.all(
      (answer ?? []).map(async (lens) =>
        lens.command ? lens : asked.connection.sendRequest<CodeLens>('codeLens/resolve', lens),
      ),
    );
    return resolved.map(({ range, command }) => `${range.start.line}: ${command!.title} ${command!.command}`);
  }

  const shown = (line: string): string => `${line} _itk3.showReferences`;

  it('stand over a message and over its entries', async () =>
    assert.deepEqual(await lenses(MESSAGE), [
      '0: Validate itk3.validateMessage',
      '0: Send… itk3.sendMessage',
      shown('4: 1 reference'),
      shown('5: 1 reference'),
      shown('12: 2 references'),
      shown('13: 1 reference'),
      shown('14: 3 references'),
    ]));
  it('show where the references stand', async () => {
    const { answer, document, said } = await ask<CodeLens[]>(client, MESSAGE, 'textDocument/codeLens');
    const { command } = await client.connection.sendRequest<CodeLens>('codeLens/resolve', answer!.at(-1)!);
    const [uri, position, locations] = command!.arguments as [string, Position, Location[]];
    assert.deepEqual([uri, position], [document.uri, { line: 14, character: 0 }]);
    for (const location of locations) {
      assert.equal(location.uri, document.uri);
      assert.equal(said(location.range), `"urn:uuid:${IDS.patient}"`);
    }
  });
  it('say that nothing leads to an entry, but not to the head of a document', async () => {
    assert.deepEqual(await lenses(RELATIVE), [
      shown('1: 1 reference'),
      shown('3: 1 reference'),
      shown('4: 0 references'),
    ]);
  });
  it('stand over nothing that is no message, and not over entries in one line', async () => {
    assert.deepEqual(await lenses('{ "resourceType": "Patient" }'), []);
    assert.deepEqual(await lenses('{ "name": "other" }'), []);
    assert.equal((await lenses(JSON.stringify(JSON.parse(MESSAGE)))).length, 2);
  });
  it('are only those whose command the client has', async () => {
    const plain = await startClient();
    const half = await startClient({ initializationOptions: { client: { commands: [COMMANDS[0], 'other', 1] } } });
    assert.deepEqual(await lenses(MESSAGE, plain), []);
    assert.deepEqual(await lenses(MESSAGE, half), ['0: Validate itk3.validateMessage']);
    plain.stop();
    half.stop();
  });
  it('are gone when the entry is, until the client asks anew', async () => {
    const { answer, document } = await ask<CodeLens[]>(client, MESSAGE, 'textDocument/codeLens');
    await document.edit(0, MESSAGE.length, '{ "resourceType": "Bundle" }');
    const { command } = await client.connection.sendRequest<CodeLens>('codeLens/resolve', answer!.at(-1)!);
    assert.deepEqual(command, { title: '', command: '' });
  });
  it('are off by a setting, and asked for again when that changes', async () => {
    const watching = await startClient({
      capabilities: { ...EDITOR, workspace: { ...EDITOR.workspace, codeLens: { refreshSupport: true } } },
      initializationOptions: { client: { commands: COMMANDS } },
      section: { codeLens: false },
    });
    assert.deepEqual(await lenses(MESSAGE, watching), []);
    const refreshed = new Promise<void>((resolve) => {
      watching.connection.onRequest('workspace/codeLens/refresh', () => {
        resolve();
        return null;
      });
    });
    await watching.configure({ codeLens: true });
    await refreshed;
    assert.equal((await lenses(MESSAGE, watching)).length, 7);
    watching.stop();
  });
});
