// The preview in a real window: what it is about, what it follows, what it keeps, how long it takes.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { fileUri, open } from './window';

const VALID = 'emergency-supply.json';
const MISTAKEN = 'emergency-supply-with-mistakes.json';

/** The tab of the preview, once it is called so. */
async function previewTab(label: string): Promise<vscode.Tab> {
  const find = (): vscode.Tab | undefined =>
    vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find((tab) => tab.label === label);
  const found = find();
  if (found) return found;
  return new Promise((resolve) => {
    const listening = vscode.window.tabGroups.onDidChangeTabs(() => {
      const now = find();
      if (!now) return;
      listening.dispose();
      resolve(now);
    });
  });
}

async function closed(tab: vscode.Tab): Promise<void> {
  await vscode.window.tabGroups.close(tab);
}

describe('the preview', () => {
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('stands beside the message, which keeps the focus', async () => {
    await open(VALID);
    await vscode.commands.executeCommand('itk3.showPreviewToSide');
    const { input, group } = await previewTab(`Preview ${VALID}`);
    assert.ok(input instanceof vscode.TabInputWebview);
    assert.match(input.viewType, /itk3\.preview$/);
    assert.equal(group.viewColumn, vscode.ViewColumn.Two);
    assert.equal(vscode.window.activeTextEditor?.document.uri.path, fileUri(VALID).path);
  });

  it('stands in the group in front when it is asked for by a file', async () => {
    await vscode.commands.executeCommand('itk3.showPreview', fileUri(VALID));
    const { group } = await previewTab(`Preview ${VALID}`);
    assert.equal(group.viewColumn, vscode.ViewColumn.One);
  });

  it('follows the message in front, unless it is locked', async () => {
    await open(VALID);
    await vscode.commands.executeCommand('itk3.showPreviewToSide');
    await previewTab(`Preview ${VALID}`);
    await open(MISTAKEN);
    await previewTab(`Preview ${MISTAKEN}`);
    await vscode.commands.executeCommand('itk3.lockPreview');
    const locked = await previewTab(`[Preview] ${MISTAKEN}`);
    await open(VALID);
    assert.equal(locked.label, `[Preview] ${MISTAKEN}`);
    await vscode.commands.executeCommand('itk3.lockPreview');
    await previewTab(`Preview ${MISTAKEN}`);
  });

  it('does not follow to what is no message', async () => {
    await open(VALID);
    await vscode.commands.executeCommand('itk3.showPreviewToSide');
    const tab = await previewTab(`Preview ${VALID}`);
    const other = await vscode.workspace.openTextDocument({ language: 'json', content: '{ "name": "package" }' });
    await vscode.window.showTextDocument(other, vscode.ViewColumn.One);
    assert.equal(tab.label, `Preview ${VALID}`);
  });

  it('leads back to its message', async () => {
    await vscode.commands.executeCommand('itk3.showPreview', fileUri(VALID));
    await previewTab(`Preview ${VALID}`);
    await vscode.commands.executeCommand('itk3.showPreviewSource');
    assert.equal(vscode.window.activeTextEditor?.document.uri.path, fileUri(VALID).path);
  });

  it('is only one in a window', async () => {
    await vscode.commands.executeCommand('itk3.showPreview', fileUri(VALID));
    await previewTab(`Preview ${VALID}`);
    await vscode.commands.executeCommand('itk3.showPreview', fileUri(MISTAKEN));
    await closed(await previewTab(`Preview ${MISTAKEN}`));
    const left = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).map(({ label }) => label);
    assert.ok(!left.some((label) => label.startsWith('Preview')), left.join());
  });

  it('says that there is no message where none is open', async () => {
    await vscode.commands.executeCommand('itk3.showPreviewToSide');
    assert.ok(!vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label.startsWith('Preview'))));
  });

  it('can be printed: its page is handed over once, and to nobody who does not know its address', async () => {
    await vscode.commands.executeCommand('itk3.showPreview', fileUri(VALID));
    await previewTab(`Preview ${VALID}`);
    const address = await vscode.commands.executeCommand<string>('itk3.printPreview', { open: false });
    const { origin } = new URL(address);
    assert.equal((await fetch(`${origin}/`)).status, 404);
    const page = await fetch(address);
    assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    assert.equal(page.headers.get('cache-control'), 'no-store');
    assert.match(await page.text(), /TESTWELL, Marmaduke \(Mr\)/);
    await assert.rejects(async () => fetch(address).then(({ status }) => assert.equal(status, 200)));
  });

  it('marks what the cursor is in, unless a setting says otherwise', async () => {
    const settings = vscode.workspace.getConfiguration('itk3');
    assert.equal(settings.get('preview.followCursor'), true);
    await open(VALID);
    await vscode.commands.executeCommand('itk3.showPreviewToSide');
    await previewTab(`Preview ${VALID}`);
    await settings.update('preview.followCursor', false, vscode.ConfigurationTarget.Global);
    assert.equal(vscode.workspace.getConfiguration('itk3').get('preview.followCursor'), false);
    await settings.update('preview.followCursor', undefined, vscode.ConfigurationTarget.Global);
  });

  it('serves attachments as files that cannot be changed, and only what stands in the message', async () => {
    const content = Buffer.from('Synthetic words').toString('base64');
    const message = await vscode.workspace.openTextDocument({
      language: 'json',
      content: JSON.stringify({ resourceType: 'Binary', contentType: 'text/plain', content }),
    });
    const uri = (at: string) =>
      vscode.Uri.from({
        scheme: 'itk3-attachment',
        path: '/a.txt',
        query: JSON.stringify([message.uri.toString(), at]),
      });
    const read = await vscode.workspace.fs.readFile(uri('/content'));
    assert.equal(Buffer.from(read).toString(), 'Synthetic words');
    assert.equal((await vscode.workspace.openTextDocument(uri('/content'))).getText(), 'Synthetic words');
    await assert.rejects(async () => vscode.workspace.fs.readFile(uri('/nothing')));
    await assert.rejects(async () => vscode.workspace.fs.writeFile(uri('/content'), read));
  });
});
