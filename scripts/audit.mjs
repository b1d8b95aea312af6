// Asks the registry which of the packages in our lock files are known to be unsafe. What is in the bundles must be safe; of what only
// builds and tests, it is told. Exit codes: 0 nothing that is carried, 1 something that is, 2 the registry did not answer.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const FOLDERS = ['.', 'test/workbench', 'test/bench', 'test/mutation'];
const bill = JSON.parse(fs.readFileSync(path.join(root, 'dist', 'sbom.cdx.json'), 'utf8'));
const carried = new Set(bill.components.map(({ name }) => name));

let worst = 0;
for (const folder of FOLDERS) {
  const { stdout, stderr } = spawnSync('npm', ['audit', '--json', '--package-lock-only'], {
    cwd: path.join(root, folder),
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const report = reportIn(stdout);
  if (!report?.vulnerabilities) {
    const why = report?.message ?? report?.error?.summary ?? stderr.trim().split('\n').at(-1);
    console.log(`${folder}: not audited, for the registry did not answer as it should: ${why || 'it said nothing'}`);
    worst = 2;
    continue;
  }
  const found = Object.values(report.vulnerabilities);
  const total = report.metadata.dependencies.total;
  console.log(`${folder}: ${total} packages, ${found.length} with something known against them`);
  for (const { name, severity, range, via } of found) {
    const isCarried = folder === '.' && carried.has(name);
    if (isCarried && worst === 0) worst = 1;
    const titles = via.map((one) => (typeof one === 'string' ? `by ${one}` : one.title)).join('; ');
    console.log(`  ${severity}: ${name} ${range}${isCarried ? ', which the bundles carry' : ''}: ${titles}`);
  }
}
process.exitCode = worst;

function reportIn(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
