import assert from 'node:assert/strict';
import fs from 'node:fs';
import { type DocumentSymbol, type SymbolInformation, SymbolKind } from 'vscode-languageserver';
import { ask } from './ask';
import { type Client, EDITOR, startClient } from './client';
import { MESSAGE, RELATIVE } from './messages';

const HIERARCHICAL = {
  ...EDITOR,
  textDocument: { ...EDITOR.textDocument, documentSymbol: { hierarchicalDocumentSymbolSupport: true } },
};
const METHOD = 'textDocument/documentSymbol';

describe('document symbols', () => {
  let client: Client;
  before(async () => {
    client = await startClient({ capabilities: HIERARCHICAL });
  });
  after(() => client.stop());

  /** One line an item: its depth, name and detail. */
  function lines(symbols: DocumentSymbol[], depth = 0): string[] {
    return symbols.flatMap(({ name, detail, children }) => [
      `${'> '.repeat(depth)}${name}${detail === undefined ? '' : ` (${detail})`}`,
      ...lines(children ?? [], depth + 1),
    ]);
  }
  async function outline(text: string): Promise<string[]> {
    return lines((await ask<DocumentSymbol[]>(client, text, METHOD)).answer ?? []);
  }

  it('has a short name for each item, whatever stands where names are', async () => {
    const long = 'a'.repeat(100_000);
    const section = [
      { title: ' ', code: { text: '' } },
      { code: { coding: [{ display: '', code: 'x' }] } },
      { title: long },
    ];
    const { answer } = await ask<DocumentSymbol[]>(
      client,
      JSON.stringify({ resourceType: 'Composition', title: long, section }),
      'textDocument/documentSymbol',
    );
    const [composition] = answer!;
    assert.ok(composition!.name.length < 200);
    assert.deepEqual(
      composition!.children!.map(({ name }) => name),
      ['section', 'x', `${'a'.repeat(97)}…`],
    );
  });

  it('read like the message, with what sections lack', async () =>
    assert.deepEqual(await outline(MESSAGE), [
      'MessageHeader · Emergency supply (ITK010D)',
      'Organization · Madeup Pharmacy (sender)',
      'Bundle · document · 4 entries',
      '> Composition · Supply record',
      '> > Patient Demographics',
      '> > Contact with professionals (no text, no entry)',
      '> Encounter (encounter)',
      '> Organization · Madeup Pharmacy (custodian)',
      '> Patient · Anna EXAMPLE (subject)',
    ]));
  it('of the whole example, whose sections lack nothing', async () => {
    const all = await outline(fs.readFileSync('examples/emergency-supply.json', 'utf8'));
    assert.equal(all.length, 24);
    assert.deepEqual(
      all.filter((line) => line.includes('no text') || line.includes('no entry')),
      [],
    );
  });
  it('of an acknowledgement', async () => {
    const header = '"event": { "code": "ITK008M" }, "response": { "details": { "reference": "urn:uuid:o" } }';
    const text = `{ "resourceType": "Bundle", "type": "message", "entry": [
      { "fullUrl": "urn:uuid:h", "resource": { "resourceType": "MessageHeader", ${header} } },
      { "fullUrl": "urn:uuid:o", "resource": { "resourceType": "OperationOutcome", "issue": [{ "code": "processing" }] } } ] }`;
    assert.deepEqual(await outline(text), ['MessageHeader · ITK008M', 'OperationOutcome · processing (answer)']);
  });
  it('of a resource that stands alone, and of contained ones', async () => {
    assert.deepEqual(await outline('{ "resourceType": "Patient", "name": [{ "family": "Example" }] }'), [
      'Patient · EXAMPLE',
    ]);
    assert.deepEqual(await outline(RELATIVE), ['Patient', 'Organization', 'Encounter', '> Location']);
  });
  it('of sections in sections, and sections without a title', async () => {
    const text = `{ "resourceType": "Composition", "title": "A", "section": [
      { "code": { "coding": [{ "display": "Outer" }] }, "section": [{ "title": "Inner", "text": { "div": "x" } }, {}, 1] } ] }`;
    assert.deepEqual(await outline(text), [
      'Composition · A',
      '> Outer',
      '> > Inner',
      '> > section (no text, no entry)',
    ]);
  });
  it('of text that breaks off', async () =>
    assert.deepEqual((await outline(MESSAGE.slice(0, MESSAGE.indexOf('"name": "Madeup') + 5))).slice(0, 2), [
      'MessageHeader · Emergency supply (ITK010D)',
      'Organization (sender)',
    ]));
  it('of an empty bundle the bundle, of others’ JSON nothing', async () => {
    assert.deepEqual(await outline('{ "resourceType": "Bundle", "type": "message" }'), [
      'Bundle · message · 0 entries',
    ]);
    assert.deepEqual(await outline('{ "name": "other" }'), []);
  });
  it('cover their entries, and are reached at what they are', async () => {
    const { answer, said } = await ask<DocumentSymbol[]>(client, MESSAGE, METHOD);
    const [, sender, bundle] = answer!;
    const { children: [composition] = [] } = bundle!;
    assert.match(said(sender!.range), /^\{ "fullUrl".*Madeup Pharmacy" \} \}$/);
    assert.equal(said(sender!.selectionRange), '"Organization"');
    assert.equal(said(composition!.children![0]!.selectionRange), '"Patient Demographics"');
    assert.deepEqual([sender!.kind, composition!.kind], [SymbolKind.Namespace, SymbolKind.File]);
  });
  it('flat for a client that knows no others', async () => {
    const plain = await startClient();
    const { answer } = await ask<SymbolInformation[]>(plain, MESSAGE, METHOD);
    plain.stop();
    assert.deepEqual(
      answer!.slice(3, 5).map(({ name, containerName }) => [name, containerName]),
      [
        ['Composition · Supply record', 'Bundle · document · 4 entries'],
        ['Patient Demographics', 'Composition · Supply record'],
      ],
    );
  });
});
