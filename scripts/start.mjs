// Opens the toolkit for a person: desktop VS Code when `code` is on the PATH, else VS Code in the browser on loopback.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { makePackage, vsix } from './package.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const folder = path.join(root, 'examples');
const file = path.join(folder, 'emergency-supply-with-mistakes.json');
const { openDesktop, openInBrowser } = await import('../test/workbench/open.mjs');

if (!process.argv.includes('--browser') && openDesktop({ extension: root, folder, file })) {
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
