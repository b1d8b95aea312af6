// The real window with the packaged extension, driven as a person would. Pictures go to out/screenshots; with UPDATE=1
// they are taken at double size and those that the README shows are written to images/.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { createServer } from 'node:net';
import path from 'node:path';
import * as window from './page.mjs';
import { publish, update } from './publish.mjs';
import { openWorkbench } from './workbench.mjs';

const PICTURES = 'out/screenshots';
const VALID = 'emergency-supply.json';
const MISTAKEN = 'emergency-supply-with-mistakes.json';
const SEND = 'ITK3: Send message to MESH mailbox…';

describe('the workbench', function () {
  this.timeout(120_000);
  let page;
  let folder;
  let close;
  let occupied;

  before(async () => {
    occupied = createServer();
    await new Promise((resolve) => occupied.listen(0, '127.0.0.1', resolve));
    const settings = {
      'itk3.sandbox.port': occupied.address().port,
      'itk3.mailboxes': [{ name: 'Integration', endpoint: 'https://mesh.example.invalid', mailbox: 'X26EXAMPLE' }],
    };
    ({ page, folder, close } = await openWorkbench({
      vsix: 'itk3-toolkit.vsix',
      workspace: 'examples',
      settings,
      scale: update ? 2 : 1,
    }));
  });

  after(async () => {
    await close?.();
    await new Promise((resolve) => occupied.close(resolve));
  });

  beforeEach(async () => {
    await window.runCommand(page, 'Notifications: Clear All Notifications');
    const panel = page.locator('.part.panel .action-label[aria-label^="Hide Panel"]');
    if (await panel.isVisible()) await panel.click();
  });

  afterEach(async function () {
    if (this.currentTest.state === 'failed') await picture(`failed: ${this.currentTest.title}`.replace(/\W+/g, '-'));
  });

  it('underlines mistakes, lists them and explains an element under the pointer', async () => {
    await window.openFile(page, MISTAKEN);
    await window.waitForSquiggle(page, 'error');
    const listed = await window.problems(page, 'famly');
    assert.ok(
      listed.some((line) => line.includes('timestamp is missing')),
      listed.join('\n'),
    );
    assert.ok(
      listed.some((line) => line.includes('did you mean "family"?')),
      listed.join('\n'),
    );
    await window.moveCursor(page, lineOf(MISTAKEN, '"gender"'), 1);
    const hover = await window.hoverWord(page, 'birthDate', 'birth');
    assert.match(hover, /birthDate/);
    await window.screenshot(page, 'findings', PICTURES).then((file) => publish(page, file, 'workbench'));
  });

  it('offers what may be written here', async () => {
    await window.openFile(page, VALID);
    const line = lineOf(VALID, '"birthDate"');
    const text = textOf(VALID).split('\n')[line - 1];
    await window.moveCursor(page, line, text.length + 1);
    await page.keyboard.press('Enter');
    const labels = await window.completionAt(page, line + 1, text.search(/\S/) + 1, 'maritalStatus');
    assert.ok(!labels.includes('gender'), 'gender stands there already');
    await picture('completion');
    await offered('maritalStatus').click();
    await waitForText('http://hl7.org/fhir/v3/MaritalStatus');
    await waitForText('"display": "Annulled"');
    await picture('completion-goes-on');
    await page.keyboard.press('Escape');
    await window.runCommand(page, 'File: Revert File');
  });

  it('makes a new message that has no problems', async () => {
    await newMessage();
    assert.match(await window.editorText(page), /"endpoint": "X26PHARMACY"/);
    await window.runCommand(page, 'ITK3: Validate message');
    assert.match(await window.waitForToast(page, 'No problems in Untitled'), /^No problems in Untitled-\d+\.$/);
    await picture('new-message');
  });

  it('asks whom and what a new message is about', async () => {
    const untitled = page.locator('.tab', { hasText: 'Untitled' });
    const before = await untitled.count();
    await window.runCommand(page, 'ITK3: New message…');
    await row('Make one at once').waitFor();
    await picture('new-message-choices');
    await window.pickItem(page, '1.2.7');
    await window.pickItem(page, 'Pretend & Daughters Chemist');
    await window.typeInput(page, 'FA999');
    await window.pickItem(page, 'SAMPLE, Beatrix');
    await row('Paracetamol').waitFor();
    await picture('new-message-medicines');
    await page.keyboard.press('Enter');
    await untitled.nth(before).waitFor();
    await waitForText('"endpoint": "X26PHARMACY"');
  });

  it('sends a message to the sandbox and shows both acknowledgements', async () => {
    await newMessage();
    const tab = await window.activeTab(page);
    await window.runCommand(page, SEND);
    await row('nothing leaves this machine').waitFor();
    await picture('send');
    await row('nothing leaves this machine').first().click();
    assert.equal(
      await window.waitForToast(page, 'Accepted'),
      'Accepted: 20013 Success (infrastructure), 30001 Patient known here (business).',
    );
    await picture('accepted');
    await window.clickToastAction(page, 'Accepted', 'Show responses');
    await row(tab).filter({ hasText: '30001' }).waitFor();
    assert.equal(await row(tab).count(), 2);
    // As when VS Code gives the focus back after the notification: the list must stay.
    await page
      .locator('.editor-group-container.active .monaco-editor')
      .first()
      .click({ position: { x: 300, y: 400 } });
    await picture('responses');
    await row(tab).filter({ hasText: '20013' }).click();
    await lens('Accepted: 20013 Success').waitFor();
    await picture('response');
    await window.runCommand(page, 'ITK3: Show responses');
    await row(tab).filter({ hasText: '30001' }).click();
    await lens('Accepted: 30001 Patient known here').waitFor();
    await picture('response-business');
  });

  it('sends once when its button is pressed twice', async () => {
    await newMessage();
    const tab = await window.activeTab(page);
    await page.locator('.editor-actions .action-label[aria-label^="Send message"]').first().dblclick();
    await row('nothing leaves this machine').first().click();
    await window.clickToastAction(page, 'Accepted', 'Show responses');
    await row(tab).filter({ hasText: '30001' }).waitFor();
    assert.equal(await row(tab).count(), 2);
    await page.keyboard.press('Escape');
  });

  it('takes a response out of the mailbox only when told to', async () => {
    await newMessage();
    const tab = await window.activeTab(page);
    await window.runCommand(page, SEND);
    await row('nothing leaves this machine').first().click();
    await window.clickToastAction(page, 'Accepted', 'Show responses');
    const business = row(tab).filter({ hasText: '30001' });
    await business.hover();
    await business.locator('.action-label[aria-label^="Take out"]').click();
    await business.waitFor({ state: 'detached' });
    assert.equal(await row(tab).count(), 1);
    await page.keyboard.press('Escape');
  });

  it('asks before it sends a message with errors, and shows why it was rejected', async () => {
    await window.openFile(page, MISTAKEN);
    await window.runCommand(page, SEND);
    await page.locator('.monaco-dialog-box', { hasText: 'has 7 errors' }).waitFor();
    await picture('errors');
    await window.answerDialog(page, 'has 7 errors', 'Send all the same');
    await row('nothing leaves this machine').first().click();
    const sentence = await window.waitForToast(page, 'Rejected');
    assert.match(sentence, /^Rejected: 20006 ITK header validation failure \(infrastructure\)\. .*required/);
    await picture('rejected');
  });

  it('tells everything before a message leaves the machine, and asks twice about a patient who may be real', async () => {
    const number = /"(999\d{7})"/.exec(textOf(VALID))[1];
    writeFileSync(path.join(folder, 'real-looking.json'), textOf(VALID).replaceAll(number, '0000000000'));
    await window.openFile(page, 'real-looking.json');
    await window.runCommand(page, SEND);
    await row('X26EXAMPLE').click();
    await row('To the patient’s practice').waitFor();
    await picture('recipient');
    await toMailbox('x26xyz');
    const summary = page.locator('.monaco-dialog-box', { hasText: 'Send this message to mesh.example.invalid?' });
    await summary.waitFor();
    const told = await summary.innerText();
    for (const words of ['may be about a real patient', 'To: X26XYZ', 'Workflow: DIGMED_EMG_MED', 'Content: FHIR XML'])
      assert.ok(told.includes(words), `${words}\n${told}`);
    await picture('summary');
    await window.answerDialog(page, 'Send this message', 'Send');
    const guard = page.locator('.quick-input-widget', { hasText: 'This message may be about a real patient' });
    await guard.waitFor();
    await picture('real-patient');
    await page.keyboard.press('Enter');
    await guard.locator('.quick-input-message', { hasText: 'Type REAL in capitals' }).waitFor();
    await page.keyboard.press('Escape');
    await guard.waitFor({ state: 'hidden' });
    assert.equal(await page.locator('.notification-toast').count(), 0, 'nothing was sent, so nothing is told');
  });

  it('says in a sentence that a mailbox refused the password, and saves nothing', async () => {
    await startSandbox();
    await window.openFile(page, VALID);
    await window.runCommand(page, SEND);
    await addMailboxHere();
    for (const answer of [`http://127.0.0.1:${await sandboxPort()}`, 'X26PHARMACY', 'wrong', 'TestKey', 'Mistyped'])
      await window.typeInput(page, answer);
    await window.pickItem(page, 'For all of them');
    const dialog = page.locator('.monaco-dialog-box', { hasText: 'does not work yet' });
    await dialog.waitFor();
    assert.match(await dialog.innerText(), /password/);
    await picture('password-refused');
    await window.answerDialog(page, 'does not work yet', 'Cancel');
    await window.runCommand(page, SEND);
    await row('Add a mailbox').waitFor();
    assert.equal(await row('Mistyped').count(), 0);
    await page.keyboard.press('Escape');
  });

  it('adds a mailbox once it works, and asks for its password once', async () => {
    await startSandbox();
    await newMessage();
    await window.runCommand(page, SEND);
    await addMailboxHere();
    const address = `http://127.0.0.1:${await sandboxPort()}`;
    for (const answer of [address, 'x26pharmacy', 'password', 'TestKey', 'Back door'])
      await window.typeInput(page, answer);
    await window.pickItem(page, 'For all of them');
    await toMailbox('x26surgery');
    await window.answerDialog(page, 'Send this message to 127.0.0.1', 'Send');
    assert.match(await window.waitForToast(page, 'Sent as'), /^Sent as \d+_\w+\./);
    await picture('sent');
    await window.clickToastAction(page, 'Sent as', 'Show responses');
    await row(await window.activeTab(page))
      .filter({ hasText: '30001' })
      .waitFor();
    await page.keyboard.press('Escape');
    await newMessage();
    await window.runCommand(page, SEND);
    await row('Back door').filter({ hasText: 'X26SURGERY' }).click();
    await window.answerDialog(page, 'Send this message to 127.0.0.1', 'Send');
    await window.waitForToast(page, 'Sent as');
  });

  it('asks MESH about what may have been sent, does not offer to send it again, and says so the next time', async () => {
    const server = http.createServer((request, response) => {
      if (request.url.endsWith('/outbox')) request.socket.destroy();
      else response.end();
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      await newMessage();
      await window.runCommand(page, SEND);
      await addMailboxHere();
      const address = `http://127.0.0.1:${server.address().port}`;
      for (const answer of [address, 'X26LOST', 'password', 'TestKey', 'Lost']) await window.typeInput(page, answer);
      await window.pickItem(page, 'For all of them');
      await toMailbox('X26XYZ');
      await window.answerDialog(page, 'Send this message to 127.0.0.1', 'Send');
      await window.waitForToast(page, 'may have arrived all the same');
      const toast = page.locator('.notification-toast', { hasText: 'may have arrived all the same' });
      await toast.locator('.monaco-button', { hasText: 'Show responses' }).waitFor();
      await toast.locator('.monaco-button', { hasText: 'Ask MESH again' }).waitFor();
      assert.equal(await toast.locator('.monaco-button', { hasText: 'Try again' }).count(), 0);
      await picture('uncertain');
      await window.runCommand(page, SEND);
      assert.equal(await row('X26XYZ').count(), 0, 'what did not work is not offered first');
      await row('Lost').click();
      await toMailbox('X26XYZ');
      const before = page.locator('.monaco-dialog-box', { hasText: 'may have been sent already' });
      await before.waitFor();
      assert.match(await before.innerText(), /for X26XYZ, and nobody knows yet whether it arrived/);
      assert.equal(await before.locator('.monaco-button', { hasText: 'fresh' }).count(), 0);
      await window.answerDialog(page, 'may have been sent already', 'Cancel');
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('says in a sentence that a port is in use, and takes a free one', async () => {
    await stopSandbox();
    await page.locator('.statusbar-item', { hasText: /MESH sandbox$/ }).click();
    const { port } = occupied.address();
    assert.match(
      await window.waitForToast(page, 'cannot listen'),
      new RegExp(`^The sandbox cannot listen on port ${port}: it is in use`),
    );
    await picture('port-in-use');
    await window.clickToastAction(page, 'cannot listen', 'Use a free port');
    assert.match(await window.waitForToast(page, 'The MESH sandbox runs'), /http:\/\/127\.0\.0\.1:\d+/);
    await picture('sandbox');
  });

  it('plays a scenario, and shows on the page of the sandbox what became of each message', async () => {
    await startSandbox();
    await newMessage();
    await window.runCommand(page, SEND);
    await row('nothing leaves this machine').first().click();
    await window.waitForToast(page, 'Accepted');
    await window.runCommand(page, 'ITK3: MESH sandbox scenario…');
    await row('silence').waitFor();
    await picture('scenarios');
    await window.pickItem(page, 'out-of-order');
    await page.locator('.statusbar-item', { hasText: 'out-of-order' }).waitFor();
    await picture('scenario-plays');
    await newMessage();
    await window.runCommand(page, SEND);
    await row('nothing leaves this machine').first().click();
    await window.waitForToast(page, '20013');
    const options = { viewport: { width: 1280, height: 860 }, deviceScaleFactor: update ? 2 : 1 };
    const browser = await page.context().browser().newPage(options);
    await browser.goto(`http://127.0.0.1:${await sandboxPort()}/`);
    await browser.locator('tr', { hasText: 'Answered with 30001, 20013' }).waitFor();
    const right = async (what) =>
      browser
        .locator(what)
        .first()
        .evaluate((it) => it.getBoundingClientRect().right);
    assert.ok((await right('table')) <= (await right('.card:has(table)')), 'the table stays in its card');
    await publish(page, await window.screenshot(browser, 'sandbox-page', PICTURES), 'sandbox');
    await browser.locator('button', { hasText: 'All is well again' }).click();
    await page.locator('.statusbar-item', { hasText: 'out-of-order' }).waitFor({ state: 'hidden' });
    await browser.close();
  });

  it('leaves other JSON alone', async () => {
    writeFileSync(path.join(folder, 'package.json'), '{ "name": "another", "resource": {} }\n');
    await window.openFile(page, 'package.json');
    await window.runCommand(page, 'ITK3: Validate message');
    assert.match(await window.waitForToast(page, 'package.json'), /^package\.json is no FHIR message/);
    assert.equal(await page.locator('.editor-actions .action-label[aria-label^="Send message"]').count(), 0);
    assert.equal(await page.locator('.monaco-editor .squiggly-error').count(), 0);
  });

  const status = () => page.locator('.statusbar-item', { hasText: /MESH sandbox \d+/ });
  const offered = (label) =>
    page.locator('.suggest-widget.visible .monaco-list-row').filter({ hasText: label }).first();
  const lens = (text) => page.locator('.codelens-decoration', { hasText: text }).first();
  const row = (text) => page.locator('.quick-input-widget .quick-input-list .monaco-list-row', { hasText: text });

  async function newMessage() {
    const untitled = page.locator('.tab', { hasText: 'Untitled' });
    const before = await untitled.count();
    await window.runCommand(page, 'ITK3: New message…');
    await window.pickItem(page, 'Make one at once');
    // The one in front may be that of a test before.
    await untitled.nth(before).waitFor();
    await page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
    await page.locator('.editor-actions .action-label[aria-label^="Send message"]').first().waitFor();
  }

  /** Up to the question for the address. */
  async function addMailboxHere() {
    await row('Add a mailbox').click();
    await window.pickItem(page, 'Sandbox on this machine');
  }

  async function toMailbox(id) {
    await window.pickItem(page, 'To a mailbox whose id you give');
    await window.typeInput(page, id);
  }

  async function startSandbox() {
    if (await status().isVisible()) return;
    await window.runCommand(page, 'ITK3: Start MESH sandbox');
    await window.clickToastAction(page, 'cannot listen', 'Use a free port');
    await status().waitFor();
  }

  async function stopSandbox() {
    if (!(await status().isVisible())) return;
    await window.runCommand(page, 'ITK3: Stop MESH sandbox');
    await status().waitFor({ state: 'hidden' });
  }

  async function sandboxPort() {
    return /\d+/.exec(await status().innerText())[0];
  }

  async function waitForText(text) {
    await page.locator('.editor-group-container.active .view-line', { hasText: text }).first().waitFor();
  }

  /** Without what shows up under the pointer by chance. */
  async function picture(name, published) {
    const { width, height } = page.viewportSize();
    await page.mouse.move(width / 2, height - 8);
    await page.locator('.monaco-hover:visible').first().waitFor({ state: 'hidden' });
    await publish(page, await window.screenshot(page, name, PICTURES), published);
  }
});

function textOf(name) {
  return readFileSync(path.join('examples', name), 'utf8');
}

/** Counted from 1. */
function lineOf(name, landmark) {
  const text = textOf(name);
  assert.ok(text.includes(landmark), `${landmark} is not in ${name}`);
  return text.slice(0, text.indexOf(landmark)).split('\n').length;
}
