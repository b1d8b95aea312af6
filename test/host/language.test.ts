// The language server, seen from VS Code.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { diagnosticsOf, fileUri, listed, open, ours } from './window';

/** The place behind a text that stands once in the document. */
function behind(document: vscode.TextDocument, landmark: string): vscode.Position {
  const at = document.getText().indexOf(landmark);
  assert.ok(at >= 0, `${landmark} is not in the document`);
  return document.positionAt(at + landmark.length);
}

describe('diagnostics', () => {
  it('stand where the mistakes are', async () => {
    const document = await open('emergency-supply-with-mistakes.json');
    const found = ours(await diagnosticsOf(document, (all) => ours(all).length > 0));
    const marked = found.map(({ range }) => document.getText(range));
    for (const word of ['"famly"', '"1956-02-30"', '"finished"'])
      assert.ok(
        marked.some((text) => text.includes(word)),
        `${word} in ${marked.join(' ')}`,
      );
  });

  it('are absent from the valid message and from JSON that is none, and come when a mistake is made', async () => {
    await vscode.workspace.fs.writeFile(fileUri('package.json'), Buffer.from('{ "name": "other", "resource": 1 }'));
    const others = [await open('package.json'), await open('emergency-supply.json')];
    // Answered in order: when the mistake in the third has been reported, the others have been judged.
    const third = await vscode.workspace.openTextDocument({
      language: 'json',
      content: '{ "resourceType": "Patient", "famly": "Testwell" }',
    });
    assert.ok(ours(await diagnosticsOf(third, (all) => ours(all).length > 0)).length > 0);
    for (const document of others) assert.deepEqual(listed(vscode.languages.getDiagnostics(document.uri)), []);
  });
});

describe('broken JSON', () => {
  it('is left to what VS Code itself says of it', async () => {
    const broken = await vscode.workspace.openTextDocument({
      language: 'json',
      content: '{ "resourceType": "Patient", "famly": "Testwell", "id": }',
    });
    const found = ours(await diagnosticsOf(broken, (all) => ours(all).length > 0));
    const rules = found.map(({ code }) => (typeof code === 'object' ? code.value : code));
    assert.deepEqual(rules, ['unknown-property']);
  });
});

describe('completion', () => {
  it('offers the properties that are allowed and not yet there', async () => {
    const document = await open('emergency-supply.json');
    const place = behind(document, '"birthDate": "1956-02-29",');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, place, '\n""');
    await vscode.workspace.applyEdit(edit);
    const inside = behind(document, '"birthDate": "1956-02-29",\n"');
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      inside,
    );
    const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(labels.includes('maritalStatus'), labels.join(' '));
    assert.ok(!labels.includes('gender'), 'gender is there already');
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});

describe('hover', () => {
  it('says what an element is', async () => {
    const document = await open('emergency-supply.json');
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      behind(document, '"birthDa'),
    );
    const texts = hovers.flatMap(({ contents }) =>
      contents.map((one) => (one instanceof vscode.MarkdownString ? one.value : '')),
    );
    assert.match(texts.join('\n'), /birthDate/);
  });
});

describe('snippets', () => {
  it('are offered in JSON by their own prefix', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'json', content: '[itk3]' });
    await vscode.window.showTextDocument(document);
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      new vscode.Position(0, 5),
    );
    const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(labels.includes('itk3-patient'), labels.join(' '));
  });
});
