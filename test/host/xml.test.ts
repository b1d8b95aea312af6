// FHIR XML in the window: what the editor says of it, and the way from one form to the other.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { answerOf, diagnosticsOf, extension, fileUri, listed, open, ours, text } from './window';

interface Ended {
  written: vscode.Uri[];
  leftOut: { name: string; why: string }[];
}

const JSON_FILE = 'emergency-supply.json';

const read = async (uri: vscode.Uri): Promise<string> =>
  Buffer.from(await vscode.workspace.fs.readFile(uri)).toString();
const write = (uri: vscode.Uri, content: string): Thenable<void> =>
  vscode.workspace.fs.writeFile(uri, Buffer.from(content));
const isThere = (uri: vscode.Uri): Promise<boolean> =>
  Promise.resolve(vscode.workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  );

let made: string | undefined;

/** The valid example as XML, in a file of its own that no editor has shown yet. */
async function xmlFile(name: string, change: (xml: string) => string = (xml) => xml): Promise<vscode.Uri> {
  if (made === undefined) {
    await vscode.workspace.fs.copy(fileUri(JSON_FILE), fileUri('source.json'), { overwrite: true });
    const ended = (await answerOf('itk3.convertFiles', fileUri('source.json'))) as Ended | undefined;
    assert.equal(ended?.written.length, 1);
    made = await read(fileUri('source.xml'));
  }
  await write(fileUri(name), change(made));
  return fileUri(name);
}

const ruleOf = ({ code }: vscode.Diagnostic): string => String(typeof code === 'object' ? code.value : code);

async function shown(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

function front(): vscode.TextDocument {
  const document = vscode.window.activeTextEditor?.document;
  assert.ok(document);
  return document;
}

/** Whatever a test left open and unsaved. */
async function closeAll(): Promise<void> {
  while (vscode.window.activeTextEditor) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

describe('FHIR XML in the editor', () => {
  afterEach(closeAll);

  it('is judged like JSON, and so are its own mistakes', async () => {
    const valid = await shown(await xmlFile('judged.xml'));
    const wrong = await vscode.workspace.openTextDocument({
      language: 'xml',
      content:
        '<Patient xmlns="http://hl7.org/fhir"><gender value="male"/><birthDate value="1956-02-29"/><famly value="Testwell"/><active value="true"/></Patient>',
    });
    const found = ours(await diagnosticsOf(wrong, (all) => ours(all).length > 1));
    assert.deepEqual(found.map(ruleOf).sort(), ['unknown-property', 'xml-order']);
    assert.deepEqual(found.map(({ range }) => wrong.getText(range)).sort(), ['active', 'famly']);
    assert.deepEqual(listed(vscode.languages.getDiagnostics(valid.uri)), []);
    assert.match((await answerOf('itk3.validateMessage', valid.uri)) as string, /^No problems in judged\.xml\./);
  });

  it('is explained by hover', async () => {
    const document = await shown(await xmlFile('explained.xml'));
    const at = document.positionAt(document.getText().indexOf('<birthDate') + 4);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      at,
    );
    const texts = hovers.flatMap(({ contents }) =>
      contents.map((one) => (one instanceof vscode.MarkdownString ? one.value : '')),
    );
    assert.match(texts.join('\n'), /birthDate/);
  });

  it('is left alone where it is of something else', async () => {
    const content =
      '<?xml version="1.0"?>\n<project xmlns="http://maven.apache.org/POM/4.0.0">\n  <name>x</name>\n</project>\n';
    await write(fileUri('other.xml'), content);
    const other = await open('other.xml');
    // Answered in order: when the mistake in the second has been told, the first has been looked at.
    const second = await vscode.workspace.openTextDocument({
      language: 'xml',
      content: '<Patient xmlns="http://hl7.org/fhir"><famly value="Testwell"/></Patient>',
    });
    await diagnosticsOf(second, (all) => ours(all).length > 0);
    assert.deepEqual(vscode.languages.getDiagnostics(other.uri), []);
    const symbols = await vscode.commands.executeCommand<unknown[] | undefined>(
      'vscode.executeDocumentSymbolProvider',
      other.uri,
    );
    assert.deepEqual(symbols ?? [], []);
    // It is folded by its indentation, as where nobody knows more.
    const folded = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      other.uri,
    );
    assert.deepEqual(
      folded.map(({ start, end }) => [start, end]),
      [[1, 2]],
    );
    const edits = await vscode.commands.executeCommand<unknown[] | undefined>(
      'vscode.executeFormatDocumentProvider',
      other.uri,
      { tabSize: 2, insertSpaces: true },
    );
    assert.deepEqual(edits ?? [], []);
    assert.equal(await answerOf('itk3.openAsJson', other.uri), undefined);
    assert.equal(text(), content);
  });

  it('takes no language, file or formatter from anybody', () => {
    const { contributes } = extension().packageJSON as { contributes: Record<string, unknown> };
    const languages = JSON.stringify([contributes.languages, contributes.grammars, contributes.configurationDefaults]);
    assert.doesNotMatch(languages, /xml/i);
  });

  it('is previewed', async () => {
    const uri = await xmlFile('previewed.xml');
    await shown(uri);
    await vscode.commands.executeCommand('itk3.showPreviewToSide', uri);
    assert.match((await answerOf('itk3.printPreview', { open: false })) as string, /^http:\/\/127\.0\.0\.1:/);
  });

  it('begins as XML where that is asked for', async () => {
    await vscode.commands.executeCommand('itk3.newMessage', { kind: 'emergency-supply', form: 'xml' });
    const document = front();
    assert.equal(document.languageId, 'xml');
    assert.match(document.getText(), /^<\?xml [^>]+>\n<Bundle xmlns="http:\/\/hl7\.org\/fhir">/);
    const { selection } = vscode.window.activeTextEditor!;
    assert.equal(document.getText(selection), 'X26PHARMACY');
  });
});

describe('formatting FHIR XML', () => {
  afterEach(closeAll);

  const OPTIONS = { tabSize: 2, insertSpaces: true };
  const edits = async (uri: vscode.Uri): Promise<vscode.TextEdit[]> =>
    (await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>(
      'vscode.executeFormatDocumentProvider',
      uri,
      OPTIONS,
    )) ?? [];

  it('lays it out without a question, and says nothing of JSON, which VS Code lays out itself', async () => {
    const flat = await shown(
      await xmlFile('flat.xml', (xml) => xml.replace(/>\s+<(?!\/?(?:div|table|t[hrd]))/g, '><')),
    );
    await diagnosticsOf(flat, (all) => ours(all).some(({ severity }) => severity === vscode.DiagnosticSeverity.Hint));
    vscode.window.activeTextEditor!.options = OPTIONS;
    await vscode.commands.executeCommand('editor.action.formatDocument');
    assert.equal(flat.getText(), made);
    assert.deepEqual(await edits(flat.uri), []);
    // Ours would end the text with a line end, as it does where it is asked.
    const json = await vscode.workspace.openTextDocument({ language: 'json', content: '{"resourceType":"Patient"}' });
    const end = json.positionAt(json.getText().length);
    assert.ok((await edits(json.uri)).every(({ range }) => !range.end.isEqual(end)));
  });
});

describe('Open as XML, Open as JSON', () => {
  afterEach(closeAll);

  it('shows the other form beside, unsaved, under the name that it would have, at the same place', async () => {
    await vscode.workspace.fs.copy(fileUri(JSON_FILE), fileUri('form.json'), { overwrite: true });
    const json = await open('form.json');
    const at = json.positionAt(json.getText().indexOf('"birthDate"') + 3);
    vscode.window.activeTextEditor!.selection = new vscode.Selection(at, at);
    const xmlUri = (await answerOf('itk3.openAsXml')) as vscode.Uri;
    const xml = front();
    assert.equal(xml.uri.toString(), xmlUri.toString());
    assert.ok(xml.isUntitled && xml.isDirty);
    assert.equal(xml.languageId, 'xml');
    assert.match(xml.uri.path, /\/form\.xml$/);
    assert.equal(vscode.window.activeTextEditor?.viewColumn, vscode.ViewColumn.Two);
    const { line } = vscode.window.activeTextEditor.selection.active;
    assert.match(xml.lineAt(line).text, /<birthDate value="1956-02-29"\/>/);
    assert.ok(!(await isThere(fileUri('form.xml'))));

    const backUri = (await answerOf('itk3.openAsJson', xml.uri)) as vscode.Uri;
    const back = await vscode.workspace.openTextDocument(backUri);
    assert.equal(back.languageId, 'json');
    assert.deepEqual(JSON.parse(back.getText()), JSON.parse(json.getText()));
  });

  it('takes no name that is taken', async () => {
    const uri = await xmlFile('taken.xml');
    await write(fileUri('taken.json'), '{}');
    const json = (await answerOf('itk3.openAsJson', uri)) as vscode.Uri;
    assert.equal(json.scheme, 'untitled');
    assert.doesNotMatch(json.path, /taken/);
    assert.equal(await read(fileUri('taken.json')), '{}');
  });

  it('only shows what is in the form already, and nothing of what is broken', async () => {
    const uri = await xmlFile('already.xml');
    assert.equal(((await answerOf('itk3.openAsXml', uri)) as vscode.Uri).toString(), uri.toString());
    const broken = await xmlFile('broken.xml', (xml) => xml.replace(/<\/Bundle>\s*$/, ''));
    assert.equal(await answerOf('itk3.openAsJson', broken), undefined);
  });
});

describe('Convert file(s)…', () => {
  afterEach(closeAll);

  it('writes beside the file, exceptions too, and to the letter back again', async () => {
    const folder = fileUri('converted');
    await vscode.workspace.fs.createDirectory(folder);
    const at = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);
    const valid = await read(fileUri(JSON_FILE));
    await write(at('a.json'), valid);
    await write(at('a.json.itk3'), '{ "exceptions": [] }');
    await write(at('notes.json'), '{ "name": "no FHIR" }');
    const there = (await answerOf('itk3.convertFiles', folder)) as Ended;
    assert.deepEqual(there.written.map(String), [at('a.xml')].map(String));
    assert.deepEqual(there.leftOut, []);
    assert.equal(await read(at('a.xml.itk3')), '{ "exceptions": [] }');
    assert.ok(!(await isThere(at('notes.xml'))));
    await vscode.workspace.fs.delete(at('a.json'));
    const back = (await answerOf('itk3.convertFiles', at('a.xml'), [at('a.xml')], { existing: 'replace' })) as Ended;
    assert.deepEqual(back.written.map(String), [at('a.json')].map(String));
    assert.deepEqual(JSON.parse(await read(at('a.json'))), JSON.parse(valid));
  });

  it('replaces nothing that is to be kept, and says of each file why it was not converted', async () => {
    const folder = fileUri('kept');
    await vscode.workspace.fs.createDirectory(folder);
    const at = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);
    const valid = await read(fileUri(JSON_FILE));
    await write(at('kept.json'), valid);
    await write(at('kept.xml'), 'kept');
    await write(at('new.json'), valid);
    await write(at('broken.json'), valid.slice(0, -5));
    await write(at('other.json'), '{ "name": "no FHIR" }');
    await write(at('mistaken.json'), valid.replace(/"family": "[^"]*"/, '"family": null'));
    const files = ['kept.json', 'new.json', 'broken.json', 'other.json', 'mistaken.json'].map(at);
    const ended = (await answerOf('itk3.convertFiles', files[0], files, { to: 'xml', existing: 'skip' })) as Ended;
    assert.deepEqual(ended.written.map(String), [String(at('new.xml'))]);
    const why = Object.fromEntries(ended.leftOut.map(({ name, why }) => [name.split('/').at(-1), why]));
    assert.match(String(why['kept.json']), /^kept\.xml .*already/);
    assert.match(String(why['broken.json']), /^Line \d+ must be mended/);
    assert.match(String(why['mistaken.json']), /^The XML would not have all of it: .*family/);
    assert.equal(why['other.json'], 'It is no FHIR resource.');
    assert.equal(await read(at('kept.xml')), 'kept');
    assert.equal(front().uri.scheme, 'itk3-page');
  });

  it('leaves alone what is open with changes', async () => {
    const uri = await xmlFile('open.xml');
    await write(fileUri('open.json'), '{}');
    const json = await open('open.json');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(json.uri, new vscode.Position(0, 1), ' ');
    await vscode.workspace.applyEdit(edit);
    const ended = (await answerOf('itk3.convertFiles', uri, undefined, { existing: 'replace' })) as Ended;
    assert.deepEqual(ended.written, []);
    assert.match(ended.leftOut[0]!.why, /^open\.json is open with changes/);
    assert.equal(await read(fileUri('open.json')), '{}');
  });
});

describe('comparing by meaning', () => {
  afterEach(closeAll);

  it('does not see in which form a message is written', async () => {
    const uri = await xmlFile('meant.xml');
    assert.deepEqual(await answerOf('itk3.compareMessages', fileUri(JSON_FILE), uri), []);
    const other = await xmlFile('differs.xml', (xml) => xml.replace('"1956-02-29"', '"1956-02-28"'));
    const differences = (await answerOf('itk3.compareMessages', fileUri(JSON_FILE), other)) as { path: string }[];
    assert.equal(differences.length, 1);
    assert.match(differences[0]!.path, /birthDate/);
    const both = (await answerOf('itk3.compareMessages', uri, other)) as unknown[];
    assert.equal(both.length, 1);
    const editors = vscode.window.visibleTextEditors.filter(({ document }) => document.uri.scheme === 'itk3-compared');
    assert.ok(editors.length > 0);
    for (const { document } of editors) assert.equal(document.languageId, 'xml');
  });
});

describe('XML that was received', () => {
  beforeEach(() => answerOf('itk3.startSandbox', { port: 0 }));
  afterEach(async () => {
    await answerOf('itk3.stopSandbox');
    await closeAll();
  });

  const route = { from: 'X26PHARMACY', to: 'X26SURGERY', anyway: true };

  it('opens in either form without leaving memory, and leads to the element of the JSON that was sent', async () => {
    const uri = fileUri('refused-in-xml.json');
    const wrong = (await read(fileUri(JSON_FILE)))
      .replace(/"timestamp": "[^"]*"/, '"timestamp": "yesterday"')
      .replace(/("resourceType": "MessageHeader",\s*"id": ")[^"]*/, '$10f1d2c3b-0000-4000-8000-0000000000f7');
    await write(uri, wrong);
    const sent = (await answerOf('itk3.sendMessage', uri, route)) as {
      id: string;
      answers: { meshId: string; acknowledgement?: { code: string } }[];
    };
    const [refusal] = sent.answers;
    assert.equal(refusal?.acknowledgement?.code, '20006');
    await answerOf('itk3.showResponses', { open: refusal.meshId });
    const xml = front();
    assert.equal(xml.languageId, 'xml');
    assert.deepEqual(listed(vscode.languages.getDiagnostics(xml.uri)), []);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', xml.uri);
    assert.ok(lenses.some(({ command }) => command?.command === 'itk3.openAsJson'));

    const jsonUri = (await answerOf('itk3.openAsJson', xml.uri)) as vscode.Uri;
    const json = front();
    assert.equal(json.uri.toString(), jsonUri.toString());
    assert.equal(json.uri.scheme, 'itk3-received');
    assert.equal(json.languageId, 'json');
    assert.equal((JSON.parse(json.getText()) as { resourceType: string }).resourceType, 'Bundle');
    assert.ok(!json.isUntitled && !json.isDirty);
    for (const from of [xml.uri, json.uri]) {
      const went = (await answerOf('itk3.goToElement', from)) as {
        uri: vscode.Uri;
        range: vscode.Range;
        said?: string;
      };
      assert.equal(went.uri.toString(), uri.toString());
      assert.equal(went.said, undefined);
      assert.equal(vscode.window.activeTextEditor?.document.getText(went.range), '"yesterday"');
    }
    await answerOf('itk3.openAsXml', { sent: sent.id });
    assert.match(front().uri.path, /\/refused-in-xml\.xml$/);
    assert.match(front().getText(), /<timestamp value="yesterday"\/>/);
    const to = fileUri('saved-answer.xml');
    await answerOf('itk3.saveAsFixture', xml.uri, { people: 'as they are', to });
    assert.equal(await read(to), xml.getText());
  });
});
