// One VS Code with one extension installed from its .vsix and one copied folder open, in a browser page for tests to drive.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { launchBrowser } from './browser.mjs';
import { installVsix, startServer, workbenchUrl } from './vscode-server.mjs';

// What makes a test or a picture depend on the moment.
const STILL_SETTINGS = { 'workbench.reduceMotion': 'on', 'editor.cursorBlinking': 'solid', 'editor.hover.delay': 100 };

/** The pages of the windows that are open. */
const pages = new Set();

/** Leaves what a test that failed has left open in its window: a dialogue, a menu, a list. */
export async function leaveDialogues() {
  for (const page of pages) for (let i = 0; i < 3; i++) await page.keyboard.press('Escape');
}

/**
 * @typedef {object} Workbench
 * @property {import('playwright-core').Page} page for the functions of page.mjs
 * @property {string} folder the copy of the workspace that is open
 * @property {string} userSettingsFile read when the window opens
 * @property {string} machineSettingsFile over the user's, and watched: what is written there counts at once
 * @property {string} dataDir where all that VS Code keeps lies
 * @property {() => string} log what the VS Code server printed: for a failing test to show
 * @property {() => Promise<void>} close stops everything and removes the copy
 */

/**
 * Opens VS Code on a copy of a workspace and waits until its window is drawn. The extension starts when its own activation events say so.
 * @param {object} options
 * @param {string} options.vsix the packaged extension
 * @param {string} options.workspace folder to copy and open
 * @param {Record<string, unknown>} [options.settings] user settings
 * @param {Record<string, string>} [options.env] added to the extension host's environment
 * @param {{ width: number, height: number }} [options.viewport] in CSS pixels
 * @param {number} [options.scale] picture pixels per CSS pixel: 2 makes sharp pictures
 * @returns {Promise<Workbench>}
 */
export async function openWorkbench({
  vsix,
  workspace,
  settings = {},
  env = {},
  viewport = { width: 1280, height: 800 },
  scale = 1,
}) {
  const temporary = mkdtempSync(path.join(os.tmpdir(), 'workbench-'));
  const folder = path.join(temporary, path.basename(path.resolve(workspace)));
  let server;
  let browser;
  let page;
  const close = async () => {
    pages.delete(page);
    await browser?.close();
    await server?.close();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    cpSync(workspace, folder, { recursive: true });
    const extensionsDir = path.join(temporary, 'extensions');
    installVsix(vsix, extensionsDir);
    server = await startServer({ extensionsDir, settings: { ...STILL_SETTINGS, ...settings }, env });
    browser = await launchBrowser();
    page = await browser.newPage({ viewport, deviceScaleFactor: scale, reducedMotion: 'reduce' });
    await page.goto(workbenchUrl(server, folder));
    await page.locator('.monaco-workbench .part.editor').waitFor();
    // The first rows of the explorer appear when the extension host's side of the file system answers.
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
    pages.add(page);
    const { log, userSettingsFile, machineSettingsFile, dataDir } = server;
    return { page, folder, userSettingsFile, machineSettingsFile, dataDir, log, close };
  } catch (error) {
    await close();
    throw error;
  }
}
