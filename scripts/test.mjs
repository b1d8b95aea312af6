// Runs every suite and ends with one true line: `N passed, N failed, N skipped`. Names on the command line run only those suites:
//   node scripts/test.mjs unit workbench
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Mocha from 'mocha';
import { makePackage, vsix } from './package.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);

const LINTERS = [
  ['eslint', 'node_modules/eslint/bin/eslint.js', '.'],
  ['prettier', 'node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  ["the README's tables", 'scripts/readme.mjs', '--check'],
];
const SUITES = { unit, lint, peers, editors, host, workbench };

/** Needs a core for itself and nothing of the others: the rest, which waits for windows half of its time, runs beside it. */
const BESIDE = 'unit';

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in SUITES));
if (unknown.length > 0) {
  console.error(`No suite is called ${unknown.join(', ')}: choose from ${Object.keys(SUITES).join(', ')}.`);
  process.exit(2);
}

const isWanted = (name) => wanted.length === 0 || wanted.includes(name);
const beside = wanted.length !== 1 && isWanted(BESIDE) ? started(['', 'scripts/test.mjs', BESIDE]) : undefined;

const total = { passed: 0, failed: 0, skipped: 0 };
/** Told once more at the very end: in a long log nobody finds them otherwise. */
const failures = [];
/** What passed only at its second try: a window answers late now and then, and nobody should have to guess which did. */
const triedAgain = [];
for (const [name, run] of Object.entries(SUITES)) {
  if (!isWanted(name) || (beside && name === BESIDE)) continue;
  const begun = performance.now();
  console.log(`\n— ${name}`);
  let counts;
  try {
    counts = await run();
  } catch (error) {
    failures.push(`${name}: ${error?.stack ?? error}`);
    counts = { passed: 0, failed: 1, skipped: 0 };
  }
  if (counts.unavailable) {
    console.log(`  ${name} is skipped: ${counts.unavailable}`);
  } else if (counts.passed + counts.failed === 0) {
    // A suite that ran nothing has proved nothing.
    counts = { ...counts, failed: 1 };
  }
  for (const key of Object.keys(total)) total[key] += counts[key] ?? 0;
  console.log(`  ${name}: ${told(counts)} in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
}
if (beside) {
  const { status, output } = await beside.ended;
  const [, ...counts] = /(\d+) passed, (\d+) failed(?:, (\d+) skipped)?\s*$/.exec(output) ?? [];
  // It has ended with such a line, or it has not ended well.
  const [passed, failed, skipped] = counts.length > 0 ? counts.map((count) => Number(count ?? 0)) : [0, 1, 0];
  process.stdout.write(output.slice(0, output.trimEnd().lastIndexOf('\n') + 1));
  total.passed += passed;
  total.failed += Math.max(failed, status === 0 ? 0 : 1);
  total.skipped += skipped;
}
for (const retried of triedAgain) console.log(`\n↻ tried again: ${retried.trimEnd()}`);
for (const failure of failures) console.log(`\n✖ ${failure.trimEnd()}`);
console.log(`\n${told(total)}`);
process.exit(total.failed > 0 ? 1 : 0);

function told({ passed, failed, skipped = 0 }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** The walls and the form. */
async function lint() {
  const counts = { passed: 0, failed: 0 };
  for (const linter of LINTERS) {
    const { name, ended } = started(linter);
    const { status, output } = await ended;
    process.stdout.write(output);
    if (status !== 0) failures.push(`${name}\n${output}`);
    console.log(`  ${status === 0 ? '✔' : '✖'} ${name}`);
    counts[status === 0 ? 'passed' : 'failed']++;
  }
  return counts;
}

function started([name, ...command]) {
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  return { name, ended: new Promise((resolve) => child.on('close', (status) => resolve({ status, output }))) };
}

/** Everything that needs no window and no other program: core, profiles, mesh, server, terminal. */
function unit() {
  const others = ['host', 'peers', 'editors'].map((folder) => path.join('out', 'test', folder, path.sep));
  return mocha(filesBelow('out/test', '.test.js').filter((file) => !others.some((folder) => file.startsWith(folder))));
}

/** NHS England's own MESH sandbox and client, from the Python package index, against ours. */
async function peers() {
  const { peersEnvironment } = await import('../out/test/peers/environment.js');
  const environment = peersEnvironment();
  const files = filesBelow('out/test/peers', '.test.js');
  if (!environment.unavailable) return mocha(files, { timeout: 120_000 });
  return { passed: 0, failed: 0, skipped: (await loaded(files)).suite.total(), ...environment };
}

/** What a client that is not VS Code makes of the server: Neovim's own, where it is installed. */
async function editors() {
  const { neovimVersion } = await import('../out/test/editors/neovim.js');
  const files = filesBelow('out/test/editors', '.test.js');
  if (neovimVersion()) return mocha(files, { timeout: 240_000 });
  const unavailable = 'Neovim 0.7 or newer is not installed.';
  return { passed: 0, failed: 0, skipped: (await loaded(files)).suite.total(), unavailable };
}

/** The compiled suite inside a real extension host, with the packaged extension. */
async function host() {
  makePackage();
  const { runHostTests } = await import('../test/workbench/host-runner.mjs');
  const { failures: failed = [], ...counts } = await runHostTests({
    extension: vsix,
    suite: path.resolve('out/test/host/index.js'),
    workspace: path.resolve('examples'),
  });
  for (const { title, message } of failed) failures.push(`${title}\n${message}`);
  return counts;
}

/** The real window, driven as a person would. It is a whole VS Code, so a test may fail once for reasons of its own. */
async function workbench() {
  makePackage();
  const { leaveDialogues } = await import('../test/workbench/workbench.mjs');
  const rootHooks = {
    beforeEach: [
      async function () {
        if (this.currentTest.currentRetry() > 0) await leaveDialogues();
      },
    ],
  };
  return mocha(filesBelow('test/workbench', '.test.mjs'), { timeout: 120_000, retries: 1, rootHooks });
}

function filesBelow(folder, ending) {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending) && !name.includes('node_modules'))
    .map((name) => path.join(folder, name))
    .sort();
}

async function loaded(files, options = {}) {
  const suite = new Mocha({ timeout: 20_000, forbidOnly: true, ...options });
  for (const file of files) suite.addFile(path.resolve(file));
  await suite.loadFilesAsync();
  return suite;
}

async function mocha(files, options = {}) {
  const suite = await loaded(files, options);
  return new Promise((resolve) => {
    const runner = suite.run(() => {
      const { passes, failures: failed, pending } = runner.stats;
      resolve({ passed: passes, failed, skipped: pending });
    });
    runner.on('retry', (test, error) => triedAgain.push(`${test.fullTitle()}\n${error.stack ?? error.message}`));
    runner.on('fail', (test, error) => failures.push(`${test.fullTitle()}\n${error.stack ?? error.message}`));
  });
}
