// Makes itk3-toolkit.vsix from dist/. The repository has no public address yet, so relative links in the README stay.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { carry, EXTENSION, setModes, sourceDate } from './carried.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
export const vsix = path.join(root, 'itk3-toolkit.vsix');

/** What a person installs must not weigh more: VS Code's own count of 1.5 MB. */
export const LARGEST = 1.5 * 1024 * 1024;

/** @throws {Error} when vsce fails, or the package is larger than it may be */
export function makePackage() {
  const folder = path.join(root, 'out', 'package');
  const manifest = fs.readFileSync(path.join(root, 'package.json'), 'utf8');
  const icons = [...manifest.matchAll(/"(images\/[^"]+)"/g)].map(([, name]) => name);
  carry([...EXTENSION, ...icons], folder);
  carryReadme(folder);
  setModes(folder);
  const vsce = createRequire(import.meta.url).resolve('@vscode/vsce/vsce');
  const args = [
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    '-o',
    vsix,
  ];
  // Zip files know the hour of a place, and names are sorted by a language: here both are always the same.
  const env = { ...process.env, SOURCE_DATE_EPOCH: String(sourceDate()), TZ: 'UTC', LC_ALL: 'C' };
  const run = spawnSync(process.execPath, [vsce, ...args], { cwd: folder, encoding: 'utf8', env });
  if (run.status !== 0) throw new Error(`vsce could not make the package:\n${run.stdout}${run.stderr}`);
  const { size } = fs.statSync(vsix);
  if (size > LARGEST)
    throw new Error(`${path.basename(vsix)} has ${inKilobytes(size)}: it may have ${inKilobytes(LARGEST)} at most.`);
  return size;
}

/** The pictures weigh as much as all else: the page of the extension shows the first. */
function carryReadme(folder) {
  const pictures = /!\[[^\]]*\]\((images\/[^)]+)\)\n*/g;
  let shown;
  const text = fs.readFileSync(path.join(root, 'README.md'), 'utf8').replace(pictures, (picture, file) => {
    if (shown) return '';
    shown = file;
    return picture;
  });
  fs.writeFileSync(path.join(folder, 'README.md'), text);
  if (shown) fs.cpSync(path.join(root, shown), path.join(folder, shown));
}

const inKilobytes = (bytes) => `${Math.round(bytes / 1024)} KB`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(`Made ${path.basename(vsix)}, ${inKilobytes(makePackage())}`);
}
