// A mailbox is described in steps, tried, and mended where it does not work; a team's file is explained while it is written.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as window from './page.mjs';
import { PASSWORD, SHARED_KEY, startOutside } from './sandbox.mjs';
import { pictures } from './themes.mjs';
import { openWorkbench } from './workbench.mjs';

describe('mailboxes', function () {
  this.timeout(120_000);
  let workbench;
  let page;
  let sandbox;

  before(async () => {
    sandbox = await startOutside();
    workbench = await openWorkbench({ vsix: 'itk3-toolkit.vsix', workspace: 'examples' });
    ({ page } = workbench);
  });

  after(async () => {
    await workbench?.close();
    await sandbox?.close();
  });

  afterEach(async function () {
    if (this.currentTest.state === 'failed')
      await window.screenshot(page, `failed: ${this.currentTest.title}`.replace(/\W+/g, '-'), 'out/screenshots');
  });

  it('are added in steps, and a wrong password is changed where it was given', async () => {
    await window.runCommand(page, 'ITK3: Add mailbox…');
    await step('1/').waitFor();
    await pictures(workbench, 'mailbox-where');
    await window.pickItem(page, 'Sandbox on this machine');
    await window.typeInput(page, sandbox.url);
    await window.typeInput(page, 'X26PHARMACY');
    await window.typeInput(page, 'Quillfeather');
    await step('5/').waitFor();
    await pictures(workbench, 'mailbox-secret', { themes: ['dark', 'light'] });
    await window.typeInput(page, SHARED_KEY);
    await window.typeInput(page, 'Pharmacy of the team');
    await window.pickItem(page, 'For all of them');
    const dialog = page.locator('.monaco-dialog-box', { hasText: 'does not work yet' });
    await dialog.waitFor();
    assert.match(await dialog.innerText(), /What is wrong: the password or the shared key/);
    await pictures(workbench, 'mailbox-diagnosis');
    await window.answerDialog(page, 'does not work yet', 'Change the password');
    await step('4/').waitFor();
    await window.typeInput(page, PASSWORD);
    for (const number of [5, 6]) {
      await step(`${number}/`).waitFor();
      await page.keyboard.press('Enter');
    }
    await window.pickItem(page, 'For all of them');
    assert.match(
      await window.waitForToast(page, 'works'),
      /^Pharmacy of the team works: .* can be reached; MESH knows the mailbox, and its password and shared key are right\.$/,
    );
    await pictures(workbench, 'mailbox-works', { themes: ['dark'] });
    const settings = readFileSync(path.join(workbench.dataDir, 'data', 'User', 'settings.json'), 'utf8');
    for (const secret of [PASSWORD, SHARED_KEY, 'Quillfeather']) assert.ok(!settings.includes(`"${secret}"`), secret);
  });

  it('are tested at any time, and say by what they were seen to work', async () => {
    await window.runCommand(page, 'Notifications: Clear All Notifications');
    await window.runCommand(page, 'ITK3: Test mailbox');
    await window.pickItem(page, 'Pharmacy of the team');
    assert.match(await window.waitForToast(page, 'works'), /no more than one handshake an hour/);
    await pictures(workbench, 'mailbox-tested', { themes: ['dark'] });
  });

  it('of a team are explained in its file: what may stand there, and what is wrong', async () => {
    const folder = path.join(workbench.folder, '.vscode');
    mkdirSync(folder, { recursive: true });
    const file = {
      environments: [
        {
          name: 'Gateway',
          kind: 'prod',
          endpoint: 'https://mesh.example.invalid',
          mailboxes: [{ name: 'Ours', mailbox: 'X26', password: 'Quillfeather' }],
        },
      ],
    };
    writeFileSync(path.join(folder, 'itk3.json'), JSON.stringify(file, null, 2));
    const toast = await window.waitForToast(page, '.vscode/itk3.json is not used whole');
    assert.ok(!toast.includes('Quillfeather'));
    await pictures(workbench, 'team-file-told', { themes: ['dark'] });
    await window.clickToastAction(page, 'is not used whole', 'Open the file');
    await window.waitForSquiggle(page, 'warning');
    await window.hoverWord(page, 'Quillfeather', 'No secret belongs');
    await pictures(workbench, 'team-file-mistake');
    await page.keyboard.press('Escape');
    const line = JSON.stringify(file, null, 2)
      .split('\n')
      .findIndex((one) => one.includes('"kind"'));
    const labels = await window.completionAt(page, line + 1, '      "kind": "'.length + 1, '"integration"');
    assert.ok(labels.includes('"live"'), labels.join());
    await pictures(workbench, 'team-file-completion');
    await page.keyboard.press('Escape');
  });

  function step(number) {
    return page.locator('.quick-input-widget:visible', { hasText: `(${number}` });
  }
});
