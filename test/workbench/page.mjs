// What a test does in a VS Code window, and what it reads there. Every function repeats itself until the window shows
// the effect, because a keystroke can arrive before VS Code or the extension is ready for it.
import { mkdirSync } from 'node:fs';
import path from 'node:path';

/** @typedef {import('playwright-core').Page} Page */

const PATIENCE_MS = 20_000;
const ATTEMPT_MS = 2_500;

const EDITOR = '.editor-group-container.active .editor-instance .monaco-editor';
const QUICK_INPUT = '.quick-input-widget';
const QUICK_FILTER = `${QUICK_INPUT} .quick-input-filter input[type=text]`;
const QUICK_ROW = `${QUICK_INPUT} .quick-input-list .monaco-list-row`;
const SUGGEST_ROW = '.suggest-widget.visible .monaco-list-row';

/** Opens a file of the workspace by name or path, as Go to File does, and waits for its tab. @param {Page} page @param {string} name */
export async function openFile(page, name) {
  const label = path.posix.basename(name);
  await until(`${name} is open`, async () => {
    await openQuickInput(page, name);
    await quickRow(page, label).click({ timeout: ATTEMPT_MS });
    await page.locator('.tab.active', { hasText: label }).waitFor({ timeout: ATTEMPT_MS });
  });
  await page.locator(`${EDITOR} .view-line`).first().waitFor();
}

/** The label of the tab in front. @param {Page} page @returns {Promise<string>} */
export async function activeTab(page) {
  return page.locator('.editor-group-container.active .tab.active .label-name').innerText();
}

/** Waits until something in the editor in front is underlined. @param {Page} page @param {'error' | 'warning' | 'info' | 'hint'} severity */
export async function waitForSquiggle(page, severity) {
  await page.locator(`${EDITOR} .squiggly-${severity}`).first().waitFor({ state: 'attached', timeout: PATIENCE_MS });
}

/**
 * Shows the Problems view, waits for a problem whose text contains the given one, and reads the list (what fits in the view).
 * @param {Page} page
 * @param {string} containing
 * @returns {Promise<string[]>} files and problems in order, each on one line, e.g. `Wrong number  itk3(nhs-number)  [Ln 3, Col 5]`
 */
export async function problems(page, containing) {
  await runCommand(page, 'Problems: Focus on Problems View');
  const rows = page.locator('.markers-panel .monaco-list-row');
  await rows.filter({ hasText: containing }).first().waitFor({ timeout: PATIENCE_MS });
  return (await rows.allInnerTexts()).map((text) => text.replace(/\s*\n\s*/g, '  ').trim());
}

/**
 * Points at a word in the visible part of the editor and waits for a hover.
 * @param {Page} page
 * @param {string} word first occurrence; must stand in one line
 * @param {string} [containing] what the hover must contain: hovers of several providers arrive one after the other
 * @returns {Promise<string>} the hover's text
 */
export async function hoverWord(page, word, containing = '') {
  const hover = page.locator('.monaco-hover:not(.hidden):visible', { hasText: containing }).first();
  return until(`a hover over ${word} shows ${containing || 'something'}`, async () => {
    const { x, y } = await page.locator(EDITOR).evaluate(middleOfWord, word);
    await page.mouse.move(x + 1, y); // a hover that came up empty is asked for again only when the mouse moves
    await page.mouse.move(x, y);
    await hover.waitFor({ timeout: ATTEMPT_MS });
    return hover.innerText({ timeout: ATTEMPT_MS }); // it may be gone again
  });
}

/** Puts the cursor at a place counted from 1, as the status bar counts. @param {Page} page @param {number} line @param {number} column */
export async function moveCursor(page, line, column) {
  await until(`the cursor is at ${line}:${column}`, async () => {
    await openQuickInput(page, `:${line}:${column}`);
    await page.keyboard.press('Enter');
    const status = page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` });
    await status.waitFor({ timeout: ATTEMPT_MS });
  });
}

/**
 * Asks for completion at a place counted from 1 and waits until a label is offered.
 * @param {Page} page
 * @param {number} line
 * @param {number} column
 * @param {string} label
 * @returns {Promise<string[]>} the labels in view, in order
 */
export async function completionAt(page, line, column, label) {
  await moveCursor(page, line, column);
  await until(`completion offers ${label}`, async () => {
    if ((await page.locator('.suggest-widget.visible').count()) === 0) await page.keyboard.press('Control+Space');
    try {
      await suggestion(page, label).waitFor({ timeout: ATTEMPT_MS });
    } catch (error) {
      await page.keyboard.press('Escape'); // a list made before the extension was ready does not grow
      throw error;
    }
  });
  return page.locator(`${SUGGEST_ROW} .label-name`).allInnerTexts();
}

/** Takes an offered completion and waits until the list is gone. @param {Page} page @param {string} label */
export async function accept(page, label) {
  await suggestion(page, label).click();
  await page.locator('.suggest-widget.visible').waitFor({ state: 'hidden' });
}

/** Runs a command from the palette, by its full title (`Category: Title`). @param {Page} page @param {string} title */
export async function runCommand(page, title) {
  const row = quickRow(page, title);
  await until(`the palette offers ${title}`, async () => {
    await openQuickInput(page, `>${title}`);
    await row.click({ timeout: ATTEMPT_MS });
  });
  await row.waitFor({ state: 'hidden' });
}

/** Chooses from a list that an extension shows, and waits until it is gone. @param {Page} page @param {string} label */
export async function pickItem(page, label) {
  const row = quickRow(page, label);
  await until(`the list offers ${label}`, async () => {
    try {
      await row.click({ timeout: ATTEMPT_MS });
    } catch (error) {
      await page.locator(QUICK_FILTER).fill(label, { timeout: ATTEMPT_MS }); // a long list draws only the rows in view
      throw error;
    }
  });
  await row.waitFor({ state: 'hidden' });
}

/**
 * Answers an input box that an extension shows.
 * @param {Page} page
 * @param {string} text
 * @throws {Error} with the box's own words when it refuses the text
 */
export async function typeInput(page, text) {
  const box = page.locator(`${QUICK_INPUT}:visible`).filter({ hasNot: page.locator('.quick-input-list:visible') });
  const input = box.locator('input[type=text], input[type=password], input:not([type])').first();
  await input.waitFor({ timeout: PATIENCE_MS });
  await input.fill(text);
  await page.keyboard.press('Enter');
  const refusal = await until(`the input box takes ${text}`, async () => {
    const left = (await input.isVisible()) ? await input.inputValue({ timeout: ATTEMPT_MS }) : undefined;
    if (left !== text) return undefined;
    const invalid = box.locator('.monaco-inputbox.error');
    if (!(await invalid.isVisible())) throw new Error('it is still open');
    const message = await box.locator('.quick-input-message').innerText({ timeout: ATTEMPT_MS });
    // It may be the verdict on an earlier text, which goes away by itself.
    return invalid.waitFor({ state: 'hidden', timeout: ATTEMPT_MS }).then(
      () => Promise.reject(new Error('it is still open')),
      () => message,
    );
  });
  if (refusal) throw new Error(`The input box refused ${text}: ${refusal}`);
}

/** Waits for a notification and reads it. @param {Page} page @param {string} containing @returns {Promise<string>} */
export async function waitForToast(page, containing) {
  const toast = page.locator('.notification-toast', { hasText: containing }).first();
  await toast.waitFor({ timeout: PATIENCE_MS });
  return toast.locator('.notification-list-item-message').innerText();
}

/** Presses a button of a notification and waits until that is gone. @param {Page} page @param {string} containing @param {string} action */
export async function clickToastAction(page, containing, action) {
  const toast = page.locator('.notification-toast', { hasText: containing }).first();
  await toast.locator('.monaco-button', { hasText: action }).click({ timeout: PATIENCE_MS });
  await toast.waitFor({ state: 'hidden' });
}

/** Presses a button of a modal dialog and waits until that is gone. @param {Page} page @param {string} containing @param {string} action */
export async function answerDialog(page, containing, action) {
  const dialog = page.locator('.monaco-dialog-box', { hasText: containing });
  await dialog.locator('.monaco-button', { hasText: action }).click({ timeout: PATIENCE_MS });
  await dialog.waitFor({ state: 'hidden' });
}

/** Opens the list of quick fixes at the cursor, and waits until a fix is in it. @param {Page} page @param {string} title */
export async function showQuickFixes(page, title) {
  await until(`a quick fix is called ${title}`, async () => {
    if (!(await page.locator('.action-widget').first().isVisible())) await page.keyboard.press('Control+.');
    try {
      await quickFix(page, title).waitFor({ timeout: ATTEMPT_MS });
    } catch (error) {
      await page.keyboard.press('Escape'); // a list made before the extension was ready does not grow
      throw error;
    }
  });
}

/** Takes a fix from the open list of quick fixes. @param {Page} page @param {string} title */
export async function takeQuickFix(page, title) {
  const isChosen = () => quickFix(page, title).evaluate((row) => row.classList.contains('focused'));
  // By keys: the list lets no pointer in until it was moved by a person.
  for (let i = 0; i < 20 && !(await isChosen()); i++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('.action-widget').waitFor({ state: 'hidden' });
}

/** The lines of the editor in front that are in view. @param {Page} page @returns {Promise<string>} */
export async function editorText(page) {
  return page.locator(EDITOR).evaluate((editor) =>
    [...editor.querySelectorAll('.view-line')]
      .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
      .map((line) => line.textContent.replaceAll('\u00a0', ' '))
      .join('\n'),
  );
}

/** Saves the unsaved change in the editor in front, and waits until it is on disk. @param {Page} page */
export async function save(page) {
  const tab = '.editor-group-container.active .tab.active';
  await page.locator(`${tab}.dirty`).waitFor({ timeout: PATIENCE_MS });
  await page.keyboard.press('Control+s');
  await page.locator(`${tab}:not(.dirty)`).waitFor({ timeout: PATIENCE_MS });
}

/** The document inside the webview in front. @param {Page} page @returns {import('playwright-core').FrameLocator} */
export function webview(page) {
  return page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
}

/**
 * @param {Page} page
 * @param {string} name of the picture, without `.png`
 * @param {string} dir made when absent
 * @returns {Promise<string>} the picture's path
 */
export async function screenshot(page, name, dir) {
  mkdirSync(dir, { recursive: true });
  const file = path.join(dir, `${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled' });
  return file;
}

/** Repeats until the deed succeeds. The error says what was waited for, and why the last attempt failed. */
export async function until(what, deed) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await deed();
    } catch (error) {
      if (Date.now() > end) throw new Error(`Waited in vain until ${what}: ${error.message}`, { cause: error });
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The box on top of the window, with the given text in it: `>` before a command, `:` before a line, nothing before a file. */
async function openQuickInput(page, text) {
  const input = page.locator(QUICK_FILTER);
  if (await input.isVisible()) {
    await page.keyboard.press('Escape'); // it may be a box of the extension, or one from an attempt that came to nothing
    await input.waitFor({ state: 'hidden', timeout: ATTEMPT_MS });
  }
  await page.keyboard.press('F1');
  await input.fill(text, { timeout: ATTEMPT_MS });
}

function quickRow(page, label) {
  return page
    .locator(QUICK_ROW)
    .filter({ has: page.locator('.label-name').getByText(label, { exact: true }) })
    .first();
}

function quickFix(page, title) {
  return page.locator('.action-widget .monaco-list-row.action', { hasText: title }).first();
}

function suggestion(page, label) {
  return page
    .locator(SUGGEST_ROW)
    .filter({ has: page.locator('.label-name').getByText(label, { exact: true }) })
    .first();
}

/** Runs in the page. The editor splits a line into many elements, so the word is looked for in the line's whole text. */
function middleOfWord(editor, word) {
  for (const line of editor.querySelectorAll('.view-line')) {
    const start = line.textContent.replaceAll('\u00a0', ' ').indexOf(word);
    if (start < 0) continue;
    const middle = start + Math.floor(word.length / 2);
    const texts = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    let before = 0;
    for (let node = texts.nextNode(); node; before += node.length, node = texts.nextNode()) {
      if (middle >= before + node.length) continue;
      const range = document.createRange();
      range.setStart(node, middle - before);
      range.setEnd(node, middle - before + 1);
      const { left, right, top, bottom } = range.getBoundingClientRect();
      return { x: (left + right) / 2, y: (top + bottom) / 2 };
    }
  }
  throw new Error(`${word} is not in view`);
}
