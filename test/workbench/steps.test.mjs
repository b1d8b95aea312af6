// The whole way of a message, from the first draft to the last acknowledgement, as a person goes it: each step with a
// picture in every theme, in out/screenshots/<theme>.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import * as window from './page.mjs';
import { publish, update } from './publish.mjs';
import { fillInbox, PASSWORD, SHARED_KEY, startOutside } from './sandbox.mjs';
import { changeSettings, pictures } from './themes.mjs';
import * as tree from './tree.mjs';
import { openWorkbench } from './workbench.mjs';

const SEND = 'ITK3: Send message to MESH mailbox…';
const EXAMPLE = readFileSync('examples/emergency-supply.json', 'utf8');
const LIVE = 'https://mesh-sync.spineservices.nhs.uk/';

describe('the steps of a message', function () {
  this.timeout(120_000);
  let workbench;
  let page;
  let outside;
  let proxy;
  let filled;

  before(async () => {
    outside = await startOutside({
      mailboxes: [
        mailbox('X26PHARMACY', 'Pharmacy'),
        mailbox('X26THOUSAND', 'Thousand'),
        mailbox('X26ADDED', 'Added'),
        { ...mailbox('X26SURGERY', 'Practice'), answered: true },
      ],
    });
    filled = fillInbox(outside, 1000, { to: 'X26THOUSAND' });
    filled.catch(() => undefined); // told where it is waited for
    proxy = await startProxy();
    workbench = await openWorkbench({
      vsix: 'itk3-toolkit.vsix',
      workspace: 'examples',
      scale: update ? 2 : 1,
      settings: {
        'http.proxy': proxy.url,
        'http.noProxy': ['127.0.0.1', 'localhost'],
        'itk3.sandbox.port': 0,
        'itk3.mailboxes': [
          { name: 'Corner pharmacy', endpoint: outside.url, mailbox: 'X26PHARMACY' },
          { name: 'Thousand letters', endpoint: outside.url, mailbox: 'X26THOUSAND' },
          { name: 'Night pharmacy', endpoint: LIVE, mailbox: 'X26LIVE' },
          { name: 'Nowhere', endpoint: 'https://mesh.example.invalid/', mailbox: 'X26NOWHERE' },
        ],
      },
    });
    ({ page } = workbench);
  });

  after(async () => {
    await workbench?.close();
    await outside?.close();
    await proxy?.close();
  });

  beforeEach(async () => {
    await window.runCommand(page, 'Notifications: Clear All Notifications');
    await window.runCommand(page, 'View: Close All Editors');
  });

  afterEach(async function () {
    if (this.currentTest.state !== 'failed') return;
    await window.screenshot(page, `failed: ${this.currentTest.title}`.replace(/\W+/g, '-'), 'out/screenshots');
    for (let i = 0; i < 3; i++) await page.keyboard.press('Escape');
  });

  it('a new message', async () => {
    await window.runCommand(page, 'ITK3: New message…');
    await row('Make one at once').waitFor();
    await pictures(workbench, 'step-new-message-choices');
    await window.pickItem(page, 'Make one at once');
    await page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
    await page.locator('.view-line', { hasText: 'X26PHARMACY' }).first().waitFor();
    await pictures(workbench, 'step-new-message');
    await window.runCommand(page, 'View: Revert and Close Editor');
  });

  it('findings', async () => {
    await window.openFile(page, 'emergency-supply-with-mistakes.json');
    await window.problems(page, 'did you mean "family"?');
    await page
      .locator('.markers-panel .monaco-list-row', { hasText: 'did you mean "family"?' })
      .first()
      .dblclick({ position: { x: 90, y: 8 } });
    await window.showQuickFixes(page, 'family');
    await pictures(workbench, 'step-findings');
    await page.keyboard.press('Escape');
    await window.runCommand(page, 'View: Hide Panel');
  });

  it('the preview beside the message', async () => {
    await open('preview.json', EXAMPLE);
    await window.runCommand(page, 'ITK3: Show preview to the side');
    await window.webview(page).locator('h1', { hasText: 'Emergency Medication Supply' }).waitFor();
    await window.webview(page).getByText('TESTWELL, Marmaduke').first().waitFor();
    await shown('step-preview', 'preview');
  });

  it('a mailbox is added, and tried before it is kept', async () => {
    await tree.showView(page, 'Mailboxes');
    await tree.pressHeader(page, 'Mailboxes', 'Add mailbox');
    await row('Another address').waitFor();
    await pictures(workbench, 'step-add-mailbox');
    await window.pickItem(page, 'Sandbox on this machine');
    for (const answer of [outside.url, 'X26ADDED', 'wrong', SHARED_KEY, 'Day pharmacy'])
      await window.typeInput(page, answer);
    await window.pickItem(page, 'For all of them');
    await page.locator('.monaco-dialog-box', { hasText: 'What is wrong: the password or the shared key' }).waitFor();
    await pictures(workbench, 'step-add-mailbox-refused');
    await window.answerDialog(page, 'does not work yet', 'Change the password');
    await window.typeInput(page, PASSWORD);
    for (const asked of ['Shared key', 'What do you call'])
      await window.until(`${asked} is answered as before`, async () => {
        const box = page.locator('.quick-input-widget', { hasText: asked });
        if (!(await box.isVisible())) throw new Error('it is not asked');
        await page.keyboard.press('Enter');
        await box.waitFor({ state: 'hidden', timeout: 2_500 });
      });
    await window.pickItem(page, 'For all of them');
    assert.match(await window.waitForToast(page, 'Day pharmacy works'), /password and shared key are right/);
    await tree.treeRow(page, 'Mailboxes', 'Day pharmacy').waitFor();
    await pictures(workbench, 'step-mailbox-added');
  });

  it('a message is sent, with its summary first, and followed to its business acknowledgement', async () => {
    await open('sent.json', fresh());
    await sendFrom('Corner pharmacy', 'X26SURGERY');
    const summary = page.locator('.monaco-dialog-box', { hasText: 'Send this message to 127.0.0.1' });
    await summary.waitFor();
    const told = await summary.innerText();
    for (const words of [
      'From: Corner pharmacy (X26PHARMACY)',
      'To: X26SURGERY',
      'Workflow: ',
      'Subject: ',
      'Local id: ',
    ])
      assert.ok(told.includes(words), `${words}\n${told}`);
    await pictures(workbench, 'step-summary');
    await window.answerDialog(page, 'Send this message', 'Send');
    await secrets();
    await window.waitForToast(page, 'Sent as');
    await outside.settled();
    await tree.showView(page, 'Mailboxes');
    await tree.pressInline(tree.treeRow(page, 'Mailboxes', 'Corner pharmacy').first(), 'Look into mailbox');
    await timeline('sent.json', 'Accepted: 30001');
    for (const code of ['20013', '30001']) await stepOf(code).last().waitFor();
    await shown('step-timeline', 'sent');
  });

  it('a negative acknowledgement leads back to the element that it is about', async () => {
    await open('rejected.json', readFileSync('examples/emergency-supply-with-mistakes.json', 'utf8'));
    await window.runCommand(page, SEND);
    await window.answerDialog(page, 'has 7 errors', 'Send all the same');
    await sameAgain();
    await row('nothing leaves this machine').first().click();
    await window.waitForToast(page, 'Rejected: 20006');
    await pictures(workbench, 'step-rejected');
    await timeline('rejected.json', 'Rejected: 20006');
    await stepOf('20006').click();
    const lens = page.locator('.codelens-decoration a', { hasText: 'Go to the element' });
    await lens.waitFor();
    await shown('step-negative', 'response');
    await window.runCommand(page, 'ITK3: Show preview to the side');
    await window.webview(page).getByText('What to do now').waitFor();
    await pictures(workbench, 'step-negative-preview');
    await lens.click();
    await page.locator('.tab.active', { hasText: 'rejected.json' }).waitFor();
    await page.locator('.statusbar-item', { hasText: 'Ln 17, Col 17 (10 selected)' }).waitFor();
    await pictures(workbench, 'step-element');
  });

  it('a missing acknowledgement is overdue, and says who is to be told', async () => {
    changeSettings(workbench, { 'itk3.following.overdue': { collected: 0, infrastructure: 0, business: 0 } });
    await open('late.json', fresh('infrastructure-only'));
    await toSandbox();
    await timeline('late.json', 'Overdue: ');
    await pictures(workbench, 'step-overdue');
    changeSettings(workbench, { 'itk3.following.overdue': undefined });
    await tree.treeRow(page, 'Sent', 'late.json').filter({ hasText: 'Overdue: ' }).waitFor({ state: 'detached' });
  });

  it('a message that was not delivered says so', async () => {
    await open('undelivered.json', fresh('EPL-151'));
    await toSandbox();
    await window.waitForToast(page, 'EPL-151');
    await timeline('undelivered.json', 'EPL-151');
    await pictures(workbench, 'step-undelivered');
  });

  it('an inbox of a thousand messages', async () => {
    await filled;
    await tree.showView(page, 'Mailboxes');
    const mailbox = tree.treeRow(page, 'Mailboxes', 'Thousand letters').first();
    await tree.pressInline(mailbox, 'Look into mailbox');
    await secrets();
    await tree.treeRow(page, 'Mailboxes', '1000 messages').waitFor();
    await tree.expand(mailbox);
    await tree.treeRow(page, 'Mailboxes', 'T. …').first().waitFor();
    await pictures(workbench, 'step-thousand');
    const older = tree.treeRow(page, 'Mailboxes', 'Show 50 older (950 left)');
    await atTheEnd(older);
    await older.click();
    await atTheEnd(tree.treeRow(page, 'Mailboxes', '(900 left)'));
    await pictures(workbench, 'step-thousand-older', { themes: ['dark'] });
  });

  it('a patient who may be real is asked about by a word to be typed', async () => {
    const real = EXAMPLE.replaceAll('9990142017', '0000000000').replaceAll('999 014 2017', '000 000 0000');
    await open('real-looking.json', real);
    await sendFrom('Thousand letters', 'X26SURGERY');
    await page.locator('.monaco-dialog-box', { hasText: 'may be about a real patient' }).waitFor();
    await pictures(workbench, 'step-real-patient-summary');
    await window.answerDialog(page, 'may be about a real patient', 'Send');
    const guard = page.locator('.quick-input-widget', { hasText: 'This message may be about a real patient' });
    await guard.waitFor();
    await pictures(workbench, 'step-real-patient');
    const before = outside.requests.length;
    await page.keyboard.press('Enter');
    await guard.locator('.quick-input-message', { hasText: 'REAL' }).waitFor();
    await page.keyboard.press('Escape');
    await guard.waitFor({ state: 'hidden' });
    assert.deepEqual(
      outside.requests.slice(before).filter((line) => line.includes('/outbox')),
      [],
    );
  });

  it('live is confirmed by the name of the mailbox, and nothing leaves before', async () => {
    await open('live.json', EXAMPLE);
    await sendFrom('Night pharmacy', 'X26SURGERY');
    await page.locator('.monaco-dialog-box', { hasText: 'LIVE' }).waitFor();
    await pictures(workbench, 'step-live-summary');
    await window.answerDialog(page, 'LIVE', 'Send…');
    const guard = page.locator('.quick-input-widget', { hasText: 'This message goes to LIVE MESH' });
    await guard.waitFor();
    await pictures(workbench, 'step-live');
    await page.keyboard.insertText('LIVE');
    await page.keyboard.press('Enter');
    await guard.locator('.monaco-inputbox.error').waitFor();
    await page.keyboard.press('Escape');
    await guard.waitFor({ state: 'hidden' });
    assert.deepEqual(proxy.asked, []);
    // That nothing was seen proves something only if it would have been.
    await sendFrom('Nowhere', 'X26SURGERY');
    await window.answerDialog(page, 'Send this message to mesh.example.invalid', 'Send');
    await secrets();
    await window.waitForToast(page, 'mesh.example.invalid');
    assert.deepEqual([...new Set(proxy.asked)], ['mesh.example.invalid:443']);
  });

  /** A picture that README.md shows: the one in the dark theme. */
  async function shown(name, published) {
    const files = await pictures(workbench, name);
    await publish(page, files.at(-1), published);
  }

  const row = (text) => page.locator('.quick-input-widget .quick-input-list .monaco-list-row', { hasText: text });

  /** The example, under identifiers of its own, and what the window's sandbox is to do with it. */
  function fresh(scenario) {
    const ids = new Map();
    const renewed = EXAMPLE.replace(
      /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g,
      (id) => ids.get(id) ?? ids.set(id, randomUUID()).get(id),
    );
    if (!scenario) return renewed;
    const played = renewed.replace(/("SenderReference",\s*"valueString": )"[^"]*"/, `$1"sandbox:${scenario}"`);
    assert.notEqual(played, renewed);
    return played;
  }

  async function toSandbox() {
    await window.runCommand(page, SEND);
    await row('nothing leaves this machine').first().click();
  }

  /** The mistaken example has the identifiers of the other. */
  async function sameAgain() {
    const dialog = page.locator('.monaco-dialog-box', { hasText: 'same' });
    await row('nothing leaves this machine').or(dialog).first().waitFor();
    if (await dialog.isVisible()) await dialog.locator('.monaco-button', { hasText: 'same' }).click();
  }

  /** A long list draws only what is in view. */
  async function atTheEnd(line) {
    await window.until('the end of the list is in view', async () => {
      await tree.showView(page, 'Mailboxes');
      await page.keyboard.press('End');
      await line.waitFor({ timeout: 2_500 });
    });
  }

  /** Shows the message in the view Sent, with its steps. */
  async function timeline(name, headline) {
    await tree.showView(page, 'Sent');
    await page.keyboard.press('Home');
    const message = tree.treeRow(page, 'Sent', name).filter({ hasText: headline }).first();
    await message.waitFor();
    await tree.expand(message);
  }

  /** The message above it may be told by the same code, and is drawn before its steps are. */
  function stepOf(code) {
    return tree.treeRow(page, 'Sent', code).and(page.locator('[aria-level="2"]'));
  }

  /** As far as the summary. */
  async function sendFrom(name, to) {
    await window.runCommand(page, SEND);
    await row(name).first().click();
    await window.pickItem(page, 'To a mailbox whose id you give');
    await window.typeInput(page, to);
  }

  /** Of a mailbox that is used for the first time. */
  async function secrets() {
    await window.typeInput(page, PASSWORD);
    await window.typeInput(page, SHARED_KEY);
  }

  async function open(name, text) {
    writeFileSync(path.join(workbench.folder, name), text);
    await window.openFile(page, name);
  }
});

function mailbox(id, name) {
  return { mailbox: id, name, odsCode: 'X26', password: PASSWORD, sharedKey: SHARED_KEY, answered: false };
}

/** The only way out of this machine: it writes down where one wants to go, and lets nobody through. */
async function startProxy() {
  const asked = [];
  const refuse = (request, socket) => {
    asked.push(request.url);
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  };
  const server = http.createServer((request, response) => {
    asked.push(request.url);
    response.writeHead(403).end();
  });
  server.on('connect', refuse);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${server.address().port}`, asked, close };
}
