// Installs this room's own packages when they are absent or out of date.
import { existsSync, realpathSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installRoom } from '../../scripts/install-room.mjs';

const room = path.dirname(fileURLToPath(import.meta.url));
const modules = path.join(room, 'node_modules');

/** Absolute path of the VS Code server inside the installed package. */
export const vscodeRoot = path.join(modules, 'code-server', 'lib', 'vscode');

/** Where things made once from the installed packages are kept; `npm ci` empties it. */
export const cacheDir = path.join(modules, '.cache');

export const ensureWorkbench = () =>
  installRoom(room, 'VS Code and a browser for the tests', () => {
    // VS Code looks for its run-time modules in its own folder; we pin them in this room's lock file instead.
    symlinkSync(path.relative(vscodeRoot, modules), path.join(vscodeRoot, 'node_modules'), 'junction');
  });

/** Whether Node was started with this module, given its `import.meta.url`, rather than another that imports it. */
export function isEntry(moduleUrl) {
  const started = process.argv[1];
  return started !== undefined && existsSync(started) && realpathSync(started) === fileURLToPath(moduleUrl);
}

if (isEntry(import.meta.url)) ensureWorkbench();
