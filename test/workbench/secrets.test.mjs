// After a session in which everything was done with a mailbox and with a patient's message, nothing secret and nothing of the
// patient is where it does not belong. What is looked for was planted; what finds it is tested by planting it there on purpose.
import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import * as window from './page.mjs';
import { startOutside } from './sandbox.mjs';
import { filesIn, keptByBrowser, recordShown } from './traces.mjs';
import * as tree from './tree.mjs';
import { openWorkbench } from './workbench.mjs';

const require = createRequire(import.meta.url);
const { createDetector } = require(path.resolve('out/test/mesh/secrets/detector.js'));
const { CREDENTIALS, PATIENT } = require(path.resolve('out/test/mesh/secrets/planted.js'));

const ADDRESS = 'Nebelkrähengasse 4711';
const CREDENTIAL_SECRETS = {
  password: [CREDENTIALS.password],
  'shared key': [CREDENTIALS.sharedKey],
  'pass phrase': [CREDENTIALS.passPhrase],
};
const PATIENT_SECRETS = {
  'NHS number': [PATIENT.nhsNumber],
  surname: [PATIENT.surname],
  'given name': [PATIENT.givenName],
  'birth date': ['1961-08-29', PATIENT.birthDate, '29 August 1961'],
  address: [ADDRESS],
};
const SECRETS = { ...CREDENTIAL_SECRETS, ...PATIENT_SECRETS };

/** The person's own files: what stands in them the person put there. */
const OWN = /^(patient|rejected)\.json$/;
/** Made of the installed packages before the session began. */
const INSTALLED = /^data\/CachedProfilesData\//;

const SEND = 'ITK3: Send message to MESH mailbox…';

describe('secrets after a session', function () {
  this.timeout(180_000);
  let workbench;
  let page;
  let outside;
  let keysFolder;
  let shown;

  before(async () => {
    outside = await startOutside({
      strict: true,
      tls: true,
      clientCertificates: true,
      mailboxes: [mailbox('X26PHARMACY', false), mailbox('X26SURGERY', true)],
      people: [
        {
          nhsNumber: PATIENT.nhsNumber,
          birthDate: PATIENT.birthDate,
          surname: PATIENT.surname,
          mailbox: 'X26SURGERY',
        },
      ],
    });
    keysFolder = mkdtempSync(path.join(os.tmpdir(), 'keys-'));
    const { cert, key } = outside.clientCertificate;
    const locked = createPrivateKey(key).export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: CREDENTIALS.passPhrase,
    });
    const certificates = {};
    for (const [name, text] of Object.entries({ certificate: cert, key: locked, authorities: outside.authority })) {
      certificates[name] = path.join(keysFolder, `${name}.pem`);
      writeFileSync(certificates[name], text);
    }
    workbench = await openWorkbench({
      vsix: 'itk3-toolkit.vsix',
      workspace: 'examples',
      settings: {
        'itk3.sandbox.port': 0,
        'itk3.mailboxes': [{ name: 'Outside', endpoint: outside.url, mailbox: 'X26PHARMACY', ...certificates }],
      },
    });
    ({ page } = workbench);
    shown = await recordShown(page);
  });

  after(async () => {
    await workbench?.close();
    await outside?.close();
    if (keysFolder) rmSync(keysFolder, { recursive: true, force: true });
  });

  afterEach(async function () {
    if (this.currentTest.state !== 'failed') return;
    await window.screenshot(page, `failed: ${this.currentTest.title}`.replace(/\W+/g, '-'), 'out/screenshots');
  });

  it('are nowhere but in the secret storage', async () => {
    await addMailbox();
    writeFileSync(path.join(workbench.folder, 'patient.json'), patientMessage());
    await sendByPatient();
    await readAnswer('30001');
    await window.runCommand(page, 'ITK3: Show preview to the side');
    await window.webview(page).getByText('Accepted').first().waitFor();
    await window.runCommand(page, 'View: Close All Editors');
    await rejectedAnswer();
    await previewAndFixture();
    await window.runCommand(page, 'ITK3: Open the team’s file');
    await page.locator('.tab.active', { hasText: 'itk3.json' }).waitFor();
    await window.openFile(page, 'patient.json');
    await window.runCommand(page, 'ITK3: Dry run: show what would be sent…');
    await row('Outside').first().click();
    await window.pickItem(page, 'To the patient’s practice (GP routing)');
    await page.locator('.tab.active', { hasNotText: 'patient.json' }).waitFor();
    await compare();
    assert.deepEqual(await search(), []);
    // Of each of these there must be something to search.
    const { dataDir } = workbench;
    const logs = filesIn(path.join(dataDir, 'data', 'logs'), (name) => name.endsWith('-ITK3.log'));
    assert.ok(
      logs.some(({ text }) => text.includes('POST')),
      'the output channel tells of requests',
    );
    const kept = filesIn(path.join(dataDir, 'data', 'User', 'globalStorage'), (name) => name.includes('itk3-toolkit'));
    assert.ok(
      kept.some(({ text }) => text.includes('accepted')),
      'the journal is kept',
    );
    assert.ok(shown().some(({ where }) => where === 'notification'));
  });

  it('are found wherever they are planted', async () => {
    const { dataDir, folder } = workbench;
    const below = (name) => path.join(dataDir, 'data', ...name.split('/'));
    const files = {
      'planted.json': path.join(folder, 'planted.json'),
      'data/User/globalStorage/itk3-toolkit.itk3-toolkit/planted': '',
      'data/User/workspaceStorage/planted/itk3-toolkit.itk3-toolkit/planted': '',
      'data/User/planted.json': '',
      'data/logs/planted/1-ITK3.log': '',
    };
    for (const [name, written] of Object.entries(DISGUISES)) {
      const text = Object.values(SECRETS)
        .map(([secret]) => written(secret))
        .join('\n');
      for (const [where, file] of Object.entries(files)) write(file || below(where.slice('data/'.length)), text);
      await plantInBrowser(page, text);
      const found = await search();
      const places = [...Object.keys(files), 'localStorage/planted', STORE, 'notification', 'status bar'];
      for (const where of places)
        for (const secret of Object.keys(SECRETS))
          assert.ok(found.includes(`${secret} in ${where}`), `${secret} ${name} in ${where} is not found`);
    }
    const credentials = Object.values(CREDENTIAL_SECRETS).map(([secret]) => secret);
    await show(page, '.monaco-dialog-box', credentials.join('\n'));
    const found = await search();
    for (const secret of Object.keys(CREDENTIAL_SECRETS)) assert.ok(found.includes(`${secret} in dialog`), secret);
  });

  const row = (text) => page.locator('.quick-input-widget .quick-input-list .monaco-list-row', { hasText: text });

  /** With a password, a shared key and a pass phrase, none of which is in the settings then. */
  async function addMailbox() {
    await tree.showView(page, 'Mailboxes');
    await tree.pressInline(tree.treeRow(page, 'Mailboxes', 'Outside').first(), 'Look into mailbox');
    for (const secret of [CREDENTIALS.password, CREDENTIALS.sharedKey, CREDENTIALS.passPhrase])
      await window.typeInput(page, secret);
    await tree.treeRow(page, 'Mailboxes', 'X26PHARMACY').filter({ hasNotText: 'not looked' }).waitFor();
  }

  async function sendByPatient() {
    await window.openFile(page, 'patient.json');
    await window.runCommand(page, SEND);
    await row('Outside').first().click();
    await window.pickItem(page, 'To the patient’s practice (GP routing)');
    await window.answerDialog(page, 'Send this message', 'Send');
    await window.typeInput(page, 'REAL');
    await window.waitForToast(page, 'Sent as');
    await outside.settled();
  }

  async function readAnswer(code) {
    await window.runCommand(page, 'ITK3: Show responses');
    await row(code).first().click();
    await page.locator('.codelens-decoration', { hasText: code }).first().waitFor();
  }

  /** The patient is known there no more. */
  async function rejectedAnswer() {
    writeFileSync(path.join(workbench.folder, 'rejected.json'), patientMessage('30003'));
    await window.openFile(page, 'rejected.json');
    await window.runCommand(page, SEND);
    await row('Outside').first().click();
    await window.pickItem(page, 'To the patient’s practice (GP routing)');
    await window.answerDialog(page, 'Send this message', 'Send');
    await window.typeInput(page, 'REAL');
    await window.waitForToast(page, 'Sent as');
    await outside.settled();
    await readAnswer('30003');
  }

  async function previewAndFixture() {
    await window.openFile(page, 'patient.json');
    await window.runCommand(page, 'ITK3: Show preview to the side');
    await window.webview(page).getByText(PATIENT.givenName).first().waitFor();
    await window.runCommand(page, 'View: Close All Editors');
    await window.openFile(page, 'patient.json');
    await window.runCommand(page, 'ITK3: Save as fixture…');
    await window.pickItem(page, 'With invented people (recommended)');
    await window.typeInput(page, path.join(workbench.folder, 'fixture.json'));
    await page.locator('.tab.active', { hasText: 'fixture.json' }).waitFor();
  }

  async function compare() {
    await window.openFile(page, 'patient.json');
    await window.runCommand(page, 'ITK3: Select message to compare');
    await window.openFile(page, 'fixture.json');
    await window.runCommand(page, 'ITK3: Compare messages by meaning…');
    await page.locator('.monaco-diff-editor').first().waitFor();
  }

  /** What was found, where. What a dialog tells of the patient, it tells the person who is asked. */
  async function search() {
    const all = createDetector(SECRETS);
    const credentials = createDetector(CREDENTIAL_SECRETS);
    const traces = [
      ...filesIn(workbench.dataDir, (name) => !INSTALLED.test(name)),
      ...filesIn(workbench.folder, (name) => !OWN.test(name)),
      ...(await keptByBrowser(page)),
      ...shown(),
    ];
    return traces.flatMap(({ where, text }) => {
      const detector = where === 'dialog' ? credentials : all;
      return detector.find(text).map((name) => `${name} in ${where}`);
    });
  }
});

const STORE = 'vscode-web-state-db-global/ItemTable/planted';

const DISGUISES = {
  'as it is': (secret) => secret,
  'in base64': (secret) => Buffer.from(secret).toString('base64'),
  'percent-encoded': (secret) => encodeURIComponent(secret),
  'in JSON': (secret) => JSON.stringify({ secret }),
};

function write(file, text) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Where VS Code itself would put it in the browser, and where a person would see it. */
async function plantInBrowser(page, text) {
  await page.evaluate(async (planted) => {
    localStorage.setItem('planted', planted);
    const base = await new Promise((resolve, reject) => {
      const request = indexedDB.open('vscode-web-state-db-global');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    await new Promise((resolve, reject) => {
      const change = base.transaction('ItemTable', 'readwrite');
      change.objectStore('ItemTable').put(planted, 'planted');
      change.oncomplete = resolve;
      change.onerror = () => reject(change.error);
    });
    base.close();
  }, text);
  await show(page, '.notification-toast', text);
  await show(page, '.part.statusbar', text);
}

/** Puts an element like those of VS Code into the window. It is gone again when what is shown has been looked at. */
async function show(page, selector, text) {
  await page.evaluate(
    async ([like, planted]) => {
      const element = document.createElement('div');
      element.className = like.replaceAll('.', ' ').trim();
      element.textContent = planted;
      document.body.append(element);
      await new Promise((resolve) => setTimeout(() => setTimeout(resolve)));
      element.remove();
    },
    [selector, text],
  );
}

function mailbox(id, answered) {
  const { password, sharedKey } = CREDENTIALS;
  return { mailbox: id, name: answered ? 'Practice' : 'Pharmacy', odsCode: 'X26', password, sharedKey, answered };
}

/** The example, about the planted patient, under identifiers of its own. @param [scenario] what the sandbox does with it */
function patientMessage(scenario) {
  const { nhsNumber, surname, givenName } = PATIENT;
  const message = readFileSync('examples/emergency-supply.json', 'utf8')
    .replaceAll('Marmaduke', givenName)
    .replaceAll('Testwell', surname)
    .replaceAll('TESTWELL', surname.toUpperCase())
    .replaceAll('9990142017', nhsNumber)
    .replaceAll('999 014 2017', nhsNumber.replace(/(\d{3})(\d{3})(\d{4})/, '$1 $2 $3'))
    .replaceAll('1956-02-29', '1961-08-29')
    .replaceAll('29 February 1956', '29 August 1961')
    .replaceAll('1 Pretend Lane', ADDRESS);
  if (!scenario) return message;
  return message
    .replace(/("SenderReference",\s*"valueString": ")[^"]*"/, `$1sandbox:${scenario}"`)
    .replaceAll('fcbe8af3-7653', 'fcbe8af3-7654');
}
