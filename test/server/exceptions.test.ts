import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type ClientCapabilities,
  type CodeAction,
  CreateFile,
  type RegistrationParams,
  type ShowDocumentParams,
  TextDocumentEdit,
} from 'vscode-languageserver/node';
import { type Client, codes, EDITOR, type OpenDocument, startClient } from './client';

const WRONG = '{ "resourceType": "Patient", "gender": "mail" }';
const sidecar = (...exceptions: object[]): string => JSON.stringify({ exceptions }, null, 2);
const EXCEPTION = { rule: 'binding', path: 'Patient.gender', reason: 'made wrong on purpose' };

/** What VS Code can do beyond the others. */
const WHOLE: ClientCapabilities = {
  ...EDITOR,
  workspace: {
    configuration: true,
    workspaceEdit: { documentChanges: true, resourceOperations: ['create'] },
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
  window: { showDocument: { support: true } },
};

describe('exceptions in the editor', () => {
  let folder: string;
  let client: Client;
  let uri: string;
  const registered: string[] = [];
  const shown: ShowDocumentParams[] = [];

  before(async () => {
    client = await startClient({ capabilities: WHOLE });
    client.connection.onRequest('client/registerCapability', ({ registrations }: RegistrationParams) => {
      registered.push(...registrations.map((one) => JSON.stringify(one.registerOptions)));
      return null;
    });
    client.connection.onRequest('window/showDocument', (params: ShowDocumentParams) => {
      shown.push(params);
      return { success: true };
    });
  });
  after(() => client.stop());
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'itk3 exceptions-'));
    uri = pathToFileURL(path.join(folder, 'm.json')).href;
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  const save = (name: string, text: string): void => fs.writeFileSync(path.join(folder, name), text);
  const found = async (document: OpenDocument): Promise<unknown[]> => codes((await document.published()).diagnostics);
  const changed = (changedUri: string) =>
    client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: changedUri, type: 2 }],
    });
  async function actionsAt(document: OpenDocument, word: string, at = client): Promise<CodeAction[]> {
    const position = TextDocument.create('', 'json', 1, document.text).positionAt(document.text.indexOf(word) + 1);
    const actions = await at.connection.sendRequest<CodeAction[] | null>('textDocument/codeAction', {
      textDocument: { uri: document.uri },
      range: { start: position, end: position },
      context: { diagnostics: [] },
    });
    return actions ?? [];
  }

  it('hold from the file beside the message', async () => {
    save('m.json.itk3', sidecar(EXCEPTION));
    const document = client.open(WRONG, uri);
    assert.deepEqual(await found(document), []);
    await document.close();
  });

  it('beside what is expected: a fixture has no problems, and one that lacks its mistake is told where it is expected', async () => {
    save('m.json.itk3', JSON.stringify({ expected: [{ rule: 'binding', path: 'Patient.gender' }] }));
    const document = client.open(WRONG, uri);
    assert.deepEqual(await found(document), []);
    const beside = client.open('{ "expected": [{ "rule": "ods-code" }] }', `${uri}.itk3`);
    assert.deepEqual(await found(beside), ['missing-expected']);
    await beside.close();
    await document.close();
  });

  it('hold from their own editor before the file, and as they are typed', async () => {
    save('m.json.itk3', sidecar());
    const document = client.open(WRONG, uri);
    assert.deepEqual(await found(document), ['binding']);
    const judged = document.next();
    const beside = client.open(sidecar({ ...EXCEPTION, reason: '' }), `${uri}.itk3`);
    assert.deepEqual(codes((await judged).diagnostics), ['binding']);
    assert.deepEqual(await found(beside), ['exception-form']);

    const again = document.next();
    await beside.edit(beside.text.indexOf('""') + 1, 0, 'a test');
    assert.deepEqual(codes((await again).diagnostics), []);
    assert.deepEqual(await found(beside), []);

    const withoutEditor = document.next();
    await beside.close();
    assert.deepEqual(codes((await withoutEditor).diagnostics), ['binding']);
    await document.close();
  });

  it('are looked at again when their file changes', async () => {
    const document = client.open(WRONG, uri);
    assert.deepEqual(await found(document), ['binding']);
    assert.ok(registered.some((options) => options.includes('**/*.itk3')));
    save('m.json.itk3', sidecar(EXCEPTION));
    const judged = document.next();
    await changed(`${uri}.itk3`);
    assert.deepEqual(codes((await judged).diagnostics), []);
    await document.close();
  });

  it('have their problems shown beside an open message, and cleared with it', async () => {
    save('m.json.itk3', sidecar(EXCEPTION, { ...EXCEPTION, path: 'Patient.name' }));
    const beside = client.nextFor(`${uri}.itk3`);
    const document = client.open(WRONG, uri);
    assert.deepEqual(codes((await beside).diagnostics), ['unused-exception']);
    const cleared = client.nextFor(`${uri}.itk3`);
    await document.close();
    assert.deepEqual(await cleared, { uri: `${uri}.itk3`, diagnostics: [] });
  });

  it('are judged by the message on disk when only they are open', async () => {
    save('m.json', WRONG);
    const beside = client.open(sidecar(EXCEPTION, { ...EXCEPTION, rule: 'required' }), `${uri}.itk3`);
    const { diagnostics } = await beside.published();
    assert.deepEqual(codes(diagnostics), ['unused-exception']);
    assert.equal(beside.spanText(diagnostics[0]!.range), '"Patient.gender"');
    await beside.close();
  });

  it('without a message say so', async () => {
    const beside = client.open(sidecar(EXCEPTION, { rule: 'binding' }), `${uri}.itk3`);
    const { diagnostics } = await beside.published();
    assert.deepEqual(codes(diagnostics), ['unused-exception', 'exception-form']);
    assert.match(diagnostics[0]!.message, /There is no m\.json beside this file/);
    await beside.close();
  });

  it('are switched like other rules', async () => {
    const quiet = await startClient({ capabilities: WHOLE, section: { rules: { 'unused-exception': 'off' } } });
    save('m.json', WRONG);
    const beside = quiet.open(sidecar({ ...EXCEPTION, rule: 'required' }), `${uri}.itk3`);
    assert.deepEqual((await beside.published()).diagnostics, []);
    quiet.stop();
  });

  it('of a rule that is off are not in vain', async () => {
    const quiet = await startClient({ capabilities: WHOLE, section: { rules: { binding: 'off' } } });
    save('m.json', WRONG);
    const beside = quiet.open(sidecar(EXCEPTION), `${uri}.itk3`);
    assert.deepEqual((await beside.published()).diagnostics, []);
    quiet.stop();
  });

  it('are mended by quick fixes', async () => {
    save('m.json', WRONG);
    const beside = client.open(sidecar({ ...EXCEPTION, rule: 'bindng' }), `${uri}.itk3`);
    const titles = (await actionsAt(beside, '"bindng"')).map(({ title }) => title);
    assert.deepEqual(titles, ['Change to "binding"']);
    await beside.close();
  });

  describe('written by a quick fix', () => {
    const except = (actions: CodeAction[]): CodeAction | undefined =>
      actions.find(({ title }) => title === 'Except binding here, with a reason…');

    it('make the file, and put the cursor where the reason goes', async () => {
      const document = client.open(WRONG, uri);
      const action = except(await actionsAt(document, '"mail"'))!;
      const [create, edit, ...more] = action.edit!.documentChanges!;
      assert.ok(CreateFile.is(create) && create.uri === `${uri}.itk3` && create.options?.ignoreIfExists);
      assert.ok(TextDocumentEdit.is(edit));
      assert.deepEqual([edit.textDocument, more], [{ uri: `${uri}.itk3`, version: null }, []]);
      const text = TextDocument.applyEdits(TextDocument.create('', 'json', 0, ''), edit.edits);
      assert.equal(text, `${sidecar({ ...EXCEPTION, reason: '' })}\n`);

      await client.connection.sendRequest('workspace/executeCommand', { ...action.command });
      const { uri: target, takeFocus, selection } = shown.pop()!;
      assert.deepEqual([target, takeFocus], [`${uri}.itk3`, true]);
      const offset = TextDocument.create('', 'json', 0, text).offsetAt(selection!.start);
      assert.equal(text.slice(offset - 1, offset + 1), '""');
      await document.close();
    });

    it('go into the file that is there', async () => {
      save('m.json.itk3', sidecar({ rule: 'nhs-number', reason: 'x' }));
      const document = client.open(WRONG, uri);
      const [edit, ...more] = except(await actionsAt(document, '"mail"'))!.edit!.documentChanges!;
      assert.ok(TextDocumentEdit.is(edit));
      assert.deepEqual(more, []);
      const before = TextDocument.create('', 'json', 0, fs.readFileSync(path.join(folder, 'm.json.itk3'), 'utf8'));
      assert.deepEqual(JSON.parse(TextDocument.applyEdits(before, edit.edits)), {
        exceptions: [
          { rule: 'nhs-number', reason: 'x' },
          { ...EXCEPTION, reason: '' },
        ],
      });
      await document.close();
    });

    it('are not offered where no file can stand beside, or be made', async () => {
      const untitled = client.open(WRONG, 'untitled:Untitled-1');
      assert.equal(except(await actionsAt(untitled, '"mail"')), undefined);
      const plain = await startClient();
      assert.equal(except(await actionsAt(plain.open(WRONG, uri), '"mail"', plain)), undefined);
      plain.stop();
    });

    it('are not offered for a hint, such as that a code was not looked up', async () => {
      const code = { system: 'http://snomed.info/sct', code: '22298006' };
      const document = client.open(JSON.stringify({ resourceType: 'Condition', code: { coding: [code] } }), uri);
      const { diagnostics } = await document.published();
      assert.ok(codes(diagnostics).includes('not-checked'));
      const titles = (await actionsAt(document, '{')).map(({ title }) => title);
      assert.ok(!titles.some((title) => title.includes('not-checked')), titles.join('\n'));
      await document.close();
    });

    it('are not offered for what is wrong with exceptions', async () => {
      save('m.json', WRONG);
      const beside = client.open(sidecar({ ...EXCEPTION, reason: '' }), `${uri}.itk3`);
      assert.deepEqual(await actionsAt(beside, '""'), []);
      await beside.close();
    });
  });
});
