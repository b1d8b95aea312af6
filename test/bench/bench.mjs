// Measures this validator beside others on the same messages, in one run: `npm run bench`. README.md tells how to read it.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { installPeers } from './install.mjs';
import { median } from './median.mjs';
import { messageOfSize } from './messages.mjs';
import { proofOf } from './proof.mjs';
import { stages } from './stages.mjs';
import { printAims, printAuthoring, printStages, printTable } from './table.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
process.chdir(root);
installPeers();
const { editorPeer, peers } = await import('./peers.mjs');
const { authoring, typing } = await import('./authoring.mjs');
const { editor, validator } = await import('./ours.mjs');

const PUBLISHED = path.resolve('../shared/published/examples/emergency-supply/guide-1.3.0-example-1.json');
/** What one contender may take of our time at one size, and what is not even begun because it would take longer. */
const BUDGET_MS = 4_000;
const PATIENCE_MS = 60_000;
const ROUNDS = 25;
/** A turn is as many runs as fit, so that the first, which finds the caches full of another's data, is not the typical one. */
const TURN_MS = 40;
/** Enough for the compiler to have seen the hot paths. */
const WARM_MS = 1_000;

const contenders = [{ name: 'JSON.parse', run: (text) => JSON.parse(text) }, validator, editor, ...peers()];
const sizes = [
  fs.existsSync(PUBLISHED)
    ? { title: '37 KB', text: fs.readFileSync(PUBLISHED, 'utf8') }
    : { title: '37 KB', text: messageOfSize(37_000) },
  { title: '60 KB', text: messageOfSize(60_000) },
  { title: '1 MB', text: messageOfSize(1_000_000) },
  { title: '5 MB', text: messageOfSize(4_990_000) },
];

const { version } = createRequire(import.meta.url)('../../package.json');
console.log(`itk3-toolkit ${version}, Node ${process.version}, ${process.platform} ${process.arch}\n`);

for (const contender of contenders) await warm(contender, sizes[0].text);
const rows = contenders.map(({ name }) => ({ name, millis: [] }));
for (const [column, { text }] of sizes.entries()) {
  global.gc?.();
  const turns = await interleaved(text, (row) => foreseen(rows[row].millis, column));
  for (const [row, contender] of contenders.entries())
    rows[row].millis.push(summary(turns[row], turns[contenders.indexOf(counterpart(contender))], turns[0]));
}
for (const [row, contender] of contenders.entries()) if (row > 0) rows[row].proof = await proofOf(contender);

printTable(sizes, rows);
printAims(sizes, rows);
printStages(await stages(validator, sizes[0].text, sizes[2].text));
const written = sizes.slice(1, 3);
printAuthoring(written, await authoring(written, editorPeer()), await typing(sizes[2].text));
process.exitCode = rows[1].proof.noise === 0 ? 0 : 1;

async function warm(contender, text) {
  const until = performance.now() + WARM_MS;
  do await once(contender, text);
  while (performance.now() < until);
}

/**
 * Each round asks every contender in turn, so that what else the machine does falls on all of them.
 * @returns for each contender its turns, each a list of milliseconds
 */
async function interleaved(text, foresee) {
  const turns = contenders.map(() => []);
  for (let round = 0; round < ROUNDS; round++)
    for (const [row, contender] of contenders.entries()) {
      if (round === 0 ? foresee(row) > PATIENCE_MS : turns[row].length < round || sum(turns[row].flat()) > BUDGET_MS)
        continue;
      const runs = [];
      const until = performance.now() + TURN_MS;
      do runs.push(await once(contender, text));
      while (performance.now() < until);
      turns[row].push(runs);
    }
  return turns;
}

/** The ratios are those of turns in the same round, side by side. */
function summary(turns, ours, parse) {
  if (turns.length === 0) return undefined;
  const ratio = (others) => median(turns.slice(0, others.length).map((runs, i) => median(runs) / median(others[i])));
  return { median: median(turns.flat()), runs: turns.flat().length, times: ratio(ours), timesParse: ratio(parse) };
}

/** Those that begin with a text are compared with our way from a text, the others with our stages alone. */
function counterpart({ prepare, name }) {
  return prepare || name === 'JSON.parse' ? validator : editor;
}

async function once({ prepare, run }, text) {
  const input = prepare ? prepare(text) : text;
  const from = performance.now();
  await run(input);
  return performance.now() - from;
}

/** In proportion to the size before; undefined before is too long already. */
function foreseen(before, column) {
  if (column === 0) return 0;
  const last = before.at(-1);
  return last ? (last.median * sizes[column].text.length) / sizes[column - 1].text.length : Infinity;
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
