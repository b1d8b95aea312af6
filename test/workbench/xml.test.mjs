// FHIR XML as a person meets it: what is wrong in it, what it means, how it looks, and the way to JSON and back. Pictures
// go to out/screenshots/<theme>/.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as window from './page.mjs';
import { publish } from './publish.mjs';
import { pictures } from './themes.mjs';
import { openWorkbench } from './workbench.mjs';

const require = createRequire(import.meta.url);
const { writeXml } = require('../../out/core/document/write-xml.js');
const { knowledge } = require('../../out/test/knowledge.js');

const MESSAGE = JSON.parse(readFileSync('examples/emergency-supply.json', 'utf8'));
const VALID = writeXml(MESSAGE, knowledge().registry).text;
/** The mistakes that XML adds to those of JSON: an element too late, and a url that is no attribute. */
const WRONG = replaced(
  replaced(VALID, /(\s*<birthDate value="[^"]*"\/>)/, ''),
  /(\s*)<extension url="BusAckRequested">/,
  '$1<extension>$1  <url value="BusAckRequested"/>',
).replace(/(\s*)<\/Patient>/, '$1  <birthDate value="1956-02-29"/>$1</Patient>');

describe('FHIR XML in the workbench', function () {
  this.timeout(180_000);
  let workbench;
  let page;
  let folder;

  before(async () => {
    workbench = await openWorkbench({
      vsix: 'itk3-toolkit.vsix',
      workspace: 'examples',
      viewport: { width: 1500, height: 950 },
    });
    ({ page, folder } = workbench);
  });

  after(() => workbench?.close());

  beforeEach(async () => {
    await window.runCommand(page, 'Notifications: Clear All Notifications');
    await window.runCommand(page, 'View: Close All Editors');
  });

  afterEach(async function () {
    if (this.currentTest.state === 'failed') await window.screenshot(page, 'failed-xml', 'out/screenshots');
  });

  const write = (name, text) => writeFileSync(path.join(folder, name), text);

  it('shows what is wrong where it stands, and mends it', async () => {
    write('mistakes.xml', WRONG);
    await window.openFile(page, 'mistakes.xml');
    const listed = await window.problems(page, 'xml-order');
    assert.ok(
      listed.some((line) => line.includes('birthDate stands behind')),
      listed.join('\n'),
    );
    assert.ok(
      listed.some((line) => line.includes('url is an attribute of extension')),
      listed.join('\n'),
    );
    await page.locator('.markers-panel .monaco-list-row', { hasText: 'url is an attribute' }).first().dblclick();
    await pictures(workbench, 'xml-mistakes');
    // The last in the text first: the lines before it stay where they are.
    for (const [mistake, element, fix] of [
      ['birthDate stands behind', '<birthDate', 'Put it before address'],
      ['url is an attribute', '<url', 'Make url an attribute'],
    ]) {
      const lines = WRONG.split('\n');
      const line = lines.findIndex((text) => text.includes(element));
      await window.moveCursor(page, line + 1, lines[line].indexOf(element) + 3);
      await window.showQuickFixes(page, fix);
      await window.takeQuickFix(page, fix);
      await page.locator('.markers-panel .monaco-list-row', { hasText: mistake }).first().waitFor({ state: 'hidden' });
    }
    await window.save(page);
    assert.equal(readFileSync(path.join(folder, 'mistakes.xml'), 'utf8'), VALID);
  });

  it('explains what an element is', async () => {
    write('hover.xml', VALID);
    await window.openFile(page, 'hover.xml');
    const line = VALID.split('\n').findIndex((text) => text.includes('<birthDate')) + 1;
    await window.moveCursor(page, line, 20);
    assert.match(await window.hoverWord(page, 'birthDate', 'birthDate'), /date of birth/i);
    await window.screenshot(page, 'xml-hover', 'out/screenshots/dark');
  });

  it('offers what may stand here, by a bracket and in quotes, and writes it whole', async () => {
    write('complete.xml', VALID);
    await window.openFile(page, 'complete.xml');
    const lines = VALID.split('\n');
    const line = lines.findIndex((text) => text.includes('<birthDate'));
    await window.moveCursor(page, line + 1, lines[line].length + 1);
    await page.keyboard.press('Enter');
    await page.keyboard.type('<mar');
    const offered = page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'maritalStatus' }).first();
    await offered.waitFor();
    await pictures(workbench, 'xml-completion-names');
    await window.accept(page, 'maritalStatus');
    await page.locator('.active .view-line', { hasText: '</maritalStatus>' }).waitFor();
    await page.keyboard.press('Escape');
    const system = lines.findIndex((text) => text.includes('<gender'));
    const quote = lines[system].indexOf('value="') + 'value="'.length + 1;
    await window.completionAt(page, system + 1, quote, 'female');
    await pictures(workbench, 'xml-completion-values');
    await window.accept(page, 'female');
    await page.locator('.active .view-line', { hasText: /<gender\svalue="female"\/>/ }).waitFor();
    await window.runCommand(page, 'File: Revert File');
  });

  it('is previewed beside, follows the cursor and leads back into the text', async () => {
    write('preview.xml', VALID);
    await window.openFile(page, 'preview.xml');
    await window.runCommand(page, 'View: Hide Panel').catch(() => undefined);
    await window.runCommand(page, 'ITK3: Show preview to the side');
    const shown = window.webview(page);
    await shown.locator('.banner', { hasText: 'TESTWELL' }).waitFor();
    const line = VALID.split('\n').findIndex((text) => text.includes('<birthDate')) + 1;
    await window.moveCursor(page, line, 20);
    await shown.locator('.banner .here', { hasText: '29 February 1956' }).waitFor();
    await pictures(workbench, 'xml-preview').then((files) => publish(page, files.at(-1), 'xml'));
    await shown.getByText('Order repeat prescriptions').dblclick();
    const back = VALID.split('\n').findIndex((text) => text.includes('Order repeat prescriptions')) + 1;
    await page.locator('.statusbar-item', { hasText: `Ln ${back},` }).waitFor();
  });

  it('opens as JSON beside, where the reader is, and is saved without a question', async () => {
    write('form.xml', VALID);
    await window.openFile(page, 'form.xml');
    const line = VALID.split('\n').findIndex((text) => text.includes('<birthDate')) + 1;
    await window.moveCursor(page, line, 20);
    await window.runCommand(page, 'ITK3: Open as JSON');
    await page.locator('.tab.active', { hasText: 'form.json' }).waitFor();
    await page.locator('.active .view-line', { hasText: /"birthDate":\s"1956-02-29"/ }).waitFor();
    assert.equal(
      await page.locator('.tab', { hasText: 'form.json' }).count(),
      1,
      'beside the message, and nowhere else',
    );
    await pictures(workbench, 'xml-open-as-json');
    await window.save(page);
    assert.deepEqual(JSON.parse(readFileSync(path.join(folder, 'form.json'), 'utf8')), MESSAGE);
  });

  it('offers the other form and converting in the explorer', async () => {
    write('menu.xml', VALID);
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'menu.xml' }).click({ button: 'right' });
    const menu = page.locator('.monaco-menu');
    await menu.getByText('Open as JSON').waitFor();
    await menu.getByText('Convert file(s)…').waitFor();
    assert.equal(await menu.getByText('Open as XML').count(), 0);
    await window.screenshot(page, 'xml-menu', 'out/screenshots/dark');
    await page.keyboard.press('Escape');
  });
});

function replaced(text, from, to) {
  const after = text.replace(from, to);
  assert.notEqual(after, text, `${from} is not in the text`);
  return after;
}
