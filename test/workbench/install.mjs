// Installs this room's own packages when they are absent or out of date. Imports nothing but Node, so that it can run first.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const room = path.dirname(fileURLToPath(import.meta.url));
const modules = path.join(room, 'node_modules');

/** Absolute path of the VS Code server inside the installed package. */
export const vscodeRoot = path.join(modules, 'code-server', 'lib', 'vscode');

/** Where things made once from the installed packages are kept; `npm ci` empties it. */
export const cacheDir = path.join(modules, '.cache');

/**
 * Makes sure that this room's `node_modules` is what `package-lock.json` says: runs `npm ci` here when it is not.
 * Takes milliseconds when nothing is to be done. Two processes must not install at the same time.
 * @throws {Error} when npm fails; npm's own output has been printed by then.
 */
export function ensureWorkbench() {
  const stamp = path.join(modules, '.installed-lock');
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(room, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;

  const started = Date.now();
  process.stdout.write('Installing VS Code and a browser for the tests (npm ci in test/workbench) ... ');
  const npm = spawnSync('npm', ['ci', '--loglevel=error'], {
    cwd: room,
    encoding: 'utf8',
    shell: process.platform === 'win32', // npm is npm.cmd there, which only a shell starts
  });
  if (npm.status !== 0) {
    console.log('failed');
    console.error(npm.error?.message ?? npm.stdout + npm.stderr);
    throw new Error('npm ci failed in test/workbench: see its output above.');
  }
  // VS Code looks for its run-time modules in its own folder; we pin them in this room's lock file instead.
  symlinkSync(path.relative(vscodeRoot, modules), path.join(vscodeRoot, 'node_modules'), 'junction');
  writeFileSync(stamp, wanted);
  console.log(`done in ${((Date.now() - started) / 1000).toFixed(0)} s`);
}

/** Whether Node was started with this module, given its `import.meta.url`, rather than another that imports it. */
export function isEntry(moduleUrl) {
  const started = process.argv[1];
  return started !== undefined && existsSync(started) && realpathSync(started) === fileURLToPath(moduleUrl);
}

if (isEntry(import.meta.url)) ensureWorkbench();
