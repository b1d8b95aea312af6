// Measures the MESH client against the sandbox, with NHS England's mesh-client in the same run: `npm run bench:mesh`.
// README.md tells how to read it. Other numbers for a quick look: `node test/bench/mesh.mjs MESSAGES MEGABYTES`.
import { fork, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { median } from './median.mjs';
import { print } from './table.mjs';

const here = path.join(path.dirname(fileURLToPath(import.meta.url)), 'mesh');
const require = createRequire(import.meta.url);
const [count = 1000, megabytes = 250] = process.argv.slice(2).map(Number);
const PART = 19 * 1024 * 1024;
const ROUNDS = 3;
/** What comes and goes by itself, as the collector likes. */
const FLAT_PARTS = 2;
const MB = 1_000_000;

const SMALL = { title: `${count} messages of 40 KB`, job: { count, bytes: 40_000 } };
const LARGE = [false, true].map((compress) => ({
  title: `${megabytes} MB in parts of 19 MiB${compress ? ', gzipped' : ''}`,
  job: { bytes: megabytes * MB, partSize: PART, compress },
}));

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mesh-bench-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

const contenders = [
  { name: 'ours', command: [process.execPath, '--expose-gc', path.join(here, 'client.mjs')] },
  ...peer(),
];

const { version } = require('../../package.json');
console.log(`itk3-toolkit ${version}, Node ${process.version}, ${process.platform} ${process.arch}`);
console.log('Each exchange over loopback, to our sandbox in a process of its own that keeps messages in a folder\n');

printTimes(SMALL, await rounds(SMALL));
for (const work of LARGE) printTimes(work, await rounds(work));

/** In turn, so that what else the machine does falls on all of them; each with a sandbox and a folder of its own. */
async function rounds({ job }) {
  const runs = contenders.map(() => []);
  for (let round = 0; round < ROUNDS; round++)
    for (const [row, contender] of contenders.entries()) runs[row].push(await measured(contender, job));
  return runs;
}

async function measured({ name, command: [program, ...options] }, job) {
  const store = fs.mkdtempSync(path.join(folder, 'store-'));
  const sandbox = fork(path.join(here, 'sandbox.mjs'), [store]);
  try {
    const { url, mailboxes } = await new Promise((resolve, reject) => {
      sandbox.once('message', resolve);
      sandbox.once('exit', () => reject(new Error('The sandbox did not start')));
    });
    const [from, to] = mailboxes.map(({ mailbox }) => mailbox);
    return JSON.parse(await output(name, program, [...options, url, JSON.stringify({ ...job, from, to })]));
  } finally {
    const gone = new Promise((resolve) => sandbox.once('exit', resolve));
    if (sandbox.connected) sandbox.disconnect();
    if (sandbox.exitCode === null) await gone;
    fs.rmSync(store, { recursive: true, force: true });
  }
}

function output(name, program, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, options, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk) => (text += chunk));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(text) : reject(new Error(`${name} ended with ${code}`))));
  });
}

/** NHS England's mesh-client, where the environment of test/peers can be had. */
function peer() {
  const { peersEnvironment } = require('../../out/test/peers/environment.js');
  const environment = peersEnvironment();
  if ('python' in environment)
    return [{ name: 'mesh-client', command: [environment.python, path.join(here, 'peer.py')] }];
  console.log(`NHS England's mesh-client is left out: ${environment.unavailable}\n`);
  return [];
}

function printTimes({ title, job }, runs) {
  const bytes = job.bytes * (job.count ?? 1);
  const stepsOf = (run) => Object.keys(run.steps);
  const seconds = (run, step) => run.steps[step].reduce((sum, millis) => sum + millis, 0) / 1000;
  const moves = (step) => step === 'send' || step === 'download';
  const head = [
    title,
    'seconds',
    ...(job.count ? ['messages/s', 'median ms', 'slowest ms'] : []),
    'MB/s',
    'times ours',
  ];
  const rows = stepsOf(runs[0][0]).flatMap((step) =>
    runs.map((of, row) => {
      const took = median(of.map((run) => seconds(run, step)));
      const millis = of.flatMap((run) => run.steps[step]);
      const each =
        step === 'list'
          ? ['', '', '']
          : [(job.count / took).toFixed(0), median(millis).toFixed(2), Math.max(...millis).toFixed(0)];
      return [
        `${step}, ${contenders[row].name}`,
        took.toFixed(2),
        ...(job.count ? each : []),
        moves(step) ? (bytes / MB / took).toFixed(1) : '',
        `${median(of.map((run, round) => seconds(run, step) / seconds(runs[0][round], step))).toFixed(2)}×`,
      ];
    }),
  );
  print([head, ...rows]);
  printMemory(job, runs);
}

/** The highest of all rounds, with its start. Flat is what is no higher in the second half than in the first. */
function printMemory(job, runs) {
  const inMB = (bytes) => (bytes / MB).toFixed(0);
  const phases = job.count
    ? [['', 0, 0]]
    : [
        ['sending, ', 0, 1],
        ['reading, ', 2, 3],
      ];
  const rows = phases.flatMap(([phase, first, second]) =>
    contenders.flatMap(({ name }, row) =>
      kindsOf(runs[row]).map((kind) => {
        const all = runs[row].map(({ memory: { start, peaks, end } }) => {
          // The peer tells the peak so far, not that of each half.
          const halves = name === 'ours' ? [peaks[first][kind], peaks[second][kind]] : [peaks[first >> 1][kind]];
          return { start: start[kind], halves, peak: Math.max(...halves), end: end[kind] };
        });
        const { start, halves, peak, end } = all.reduce((a, b) => (b.peak - b.start > a.peak - a.start ? b : a));
        const isFlat = (halves[1] ?? 0) <= (halves[0] ?? 0) + FLAT_PARTS * PART;
        return [
          `${phase}${name}, ${kind === 'rss' ? 'resident' : 'outside the heap'}`,
          ...[start, peak, end].map(inMB),
          ((peak - start) / PART).toFixed(1),
          ...(job.count ? [] : [halves.length === 2 ? (isFlat ? 'yes' : 'no') : '']),
        ];
      }),
    ),
  );
  const head = ['memory of the client, MB', 'start', 'peak', 'end', 'grown, parts of 19 MiB'];
  print([job.count ? head : [...head, 'flat'], ...rows]);
}

/** Only Linux tells the peer. */
function kindsOf([{ memory }]) {
  return Object.keys(memory.start).filter((kind) => memory.start[kind] !== null);
}
