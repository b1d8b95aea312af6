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

describe('finding one’s way', () => {
  const PATIENT = 'Patient · Marmaduke TESTWELL · 999 014 2017';
  const PROFILE = 'https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Patient-1';

  it('the outline reads like the message, before what JSON itself makes of it', async () => {
    const document = await open('emergency-supply.json');
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    const bundle = symbols.find(({ name }) => name === 'Bundle · document · 11 entries');
    assert.ok(bundle, symbols.map(({ name }) => name).join('\n'));
    assert.ok(bundle.children.some(({ name }) => name === PATIENT));
  });

  it('a reference leads to its entry, a profile to our page of it', async () => {
    const document = await open('emergency-supply.json');
    const led = (landmark: string) =>
      vscode.commands.executeCommand<vscode.LocationLink[]>(
        'vscode.executeDefinitionProvider',
        document.uri,
        behind(document, landmark),
      );
    const [entry] = await led('"focus": [\n          {\n            "refer');
    assert.ok(entry);
    assert.match(document.getText(entry.targetRange), /^\{\s+"fullUrl"[^]*"resourceType": "Bundle"/);
    const [page] = await led(PROFILE.slice(0, -3));
    assert.ok(page);
    assert.equal(page.targetUri.scheme, 'itk3-definition');
    const shown = await vscode.workspace.openTextDocument(page.targetUri);
    assert.match(shown.getText(), /^CareConnect-Patient-1\n/);
  });

  it('the url of a profile is one link, to the same page', async () => {
    const document = await open('emergency-supply.json');
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      document.uri,
    );
    const place = behind(document, PROFILE.slice(0, -3));
    const there = links.filter(({ range }) => range.contains(place));
    assert.deepEqual(
      there.map(({ target }) => target?.scheme),
      ['itk3-definition'],
    );
  });

  it('a rename changes id, fullUrl and references', async () => {
    const document = await open('emergency-supply.json');
    const id = 'c3cd2444-f846-43e4-ab3c-aaa84c3db3db';
    const fresh = 'c3cd2444-f846-43e4-ab3c-aaa84c3db3dc';
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      document.uri,
      behind(document, `"id": "${id}`),
      fresh,
    );
    const edits = edit.get(document.uri);
    assert.equal(edits.length, document.getText().split(id).length - 1);
    for (const { range, newText } of edits) assert.deepEqual([document.getText(range), newText], [id, fresh]);
  });

  it('lenses say how many references lead to an entry, and show them', async () => {
    const document = await open('emergency-supply.json');
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      100,
    );
    const titles = lenses.map(({ command }) => command?.title);
    assert.ok(titles.includes('Validate') && titles.includes('Send…'), titles.join(' '));
    const counted = lenses.find(({ command }) => command?.command === '_itk3.showReferences');
    assert.match(counted?.command?.title ?? '', /^\d+ references?$/);
    await vscode.commands.executeCommand('_itk3.showReferences', ...((counted?.command?.arguments ?? []) as unknown[]));
  });

  it('entries fold as regions', async () => {
    const document = await open('emergency-supply.json');
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      document.uri,
    );
    const regions = folds.filter(({ kind }) => kind === vscode.FoldingRangeKind.Region);
    assert.ok(regions.some(({ start }) => document.lineAt(start + 1).text.includes('"fullUrl"')));
  });

  it('a person is found by name among the messages of the folder', async () => {
    const found = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
      'vscode.executeWorkspaceSymbolProvider',
      'testwell',
    );
    assert.ok(found.some(({ name }) => name === PATIENT));
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
