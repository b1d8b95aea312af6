// What a person meets who writes a message: what is offered, mended, renamed and shown. Pictures go to out/screenshots; with
// UPDATE=1 they are taken at double size and the one that the README shows is written to images/.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as window from './page.mjs';
import { publish, update } from './publish.mjs';
import { openWorkbench } from './workbench.mjs';

const PICTURES = 'out/screenshots';
const VALID = readFileSync('examples/emergency-supply.json', 'utf8');
const EDITOR = '.editor-group-container.active .editor-instance .monaco-editor';

describe('authoring in the workbench', function () {
  this.timeout(120_000);
  let page;
  let folder;
  let close;

  before(async () => {
    ({ page, folder, close } = await openWorkbench({
      vsix: 'itk3-toolkit.vsix',
      workspace: 'examples',
      scale: update ? 2 : 1,
    }));
  });

  after(() => close?.());

  beforeEach(async () => {
    await window.runCommand(page, 'Notifications: Clear All Notifications');
    await window.runCommand(page, 'View: Close All Editors');
    const panel = page.locator('.part.panel .action-label[aria-label^="Hide Panel"]');
    if (await panel.isVisible()) await panel.click();
  });

  afterEach(async function () {
    if (this.currentTest.state !== 'failed') return;
    await picture(`failed: ${this.currentTest.title}`.replace(/\W+/g, '-'));
    await page.keyboard.press('Escape');
    await window.runCommand(page, 'File: Revert File');
  });

  it('writes a whole message into an empty file, with one key', async () => {
    await open('empty.json', '');
    await window.completionAt(page, 1, 1, 'Whole message: Emergency supply of medicines');
    await picture('authoring-empty');
    await window.accept(page, 'Whole message: Emergency supply of medicines');
    await window.runCommand(page, 'ITK3: Validate message');
    assert.match(await window.waitForToast(page, 'No problems in'), /^No problems in empty\.json\.$/);
    await window.save(page);
  });

  it('offers the sections that are not there yet, and writes one with its table', async () => {
    const message = JSON.parse(VALID);
    const { section } = message.entry[2].resource.entry[0].resource;
    section.splice(4, 1);
    const text = `${JSON.stringify(message, null, 2)}\n`;
    await open('section.json', text);
    const line = lineOf(text, '"GP Practice"') - 2;
    await window.moveCursor(page, line, text.split('\n')[line - 1].length + 1);
    await page.keyboard.press('Enter');
    await window.completionAt(page, line + 1, text.split('\n')[line].indexOf('{') + 1, 'History');
    await picture('authoring-section');
    await window.accept(page, 'History');
    await waitForText('Relevant past medical');
    await page.keyboard.press('Escape');
    await noProblems();
    await picture('authoring-section-written');
    await window.save(page);
  });

  it('offers references by what they lead to', async () => {
    const [, reference] = /"subject": \{\s*"reference": "([^"]+)"/.exec(VALID);
    const text = VALID.replace(/("subject": \{\s*"reference": ")[^"]+"/, '$1"');
    await open('reference.json', text);
    const line = lineOf(text, '"reference": ""');
    const column = text.split('\n')[line - 1].indexOf('""') + 2;
    const labels = await window.completionAt(page, line, column, 'Patient · Marmaduke TESTWELL · 999 014 2017');
    assert.match(labels[0], /^Patient · Marmaduke/, labels.join());
    await picture('authoring-reference', 'authoring');
    await window.accept(page, 'Patient · Marmaduke TESTWELL · 999 014 2017');
    await window.save(page);
    assert.equal(read('reference.json').split(reference).length, VALID.split(reference).length);
  });

  it('puts what is missing in, and mends at once what has one right answer', async () => {
    await open('broken.json', readFileSync('examples/emergency-supply-with-mistakes.json', 'utf8'));
    await window.problems(page, 'timestamp is missing');
    await problem('timestamp is missing').dblclick({ position: { x: 90, y: 8 } });
    await window.showQuickFixes(page, 'Add timestamp');
    await picture('authoring-fix');
    await window.takeQuickFix(page, 'Add timestamp');
    await problem('timestamp is missing').waitFor({ state: 'detached' });
    await window.until('all that has one right answer is mended', async () => {
      await window.runCommand(page, 'Fix All');
      await problem('did you mean "family"?').waitFor({ state: 'detached', timeout: 5_000 });
    });
    await picture('authoring-fix-all');
    await window.save(page);
  });

  it('renames an id wherever it is named', async () => {
    await open('rename.json', VALID);
    const id = /"resourceType": "Patient",\s*"id": "([^"]+)"/.exec(VALID)[1];
    const line = lineOf(VALID, `"id": "${id}"`);
    await window.moveCursor(page, line, VALID.split('\n')[line - 1].indexOf(id) + 3);
    const box = page.locator('.rename-box input');
    await window.until('the name can be changed', async () => {
      await page.keyboard.press('F2');
      await box.waitFor({ timeout: 2_500 });
    });
    await box.fill('00000000-0000-4000-8000-000000000001');
    await picture('authoring-rename');
    await page.keyboard.press('Enter');
    await box.waitFor({ state: 'hidden' });
    await window.save(page);
    const after = read('rename.json');
    assert.equal(after.split(id).length, 1);
    assert.equal(after, VALID.replaceAll(id, '00000000-0000-4000-8000-000000000001'));
  });

  it('shows the message in the outline, who refers to an entry over it, and whom a reference leads to', async () => {
    await open('outline.json', VALID);
    await window.runCommand(page, 'Explorer: Focus on Outline View');
    await page.locator('.part.sidebar .pane-header', { hasText: 'examples' }).click();
    const outline = page.locator('.outline-pane');
    const whole = outline.locator('.monaco-list-row', { hasText: 'ITK3 message' });
    await whole.waitFor();
    if ((await whole.getAttribute('aria-expanded')) === 'false') {
      await whole.locator('.monaco-tl-twistie').click({ modifiers: ['Alt'] }); // with all that is in it
    }
    await outline.getByText('Patient Demographics').first().waitFor();
    await window.moveCursor(page, 1, 1);
    await page.keyboard.press('Control+Home');
    await page.locator(`${EDITOR} .codelens-decoration`, { hasText: 'Send' }).first().waitFor();
    await picture('authoring-outline');
    const line = lineOf(VALID, '"resourceType": "Patient"');
    await window.moveCursor(page, line, 1);
    await page.locator(`${EDITOR} .codelens-decoration`, { hasText: 'references' }).first().waitFor();
    await picture('authoring-lenses');
    await page.locator('.part.sidebar .pane-header', { hasText: 'examples' }).click();
  });

  it('leads from a profile to what is known of it', async () => {
    await open('definition.json', VALID);
    const line = lineOf(VALID, 'CareConnect-Patient-1');
    await window.moveCursor(page, line, VALID.split('\n')[line - 1].indexOf('CareConnect') + 3);
    await window.until('the definition is open', async () => {
      await page.keyboard.press('F12');
      await page.locator('.tab.active', { hasText: 'CareConnect-Patient-1' }).waitFor({ timeout: 2_500 });
    });
    await waitForText('identifier');
    await picture('authoring-definition');
  });

  it('lists what can be done to a message, and puts invented people in', async () => {
    await open('refactor.json', VALID);
    await window.moveCursor(page, 3, 1);
    const title = 'Put invented people and places in';
    await window.until('the list of refactorings is open', async () => {
      await window.runCommand(page, 'ITK3: Refactor message…');
      await page.locator('.action-widget .monaco-list-row', { hasText: title }).waitFor({ timeout: 5_000 });
    });
    await picture('authoring-refactor');
    await window.takeQuickFix(page, title);
    await window.save(page);
    assert.ok(!read('refactor.json').includes('9990142017'));
    await noProblems();
  });

  it('sets what the texts say beside what the resources say', async () => {
    await open('compare.json', VALID.replace('"birthDate": "1956-02-29"', '"birthDate": "1931-01-02"'));
    await window.runCommand(page, 'ITK3: Compare section texts with resources');
    await page.locator('.tab.active', { hasText: 'what the texts say' }).waitFor();
    await page
      .locator('.monaco-diff-editor .modified .view-line', { hasText: /2.January.1931/ })
      .first()
      .waitFor();
    await picture('authoring-compare');
  });

  const problem = (text) => page.locator('.markers-panel .monaco-list-row', { hasText: text }).first();

  async function open(name, text) {
    writeFileSync(path.join(folder, name), text);
    await window.openFile(page, name);
  }

  const read = (name) => readFileSync(path.join(folder, name), 'utf8');

  async function noProblems() {
    await window.runCommand(page, 'Problems: Focus on Problems View');
    await page.locator('.markers-panel', { hasText: 'No problems have been detected' }).waitFor();
  }

  async function waitForText(text) {
    await window.until(`the editor shows ${text}`, async () =>
      assert.ok((await window.editorText(page)).includes(text)),
    );
  }

  async function picture(name, published) {
    const file = await window.screenshot(page, name, PICTURES);
    await publish(page, file, published);
  }
});

function lineOf(text, part) {
  const at = text.indexOf(part);
  assert.ok(at >= 0, `${part} is not in the message`);
  return text.slice(0, at).split('\n').length;
}
