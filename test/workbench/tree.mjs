// The views of the side bar, as a person uses them.
import { runCommand, until } from './page.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Locator} Locator */

const ATTEMPT_MS = 2_500;

/** Shows a view of the ITK3 container and gives it the focus. @param {Page} page @param {string} view its title, e.g. `Mailboxes` */
export async function showView(page, view) {
  await runCommand(page, `ITK3: Focus on ${view} View`);
  await pane(page, view).waitFor();
}

/** A view with its header. @param {Page} page @param {string} view @returns {Locator} */
export function pane(page, view) {
  return page.locator('.part.sidebar .pane').filter({ has: page.locator(`.pane-header[aria-label^="${view}"]`) });
}

/** The rows of a view in which the text stands. A long list draws only those in view. @param {Page} page @param {string} view @param {string | RegExp} text @returns {Locator} */
export function treeRow(page, view, text) {
  return pane(page, view).locator('.monaco-list-row', { hasText: text });
}

/** What stands in a view from top to bottom, one text a row. @param {Page} page @param {string} view @returns {Promise<string[]>} */
export async function treeTexts(page, view) {
  const rows = await pane(page, view)
    .locator('.monaco-list-row')
    .evaluateAll((all) =>
      all.map((row) => ({ at: Number(row.getAttribute('data-index')), text: row.textContent.trim() })),
    );
  return rows.sort((a, b) => a.at - b.at).map(({ text }) => text);
}

/** Opens a row with what is below it. @param {Locator} row */
export async function expand(row) {
  await until('the row is open', async () => {
    if ((await row.getAttribute('aria-expanded', { timeout: ATTEMPT_MS })) === 'true') return;
    await row.locator('.monaco-tl-twistie').click({ timeout: ATTEMPT_MS });
    await row.and(row.page().locator('[aria-expanded="true"]')).waitFor({ timeout: ATTEMPT_MS });
  });
}

/** Presses a button that a row shows under the pointer. @param {Locator} row @param {string} label how its name begins */
export async function pressInline(row, label) {
  await until(`the row has the button ${label}`, async () => {
    await row.hover({ timeout: ATTEMPT_MS });
    await row.locator(`.action-label[aria-label^="${label}"]`).click({ timeout: ATTEMPT_MS });
  });
}

/** Presses a button in the header of a view. @param {Page} page @param {string} view @param {string} label how its name begins */
export async function pressHeader(page, view, label) {
  const header = pane(page, view);
  await until(`the view ${view} has the button ${label}`, async () => {
    await header.hover({ timeout: ATTEMPT_MS });
    await header.locator(`.pane-header .action-label[aria-label^="${label}"]`).click({ timeout: ATTEMPT_MS });
  });
}

/** Opens the context menu of a row and reads it; the menu stays open. @param {Locator} row @returns {Promise<string[]>} */
export async function openMenu(row) {
  const items = row.page().locator('.monaco-menu .action-item:not(.disabled) .action-label:not(.separator)');
  await until('the menu is open', async () => {
    await row.click({ button: 'right', timeout: ATTEMPT_MS });
    await items.first().waitFor({ timeout: ATTEMPT_MS });
  });
  return (await items.allInnerTexts()).map((text) => text.trim()).filter(Boolean);
}

/** Takes an entry of the context menu of a row. @param {Locator} row @param {string} label */
export async function chooseInMenu(row, label) {
  await openMenu(row);
  const menu = row.page().locator('.monaco-menu');
  // A menu that has just opened takes no click yet.
  await until(`the menu takes ${label}`, async () => {
    if ((await menu.count()) === 0) return;
    await menu.locator('.action-label', { hasText: label }).first().click({ timeout: ATTEMPT_MS });
    await menu.first().waitFor({ state: 'hidden', timeout: ATTEMPT_MS });
  });
}
