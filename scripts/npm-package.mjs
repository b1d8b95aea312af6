// Makes itk3-toolkit-<version>.tgz for npm: the terminal and the library, without the extension. `--into FOLDER`: there.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { carry, setModes, TERMINAL } from './carried.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Of our manifest, the rest of which is VS Code's; without `private`, which keeps anyone from publishing the checkout. */
const KEPT = ['name', 'version', 'license', 'keywords', 'repository', 'bugs', 'homepage'];

/** Lays out what npm packs. @returns the folder */
export function makeNpmFolder() {
  const folder = path.join(root, 'out', 'npm');
  carry(TERMINAL, folder);
  fs.copyFileSync(path.join(root, 'library', 'README.md'), path.join(folder, 'README.md'));
  fs.writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
  setModes(folder);
  return folder;
}

function manifest() {
  const own = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  return {
    ...Object.fromEntries(KEPT.filter((key) => key in own).map((key) => [key, own[key]])),
    description:
      'Validate, write, convert and send NHS England ITK3 messages: GP Connect Emergency Supply of Medicines over MESH.',
    engines: { node: own.engines.node },
    bin: own.bin,
    main: './dist/library.js',
    types: './dist/types/library.d.ts',
    exports: {
      '.': { types: './dist/types/library.d.ts', default: './dist/library.js' },
      './package.json': './package.json',
    },
    files: TERMINAL,
  };
}

/** @returns the tarball. @throws {Error} when npm fails */
export function makeNpmPackage(into = root) {
  const args = ['pack', '--json', '--pack-destination', into];
  // On Windows npm is a script, which only a shell runs; nothing in the arguments means anything to one.
  const npm = process.platform === 'win32' ? { command: 'npm.cmd', shell: true } : { command: 'npm', shell: false };
  const run = spawnSync(npm.command, args, { cwd: makeNpmFolder(), encoding: 'utf8', shell: npm.shell });
  if (run.status !== 0) throw new Error(`npm could not make the package:\n${run.stdout}${run.stderr}`);
  const [{ filename }] = JSON.parse(run.stdout);
  return path.join(into, filename);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [option, into] = process.argv.slice(2);
  const tarball = makeNpmPackage(option === '--into' && into ? into : root);
  console.log(`Made ${path.basename(tarball)}, ${Math.round(fs.statSync(tarball).size / 1024)} KB`);
}
