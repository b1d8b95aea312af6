// Everything by keys alone: whoever cannot use a pointer, or does not like to, must miss nothing. What a pointer does is
// counted, and must be nothing.
import assert from 'node:assert/strict';
import * as keys from './keys.mjs';
import * as window from './page.mjs';
import { PASSWORD, SHARED_KEY, startOutside } from './sandbox.mjs';
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
});
