// Whatever stands in XML, and wherever it stops, no feature fails.
import assert from 'node:assert/strict';
import { LSPErrorCodes } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Client, startClient } from './client';
import { MESSAGE } from './messages';
import { xmlOf } from './twins';

const NS = 'xmlns="http://hl7.org/fhir"';
const COMMANDS = ['itk3.validateMessage', 'itk3.sendMessage', '_itk3.showReferences'];
const SMALL = `<?xml version="1.0"?>
<!-- a --><Patient ${NS}><id value="p"/><text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml"><img src='#b'/>&amp;</div></text><contained><Binary><id value="b"/></Binary></contained><extension url="u"><valueCode value="&#x63;"/></extension><name id="n"><given value="A"><extension url="v"/></given></name><link><other><reference value="#b"/></other></link></Patient>`;

describe('in strange XML', () => {
  let client: Client;
  before(async () => {
    client = await startClient({
      initializationOptions: { client: { commands: COMMANDS, definitionDocuments: true } },
    });
  });
  after(() => client.stop());

  async function askAll(text: string, offset: number): Promise<void> {
    const document = client.open(text, undefined, 'xml');
    const plain = TextDocument.create('', 'xml', 1, text);
    const textDocument = { uri: document.uri };
    const position = plain.positionAt(offset);
    const range = { start: { line: 0, character: 0 }, end: plain.positionAt(text.length) };
    const ask = (method: string, more: object = {}): Promise<unknown> =>
      client.connection.sendRequest(`textDocument/${method}`, { textDocument, ...more });
    await Promise.all([
      ...['documentSymbol', 'foldingRange', 'documentLink', 'codeLens'].map((method) => ask(method)),
      ask('inlayHint', { range }),
      ask('formatting', { options: { tabSize: 2, insertSpaces: true } }),
      ask('codeAction', { range, context: { diagnostics: [] } }),
      ask('hover', { position }),
      ask('completion', { position }),
      ask('definition', { position }),
      ask('references', { position, context: { includeDeclaration: true } }),
      ask('documentHighlight', { position }),
      ask('selectionRange', { positions: [position] }),
      ask('rename', { position, newName: 'a' }).catch(() => undefined),
      ask('prepareRename', { position }).catch(() => undefined),
      document.published(),
    ]);
    await document.close();
  }

  it('nothing fails wherever a small text stops', async function () {
    this.timeout(120_000);
    for (let end = 0; end <= SMALL.length; end += 3) await askAll(SMALL.slice(0, end), end);
    assert.deepEqual(client.log, []);
  });
  it('nothing fails wherever a message stops', async function () {
    this.timeout(120_000);
    const text = xmlOf(MESSAGE);
    for (let end = 1; end < text.length; end += 191) await askAll(text.slice(0, end), end);
    assert.deepEqual(client.log, []);
  });
  for (const [what, inside] of Object.entries({
    'elements of one name that differ':
      '<contained/><contained><Device/><Patient/></contained><contained>x</contained>',
    'resources where none belong': '<name><Patient><name/></Patient></name><gender><Bundle/></gender>',
    'attributes twice and without values': '<name id="a" id id= id=x/><gender value value="a"/>',
    'names that mean something else':
      '<resourceType value="resourceType"/><__proto__ value="a"/><constructor><toString/></constructor>',
    'text and CDATA': 'a<![CDATA[<name/>]]><gender value="<"/>&unknown;',
    'a narrative that is none': '<text><div/><div>a</div><div value="x"><p/></div></text>',
    'companions out of step':
      '<name><given id="a"/><given value="b"/><given/><family id="c"/><family value="d"/></name>',
    'regions without an end': '<!-- #endregion --><!-- #region --><!-- #region --><!-- #endregion -->',
    'end tags without a beginning': '</name></Patient></name>',
  }))
    it(`nothing fails with ${what}`, async function () {
      this.timeout(120_000);
      const text = `<Patient ${NS}>\n${inside}\n</Patient>`;
      for (let at = 0; at <= text.length; at += 7) await askAll(text, at);
      assert.deepEqual(client.log, []);
    });

  it('a flood of edits is judged once it is over, as the text then stands', async () => {
    const text = xmlOf(MESSAGE);
    const document = client.open(text);
    const at = text.indexOf('value="Example"') + 'value="'.length;
    const asked: Promise<unknown>[] = [];
    for (let i = 0; i < 200; i++) {
      await document.edit(at, 0, i % 3 === 0 ? '<' : i % 3 === 1 ? '"' : '&');
      if (i % 10 === 0)
        asked.push(
          client.connection
            .sendRequest('textDocument/documentSymbol', { textDocument: { uri: document.uri } })
            // The outline of a text that is no more is refused.
            .catch(({ code }: { code: number }) => assert.equal(code, LSPErrorCodes.ContentModified)),
        );
    }
    await document.edit(at, 200, '');
    await Promise.all(asked);
    const { diagnostics } = await document.published();
    const whole = await client.open(text).published();
    assert.equal(document.text, text);
    assert.deepEqual(
      diagnostics.map(({ code, range }) => [code, range]),
      whole.diagnostics.map(({ code, range }) => [code, range]),
    );
    assert.deepEqual(client.log, []);
  });
});
