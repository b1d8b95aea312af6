// What a person sees of the validation: where a mistake is underlined, how it is excepted, what the settings do. Pictures
// go to out/screenshots.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import * as window from './page.mjs';
import { openWorkbench } from './workbench.mjs';

const EXCEPT = 'Except nhs-number here, with a reason…';
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
    await go('narrative-xml', 5);
    await picture('validation-narrative');
    await window.showQuickFixes(page, 'Change to </table>');
    await window.takeQuickFix(page, 'Change to </table>');
    await page.locator('.markers-panel', { hasText: 'No problems have been detected' }).waitFor();
    await window.save(page);
    assert.equal(readFileSync(path.join(folder, 'narrative.json'), 'utf8'), VALID);
  });

  it('underlines an entry that nothing leads to', async () => {
    const message = JSON.parse(VALID);
    const { entry } = message.entry.at(-1).resource;
    const id = '1b3f4d1c-5b5f-4c53-9d3b-0a4c5a1f9a11';
    const { resource } = entry.find((one) => one.resource.resourceType === 'Organization');
    const identifier = [{ ...resource.identifier[0], value: 'FZZ98' }];
    entry.push({ fullUrl: `urn:uuid:${id}`, resource: { ...resource, id, identifier } });
    write('unreachable.json', `${JSON.stringify(message, null, 2)}\n`);
    await window.openFile(page, 'unreachable.json');
    const listed = await window.problems(page, 'itk3');
    assert.equal(listed.length, 2, listed.join('\n'));
    await go('Nothing leads from', 10);
    await picture('validation-unreachable');
  });

  it('underlines a value of the handling that no such message may have, and a key with a slip', async () => {
    const message = JSON.parse(VALID);
    const [{ extension: keys }] = message.entry[0].resource.extension;
    keys.find(({ url }) => url === 'InfAckRequested').valueBoolean = false;
    keys.find(({ url }) => url === 'SenderReference').url = 'SenderRefrence';
    write('handling.json', `${JSON.stringify(message, null, 2)}\n`);
    await window.openFile(page, 'handling.json');
    const listed = await window.problems(page, 'itk3');
    assert.equal(listed.length, 3, listed.join('\n'));
    await go('InfAckRequested must be true', 5);
    await picture('validation-handling');
    await go('did you mean "SenderReference"?', 16);
    await window.showQuickFixes(page, 'Change to "SenderReference"');
    await picture('validation-handling-fix');
    await page.keyboard.press('Escape');
  });

  it('excepts a finding with a reason, in a file beside the message', async () => {
    const number = /"(999\d{6})(\d)"/.exec(VALID);
    write('excepted.json', VALID.replaceAll(number[0], `"${number[1]}${(Number(number[2]) + 1) % 10}"`));
    await window.openFile(page, 'excepted.json');
    await window.problems(page, 'nhs-number');
    await go('nhs-number', 12);
    await window.showQuickFixes(page, EXCEPT);
    await picture('validation-except');
    await window.takeQuickFix(page, EXCEPT);
    await page.locator('.tab.active', { hasText: 'excepted.json.itk3' }).waitFor();
    await problem('The reason is empty').waitFor();
    await picture('validation-reason-empty');
    await page.keyboard.type('The guide writes it so');
    await page.locator('.markers-panel', { hasText: 'No problems have been detected' }).waitFor();
    assert.match(await window.editorText(page), /"reason": "The guide writes it so"\n/);
    await picture('validation-excepted');
    await window.save(page);
    assert.equal(JSON.parse(readFileSync(path.join(folder, 'excepted.json.itk3'), 'utf8')).exceptions.length, 1);
  });

  it('offers names in a file of exceptions, and underlines one that is wrong', async () => {
    write('emergency-supply.json.itk3', '{\n  "exceptions": [\n    { "rule": "nhs-numbr", "reason": "x" }\n  ]\n}\n');
    await window.openFile(page, 'emergency-supply.json.itk3');
    const listed = await window.problems(page, 'did you mean');
    assert.equal(listed.filter((line) => line.includes('nhs-numbr')).length, 1, listed.join('\n'));
    await picture('validation-sidecar');
    await window.completionAt(page, 3, 18, '"nhs-number"');
    await picture('validation-sidecar-completion');
    await page.keyboard.press('Escape');
    rmSync(path.join(folder, 'emergency-supply.json.itk3'));
  });

  it('completes the names of rules in the settings', async () => {
    write('.vscode/settings.json', '{\n  "itk3.rules": {\n    \n  }\n}\n');
    await window.openFile(page, '.vscode/settings.json');
    const labels = await window.completionAt(page, 3, 5, 'attachment');
    assert.ok(labels.length > 5, labels.join('\n'));
    await page.keyboard.type('"narrative');
    await page.locator('.suggest-widget.visible .monaco-list-row.focused', { hasText: 'narrative' }).waitFor();
    await picture('validation-settings');
    await page.keyboard.press('Escape');
    await window.runCommand(page, 'File: Revert File');
  });

  it('says in one warning what is broken in a package of profiles, and uses the rest', async () => {
    write('profiles/broken.json', '{ "resourceType": "StructureDefinition", ');
    write('profiles/no.xml', '<StructureDefinition xmlns="http://hl7.org/fhir"><url value="x">');
    write('.vscode/settings.json', '{ "itk3.profiles.packages": ["profiles"] }\n');
    const told = await window.waitForToast(page, 'Profiles for ITK3');
    assert.match(told, /broken\.json is broken at line 1.* tells 1 more\.$/);
    await picture('validation-packages');
    assert.equal(await page.locator('.notification-toast').count(), 1);
    write('.vscode/settings.json', '{}\n');
  });

  it('judges a message all the same when the terminology server does not answer, and says so in one note', async () => {
    const port = await deadPort();
    write('.vscode/settings.json', `{ "itk3.terminology.server": "http://127.0.0.1:${port}/fhir" }\n`);
    write('terminology.json', replaced(VALID, '"gender": "', '"gender": "x'));
    await window.openFile(page, 'terminology.json');
    const listed = await window.problems(page, 'nothing listens there');
    assert.equal(listed.length, 3, listed.join('\n'));
    await picture('validation-terminology');
    write('.vscode/settings.json', '{}\n');
  });

  const problem = (text) => page.locator('.markers-panel .monaco-list-row', { hasText: text }).first();

  /** Going to a problem selects what it is about. */
  async function go(text, characters) {
    await problem(text).dblclick();
    await page.locator('.statusbar-item', { hasText: `(${characters} selected)` }).waitFor();
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

/** A port of this machine that nobody listens on. */
async function deadPort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function replaced(text, from, to) {
  assert.ok(text.includes(from), `${from} is not in the message`);
  return text.replace(from, to);
}
