import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Client, startClient } from './client';
import { IDS, MESSAGE } from './messages';

const COMMANDS = ['itk3.validateMessage', 'itk3.sendMessage', '_itk3.showReferences'];

/** Values of every shape in every place that finding one's way looks at. */
const STRANGE = [
  '1',
  'null',
  '"x"',
  '[]',
  '{}',
  '[null, 1, "x", [], { "reference": 1 }, { "reference": "#" }, { "reference": "" }]',
  '{ "reference": { "reference": "urn:uuid:" }, "__proto__": { "reference": "a/b/_history/c" }, "": 1, "a/b~c": {} }',
];
const PLACES = ['fullUrl', 'id', 'section', 'extension', 'identifier', 'subject', 'focus', 'meta', 'title'];

describe('finding one’s way in strange texts', () => {
  let client: Client;
  before(async () => {
    client = await startClient({
      initializationOptions: { client: { commands: COMMANDS, definitionDocuments: true } },
    });
  });
  after(() => client.stop());

  async function askAll(text: string, offsets: number[]): Promise<void> {
    const document = client.open(text);
    const plain = TextDocument.create('', 'json', 1, text);
    const textDocument = { uri: document.uri };
    const ask = (method: string, more: object = {}): Promise<unknown> =>
      client.connection.sendRequest(`textDocument/${method}`, { textDocument, ...more });
    const whole = ['documentSymbol', 'foldingRange', 'documentLink', 'codeLens'].map((method) => ask(method));
    const spots = offsets.flatMap((offset) => {
      const position = plain.positionAt(offset);
      return [
        ask('definition', { position }),
        ask('references', { position, context: { includeDeclaration: true } }),
        ask('documentHighlight', { position }),
        ask('selectionRange', { positions: [position] }),
        ask('rename', { position, newName: 'a' }).catch(() => undefined),
        ask('prepareRename', { position }).catch(() => undefined),
      ];
    });
    await Promise.all([...whole, ...spots]);
    await document.close();
  }

  /** The message with these values in turn in every one of the places. */
  function strangely(places: readonly string[], first: number): string {
    let n = first;
    const reviver = (key: string, was: unknown): unknown =>
      places.includes(key) ? (JSON.parse(STRANGE[n++ % STRANGE.length]!) as unknown) : was;
    return JSON.stringify(JSON.parse(MESSAGE, reviver), null, 1);
  }

  for (const places of [['entry'], ['fullUrl', 'id'], PLACES])
    it(`nothing fails whatever stands as ${places.join(', ')}`, async () => {
      for (let first = 0; first < STRANGE.length; first++) {
        const text = strangely(places, first);
        const at = [...text.matchAll(/"(?:fullUrl|id|section|extension|subject|reference|resourceType)"/g)];
        await askAll(
          text,
          at.slice(0, 20).flatMap(({ index, 0: { length } }) => [index + 1, index + length + 3]),
        );
      }
      assert.deepEqual(client.log, []);
    });
  it('nothing fails wherever the text stops', async () => {
    for (let end = 1; end < MESSAGE.length; end += 149)
      await askAll(MESSAGE.slice(0, end), [end, Math.max(0, MESSAGE.lastIndexOf(IDS.sender.slice(0, 4), end))]);
    assert.deepEqual(client.log, []);
  });
});
