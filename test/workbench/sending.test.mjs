// What stands between a message and its receiver, as a person meets it: errors, the summary, guards, a second send, a dry
// run, several at once. Nothing leaves this machine: the server that is named answers nobody.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as window from './page.mjs';
import { pictures } from './themes.mjs';
import { chooseInMenu } from './tree.mjs';
import { openWorkbench } from './workbench.mjs';

const SEND = 'ITK3: Send message to MESH mailbox…';
const EXAMPLE = readFileSync('examples/emergency-supply.json', 'utf8');
const MISTAKEN = readFileSync('examples/emergency-supply-with-mistakes.json', 'utf8');
const REAL = EXAMPLE.replaceAll('"Testwell"', '"Realname"');
/** Under identifiers of its own, so that no other test has sent it. */
const other = (text, digit) =>
  text.replace(
    /[0-9a-f]{8}((?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/g,
    (uuid, rest) => `${String(digit).repeat(2)}${uuid.slice(2, 8)}${rest}`,
  );

describe('before a message leaves', function () {
  this.timeout(120_000);
  let workbench;
  let page;

  before(async () => {
    workbench = await openWorkbench({
      vsix: 'itk3-toolkit.vsix',
      workspace: 'examples',
      settings: {
        'itk3.sandbox.port': 0,
        'itk3.mailboxes': [{ name: 'Test pharmacy', endpoint: 'https://mesh.example.invalid/', mailbox: 'X26TEST' }],
      },
    });
    ({ page } = workbench);
  });

  after(() => workbench?.close());

  beforeEach(async () => {
    await window.runCommand(page, 'Notifications: Clear All Notifications');
    await window.runCommand(page, 'View: Close All Editors');
  });

  afterEach(async function () {
    if (this.currentTest.state !== 'failed') return;
    await window.screenshot(page, `failed: ${this.currentTest.title}`.replace(/\W+/g, '-'), 'out/screenshots');
    for (let i = 0; i < 3; i++) await page.keyboard.press('Escape');
  });

  it('errors stop it, with the choice to look', async () => {
    await window.openFile(page, 'emergency-supply-with-mistakes.json');
    await window.runCommand(page, SEND);
    await dialog('errors').waitFor();
    await pictures(workbench, 'send-errors');
    await window.answerDialog(page, 'errors', 'Show problems');
    await page.locator('.markers-panel .monaco-list-row', { hasText: 'did you mean "family"?' }).first().waitFor();
    await window.runCommand(page, 'View: Hide Panel');
  });

  it('everything is told at once, and can be copied as a dry run instead', async () => {
    await open('plain.json', other(EXAMPLE, 1));
    await sendByPatient();
    await dialog('Send this message to mesh.example.invalid?').waitFor();
    assert.match(await dialog('mesh.example.invalid').innerText(), /Found: no problems/);
    await pictures(workbench, 'send-summary');
    await window.answerDialog(page, 'mesh.example.invalid', 'Copy as dry run');
    assert.match(await window.waitForToast(page, 'Copied'), /Nothing was sent\.$/);
  });

  it('a patient who may be real takes a typed word', async () => {
    await open('real.json', other(REAL, 2));
    await sendByPatient();
    await dialog('may be about a real patient').waitFor();
    await pictures(workbench, 'send-real-patient');
    await window.answerDialog(page, 'may be about a real patient', 'Send…');
    const box = page.locator('.quick-input-widget', { hasText: 'REAL' });
    await box.waitFor();
    await page.keyboard.type('real');
    await box.locator('.quick-input-message', { hasText: 'in capitals' }).waitFor();
    await pictures(workbench, 'send-typed-word');
    await page.keyboard.press('Escape');
    await box.waitFor({ state: 'hidden' });
    assert.equal(await page.locator('.notification-toast').count(), 0);
  });

  it('is a text, with or without the patient, where nothing is to be sent', async () => {
    await open('dry.json', other(EXAMPLE, 3));
    await window.runCommand(page, 'ITK3: Dry run: show what would be sent…');
    await chooseByPatient();
    await waitForText('DRY RUN of dry.json: nothing was sent.');
    await waitForText('GPPROVIDER_***');
    await pictures(workbench, 'dry-run');
    await page.locator('.codelens-decoration a', { hasText: 'Show or hide the patient' }).click();
    await waitForText('_Testwell');
  });

  it('is offered fresh identifiers the second time', async () => {
    await open('twice.json', other(EXAMPLE, 4));
    await window.runCommand(page, SEND);
    await row('nothing leaves this machine').first().click();
    await window.waitForToast(page, 'Accepted');
    await window.runCommand(page, 'Notifications: Clear All Notifications');
    await window.runCommand(page, SEND);
    await row('nothing leaves this machine').first().click();
    await dialog('twice.json was sent before').waitFor();
    await pictures(workbench, 'send-again');
    await window.answerDialog(page, 'twice.json was sent before', 'Send with fresh identifiers');
    assert.match(await window.waitForToast(page, 'Accepted'), /30001/);
  });

  it('several go one after another, and end in a table', async () => {
    const folder = path.join(workbench.folder, 'drafts');
    mkdirSync(folder);
    for (const digit of [5, 6, 7]) writeFileSync(path.join(folder, `draft-${digit}.json`), other(EXAMPLE, digit));
    writeFileSync(path.join(folder, 'mistaken.json'), other(MISTAKEN, 8));
    writeFileSync(path.join(folder, 'package.json'), '{ "name": "other" }');
    const drafts = page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'drafts' }).first();
    await drafts.waitFor();
    await chooseInMenu(drafts, 'Send several messages…');
    await dialog('1 of 4 messages has errors').waitFor();
    await pictures(workbench, 'several-errors');
    await window.answerDialog(page, '1 of 4 messages has errors', 'Leave them out');
    await row('nothing leaves this machine').first().click();
    await waitForText('3 sent, 2 left out.');
    await waitForText('30001');
    await pictures(workbench, 'several-table');
  });

  const dialog = (text) => page.locator('.monaco-dialog-box', { hasText: text });
  const row = (text) => page.locator('.quick-input-widget .quick-input-list .monaco-list-row', { hasText: text });
  const waitForText = (text) => page.locator('.view-line', { hasText: text }).first().waitFor();

  async function sendByPatient() {
    await window.runCommand(page, SEND);
    await chooseByPatient();
  }

  async function chooseByPatient() {
    await row('Test pharmacy').first().click();
    await window.pickItem(page, 'To the patient’s practice');
  }

  async function open(name, text) {
    writeFileSync(path.join(workbench.folder, name), text);
    await window.openFile(page, name);
  }
});
