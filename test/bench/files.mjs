// Measures `itk3 validate` over a repository of fixtures, the whole command, beside other validators: `npm run bench:files`.
// README.md tells how to read it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';
import { installPeers } from './install.mjs';
import { median } from './median.mjs';
import { print } from './table.mjs';

process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..'));
installPeers();
const { makeFixtures } = await import('./fixtures.mjs');

const [count = 1000, most = 100] = process.argv.slice(2).map(Number);
const JOBS = 2;
const ROUNDS = 3;
const TIMES = 4;
const PEERS = [
  "ajv, HL7's STU3 schema",
  'vscode-json, our STU3 schema',
  "vscode-json, HL7's STU3 schema",
  '@medplum/core, STU3 definitions',
  'fhir, STU3 definitions',
];
/** What a peer may take for its share. */
const LIMIT = 120_000;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'itk3-bench-'));
try {
  const all = await makeFixtures(folder, count);
  const bytes = all.reduce((sum, one) => sum + one.bytes, 0);
  const mistakes = all.filter(({ hasMistake }) => hasMistake).length;
  console.log(
    `${count} fixtures, ${(bytes / 1000 / count).toFixed(0)} KB each, half of them XML, ${mistakes} with a mistake; ${JOBS} threads or processes; ${os.cpus().length} cores\n`,
  );
  // The same again under other names, to see what starting and getting warm costs.
  for (let i = 0; i < TIMES; i++)
    fs.cpSync(path.join(folder, 'fixtures'), path.join(folder, 'more', String(i)), { recursive: true });
  const runs = [];
  const longer = [];
  for (let i = 0; i < ROUNDS; i++) {
    runs.push(await ours('fixtures'));
    longer.push(await ours('more'));
  }
  const speed = (run) => run.entries.length / (run.millis / 1000);
  const ourSpeed = median(runs.map(speed));
  const peak = (all) => Math.max(...all.map(({ kilobytes }) => kilobytes)) / 1024;
  const memory = peak(runs);
  const longSpeed = median(longer.map(speed));
  // What the others of the same round took is start and warming, and is taken off.
  const warm = median(longer.map((run, i) => ((TIMES - 1) * count * 1000) / (run.millis - runs[i].millis)));
  const rows = [
    ['itk3 validate, the whole command', ourSpeed, 1, memory, `${found(runs[0].entries, all)} of ${mistakes}`],
    [`the same, ${TIMES * count} files`, longSpeed, ourSpeed / longSpeed, peak(longer), ''],
  ];
  for (const name of PEERS) {
    const shares = await Promise.all(Array.from({ length: JOBS }, (_, share) => peer(name, share)));
    if (shares.includes(undefined)) {
      rows.push([name, undefined]);
      continue;
    }
    const sum = (key) => shares.reduce((total, one) => total + one[key], 0);
    const rate = sum('files') / (Math.max(...shares.map(({ millis }) => millis)) / 1000);
    rows.push([name, rate, ourSpeed / rate, sum('kilobytes') / 1024, `${sum('found')} of ${sum('of')}`]);
  }
  print([
    ['', 'files a second', 'ours is', 'peak MB', 'mistakes found'],
    ...rows.map(([name, rate, times, megabytes, proof]) =>
      rate === undefined
        ? [name, 'over two minutes, or failed', '', '', '']
        : [name, rate.toFixed(rate < 10 ? 1 : 0), `${times.toFixed(1)}×`, megabytes.toFixed(0), proof],
    ),
  ]);
  const cpu = median(runs.map(({ cpu }) => cpu));
  print([
    ['aim', 'reached', ''],
    [
      'more than 300 files a second',
      ourSpeed > 300 ? 'yes' : 'no',
      `${ourSpeed.toFixed(0)} (${((cpu * 1000) / count).toFixed(1)} ms of CPU a file)`,
    ],
    [`once warm: what ${(TIMES - 1) * count} more take`, warm > 300 ? 'yes' : 'no', warm.toFixed(0)],
    ['under 300 MB', memory < 300 ? 'yes' : 'no', `${memory.toFixed(0)} MB`],
  ]);
} finally {
  fs.rmSync(folder, { recursive: true });
}

/** In a process of its own that measures itself: what it used is known only when it ends. */
async function ours(name) {
  const script = `process.on('exit', () => { const u = process.resourceUsage();
    require('node:fs').writeSync(2, 'USED ' + JSON.stringify({ kilobytes: u.maxRSS, cpu: (u.userCPUTime + u.systemCPUTime) / 1e6 })); });
    void require('./dist/toolkit.js').cli().main(require('node:path').resolve('dist'));`;
  const args = ['-e', script, 'itk3', 'validate', '--jobs', String(JOBS), '--format', 'json', path.join(folder, name)];
  const started = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = once(child, 'close');
  const [out, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await closed;
  const millis = performance.now() - started;
  return { millis, ...JSON.parse(errors.slice(errors.lastIndexOf('USED ') + 5)), entries: JSON.parse(out) };
}

/** A draft has no finding that asks for anything: whatever does in a message with a mistake speaks of that. */
function found(entries, all) {
  const wrong = new Set(
    entries
      .filter(({ findings }) => findings.some(({ severity }) => severity !== 'hint'))
      .map(({ file }) => path.basename(file)),
  );
  return all.filter(({ file, hasMistake }) => hasMistake && wrong.has(file)).length;
}

async function peer(name, share) {
  const args = ['test/bench/files-peer.mjs', name, folder, String(share), String(JOBS), String(Math.min(most, count))];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'], timeout: LIMIT });
  const closed = once(child, 'close');
  const out = await text(child.stdout);
  await closed;
  try {
    return JSON.parse(out);
  } catch {
    return undefined;
  }
}
