import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CodeAction, TextDocumentEdit } from 'vscode-languageserver/node';
import { type Client, startClient } from './client';

describe('quick fixes', () => {
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  after(() => client.stop());

  /** The actions for the stretch between the marks `|`, or at the one mark. */
  async function actionsAt(
    marked: string,
    only?: string[],
    at = client,
  ): Promise<{ text: string; actions: CodeAction[]; uri: string }> {
    const [before = '', inside = '', after] = marked.split('|');
    const text = marked.replaceAll('|', '');
    const document = TextDocument.create('', 'json', 1, text);
    const { uri } = at.open(text);
    const end = after === undefined ? before.length : before.length + inside.length;
    const actions = await at.connection.sendRequest<CodeAction[] | null>('textDocument/codeAction', {
      textDocument: { uri },
      range: { start: document.positionAt(before.length), end: document.positionAt(end) },
      context: { diagnostics: [], only },
    });
    return { text, actions: actions ?? [], uri };
  }

  function applied(text: string, { edit }: CodeAction): string {
    const [change] = edit!.documentChanges as TextDocumentEdit[];
    return TextDocument.applyEdits(TextDocument.create('', 'json', 1, text), change!.edits);
  }

  const CASES: [title: string, before: string, after: string][] = [
    [
      'Change to "male"',
      '{ "resourceType": "Patient", "gender": "ma|ls" }',
      '{ "resourceType": "Patient", "gender": "male" }',
    ],
    [
      'Rename to gender',
      '{ "resourceType": "Patient", "gend|re": "male" }',
      '{ "resourceType": "Patient", "gender": "male" }',
    ],
    ['Remove gendre', '{ "resourceType": "Patient", "gend|re": "male" }', '{ "resourceType": "Patient" }'],
    [
      'Put it in a list',
      '{ "resourceType": "Patient", "name": |{ "family": "Test" }| }',
      '{ "resourceType": "Patient", "name": [{"family":"Test"}] }',
    ],
    ['Change to Patient', '{ "resourceType": "Pat|iemt" }', '{ "resourceType": "Patient" }'],
  ];
  for (const [title, before, after] of CASES)
    it(title, async () => {
      const { text, actions } = await actionsAt(before);
      const action = actions.find((one) => one.title === title);
      assert.ok(action, actions.map((one) => one.title).join());
      assert.equal(applied(text, action), after);
      assert.equal(action.kind, 'quickfix');
      assert.equal(action.diagnostics!.length, 1);
    });

  it('a fix that is surely right is preferred, one of several is not', async () => {
    const one = await actionsAt('{ "resourceType": "Patient", "gender": "ma|ls" }');
    assert.deepEqual(
      one.actions.map((a) => a.isPreferred),
      [true],
    );
    const two = await actionsAt('{ "resourceType": "Patient", "gend|re": "male" }');
    assert.deepEqual(
      two.actions.map(({ title, isPreferred }) => [title, isPreferred]),
      [
        ['Rename to gender', true],
        ['Remove gendre', false],
      ],
    );
    const few = await actionsAt('{ "resourceType": "Patient", "gender": "m|f" }');
    assert.deepEqual(
      few.actions.map((a) => a.isPreferred),
      [false, false, false, false],
    );
  });

  it('nothing is offered where nothing is wrong, or for other kinds of action', async () => {
    assert.deepEqual((await actionsAt('{ "resource|Type": "Patient", "gender": "mals" }')).actions, []);
    assert.deepEqual((await actionsAt('{ "resourceType": "Patient", "gender": "ma|ls" }', ['refactor'])).actions, []);
    assert.equal((await actionsAt('{ "resourceType": "Patient", "gender": "ma|ls" }', ['quickfix'])).actions.length, 1);
  });

  it('a rule that is off offers no fix', async () => {
    const other = await startClient({ section: { rules: { binding: 'off' } } });
    const { actions } = await actionsAt('{ "resourceType": "Patient", "gender": "ma|ls" }', undefined, other);
    other.stop();
    assert.deepEqual(actions, []);
  });

  it('a client without versioned edits gets plain ones', async () => {
    const plain = await startClient({ capabilities: {} });
    const { actions, uri } = await actionsAt('{ "resourceType": "Patient", "gender": "ma|ls" }', undefined, plain);
    plain.stop();
    assert.deepEqual(
      actions[0]!.edit!.changes![uri]!.map((e) => e.newText),
      ['"male"'],
    );
  });
});
