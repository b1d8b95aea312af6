// What was received is read with all that helps to read, and nothing changes it.
import assert from 'node:assert/strict';
import type { CodeLens, CompletionList, DocumentSymbol, SymbolInformation } from 'vscode-languageserver';
import { type Client, startClient } from './client';
import { MESSAGE } from './messages';

const URI = 'itk3-received:/ITK%20Response.json?https%3A//localhost%3A8700/%20X26PHARMACY%2020260131';
const COMMANDS = ['itk3.validateMessage', 'itk3.sendMessage', '_itk3.showReferences'];

describe('a received document', () => {
  let client: Client;
  const ask = <T>(method: string, params: object = {}): Promise<T> =>
    client.connection.sendRequest<T>(method, { textDocument: { uri: URI }, ...params });
  const WRONG = MESSAGE.replace('"resourceType": "Patient"', '"resourceType": "Patient", "famly": 1');
  const whole = { start: { line: 0, character: 0 }, end: { line: 200, character: 0 } };

  before(async () => {
    client = await startClient({ initializationOptions: { client: { commands: COMMANDS } } });
    client.open(WRONG, URI);
  });
  after(() => client.stop());

  it('has an outline, hover, folds and findings', async () => {
    assert.notEqual(WRONG, MESSAGE);
    const published = await client.open(WRONG, `${URI}1`).published();
    assert.ok(published.diagnostics.some(({ code }) => code === 'unknown-property'));
    assert.ok((await ask<DocumentSymbol[]>('textDocument/documentSymbol')).length > 0);
    assert.ok((await ask<unknown[]>('textDocument/foldingRange')).length > 0);
    assert.ok(await ask('textDocument/hover', { position: { line: 1, character: 6 } }));
  });

  it('has no fix, no refactoring and no completion', async () => {
    const context = { diagnostics: [], only: ['quickfix', 'refactor', 'source'] };
    assert.deepEqual((await ask<unknown[] | null>('textDocument/codeAction', { range: whole, context })) ?? [], []);
    const position = { line: 1, character: 2 };
    const context2 = { triggerKind: 1 };
    assert.equal(await ask<CompletionList | null>('textDocument/completion', { position, context: context2 }), null);
  });

  it('is not renamed in, and says why', async () => {
    const offset = WRONG.indexOf('"id": "') + 8;
    const before = WRONG.slice(0, offset).split('\n');
    const position = { line: before.length - 1, character: before.at(-1)!.length };
    await assert.rejects(ask('textDocument/prepareRename', { position }), /to be read, not to be changed/);
    await assert.rejects(ask('textDocument/rename', { position, newName: 'other' }), /to be read, not to be changed/);
  });

  it('is checked and not sent', async () => {
    const lenses = await ask<CodeLens[]>('textDocument/codeLens');
    const titles = lenses.map(({ command }) => command?.title).filter((title) => title !== undefined);
    assert.deepEqual(titles, ['Validate']);
  });

  it('is no message of the folder', async () => {
    const found = await client.connection.sendRequest<SymbolInformation[]>('workspace/symbol', { query: '' });
    assert.deepEqual(
      found.filter(({ location }) => location.uri.startsWith('itk3-received')),
      [],
    );
  });
});
