// What the welcome of the extension leads to.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { answerOf, diagnosticsOf, fileUri, ours, text } from './window';

const names = async (folder: vscode.Uri): Promise<string[]> =>
  (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name).sort();

describe('the first steps', () => {
  it('puts the examples into a new folder each time, and writes over nothing', async () => {
    const within = fileUri('somewhere');
    await vscode.workspace.fs.createDirectory(within);
    const wishes = { folder: within.fsPath, stay: true };
    const first = (await answerOf('itk3.openExamples', wishes)) as vscode.Uri;
    const all = await names(first);
    for (const name of ['.vscode', 'README.md', 'emergency-supply.json', 'received'])
      assert.ok(all.includes(name), name);
    assert.deepEqual(await names(vscode.Uri.joinPath(first, '.vscode')), ['itk3.json']);

    const mine = vscode.Uri.joinPath(first, 'emergency-supply.json');
    await vscode.workspace.fs.writeFile(mine, Buffer.from('mine'));
    const second = (await answerOf('itk3.openExamples', wishes)) as vscode.Uri;
    assert.notEqual(second.path, first.path);
    assert.deepEqual(await names(second), all);
    assert.equal(Buffer.from(await vscode.workspace.fs.readFile(mine)).toString(), 'mine');
    await vscode.workspace.fs.delete(within, { recursive: true });
  });

  it('says so, and makes nothing, where no folder can be made', async () => {
    const file = fileUri('emergency-supply.json');
    assert.equal(await answerOf('itk3.openExamples', { folder: file.fsPath, stay: true }), undefined);
  });

  it('opens a message with mistakes that is saved nowhere', async () => {
    await answerOf('itk3.openMistakes');
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document?.isUntitled);
    assert.match(text(), /"famly"/);
    assert.ok(ours(await diagnosticsOf(document, (all) => ours(all).length > 0)).length > 0);
  });

  it('opens the walkthrough', async () => {
    await answerOf('itk3.openWalkthrough');
    assert.notEqual(vscode.window.tabGroups.activeTabGroup.activeTab, undefined);
  });
});
