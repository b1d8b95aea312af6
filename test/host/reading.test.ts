// What was received, read in the window: beside it what was sent, files made of it, and messages compared.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { answerOf, diagnosticsOf, fileUri, listed, ours, text } from './window';

interface Answered {
  answers: { meshId: string; acknowledgement?: { code: string } }[];
}

const route = { from: 'X26PHARMACY', to: 'X26SURGERY', anyway: true };

async function sent(uri: vscode.Uri): Promise<Answered['answers']> {
  const answered = (await answerOf('itk3.sendMessage', uri, route)) as Answered | undefined;
  assert.ok(answered);
  return answered.answers;
}

let messages = 0;

const other = (): string => `0f1d2c3b-0000-4000-8000-${String(++messages).padStart(12, '0')}`;

/** The example as another message under another name, with something wrong in its header. */
async function wrongFile(name: string): Promise<vscode.Uri> {
  const example = Buffer.from(await vscode.workspace.fs.readFile(fileUri('emergency-supply.json'))).toString();
  const wrong = example
    .replace(/"timestamp": "[^"]*"/, '"timestamp": "yesterday"')
    .replace(/("resourceType": "MessageHeader",\s*"id": ")[^"]*/, `$1${other()}`);
  assert.notEqual(wrong, example);
  const uri = fileUri(name);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(wrong));
  return uri;
}

const read = async (meshId: string | undefined): Promise<vscode.TextDocument> => {
  await answerOf('itk3.showResponses', { open: meshId });
  const document = vscode.window.activeTextEditor?.document;
  assert.equal(document?.uri.scheme, 'itk3-received');
  return document;
};

describe('a received document', () => {
  beforeEach(() => answerOf('itk3.startSandbox', { port: 0 }));
  afterEach(() => answerOf('itk3.stopSandbox'));

  it('says what it means and what to do, and leads back to the element that was refused', async () => {
    const uri = await wrongFile('refused.json');
    const [refusal] = await sent(uri);
    assert.equal(refusal?.acknowledgement?.code, '20006');
    const document = await read(refusal.meshId);
    assert.deepEqual(listed(vscode.languages.getDiagnostics(document.uri)), []);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
    );
    const titles = lenses.map(({ command }) => command?.title ?? '');
    for (const title of [
      /Rejected: 20006 ITK header validation failure$/,
      /Correct the header/,
      /Go to the element/,
      /fixture/,
    ])
      assert.ok(
        titles.some((one) => title.test(one)),
        `${String(title)} in ${titles.join(' | ')}`,
      );
    const went = (await answerOf('itk3.goToElement', document.uri)) as {
      uri: vscode.Uri;
      range: vscode.Range;
      said?: string;
    };
    assert.equal(went.uri.toString(), uri.toString());
    assert.equal(went.said, undefined);
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.getText(went.range), '"yesterday"');
    assert.ok(editor.selection.isEqual(went.range));
  });

  it('leads to the nearest, and says so, when what was sent has changed since', async () => {
    const uri = await wrongFile('changed.json');
    const [refusal] = await sent(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    const edit = new vscode.WorkspaceEdit();
    const at = document.getText().indexOf('"timestamp"');
    const line = document.lineAt(document.positionAt(at).line);
    edit.delete(uri, line.rangeIncludingLineBreak);
    assert.ok(await vscode.workspace.applyEdit(edit));
    await document.save();
    const answer = await read(refusal?.meshId);
    const went = (await answerOf('itk3.goToElement', answer.uri)) as { said?: string };
    assert.match(
      went.said ?? '',
      /is not there: this is what it belongs in\. changed\.json has changed since it was sent/,
    );
  });

  it('says that what was sent is gone', async () => {
    const uri = await wrongFile('gone.json');
    const [refusal] = await sent(uri);
    await answerOf('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(uri);
    const answer = await read(refusal?.meshId);
    assert.equal(await answerOf('itk3.goToElement', answer.uri), undefined);
  });

  it('is checked like any other message, and never sent', async () => {
    const [answer] = await sent(fileUri('emergency-supply.json'));
    const document = await read(answer?.meshId);
    assert.match((await answerOf('itk3.validateMessage', document.uri)) as string, /^No problems in /);
    assert.equal(await answerOf('itk3.sendMessage', document.uri, route), undefined);
  });

  it('becomes a file with the name that is given', async () => {
    const [answer] = await sent(await wrongFile('again.json'));
    const document = await read(answer?.meshId);
    const to = fileUri('saved-answer.json');
    const saved = (await answerOf('itk3.saveAsFixture', document.uri, { people: 'as they are', to })) as {
      uri: vscode.Uri;
    };
    assert.equal(saved.uri.toString(), to.toString());
    assert.equal(text(), document.getText());
  });
});

describe('Save as fixture…', () => {
  it('puts invented people in the place of those in the message', async () => {
    const example = Buffer.from(await vscode.workspace.fs.readFile(fileUri('emergency-supply.json'))).toString();
    const from = fileUri('strangers.json');
    await vscode.workspace.fs.writeFile(from, Buffer.from(example.replaceAll('Testwell', 'Quibblethorpe')));
    const to = fileUri('invented.json');
    const saved = (await answerOf('itk3.saveAsFixture', from, { people: 'invented', to })) as { needsLook: string[] };
    assert.deepEqual(saved.needsLook, []);
    assert.doesNotMatch(text(), /quibblethorpe/i);
    const document = await vscode.workspace.openTextDocument(to);
    const found = ours(await diagnosticsOf(document, () => true));
    assert.deepEqual(
      found.filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error),
      [],
    );
  });

  it('writes nothing where nobody can be replaced', async () => {
    const from = fileUri('other.json');
    await vscode.workspace.fs.writeFile(from, Buffer.from('{ "name": "other" }'));
    assert.equal(
      await answerOf('itk3.saveAsFixture', from, { people: 'invented', to: fileUri('none.json') }),
      undefined,
    );
    await assert.rejects(Promise.resolve(vscode.workspace.fs.stat(fileUri('none.json'))));
  });
});

describe('Compare messages by meaning…', () => {
  it('finds one change in a message with other identifiers, and shows both beside each other', async () => {
    const example = Buffer.from(await vscode.workspace.fs.readFile(fileUri('emergency-supply.json'))).toString();
    const other = fileUri('other-birth.json');
    const renewed = example.replaceAll('c3cd2444-f846-43e4-ab3c-aaa84c3db3db', 'c3cd2444-f846-43e4-ab3c-aaa84c3db3dc');
    await vscode.workspace.fs.writeFile(other, Buffer.from(renewed));
    const compare = (options?: object): Promise<unknown> =>
      answerOf('itk3.compareMessages', fileUri('emergency-supply.json'), other, options);
    assert.deepEqual(await compare(), []);
    const strictly = (await compare({ counting: 'identifiers and times too' })) as { path: string }[];
    assert.ok(strictly.length > 0);

    const changed = renewed.replace('"gender": "male"', '"gender": "unknown"');
    assert.notEqual(changed, renewed);
    const unlike = fileUri('other-gender.json');
    await vscode.workspace.fs.writeFile(unlike, Buffer.from(changed));
    await answerOf('itk3.selectForCompare', fileUri('emergency-supply.json'));
    const differences = (await answerOf('itk3.compareMessages', unlike)) as { kind: string; path: string }[];
    assert.deepEqual(
      differences.map(({ kind, path }) => [kind, path]),
      [['changed', 'gender']],
    );
    const { activeTab } = vscode.window.tabGroups.activeTabGroup;
    assert.ok(activeTab?.input instanceof vscode.TabInputTextDiff);
    assert.equal(activeTab.input.modified.scheme, 'itk3-compared');
    await answerOf('workbench.action.closeQuickOpen');
  });

  it('says why it compares nothing', async () => {
    const from = fileUri('nothing.json');
    await vscode.workspace.fs.writeFile(from, Buffer.from('{}'));
    assert.equal(await answerOf('itk3.compareMessages', from, fileUri('emergency-supply.json')), undefined);
  });
});
