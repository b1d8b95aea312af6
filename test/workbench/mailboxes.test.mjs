// The view Mailboxes, as a person meets it: empty, with the sandbox, with a mailbox of a thousand messages. Pictures in every
// theme, in out/screenshots/<theme>.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as window from './page.mjs';
import { fillInbox, PASSWORD, SHARED_KEY, startOutside } from './sandbox.mjs';
import { changeSettings, pictures } from './themes.mjs';
import * as tree from './tree.mjs';
import { openWorkbench } from './workbench.mjs';

const VIEW = 'Mailboxes';
const EXAMPLE = readFileSync('examples/emergency-supply.json', 'utf8');

const mailbox = (id, name) => ({
  mailbox: id,
  name,
  odsCode: 'X26',
  password: PASSWORD,
  sharedKey: SHARED_KEY,
  answered: false,
});

describe('the view Mailboxes', function () {
  this.timeout(120_000);
  let workbench;
  let page;
  let outside;

  before(async () => {
    outside = await startOutside({
      mailboxes: [
        mailbox('X26PHARMACY', 'Pharmacy'),
        mailbox('X26THOUSAND', 'Thousand'),
        { ...mailbox('X26SURGERY', 'Practice'), answered: true },
      ],
    });
    workbench = await openWorkbench({
      vsix: 'itk3-toolkit.vsix',
      workspace: 'examples',
      settings: { 'itk3.sandbox.port': 0 },
    });
    ({ page } = workbench);
  });

  after(async () => {
    await workbench?.close();
    await outside?.close();
  });

  afterEach(async function () {
    if (this.currentTest.state === 'failed')
      await window.screenshot(page, `failed: ${this.currentTest.title}`.replace(/\W+/g, '-'), 'out/screenshots');
  });

  it('says what can be done where there is nothing', async () => {
    await tree.showView(page, VIEW);
    await tree.pane(page, VIEW).locator('.monaco-button', { hasText: 'Start MESH sandbox' }).waitFor();
    await pictures(workbench, 'mailboxes-nothing');
  });

  it('shows the answers of the sandbox when they land', async () => {
    await tree.pane(page, VIEW).locator('.monaco-button', { hasText: 'Start MESH sandbox' }).click();
    await tree.treeRow(page, VIEW, 'Sandbox pharmacy').waitFor();
    await window.openFile(page, 'emergency-supply.json');
    await window.runCommand(page, 'ITK3: Send message to MESH mailbox…');
    await page
      .locator('.quick-input-list .monaco-list-row', { hasText: 'nothing leaves this machine' })
      .first()
      .click();
    await tree.treeRow(page, VIEW, '30001 Patient known here').waitFor();
    const texts = await tree.treeTexts(page, VIEW);
    assert.ok(
      texts.some((text) => /20013 Success.*to emergency-supply\.json/.test(text)),
      texts.join('\n'),
    );
    await pictures(workbench, 'mailboxes-sandbox');
  });

  it('shows what is live so that nobody overlooks it', async () => {
    changeSettings(workbench, {
      'itk3.mailboxes': [
        { name: 'Thousand letters', endpoint: outside.url, mailbox: 'X26THOUSAND' },
        { name: 'Team tests', endpoint: 'https://msg.intspineservices.nhs.uk/', mailbox: 'X26TEAM' },
        { name: 'Night pharmacy', endpoint: 'https://mesh-sync.spineservices.nhs.uk/', mailbox: 'X26LIVE' },
      ],
    });
    await tree.treeRow(page, VIEW, 'LIVEreal people').waitFor();
    await pictures(workbench, 'mailboxes-environments');
  });

  it('is quick with a thousand messages, of which it downloads fifty', async () => {
    const families = ['Testwell', 'Sample', 'Pretend', 'Madeup'];
    const body = (i) => EXAMPLE.replaceAll(/"family": "[^"]+"/g, `"family": "${families[i % families.length]}"`);
    await fillInbox(outside, 996, { to: 'X26THOUSAND', body });
    await fillInbox(outside, 1, { to: 'X26THOUSAND', body: () => '{ "resourceType": "Bundle", ' });
    await fillInbox(outside, 1, { to: 'X26THOUSAND', body: () => '<Bundle xmlns="http://hl7.org/fhir"/>' });
    await fillInbox(outside, 1, { to: 'X26THOUSAND', body: () => '\u0000\u0001' });
    outside.play('not-delivered');
    await outside.client('X26THOUSAND').send({
      to: 'X26SURGERY',
      workflowId: 'DIGMED_EMG_MED',
      body: Buffer.from(EXAMPLE),
    });
    await outside.settled();
    await tree.expand(tree.treeRow(page, VIEW, 'Thousand letters'));
    await tree.treeRow(page, VIEW, 'Look into this mailbox').click();
    await window.typeInput(page, PASSWORD);
    await window.typeInput(page, SHARED_KEY);
    await tree.treeRow(page, VIEW, '1000 messages').waitFor();
    await tree.treeRow(page, VIEW, 'The content is binary').waitFor();
    await pictures(workbench, 'mailboxes-thousand');
    assert.equal(outside.requests.filter((line) => /^GET .*inbox\/\{id\}/.test(line)).length, 50);
    await page.keyboard.press('End');
    await tree.treeRow(page, VIEW, 'Show 50 older (950 left)').click();
    await window.until('the end of the list is shown', async () => {
      await page.keyboard.press('End');
      await tree.treeRow(page, VIEW, 'Show 50 older (900 left)').waitFor({ timeout: 2500 });
    });
    await pictures(workbench, 'mailboxes-older', { themes: ['dark'] });
  });
});
