// Everything by keys alone: whoever cannot use a pointer, or does not like to, must miss nothing. What a pointer does is
// counted, and must be nothing.
import assert from 'node:assert/strict';
import * as keys from './keys.mjs';
import * as window from './page.mjs';
import { PASSWORD, SHARED_KEY, startOutside } from './sandbox.mjs';
import * as tree from './tree.mjs';
import { openWorkbench } from './workbench.mjs';

const EDITOR = '.editor-group-container.active .editor-instance .monaco-editor';

describe('by keys alone', function () {
  this.timeout(120_000);
  let page;
  let close;
  let outside;
  let pointer;

  before(async () => {
    outside = await startOutside();
    ({ page, close } = await openWorkbench({
      vsix: 'itk3-toolkit.vsix',
      workspace: 'examples',
      settings: {
        'itk3.sandbox.port': 0,
        'itk3.mailboxes': [{ name: 'Outside', endpoint: outside.url, mailbox: 'X26PHARMACY' }],
      },
    }));
    pointer = await keys.countPointer(page);
  });

  after(async () => {
    await close?.();
    await outside?.close();
  });

  beforeEach(async () => {
    await keys.command(page, 'Notifications: Clear All Notifications');
    await keys.command(page, 'View: Close All Editors');
  });

  afterEach(async function () {
    if (this.currentTest.state !== 'failed') {
      assert.equal(await pointer(), 0, 'the pointer was used');
      return;
    }
    console.log(await keys.focusOf(page));
    const name = `failed: ${this.currentTest.title}`.replace(/\W+/g, '-');
    await window.screenshot(page, name, 'out/screenshots');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
  });

  it('makes a message, sends it, and reads the acknowledgement', async () => {
    await keys.command(page, 'ITK3: New message…');
    await keys.pick(page, 'Make one at once');
    await page.locator(EDITOR).first().waitFor();
    await keys.command(page, 'ITK3: Send message to MESH mailbox…');
    await keys.pick(page, 'Outside');
    await keys.pick(page, 'To a mailbox whose id you give');
    await keys.answer(page, 'To which mailbox?', 'X26SURGERY');
    await keys.answerDialog(page, 'Send this message', 'Send');
    await keys.answer(page, 'assword', PASSWORD);
    await keys.answer(page, 'key', SHARED_KEY);
    await window.waitForToast(page, 'Sent as');
    await keys.command(page, 'View: Revert and Close Editor');
  });

  it('goes from a mistake in the preview to its place in the message, and on to its mending', async () => {
    await keys.openFile(page, 'emergency-supply-with-mistakes.json');
    await keys.command(page, 'ITK3: Show preview to the side');
    const preview = window.webview(page);
    const mark = preview.locator('.mark', { hasText: 'did you mean "family"?' });
    await mark.waitFor();
    await page.keyboard.press('Control+2');
    await keys.tabTo(page, mark);
    await page.keyboard.press('Enter');
    await page.locator('.statusbar-item', { hasText: 'selected' }).waitFor();
    await window.showQuickFixes(page, 'family');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+2');
    const header = preview.locator('summary').first();
    await keys.tabTo(page, header);
    await page.keyboard.press('Enter');
    await preview.locator('details[open]').first().waitFor();
  });

  it('adds a mailbox, with a step back, and looks into it', async () => {
    await keys.command(page, 'ITK3: Focus on Mailboxes View');
    await keys.command(page, 'ITK3: Add mailbox…');
    await keys.pick(page, 'Sandbox on this machine');
    await keys.answer(page, 'Address of the MESH server', outside.url);
    await page.locator('.quick-input-widget', { hasText: 'Mailbox id' }).locator('input:focus').waitFor();
    await page.keyboard.press('Control+Alt+Minus'); // VS Code's key for the button Back
    await keys.answer(page, 'Address of the MESH server', outside.url);
    await keys.answer(page, 'Mailbox id', 'X26SURGERY');
    await keys.answer(page, 'Password of mailbox', PASSWORD);
    await keys.answer(page, 'Shared key', SHARED_KEY);
    await keys.answer(page, 'What do you call this mailbox?', 'By keys');
    await keys.pick(page, 'For all of them');
    await window.waitForToast(page, 'By keys works');
    await keys.command(page, 'ITK3: Focus on Mailboxes View');
    await page.keyboard.press('Home');
    const mailbox = tree.treeRow(page, 'Mailboxes', 'By keys');
    await keys.rowTo(page, mailbox);
    await keys.chooseInMenu(page, 'Look into mailbox');
    await mailbox.filter({ hasNotText: 'not looked into yet' }).waitFor();
  });

  it('follows what was sent in the view, opens the answer, and goes back to the message', async () => {
    await keys.openFile(page, 'emergency-supply-with-mistakes.json');
    await keys.command(page, 'ITK3: Send message to MESH mailbox…');
    await keys.answerDialog(page, 'has 7 errors', 'Send all the same');
    await keys.pick(page, 'Sandbox pharmacy');
    await window.waitForToast(page, 'Rejected: 20006');
    await keys.command(page, 'Notifications: Clear All Notifications');
    await keys.command(page, 'ITK3: Focus on Sent View');
    await page.keyboard.press('Home');
    const sent = tree
      .treeRow(page, 'Sent', 'emergency-supply-with-mistakes.json')
      .filter({ hasText: 'Rejected' })
      .first();
    await keys.rowTo(page, sent);
    await page.keyboard.press('ArrowRight');
    const step = tree.treeRow(page, 'Sent', 'Infrastructure: 20006').first();
    await step.waitFor();
    await keys.rowTo(page, step);
    await page.keyboard.press('Enter');
    await page.locator('.tab.active', { hasText: '20006' }).waitFor();
    await keys.command(page, 'ITK3: Go to what the response is about');
    await page.locator('.tab.active', { hasText: 'emergency-supply-with-mistakes.json' }).waitFor();
    await page.locator('.statusbar-item', { hasText: 'Ln 17, Col 17 (10 selected)' }).waitFor();
  });
});
