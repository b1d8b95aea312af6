// Opens VS Code with the extension for a person: the desktop one if `code` is there, else in the browser they already have.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { isEntry } from './install.mjs';
import { installVsix, startServer, workbenchUrl } from './vscode-server.mjs';

/**
 * Opens a folder in desktop VS Code, with the extension loaded from its folder.
 * @param {object} options
 * @param {string} options.extension the extension's folder, built
 * @param {string} options.folder
 * @param {string} [options.file] opened in it
 * @returns {boolean} false when there is no `code` command
 */
export function openDesktop({ extension, folder, file }) {
  const places = [folder, ...(file ? [file] : [])].map((place) => path.resolve(place));
  const args = ['--new-window', `--extensionDevelopmentPath=${path.resolve(extension)}`, ...places];
  const windows = process.platform === 'win32'; // code is code.cmd there, which only a shell starts
  const code = spawnSync('code', windows ? args.map((arg) => `"${arg}"`) : args, { stdio: 'inherit', shell: windows });
  return code.status === 0;
}

/**
 * Serves VS Code on loopback with the packaged extension installed.
 * @param {object} options
 * @param {string} options.vsix
 * @param {string} options.folder opened as it is: what the person edits stays
 * @param {string} [options.file] opened in it
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} the address carries the token that lets the browser in
 */
export async function openInBrowser({ vsix, folder, file }) {
  const extensionsDir = mkdtempSync(path.join(os.tmpdir(), 'vscode-extensions-'));
  const forget = () => rmSync(extensionsDir, { recursive: true, force: true, maxRetries: 5 });
  try {
    installVsix(vsix, extensionsDir);
    const server = await startServer({ extensionsDir });
    const close = async () => {
      await server.close();
      forget();
    };
    return { url: workbenchUrl(server, folder, file ? { openFile: file } : {}), close };
  } catch (error) {
    forget();
    throw error;
  }
}

async function main() {
  const { values } = parseArgs({
    options: {
      extension: { type: 'string' },
      vsix: { type: 'string' },
      folder: { type: 'string' },
      browser: { type: 'boolean' },
    },
  });
  const { extension, vsix, folder, browser } = values;
  for (const file of [extension, vsix, folder])
    if (!file || !existsSync(file))
      throw new Error(`${file ?? 'A path'} is missing: give --extension, --vsix and --folder, each an existing path.`);
  if (!browser && openDesktop({ extension, folder })) {
    console.log(`Opened ${folder} in VS Code.`);
    return;
  }
  const { url, close } = await openInBrowser({ vsix, folder });
  console.log(`VS Code is open on ${folder}. Visit this address on this machine; Ctrl+C stops it.\n${url}`);
  const stop = () => void close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

if (isEntry(import.meta.url)) {
  main().catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
