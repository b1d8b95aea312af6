// Opens the toolkit for a person: desktop VS Code when `code` is on the PATH, else VS Code in the browser on loopback.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { makePackage, vsix } from './package.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
// A copy: mending the mistakes must not change what the demo and the tests work on.
const folder = path.join(root, 'out', 'examples');
fs.cpSync(path.join(root, 'examples'), folder, { recursive: true });
const file = path.join(folder, 'emergency-supply-with-mistakes.json');
const { openDesktop, openInBrowser } = await import('../test/workbench/open.mjs');

// The code command of a remote terminal opens folders in a window elsewhere and knows nothing of extensions in folders.
const isRemote = Boolean(process.env.VSCODE_IPC_HOOK_CLI ?? process.env.WSL_DISTRO_NAME);

if (!isRemote && !process.argv.includes('--browser') && openDesktop({ extension: root, folder, file })) {
  console.log('Opened the examples in VS Code.');
} else {
  makePackage();
  const { url, close } = await openInBrowser({ vsix, folder, file });
  console.log(
    `\nVS Code is ready with the toolkit and its examples. Open this address on this machine:\n\n  ${url}\n\nCtrl+C stops it.`,
  );
  const stop = () => void close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}
