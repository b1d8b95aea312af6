// Installs this room's own packages when they are absent or out of date. Imports nothing but Node, so that it can run first.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const room = path.dirname(fileURLToPath(import.meta.url));

/**
 * Makes sure that this room's `node_modules` is what `package-lock.json` says: runs `npm ci` here when it is not.
 * @throws {Error} when npm fails; npm's own output has been printed by then.
 */
export function ensurePeers() {
  const stamp = path.join(room, 'node_modules', '.installed-lock');
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(room, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;

  console.log('Installing the validators to measure against (npm ci in test/bench) …');
  const npm = spawnSync('npm', ['ci', '--loglevel=error'], {
    cwd: room,
    stdio: 'inherit',
    shell: process.platform === 'win32', // npm is npm.cmd there, which only a shell starts
  });
  if (npm.status !== 0) throw new Error('npm ci failed in test/bench: see its output above.');
  writeFileSync(stamp, wanted);
}
