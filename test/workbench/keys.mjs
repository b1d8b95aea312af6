// What a person does who uses no pointer. Nothing here clicks, hovers or moves the mouse.
import { until } from './page.mjs';

/** @typedef {import('playwright-core').Page} Page */

const ATTEMPT_MS = 2_500;
const QUICK_INPUT = '.quick-input-widget';
const QUICK_FILTER = `${QUICK_INPUT} .quick-input-filter input[type=text]`;

/** Writes down from now on whether a pointer was used. @param {Page} page @returns {Promise<() => Promise<number>>} how often so far */
export async function countPointer(page) {
  await page.evaluate(() => {
    globalThis.pointerUsed = 0;
    for (const type of ['pointerdown', 'mousedown', 'click', 'wheel'])
      globalThis.addEventListener(
        type,
        ({ isTrusted, detail }) => {
          // A key on a button makes a click of its own, which has no detail.
          if (isTrusted && (type !== 'click' || detail > 0)) globalThis.pointerUsed++;
        },
        { capture: true, passive: true },
      );
  });
  return () => page.evaluate(() => globalThis.pointerUsed);
}

/** Runs a command of the palette by its full title. @param {Page} page @param {string} title */
export async function command(page, title) {
  await until(`the palette offers ${title}`, async () => {
    const input = page.locator(QUICK_FILTER);
    if (await input.isVisible()) {
      await page.keyboard.press('Escape');
      await input.waitFor({ state: 'hidden', timeout: ATTEMPT_MS });
    }
    await page.keyboard.press('F1');
    await page.locator(`${QUICK_FILTER}:focus`).waitFor({ timeout: ATTEMPT_MS }); // keys before that go into the editor
    await page.keyboard.insertText(title);
    await chosen(page, title).waitFor({ timeout: ATTEMPT_MS });
  });
  await page.keyboard.press('Enter');
  await chosen(page, title).waitFor({ state: 'hidden' });
}

/** Opens a file of the workspace by its name. @param {Page} page @param {string} name */
export async function openFile(page, name) {
  await until(`${name} is open`, async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+p');
    await page.locator(`${QUICK_FILTER}:focus`).waitFor({ timeout: ATTEMPT_MS });
    await page.keyboard.insertText(name);
    await chosen(page, name).waitFor({ timeout: ATTEMPT_MS });
    await page.keyboard.press('Enter');
    await page.locator('.tab.active', { hasText: name }).waitFor({ timeout: ATTEMPT_MS });
  });
}

/** Chooses from a list that is shown. @param {Page} page @param {string} label with which the entry begins, without its icon */
export async function pick(page, label) {
  const row = chosen(page, label);
  await until(`the list offers ${label}`, async () => {
    await page.locator(`${QUICK_INPUT} .monaco-list-row`).first().waitFor({ timeout: ATTEMPT_MS });
    const rows = await page.locator(`${QUICK_INPUT} .monaco-list-row`).count();
    for (let i = 0; i < rows + 1 && !(await row.isVisible()); i++) await page.keyboard.press('ArrowDown');
    await row.waitFor({ timeout: ATTEMPT_MS });
  });
  await page.keyboard.press('Enter');
  await row.waitFor({ state: 'hidden' });
}

/** Answers an input box, which must show the title or prompt. @param {Page} page @param {string} asked @param {string} text */
export async function answer(page, asked, text) {
  const box = page.locator(QUICK_INPUT, { hasText: asked });
  await box.locator('input:focus').waitFor({ timeout: 20_000 });
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
  await page.keyboard.press('Enter');
  await box.waitFor({ state: 'hidden' });
}

/** Presses a button of a modal dialog. @param {Page} page @param {string} containing @param {string} action */
export async function answerDialog(page, containing, action) {
  const dialog = page.locator('.monaco-dialog-box', { hasText: containing });
  await dialog.waitFor({ timeout: 20_000 });
  await tabTo(page, dialog.locator('.monaco-button', { hasText: action }));
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
}

/** Goes from one place to the next until the element has the focus. @param {Page} page @param {import('playwright-core').Locator} element */
export async function tabTo(page, element, key = 'Tab') {
  const has = () => element.first().evaluate((one) => one === one.ownerDocument.activeElement);
  for (let i = 0; i < 60 && !(await has()); i++) await page.keyboard.press(key);
  if (!(await has())) throw new Error('Sixty times Tab, and it has not the focus.');
}

/** Goes down in the view that has the focus until the row is the one, and again from its top: rows may come in above. @param {Page} page @param {import('playwright-core').Locator} row */
export async function rowTo(page, row) {
  const focused = row.and(page.locator('.focused'));
  const at = () =>
    page
      .locator('.monaco-list.element-focused .monaco-list-row.focused')
      .first()
      .getAttribute('data-index', { timeout: 300 });
  await until('the row has the focus', async () => {
    if ((await focused.count()) > 0) return;
    const before = await at();
    await page.keyboard.press('ArrowDown');
    if ((await at()) === before) await page.keyboard.press('Home');
    await focused.first().waitFor({ timeout: 300 });
  });
}

/** Opens the context menu of what has the focus and takes an entry. @param {Page} page @param {string} label */
export async function chooseInMenu(page, label) {
  const menu = page.locator('.monaco-menu');
  await until('the menu is open', async () => {
    await page.keyboard.press('Shift+F10');
    await menu.first().waitFor({ timeout: ATTEMPT_MS });
  });
  const entry = menu.locator('.action-item.focused .action-label', { hasText: label });
  for (let i = 0; i < 40 && (await entry.count()) === 0; i++) await page.keyboard.press('ArrowDown');
  await entry.first().waitFor({ timeout: ATTEMPT_MS });
  await page.keyboard.press('Enter');
  await menu.first().waitFor({ state: 'hidden' });
}

/** The part of the window, or the element in it, that has the focus now, in words: for a failing test to tell. @param {Page} page */
export async function focusOf(page) {
  return page.evaluate(() => {
    const { activeElement } = globalThis.document;
    return `${activeElement?.tagName} ${activeElement?.className} ${activeElement?.getAttribute('aria-label')}`;
  });
}

function chosen(page, label) {
  return page
    .locator(`${QUICK_INPUT} .quick-input-list .monaco-list-row.focused`)
    .filter({ has: page.locator('.label-name', { hasText: label }) })
    .first();
}
