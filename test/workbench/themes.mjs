// The same picture in every kind of theme: what is pretty in one may be unreadable in another.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { screenshot } from './page.mjs';

/** By the folder their pictures go to: the theme, and the class by which VS Code marks its kind. */
export const THEMES = {
  dark: { theme: 'Default Dark Modern', kind: 'vs-dark' },
  light: { theme: 'Default Light Modern', kind: 'vs' },
  'high-contrast': { theme: 'Default High Contrast', kind: 'hc-black' },
  'high-contrast-light': { theme: 'Default High Contrast Light', kind: 'hc-light' },
};

const WEBVIEW_KINDS = {
  'vs-dark': 'vscode-dark',
  vs: 'vscode-light',
  'hc-black': 'vscode-high-contrast',
  'hc-light': 'vscode-high-contrast-light',
};

/**
 * Changes settings in the running window; whatever is open in it stays open.
 * @param {{ machineSettingsFile: string }} workbench
 * @param {Record<string, unknown>} settings undefined takes one out
 */
export function changeSettings({ machineSettingsFile: file }, settings) {
  const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ ...before, ...settings }, null, 2));
}

/** Waits until the window, and what is shown in it, has the theme. @param {import('./workbench.mjs').Workbench} workbench @param {keyof typeof THEMES} name */
export async function useTheme(workbench, name) {
  const { theme, kind } = THEMES[name];
  changeSettings(workbench, { 'workbench.colorTheme': theme });
  const { page } = workbench;
  await page.locator(`.monaco-workbench.${kind}`).waitFor({ timeout: 20_000 });
  const shownIn = page.locator('iframe.webview.ready:visible');
  for (let i = 0; i < (await shownIn.count()); i++)
    await shownIn
      .nth(i)
      .contentFrame()
      .frameLocator('iframe#active-frame')
      .locator(`body.${WEBVIEW_KINDS[kind]}`)
      .waitFor({ timeout: 20_000 });
}

/**
 * Takes the picture in every theme, into a folder for each, and leaves the window as it was first: dark.
 * @param {import('./workbench.mjs').Workbench} workbench
 * @param {string} name without `.png`
 * @param {object} [options]
 * @param {string} [options.dir]
 * @param {(keyof typeof THEMES)[]} [options.themes]
 * @returns {Promise<string[]>} the files
 */
export async function pictures(workbench, name, { dir = 'out/screenshots', themes = Object.keys(THEMES) } = {}) {
  const { page } = workbench;
  const { width, height } = page.viewportSize();
  await page.mouse.move(width / 2, height - 8); // nothing that shows up under the pointer by chance
  const files = [];
  for (const theme of [...themes.filter((one) => one !== 'dark'), ...themes.filter((one) => one === 'dark')]) {
    await useTheme(workbench, theme);
    files.push(await screenshot(page, name, path.join(dir, theme)));
  }
  if (!themes.includes('dark')) await useTheme(workbench, 'dark');
  return files;
}
