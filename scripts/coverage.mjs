// Which lines the unit tests reach, by room: `npm run coverage`, and at the end of every run of CI.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const folder = path.join(root, 'out', 'coverage');
/** Where Node writes what was reached (NODE_V8_COVERAGE), and c8 reads it. */
export const raw = path.join(folder, 'raw');

/**
 * `client/` is proved in windows, where nothing counts lines: what is shown of it here is its pure half. `library/` is run as it is
 * built.
 */
const ROOMS = ['core', 'profiles', 'mesh', 'exchange', 'terminology', 'server', 'cli', 'client'];
const MOST = 15;

/** @returns {string} a table of the rooms, and the files of which most is not reached */
export function coverageReport() {
  const c8 = path.join(root, 'node_modules', 'c8', 'bin', 'c8.js');
  const include = ROOMS.flatMap((room) => ['--include', `${room}/**/*.ts`]);
  const reporters = ['--reporter', 'json-summary', '--reporter', 'lcovonly', '--reporter', 'html'];
  const args = ['report', '--temp-directory', raw, '--reports-dir', folder, ...reporters, '--exclude-after-remap'];
  const run = spawnSync(process.execPath, [c8, ...args, ...include], { cwd: root, encoding: 'utf8' });
  if (run.status !== 0) return `What the tests reach is not known: ${run.stderr}`;
  const { total, ...files } = JSON.parse(fs.readFileSync(path.join(folder, 'coverage-summary.json'), 'utf8'));
  const known = Object.entries(files).map(([file, { lines }]) => ({ file: relative(file), ...lines }));
  const row = (name, lines) => {
    const [covered, all] = [sum(lines, 'covered'), sum(lines, 'total')];
    return `  ${name.padEnd(12)} ${((100 * covered) / Math.max(all, 1)).toFixed(1).padStart(6)} %   ${String(all - covered).padStart(5)} of ${all} lines not reached`;
  };
  return [
    'Lines that the unit tests reach',
    ...ROOMS.map((room) =>
      row(
        room,
        known.filter(({ file }) => file.startsWith(`${room}/`)),
      ),
    ),
    row('all', [total.lines]),
    'Most is not reached in',
    ...known
      .filter(({ file }) => !file.startsWith('client/'))
      .sort((a, b) => b.total - b.covered - (a.total - a.covered))
      .slice(0, MOST)
      .map(
        ({ file, total: all, covered }) => `  ${String(all - covered).padStart(5)} of ${String(all).padEnd(4)} ${file}`,
      ),
  ].join('\n');
}

const relative = (file) => path.relative(root, file).replaceAll(path.sep, '/');
const sum = (list, key) => list.reduce((total, one) => total + one[key], 0);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  fs.rmSync(folder, { recursive: true, force: true });
  const env = { ...process.env, NODE_V8_COVERAGE: raw };
  const { status } = spawnSync(process.execPath, ['scripts/test.mjs', 'unit'], { cwd: root, env, stdio: 'inherit' });
  console.log(`\n${coverageReport()}`);
  process.exitCode = status ?? 1;
}
