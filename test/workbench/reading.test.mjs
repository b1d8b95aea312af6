// A refusal is read, and leads back to what was sent; it becomes a file, and two messages are compared.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as window from './page.mjs';
import { pictures } from './themes.mjs';
import { openWorkbench } from './workbench.mjs';

const WRONG = 'wrong-time.json';

describe('reading', function () {
  this.timeout(180_000);
  let workbench;
  let page;

  before(async () => {
    workbench = await openWorkbench({
      vsix: 'itk3-toolkit.vsix',
      workspace: 'examples',
      settings: { 'itk3.sandbox.port': 0 },
    });
    ({ page } = workbench);
    const example = readFileSync('examples/emergency-supply.json', 'utf8');
    const wrong = example.replace(/"timestamp": "[^"]*"/, '"timestamp": "yesterday"');
    assert.notEqual(wrong, example);
    writeFileSync(path.join(workbench.folder, WRONG), wrong);
    writeFileSync(
      path.join(workbench.folder, 'other.json'),
      example.replace('"gender": "male"', '"gender": "unknown"'),
    );
  });

  after(() => workbench?.close());

  afterEach(async function () {
    if (this.currentTest.state === 'failed')
      await window.screenshot(page, `failed-${this.currentTest.title}`.replace(/\W+/g, '-'), 'out/screenshots');
  });

  const row = (text) => page.locator('.quick-input-list .monaco-list-row', { hasText: text });
  const lens = (text) => page.locator('.codelens-decoration a, .codelens-decoration span', { hasText: text }).first();

  it('says what a refusal means and what to do', async () => {
    await window.openFile(page, WRONG);
    await window.runCommand(page, 'ITK3: Send message to MESH mailbox…');
    await window.answerDialog(page, 'has 1 error', 'Send all the same');
    await row('nothing leaves this machine').first().click();
    await window.clickToastAction(page, 'Rejected', 'Show responses');
    await row('20006').first().click();
    await lens('Rejected: 20006 ITK header validation failure').waitFor();
    await lens('Save as fixture…').waitFor();
    await pictures(workbench, 'refusal');
  });

  it('leads back to the element', async () => {
    await lens('Go to the element').click();
    await page.locator('.tab.active', { hasText: WRONG }).waitFor();
    await page.locator('.view-line', { hasText: 'yesterday' }).first().waitFor();
    await pictures(workbench, 'way-back');
  });

  it('asks who shall be in a fixture', async () => {
    await window.runCommand(page, 'ITK3: Save as fixture…');
    await row('With invented people').waitFor();
    await pictures(workbench, 'fixture', { themes: ['dark', 'light'] });
    await page.keyboard.press('Escape');
  });

  it('compares two messages by meaning', async () => {
    await window.openFile(page, 'other.json');
    await window.runCommand(page, 'ITK3: Select to compare by meaning');
    await window.openFile(page, 'emergency-supply.json');
    await window.runCommand(page, 'ITK3: Compare messages by meaning…');
    await row('gender').waitFor();
    await page.locator('.diff-editor, .monaco-diff-editor').first().waitFor();
    await pictures(workbench, 'compared');
    assert.equal(await row('').count(), 1);
    await page.keyboard.press('Enter');
  });
});
