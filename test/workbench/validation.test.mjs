// What a person sees of the validation: where a mistake is underlined, how it is excepted, what the settings do. Pictures
// go to out/screenshots.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import * as window from './page.mjs';
import { openWorkbench } from './workbench.mjs';

const PICTURES = 'out/screenshots';
const VALID = readFileSync('examples/emergency-supply.json', 'utf8');

describe('validation in the workbench', function () {
  this.timeout(120_000);
  let page;
  let folder;
  let close;

  before(async () => {
    ({ page, folder, close } = await openWorkbench({ vsix: 'itk3-toolkit.vsix', workspace: 'examples' }));
  });

  after(() => close?.());

  beforeEach(async () => {
    await window.runCommand(page, 'Notifications: Clear All Notifications');
    await window.runCommand(page, 'View: Close All Editors');
  });

  afterEach(async function () {
    if (this.currentTest.state === 'failed') await picture(`failed: ${this.currentTest.title}`.replace(/\W+/g, '-'));
  });

  it('shows nothing in the list of problems about a valid message, whatever could not be looked up', async () => {
    write('valid.json', VALID);
    await window.openFile(page, 'valid.json');
    await page.locator('.monaco-editor .squiggly-hint').first().waitFor({ state: 'attached' });
    await window.runCommand(page, 'Problems: Focus on Problems View');
    await page.locator('.markers-panel', { hasText: 'No problems have been detected' }).waitFor();
    await picture('validation-valid');
  });

  it('underlines a mistake in a narrative at its own characters', async () => {
    write('narrative.json', replaced(VALID, '</table>', '</tabel>'));
    await window.openFile(page, 'narrative.json');
    const listed = await window.problems(page, 'narrative-xml');
    assert.equal(listed.length, 2, listed.join('\n'));
    await go('narrative-xml');
    const { width } = await page.locator('.monaco-editor .squiggly-error').first().boundingBox();
    assert.ok(width < 100, `${width} pixels are more than a name`);
    await picture('validation-narrative');
  });

  it('underlines an entry that nothing leads to', async () => {
    const message = JSON.parse(VALID);
    const { entry } = message.entry.at(-1).resource;
    const id = '1b3f4d1c-5b5f-4c53-9d3b-0a4c5a1f9a11';
    const { resource } = entry.find((one) => one.resource.resourceType === 'Organization');
    entry.push({ fullUrl: `urn:uuid:${id}`, resource: { ...resource, id } });
    write('unreachable.json', `${JSON.stringify(message, null, 2)}\n`);
    await window.openFile(page, 'unreachable.json');
    const listed = await window.problems(page, 'unreachable');
    assert.equal(listed.filter((line) => line.includes('itk3(')).length, 1, listed.join('\n'));
    await go('unreachable');
    await picture('validation-unreachable');
  });

  it('underlines a value of the handling that no such message may have', async () => {
    write('handling.json', replaced(VALID, '"code": "FA"', '"code": "FI"'));
    await window.openFile(page, 'handling.json');
    const listed = await window.problems(page, 'itk3(');
    await go('handling');
    await picture('validation-handling');
    assert.equal(listed.filter((line) => line.includes('itk3(')).length, 1, listed.join('\n'));
  });

  const problem = (text) => page.locator('.markers-panel .monaco-list-row', { hasText: text }).first();

  async function go(text) {
    await problem(text).dblclick();
    await page.locator('.monaco-editor .squiggly-error, .monaco-editor .squiggly-warning').first().waitFor();
  }

  function write(name, text) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }

  async function picture(name) {
    const { width, height } = page.viewportSize();
    await page.mouse.move(width / 2, height - 8);
    await page.locator('.monaco-hover:visible').first().waitFor({ state: 'hidden' });
    await window.screenshot(page, name, PICTURES);
  }
});

function replaced(text, from, to) {
  assert.ok(text.includes(from), `${from} is not in the message`);
  return text.replace(from, to);
}
