// Proves that a build can be repeated: builds the commit twice, in two clones that differ in place, hour, language and rights, and
// compares the two packages byte for byte. What is not committed is not in it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const STEPS = [
  ['node_modules/typescript/bin/tsc', '-b'],
  ['scripts/build.mjs'],
  ['scripts/package.mjs'],
  ['scripts/npm-package.mjs'],
];
const PLACES = [
  { name: 'one', umask: 0o022, env: { TZ: 'Europe/London', LANG: 'en_GB.UTF-8' } },
  { name: path.join('two', 'with spaces', 'and-a-long-name'), umask: 0o077, env: { TZ: 'Pacific/Apia', LANG: 'C' } },
];

const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'itk3-reproduce-'));
try {
  const [one, two] = PLACES.map((place) => packagesBuiltIn(place));
  let same = true;
  for (const [name, file] of one) {
    const [first, second] = [file, two.get(name)].map((made) => made && fs.readFileSync(made));
    if (!second) throw new Error(`The second build has made no ${name}.`);
    console.log(`${sha256(first)}  ${name}, ${first.length} bytes\n${sha256(second)}  ${name}, built again`);
    if (first.equals(second)) continue;
    same = false;
    for (const line of differencesOf(file, two.get(name))) console.log(`  ${line}`);
  }
  console.log(same ? 'The builds are the same, byte for byte.' : 'The builds differ.');
  process.exitCode = same ? 0 : 1;
} finally {
  fs.rmSync(temporary, { recursive: true, force: true });
}

/** @returns where each package was made, by its name */
function packagesBuiltIn({ name, umask, env }) {
  const clone = path.join(temporary, name);
  process.umask(umask);
  fs.mkdirSync(path.dirname(clone), { recursive: true });
  run('git', ['clone', '--quiet', '--no-local', root, clone]);
  // The packages that the lock file names are the same for both: they are not what is proved here.
  fs.symlinkSync(fs.realpathSync(path.join(root, 'node_modules')), path.join(clone, 'node_modules'), 'junction');
  for (const step of STEPS) run(process.execPath, step, { cwd: clone, env: { ...process.env, ...env } });
  const made = fs.readdirSync(clone).filter((file) => /\.(vsix|tgz)$/.test(file));
  return new Map(made.map((file) => [file, path.join(clone, file)]));
}

function run(command, args, options = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', ...options });
  if (status !== 0) throw new Error(`${[path.basename(command), ...args].join(' ')} failed:\n${stdout}${stderr}`);
}

/** Which of their files differ, and if none does: that it is how they were packed. */
function differencesOf(one, two) {
  const [before, after] = [filesIn(one), filesIn(two)];
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const differing = names.filter((name) => before.get(name) !== after.get(name));
  return differing.length > 0 ? differing : ['the same files, packed otherwise (times, rights or order)'];
}

/** What the files of a package come to, by their names. Other tools unpack: this only looks for what differs. */
function filesIn(file) {
  const folder = fs.mkdtempSync(path.join(temporary, 'unpacked-'));
  if (file.endsWith('.tgz')) {
    fs.writeFileSync(path.join(folder, 'all.tar'), gunzipSync(fs.readFileSync(file)));
    run('tar', ['-xf', 'all.tar'], { cwd: folder });
  } else run('unzip', ['-q', file], { cwd: folder });
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const place = path.join(entry.parentPath, entry.name);
      return [path.relative(folder, place), sha256(fs.readFileSync(place))];
    }),
  );
}

function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}
