// Finding one's way in XML leads where it leads in JSON.
import assert from 'node:assert/strict';
import type {
  CodeLens,
  Command,
  DefinitionLink,
  DocumentHighlight,
  DocumentLink,
  DocumentSymbol,
  InlayHint,
  InlayHintLabelPart,
  Location,
  Range,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { valueAt } from '../../core/document/pointer';
import type { Format } from '../../core/document/source-document';
import { askAt } from './ask';
import { type Client, EDITOR, startClient } from './client';
import { ACKNOWLEDGEMENT, IDS, MESSAGE, RELATIVE } from './messages';
import { FORMS, openTwins, pointersIn, type Twin } from './twins';

const COMMANDS = ['itk3.validateMessage', 'itk3.sendMessage', '_itk3.showReferences'];
const CAPABILITIES = {
  ...EDITOR,
  textDocument: {
    ...EDITOR.textDocument,
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    definition: { linkSupport: true },
  },
};
function editsIn(edit: WorkspaceEdit | null): TextEdit[] {
  const changes = edit?.documentChanges?.flatMap((one) => ('edits' in one ? one.edits : [])) ?? [];
  return changes.filter((one): one is TextEdit => 'newText' in one);
}

const NEW = '99999999-bbbb-4bbb-8bbb-999999999999';

describe('finding one’s way in XML', () => {
  let client: Client;
  before(async () => {
    client = await startClient({
      capabilities: CAPABILITIES,
      initializationOptions: { client: { commands: COMMANDS, definitionDocuments: true } },
    });
  });
  after(() => client.stop());

  const ask = <T>({ document }: Twin, method: string, more: object = {}): Promise<T | null> =>
    client.connection.sendRequest(`textDocument/${method}`, { textDocument: { uri: document.uri }, ...more });
  /** On a value: inside its quotes, its narrative or its name. */
  const on = ({ source, positionAt }: Twin, pointer: string): object => ({
    position: positionAt(source.spanOf(pointer, 'value').offset + (pointer.endsWith('/div') ? '<div '.length : 1)),
  });

  /** What a feature says in both forms, which must be the same. */
  async function both<T>(text: string, say: (twin: Twin, form: Format) => Promise<T>): Promise<T> {
    const twins = openTwins(client, text);
    const [json, xml] = await Promise.all(FORMS.map((form) => say(twins[form], form)));
    assert.deepEqual(xml, json);
    await Promise.all(FORMS.map((form) => twins[form].document.close()));
    return json!;
  }

  for (const [what, text] of Object.entries({ MESSAGE, ACKNOWLEDGEMENT, RELATIVE })) {
    const values = pointersIn(JSON.parse(text)).filter(
      (pointer) => typeof valueAt(JSON.parse(text), pointer) === 'string',
    );

    it(`has the same outline: ${what}`, async () => {
      const found = await both(text, async (twin) => {
        const told = (symbols: DocumentSymbol[]): unknown[] =>
          symbols.map(({ name, detail, kind, range, selectionRange, children }) => {
            assert.ok(twin.document.spanText(range).includes(twin.document.spanText(selectionRange)));
            return [name, detail, kind, twin.pointerOf(selectionRange), told(children ?? [])];
          });
        return told((await ask<DocumentSymbol[]>(twin, 'documentSymbol'))!);
      });
      assert.ok(found.length > 0);
    });

    it(`has the same definitions, references and highlights, wherever it is asked: ${what}`, async () => {
      const found = await both(text, async (twin) => {
        const told: unknown[] = [];
        for (const pointer of values) {
          const at = on(twin, pointer);
          const [definition, references, highlights] = await Promise.all([
            ask<DefinitionLink[]>(twin, 'definition', at),
            ask<Location[]>(twin, 'references', { ...at, context: { includeDeclaration: true } }),
            ask<DocumentHighlight[]>(twin, 'documentHighlight', at),
          ]);
          const here = (uri: string, range: Range): unknown =>
            uri === twin.document.uri ? twin.pointerOf(range) : [uri, range];
          told.push([
            pointer,
            definition?.map((link) => here(link.targetUri, link.targetSelectionRange)),
            definition?.map(({ originSelectionRange }) => twin.pointerOf(originSelectionRange!)),
            references?.map(({ uri, range }) => here(uri, range)),
            highlights?.map(({ range, kind }) => [twin.pointerOf(range), twin.document.spanText(range), kind]),
          ]);
        }
        return told;
      });
      assert.ok(found.some((one) => JSON.stringify(one).includes('/fullUrl')) || what === 'RELATIVE');
    });

    it(`has the same links: ${what}`, () =>
      both(text, async (twin) =>
        (await ask<DocumentLink[]>(twin, 'documentLink'))!.map(({ range, target }) => [
          twin.pointerOf(range),
          twin.document.spanText(range),
          target,
        ]),
      ));

    it(`has the same hints, which stand behind the tag: ${what}`, () =>
      both(text, async (twin, form) => {
        const end = twin.positionAt(twin.source.text.length);
        const hints = await ask<InlayHint[]>(twin, 'inlayHint', { range: { start: { line: 0, character: 0 }, end } });
        return hints!.map(({ label, position }) => {
          const before = twin.document.spanText({ start: { line: position.line, character: 0 }, end: position });
          assert.match(before, form === 'xml' ? /\/>$/ : /"$/);
          return (label as InlayHintLabelPart[]).map(({ value, tooltip, location }) => [
            value,
            tooltip,
            location && twin.pointerOf(location.range),
          ]);
        });
      }));

    it(`renames the same: ${what}`, async () => {
      const names = values.filter((pointer) => /\/(id|fullUrl|reference)$/.test(pointer));
      assert.ok(names.length > 0);
      for (const pointer of names)
        await both(text, async (twin) => {
          const newName = text === RELATIVE ? 'new' : NEW;
          const edit = await ask<WorkspaceEdit>(twin, 'rename', { ...on(twin, pointer), newName }).catch(() => null);
          return editsIn(edit).map(({ range, newText }) => [
            pointer,
            twin.pointerOf(range),
            twin.document.spanText(range),
            newText,
          ]);
        });
    });
  }

  it('has the same lenses, over the entry', async () => {
    const twins = openTwins(client, JSON.stringify(JSON.parse(MESSAGE), null, 1));
    const told = async (twin: Twin): Promise<unknown[]> => {
      const lenses = (await ask<CodeLens[]>(twin, 'codeLens'))!;
      return Promise.all(
        lenses.map(async (lens) => {
          const command: Command =
            lens.command ?? (await client.connection.sendRequest<CodeLens>('codeLens/resolve', lens)).command!;
          const places = command.arguments?.[2] as Location[] | undefined;
          return [
            command.title,
            lens.range.start.line === 0 || twin.pointerOf(lens.range),
            places?.map(({ range }) => twin.pointerOf(range)),
          ];
        }),
      );
    };
    const [json, xml] = [await told(twins.json), await told(twins.xml)];
    assert.deepEqual(xml, json);
    assert.equal(json.length, 7);
  });

  it('leads from an acknowledgement to the message it answers, whichever form each has', async () => {
    const message = openTwins(client, MESSAGE).xml;
    const answer = openTwins(client, ACKNOWLEDGEMENT).json;
    const at = on(answer, '/entry/0/resource/response/identifier');
    const links = (await ask<DefinitionLink[]>(answer, 'definition', at))!;
    assert.ok(links.some(({ targetUri }) => targetUri === message.document.uri));
  });

  const NS = 'xmlns="http://hl7.org/fhir"';

  it('goes from an end tag to the definition of its element, and underlines that tag', async () => {
    const { answer, said } = await askAt<DefinitionLink[]>(
      client,
      `<Patient ${NS}><name><family value="A"/></na|me></Patient>`,
      'textDocument/definition',
    );
    const [link] = answer!;
    assert.match(link!.targetUri, /^itk3-definition:/);
    assert.equal(said(link!.originSelectionRange!), 'name');
    assert.ok(link!.originSelectionRange!.start.character > 60);
  });

  it('finds what leads to a resource from the name of its element', async () => {
    const text = openTwins(client, MESSAGE).xml.source.text.replace('<Patient>', '<Pat|ient>');
    const { answer, said } = await askAt<Location[]>(client, text, 'textDocument/references', {
      context: { includeDeclaration: false },
    });
    assert.deepEqual(new Set(answer!.map(({ range }) => said(range))), new Set([`"urn:uuid:${IDS.patient}"`]));
    assert.equal(answer!.length, 3);
  });

  const linked = (div: string): string =>
    `<Patient ${NS}><text><status value="additional"/>${div}</text><contained><Binary><id value="ph|oto"/></Binary></contained></Patient>`;

  it('renames in narratives, also where lines end as in Windows', async () => {
    const text = linked(
      '<div xmlns="http://www.w3.org/1999/xhtml"><p>é\r\n</p>\r\n<img src="#photo" alt="photo"/></div>',
    );
    const { answer } = await askAt<WorkspaceEdit>(client, text, 'textDocument/rename', { newName: 'face' });
    const plain = TextDocument.create('', 'xml', 1, text.replace('|', ''));
    const renamed = text
      .replace('|', '')
      .replace('"#photo"', '"#face"')
      .replace('"photo"/></Binary', '"face"/></Binary');
    assert.equal(TextDocument.applyEdits(plain, editsIn(answer)), renamed);
  });

  it('renames nothing where a narrative cannot be read as it stands, and says so', () =>
    assert.rejects(
      askAt(
        client,
        linked('<h:div xmlns:h="http://www.w3.org/1999/xhtml"><h:img src="#photo" alt=""/></h:div>'),
        'textDocument/rename',
        {
          newName: 'face',
        },
      ),
      /A narrative with a link to this resource has prefixes/,
    ));

  it('writes names as the attribute has them', async () => {
    const text = `<Patient ${NS}><id value='a|&#98;'/></Patient>`;
    const { answer } = await askAt<WorkspaceEdit>(client, text, 'textDocument/rename', { newName: 'c' });
    const plain = TextDocument.create('', 'xml', 1, text.replace('|', ''));
    assert.equal(TextDocument.applyEdits(plain, editsIn(answer)), `<Patient ${NS}><id value='c'/></Patient>`);
  });
});
