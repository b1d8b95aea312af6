// Makes itk3-toolkit.vsix from dist/. The repository has no public address yet, so relative links in the README stay.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
export const vsix = path.join(root, 'itk3-toolkit.vsix');

export function makePackage() {
  const vsce = createRequire(import.meta.url).resolve('@vscode/vsce/vsce');
  const args = [
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    '-o',
    vsix,
  ];
  const run = spawnSync(process.execPath, [vsce, ...args], { cwd: root, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`vsce could not make the package:\n${run.stdout}${run.stderr}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  makePackage();
  console.log(`Made ${path.basename(vsix)}`);
}
