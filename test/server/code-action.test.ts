import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { ClientCapabilities, CodeAction, TextDocumentEdit } from 'vscode-languageserver/node';
import { sidecarOf } from '../../core/exceptions/exception';
import { type Client, COMMANDING, EDITOR, type OpenDocument, startClient } from './client';

/** Works out the edits of an action when it is chosen, as VS Code does. */
const LAZY: ClientCapabilities = {
  ...EDITOR,
  textDocument: { ...EDITOR.textDocument, codeAction: { dataSupport: true, resolveSupport: { properties: ['edit'] } } },
};

describe('quick fixes', () => {
  let client: Client;
  before(async () => {
    client = await startClient({ initializationOptions: COMMANDING });
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
    const plain = await startClient({ capabilities: {}, initializationOptions: COMMANDING });
    const { actions, uri } = await actionsAt('{ "resourceType": "Patient", "gender": "ma|ls" }', undefined, plain);
    plain.stop();
    assert.deepEqual(
      actions[0]!.edit!.changes![uri]!.map((e) => e.newText),
      ['"male"'],
    );
  });
});

describe('fix all in the editor', () => {
  const WRONG = `{
  "resourceType": "Patient",
  "gender": "mals",
  "birthDate": "12/03/1987",
  "active": "true",
  "telecom": [{ "system": "phon", "value": "1" }, null],
  "name": { "family": "Test" }
}`;
  const FIXED = `{
  "resourceType": "Patient",
  "gender": "male",
  "birthDate": "12/03/1987",
  "active": true,
  "telecom": [{ "system": "phone", "value": "1" }],
  "name": [
    {
      "family": "Test"
    }
  ]
}`;
  let client: Client;
  let lazy: Client;
  before(async () => {
    client = await startClient({ initializationOptions: COMMANDING });
    lazy = await startClient({ capabilities: LAZY, initializationOptions: COMMANDING });
  });
  after(() => {
    client.stop();
    lazy.stop();
  });

  async function asked(
    document: OpenDocument,
    only?: string[],
    { at = client, around = '' }: { at?: Client; around?: string } = {},
  ): Promise<CodeAction[]> {
    const text = TextDocument.create('', 'json', 1, document.text);
    const start = document.text.indexOf(around);
    const range = { start: text.positionAt(start), end: text.positionAt(start + around.length) };
    const actions = await at.connection.sendRequest<CodeAction[] | null>('textDocument/codeAction', {
      textDocument: { uri: document.uri },
      range,
      context: { diagnostics: [], ...(only && { only }) },
    });
    return actions ?? [];
  }

  const resolve = (action: CodeAction): Promise<CodeAction> =>
    lazy.connection.sendRequest<CodeAction>('codeAction/resolve', action);

  function applied({ text }: OpenDocument, { edit }: CodeAction): string {
    const [change] = edit!.documentChanges as TextDocumentEdit[];
    return TextDocument.applyEdits(TextDocument.create('', 'json', 1, text), change!.edits);
  }

  for (const kind of ['source', 'source.fixAll', 'source.fixAll.itk3'])
    it(`is there for who asks for ${kind}, and mends what has one right answer`, async () => {
      const document = client.open(WRONG);
      const actions = await asked(document, [kind]);
      assert.deepEqual(
        actions.map((action) => action.kind),
        ['source.fixAll.itk3'],
      );
      assert.equal(applied(document, actions[0]!), FIXED);
    });

  it('is in no list of quick fixes, and not there when nothing is to be mended', async () => {
    const kinds = (await asked(client.open(WRONG), undefined, { around: 'mals' })).map((action) => action.kind);
    assert.ok(kinds.length > 0 && kinds.every((kind) => kind === 'quickfix'), kinds.join());
    assert.deepEqual(await asked(client.open(WRONG), ['source.organizeImports']), []);
    assert.deepEqual(await asked(client.open(FIXED.replace('12/03', '1987-03-12')), ['source.fixAll.eslint']), []);
    assert.deepEqual(await asked(client.open('{ "resourceType": "Patient" }'), ['source.fixAll']), []);
  });

  it('repairs a text that is no JSON first', async () => {
    const document = client.open('{ "resourceType": "Patient", \'gender\': "mals", }');
    const [action] = await asked(document, ['source.fixAll']);
    assert.equal(applied(document, action!), '{ "resourceType": "Patient", "gender": "male" }');
  });

  it('of one rule is offered where the rule finds the like elsewhere', async () => {
    const document = client.open(WRONG);
    const titles = async (around: string): Promise<string[]> =>
      (await asked(document, ['quickfix'], { around })).map(({ title }) => title);
    const title = 'Fix all that kind finds in this message';
    assert.ok((await titles('"true"')).includes(title));
    assert.ok(!(await titles('"12/03/1987"')).some((one) => one.startsWith('Fix all')));
    const actions = await asked(document, ['quickfix'], { around: '"true"' });
    const after = applied(
      document,
      actions.find((action) => action.title === title)!,
    );
    assert.equal(after, FIXED.replace('male', 'mals').replace('phone', 'phon'));
  });

  it('is worked out when it is chosen, where the client waits for it', async () => {
    const document = lazy.open(WRONG);
    const [action] = await asked(document, ['source.fixAll'], { at: lazy });
    assert.equal(action!.edit, undefined);
    assert.equal(applied(document, await resolve(action!)), FIXED);
    const fixes = await asked(document, undefined, { at: lazy, around: 'mals' });
    assert.deepEqual(
      fixes.map(({ edit, isPreferred }) => [edit, isPreferred]),
      [
        [undefined, true],
        [undefined, false],
      ],
    );
    assert.equal(applied(document, await resolve(fixes[0]!)), WRONG.replace('mals', 'male'));
  });

  it('says nothing of a version that is gone', async () => {
    const document = lazy.open(WRONG);
    const [action] = await asked(document, ['source.fixAll'], { at: lazy });
    await document.edit(0, 0, ' ');
    assert.equal((await resolve(action!)).edit, undefined);
  });

  it('leaves alone what is excepted, and rules that are off', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'itk3 fix all-'));
    const other = await startClient({ section: { rules: { kind: 'off' } } });
    try {
      const exceptions = [{ rule: 'binding', path: 'Patient.gender', reason: 'made wrong on purpose' }];
      fs.writeFileSync(path.join(folder, sidecarOf('m.json')), JSON.stringify({ exceptions }));
      const document = other.open(WRONG, pathToFileURL(path.join(folder, 'm.json')).href);
      const [action] = await asked(document, ['source.fixAll'], { at: other });
      assert.equal(applied(document, action!), WRONG.replace('phon', 'phone'));
    } finally {
      other.stop();
      fs.rmSync(folder, { recursive: true });
    }
  });
});
