import assert from 'node:assert/strict';
import {
  type CompletionItem,
  type CompletionList,
  InsertTextFormat,
  InsertTextMode,
  type TextEdit,
} from 'vscode-languageserver/node';
import { completeAt, cursorIn, EDITOR, startClient } from './client';
import { completing } from './completing';

describe('completion over the protocol', () => {
  const { complete, client } = completing();

  it('says once what holds for all items, and documentation when it is asked for', async () => {
    const { text, offset } = cursorIn('{ "resourceType": "Patient", "na|" }');
    const { uri } = client().open(text);
    const position = { line: 0, character: offset };
    const ask = { textDocument: { uri }, position };
    const list = await client().connection.sendRequest<CompletionList>('textDocument/completion', ask);
    assert.deepEqual(list.itemDefaults, {
      insertTextFormat: InsertTextFormat.Snippet,
      insertTextMode: InsertTextMode.adjustIndentation,
      data: { uri, offset: 29 },
      editRange: { start: { line: 0, character: 29 }, end: { line: 0, character: 33 } },
    });
    const name = list.items.find(({ label }) => label === 'name');
    assert.deepEqual(Object.keys(name!).sort(), ['detail', 'filterText', 'kind', 'label', 'sortText', 'textEditText']);
  });

  it('tells of an item while typing goes on', async () => {
    const { text, offset } = cursorIn('{ "resourceType": "Patient", | "active": true }');
    const document = client().open(text);
    const { item } = await completeAt(client(), '{ "resourceType": "Patient", | "active": true }');
    await document.edit(offset, 0, '"nam');
    const told = await client().connection.sendRequest<CompletionItem>('completionItem/resolve', {
      ...item('name'),
      data: { uri: document.uri, offset },
    });
    assert.match((told.documentation as { value: string }).value, /name/);
    await document.close();
    const gone = { ...item('name'), data: { uri: document.uri, offset } };
    assert.deepEqual(await client().connection.sendRequest('completionItem/resolve', gone), gone);
  });

  it('says everything with each item to a client that knows no better', async () => {
    const simple = await startClient({ capabilities: {} });
    const { text, offset } = cursorIn('{\n  "resourceType": "Encounter",\n  "class": |\n}');
    const { uri } = simple.open(text);
    const ask = { textDocument: { uri }, position: { line: 2, character: offset - text.indexOf('  "class') } };
    const list = await simple.connection.sendRequest<CompletionList>('textDocument/completion', ask);
    simple.stop();
    assert.equal(list.itemDefaults, undefined);
    for (const { documentation, textEdit, insertTextFormat, data } of list.items) {
      assert.ok((documentation as { value: string }).value);
      assert.doesNotMatch((textEdit as TextEdit).newText, /\n/);
      assert.equal(insertTextFormat, InsertTextFormat.PlainText);
      assert.equal(data, undefined);
    }
  });

  it('writes a larger value over several lines where the text has several', async () => {
    const completed = await complete('{\r\n\t"resourceType": "Encounter",\r\n\t"class": |\r\n}');
    assert.equal(
      completed.accept('AMB'),
      '{\r\n\t"resourceType": "Encounter",\r\n\t"class": {\r\n\t\t"system": "http://hl7.org/fhir/v3/ActCode",\r\n\t\t"code": "AMB",\r\n\t\t"display": "ambulatory"\r\n\t}\r\n}',
    );
  });

  it('writes plain text for a client without snippets', async () => {
    const plain = await startClient({ capabilities: { ...EDITOR, textDocument: {} } });
    const completed = await completeAt(plain, '{ "resourceType": "Patient" | }');
    plain.stop();
    assert.equal(completed.item('active').insertTextFormat, InsertTextFormat.PlainText);
    for (const { textEdit } of completed.items) assert.doesNotMatch((textEdit as TextEdit).newText, /\$/);
    for (const label of completed.labels) JSON.parse(completed.accept(label));
  });
});
