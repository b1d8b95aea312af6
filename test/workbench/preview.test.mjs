// The preview as a person meets it: readable by everyone in every theme, following the text, and harmless whatever the
// message holds. Pictures go to out/screenshots/<theme>/.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as window from './page.mjs';
import { THEMES, useTheme } from './themes.mjs';
import { openWorkbench } from './workbench.mjs';

const require = createRequire(import.meta.url);
const { writeReply } = require('../../out/core/itk3/reply.js');
const { readMessage } = require('../../out/core/itk3/message.js');
const { knowledge } = require('../../out/test/knowledge.js');

const VALID = readFileSync('examples/emergency-supply.json', 'utf8');
const SHOW = 'ITK3: Show preview to the side';
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR42mP4z8CABzGMSjNgCRYAt8pjnQuW8k0AAAAASUVORK5CYII=';

describe('the preview in the workbench', function () {
  this.timeout(180_000);
  let workbench;
  let page;
  let folder;
  const requests = [];

  before(async () => {
    workbench = await openWorkbench({
      vsix: 'itk3-toolkit.vsix',
      workspace: 'examples',
      viewport: { width: 1500, height: 950 },
    });
    ({ page, folder } = workbench);
    page.on('request', (request) => requests.push(request));
  });

  after(() => workbench?.close());

  beforeEach(async () => {
    await window.runCommand(page, 'View: Close All Editors');
    const panel = page.locator('.part.panel .action-label[aria-label^="Hide Panel"]');
    if (await panel.isVisible()) await panel.click();
  });

  afterEach(async function () {
    if (this.currentTest.state === 'failed') await window.screenshot(page, 'failed-preview', 'out/screenshots');
  });

  const seen = {
    'a valid message': ['emergency-supply.json', undefined, 'TESTWELL, Marmaduke (Mr)'],
    'a message with mistakes': ['emergency-supply-with-mistakes.json', undefined, 'did you mean "family"?'],
    'a message whose texts and resources disagree': ['preview-differs.json', differing(), 'The text says 3'],
    'a negative acknowledgement': [
      'preview-rejected.json',
      reply('20009', 'Bundle.entry[0].resource.timestamp'),
      'has rejected',
    ],
    'a positive acknowledgement': ['preview-accepted.json', reply('30001'), 'has taken in'],
  };
  for (const [what, [name, text, shows]] of Object.entries(seen))
    it(`shows ${what} so that everyone can read it, in every theme`, async () => {
      await preview(name, text, shows);
      await page.mouse.move(4, 500);
      if (text === seen['a message whose texts and resources disagree'][1])
        await shown().getByText(shows).first().scrollIntoViewIfNeeded();
      for (const theme of [...Object.keys(THEMES).filter((one) => one !== 'dark'), 'dark']) {
        await useTheme(workbench, theme);
        // Found only now: this room's packages are there once the window has been opened.
        const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
        const { violations } = await (await frame()).evaluate(`${axe};axe.run()`);
        const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
        assert.deepEqual(told, [], theme);
        await window.screenshot(
          page,
          path.parse(name).name.replace(/^(?!preview)/, 'preview-'),
          path.join('out/screenshots', theme),
        );
      }
    });

  it('follows the cursor, also into a medicine that only a dispense names', async () => {
    await preview('emergency-supply.json', undefined, 'Medicines supplied');
    await window.moveCursor(page, lineOf(VALID, '"daysSupply"'), 20);
    await shown().locator('tr.here', { hasText: 'Humulin' }).waitFor();
    await window.moveCursor(page, lineOf(VALID, '"birthDate"'), 20);
    await shown().locator('.banner .here', { hasText: '29 February 1956' }).waitFor();
  });

  it('changes as one types, and stays where it was scrolled to', async () => {
    await preview('preview-typed.json', VALID, 'Type 2 diabetes');
    const inside = await frame();
    await shown().getByText('Type 2 diabetes').scrollIntoViewIfNeeded();
    const before = await inside.evaluate(() => globalThis.scrollY);
    assert.ok(before > 0);
    const line = lineOf(VALID, 'Type 2 diabetes');
    await window.moveCursor(page, line, VALID.split('\n')[line - 1].indexOf('Type 2 diabetes') + 1);
    const section = shown().locator('section.part', { hasText: 'Type 2 diabetes' });
    await section.and(shown().locator('.here')).waitFor();
    const top = await section.evaluate((element) => element.getBoundingClientRect().top);
    await page.keyboard.type('Mild ');
    await shown().getByText('Mild Type 2 diabetes').waitFor();
    const changed = shown().locator('section.part', { hasText: 'Mild Type 2 diabetes' });
    assert.equal(await changed.evaluate((element) => element.getBoundingClientRect().top), top);
    await window.save(page);
  });

  it('leads back into the text by a double click, and by the keyboard alone', async () => {
    await preview('emergency-supply.json', undefined, 'Medicines supplied');
    await shown().getByText('Order repeat prescriptions').dblclick();
    await page.locator('.statusbar-item', { hasText: `Ln ${lineOf(VALID, 'Order repeat prescriptions')},` }).waitFor();
    const go = shown().getByRole('button', { name: 'Show History in the message' });
    await go.focus();
    await page.keyboard.press('Enter');
    await page.locator('.statusbar-item', { hasText: `Ln ${lineOf(VALID, '"title": "History"') - 1},` }).waitFor();
  });

  it('leads from its verdict to the list of problems', async () => {
    await preview('emergency-supply-with-mistakes.json', undefined, 'did you mean');
    const verdict = shown().locator('#verdict');
    assert.match(await verdict.innerText(), /^7 errors, 1 warning$/);
    await verdict.focus();
    await page.keyboard.press('Enter');
    await page.locator('.markers-panel .monaco-list-row', { hasText: 'famly' }).first().waitFor();
  });

  it('runs nothing and fetches nothing, whatever a narrative tries', async () => {
    const hostile = [
      '<script>top.hacked = parent.hacked = self.hacked = 1</script>',
      '<p onclick="self.hacked = 1" onmouseover="self.hacked = 1" style="position: fixed; inset: 0; background: url(https://hostile.invalid/style)">Cover</p>',
      '<img src="https://hostile.invalid/image.png" onerror="self.hacked = 1" alt="x"/>',
      '<img src="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+" alt="x"/>',
      '<svg onload="self.hacked = 1"><script>self.hacked = 1</script></svg>',
      '<iframe src="https://hostile.invalid/frame"></iframe><iframe srcdoc="&lt;script&gt;top.hacked = 1&lt;/script&gt;"></iframe>',
      '<base href="https://hostile.invalid/"/><meta http-equiv="refresh" content="0; url=https://hostile.invalid/refresh"/>',
      '<link rel="stylesheet" href="https://hostile.invalid/link"/><style>@import url(https://hostile.invalid/import); body { display: none }</style>',
      '<form action="https://hostile.invalid/form"><input autofocus="" onfocus="self.hacked = 1"/></form>',
      '<a href="https://hostile.invalid/a">press</a><a href="javascript:self.hacked = 1">me</a>',
      '<table><tr><td>'.repeat(300),
    ].join('');
    const message = JSON.parse(VALID);
    message.entry[2].resource.entry[0].resource.section[4].text.div = `<div xmlns="http://www.w3.org/1999/xhtml">${hostile}</div>`;
    await preview('preview-hostile.json', JSON.stringify(message, null, 2), 'Left out, as nothing here may run');
    await shown().getByText('press (https://hostile.invalid/a)').click();
    await shown().getByText('Cover').hover();
    await shown().getByText('Cover').click();
    const inside = await frame();
    const found = await inside.evaluate(() => ({
      hacked: globalThis.hacked,
      active: document.querySelectorAll(
        'main :is(script, svg:not(.icon), iframe, form, link, base, meta, a, [style], [onclick], [src])',
      ).length,
    }));
    assert.deepEqual(found, { hacked: undefined, active: 0 });
    assert.deepEqual(
      requests.filter((request) => request.url().includes('hostile.invalid')),
      [],
    );
    // Had something come through, the policy of the page would have stopped it.
    const stopped = await inside.evaluate(
      () =>
        new Promise((resolve) => {
          const told = new Set();
          document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
            told.add(effectiveDirective);
            if (told.size === 3) resolve([...told].sort());
          });
          document.body.insertAdjacentHTML(
            'beforeend',
            '<img src="https://hostile.invalid/tried.png" onerror="self.hacked = 1" style="color: red">',
          );
        }),
    );
    assert.deepEqual(stopped, ['img-src', 'script-src-attr', 'style-src-attr']);
    assert.equal(await inside.evaluate(() => globalThis.hacked), undefined);
  });

  it('opens an attachment without a file on disk', async () => {
    const message = JSON.parse(VALID);
    const add = (contentType, content) =>
      message.entry[2].resource.entry.push({
        fullUrl: `urn:uuid:00000000-0000-4000-8000-${String(message.entry[2].resource.entry.length).padStart(12, '0')}`,
        resource: { resourceType: 'Binary', contentType, content },
      });
    add('image/png', PNG);
    add('text/plain', Buffer.from('Synthetic words').toString('base64'));
    add('application/pdf', Buffer.from('%PDF').toString('base64'));
    await preview('preview-attached.json', JSON.stringify(message, null, 2), 'PNG picture');
    await shown().locator('.attachments').scrollIntoViewIfNeeded();
    await window.screenshot(page, 'preview-attachments', 'out/screenshots/dark');
    assert.equal(await shown().getByRole('button', { name: /^Open/ }).count(), 2);
    await shown().getByRole('button', { name: 'Open Attachment 2' }).click();
    await page.locator('.tab.active', { hasText: /Attachment 3-\d+\.txt/ }).waitFor();
    await page.getByText('Synthetic words').first().waitFor();
  });

  it('is there again after a reload of the window', async () => {
    await preview('emergency-supply.json', undefined, 'TESTWELL');
    await page.reload();
    await shown().locator('.banner', { hasText: 'TESTWELL' }).waitFor({ timeout: 60_000 });
  });

  /** Opens a file of the folder, written first where a text is given, and its preview. */
  async function preview(name, text, shows) {
    if (text !== undefined) writeFileSync(path.join(folder, name), text);
    await window.openFile(page, name);
    await window.runCommand(page, SHOW);
    await shown().getByText(shows).first().waitFor({ timeout: 60_000 });
  }

  function shown() {
    return window.webview(page);
  }

  /** The frame of the preview's page. */
  async function frame() {
    const element = await shown().locator('#letter').elementHandle();
    return element.ownerFrame();
  }
});

function differing() {
  return VALID.replace('2 cartridge</td>', '3 cartridge</td>').replace('<td>29 February 1956', '<td>28 February 1956');
}

function reply(code, diagnostics) {
  let count = 0;
  const moment = {
    now: new Date('2026-11-20T10:00:00Z'),
    randomUUID: () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`,
  };
  const responder = { odsCode: 'ZZZ99', mailbox: 'X26SURGERY' };
  const answer = { code, ...(diagnostics !== undefined && { diagnostics }) };
  return JSON.stringify(writeReply(readMessage(JSON.parse(VALID)), answer, responder, knowledge(), moment), null, 2);
}

/** Counted from 1. */
function lineOf(text, part) {
  return text.slice(0, text.indexOf(part)).split('\n').length;
}
