// The whole way of a message, from the first draft to the last acknowledgement, as a person goes it: each step with a
// picture in every theme, in out/screenshots/<theme>.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import * as window from './page.mjs';
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

  before(async () => {
    outside = await startOutside({
      mailboxes: [
        mailbox('X26PHARMACY', 'Pharmacy'),
        mailbox('X26THOUSAND', 'Thousand'),
        { ...mailbox('X26SURGERY', 'Practice'), answered: true },
      ],
    });
    proxy = await startProxy();
    workbench = await openWorkbench({
      vsix: 'itk3-toolkit.vsix',
      workspace: 'examples',
      settings: {
        'http.proxy': proxy.url,
        'http.noProxy': ['127.0.0.1', 'localhost'],
        'itk3.sandbox.port': 0,
        'itk3.mailboxes': [
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

  it('live is confirmed by the name of the mailbox, and nothing leaves before', async () => {
    await open('live.json', EXAMPLE);
    await window.runCommand(page, SEND);
    await row('Night pharmacy').first().click();
    await window.pickItem(page, 'To a mailbox whose id you give');
    await window.typeInput(page, 'X26SURGERY');
    const summary = page.locator('.monaco-dialog-box', { hasText: 'LIVE' });
    await summary.waitFor();
    await pictures(workbench, 'step-live-summary');
    await window.answerDialog(page, 'LIVE', 'Send');
    await page.locator('.quick-input-widget', { hasText: 'Night pharmacy' }).waitFor();
    await pictures(workbench, 'step-live');
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-message', { hasText: 'Night pharmacy' }).waitFor();
    await page.keyboard.press('Escape');
    assert.deepEqual(proxy.asked, []);
  });

  const row = (text) => page.locator('.quick-input-widget .quick-input-list .monaco-list-row', { hasText: text });

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
