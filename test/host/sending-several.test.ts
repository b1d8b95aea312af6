// Several messages by one command, against the sandbox of the window.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { answerOf, fileUri, text } from './window';

interface Row {
  name: string;
  outcome: string;
  meshId?: string;
  says: string;
}

const route = { from: 'X26PHARMACY', to: 'X26SURGERY' };
const HEADER = /("MessageHeader",\s*"id": ")([^"]+)/;

/** A folder with files made of the example. */
async function folder(name: string, files: Record<string, (example: string) => string>): Promise<vscode.Uri> {
  const example = Buffer.from(await vscode.workspace.fs.readFile(fileUri('emergency-supply.json'))).toString();
  for (const [file, make] of Object.entries(files))
    await vscode.workspace.fs.writeFile(fileUri(`${name}/${file}`), Buffer.from(make(example)));
  return fileUri(name);
}

/** Another message, and another document, to its receiver. */
function another(example: string): string {
  const fresh = new Map<string, string>();
  return example.replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (uuid) => {
    if (!fresh.has(uuid)) fresh.set(uuid, randomUUID());
    return fresh.get(uuid) ?? uuid;
  });
}

const outcomes = (rows: Row[] | undefined): string[] | undefined =>
  rows?.map(({ name, outcome }) => `${name.split('/').at(-1)}: ${outcome}`);

describe('Send several messages…', () => {
  beforeEach(() => answerOf('itk3.startSandbox', { port: 0 }));
  afterEach(() => answerOf('itk3.stopSandbox'));

  it('sends those of a folder, tells what is none, and shows a table with what came back', async () => {
    const uri = await folder('several', {
      'a.json': another,
      'deep/b.json': (example) => another(example).replace('"gender": "male"', '"gender": "mail"'),
      'none.json': () => '{ "name": "other" }',
      'none.xml': () => '<project/>',
      'none.txt': () => 'no JSON',
    });
    const rows = (await answerOf('itk3.sendMessages', uri, [uri], { ...route, anyway: true })) as Row[] | undefined;
    assert.deepEqual(outcomes(rows), ['a.json: sent', 'b.json: sent', 'none.json: left out', 'none.xml: left out']);
    assert.match(rows?.[0]?.says ?? '', /30001/);
    // The patient stands in the document, which is the payload.
    assert.match(rows?.[1]?.says ?? '', /20009/);
    assert.match(rows?.[2]?.says ?? '', /is no FHIR message/);
    assert.equal(vscode.window.activeTextEditor?.document.uri.scheme, 'itk3-page');
    assert.match(text(), /^Sent from .* to X26SURGERY: 2 sent, 2 left out\.\n/);
    assert.ok(text().includes(rows?.[0]?.meshId ?? 'no id'));
  });

  it('sends a selection, each with an identifier of its own where that is wanted', async () => {
    const uri = await folder('twins', { 'a.json': another });
    const [a, b] = ['a.json', 'b.json'].map((name) => vscode.Uri.joinPath(uri, name)) as [vscode.Uri, vscode.Uri];
    await vscode.workspace.fs.copy(a, b);
    const rows = (await answerOf('itk3.sendMessages', a, [a, b], { ...route, again: 'fresh' })) as Row[];
    assert.deepEqual(
      rows.map(({ says }) => /30001/.test(says)),
      [true, true],
    );
    const ids = await Promise.all(
      [a, b].map(async (uri) => HEADER.exec(Buffer.from(await vscode.workspace.fs.readFile(uri)).toString())?.[2]),
    );
    assert.notEqual(ids[0], ids[1]);
  });

  it('stops where an answer is lost, and says what was not tried', async () => {
    const losing = (example: string): string =>
      another(example).replace(/("SenderReference",\s*"valueString": )"[^"]*"/, '$1"sandbox:lost-answer"');
    const uri = await folder('lost', { 'a.json': another, 'b.json': losing, 'c.json': another });
    const rows = (await answerOf('itk3.sendMessages', uri, [uri], route)) as Row[] | undefined;
    assert.deepEqual(outcomes(rows), ['a.json: sent', 'b.json: unclear', 'c.json: not tried']);
    assert.match(text(), /ask MESH in the view Sent/);
  });

  it('sends nothing where there is no message', async () => {
    const uri = await folder('none', { 'none.json': () => '{ "name": "other" }' });
    assert.equal(await answerOf('itk3.sendMessages', uri, [uri], route), undefined);
  });
});
