// Installs the packages of a room that has its own, when they are absent or out of date. Imports nothing but Node, so that it
// can run first.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes sure that the room's `node_modules` is what its `package-lock.json` says: runs `npm ci` there when it is not. Takes
 * milliseconds when nothing is to be done. Two processes must not install at the same time.
 * @param {string} room the folder
 * @param {string} what it installs, in a person's words
 * @param {() => void} afterwards what is to be done to the packages before they are used
 * @throws {Error} when npm fails; npm's own output has been printed by then
 */
export function installRoom(room, what, afterwards = () => {}) {
  const stamp = path.join(room, 'node_modules', '.installed-lock');
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(room, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;

  const name = path.relative(process.cwd(), room);
  const started = Date.now();
  process.stdout.write(`Installing ${what} (npm ci in ${name}) ... `);
  const npm = spawnSync('npm', ['ci', '--loglevel=error'], {
    cwd: room,
    encoding: 'utf8',
    shell: process.platform === 'win32', // npm is npm.cmd there, which only a shell starts
  });
  if (npm.status !== 0) {
    console.log('failed');
    console.error(npm.error?.message ?? npm.stdout + npm.stderr);
    throw new Error(`npm ci failed in ${name}: see its output above.`);
  }
  afterwards();
  writeFileSync(stamp, wanted);
  console.log(`done in ${Math.round((Date.now() - started) / 1000)} s`);
}
