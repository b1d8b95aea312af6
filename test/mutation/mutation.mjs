// Mutation testing of what judges: Stryker changes the rules and the stages of validation one spot at a time, and the tests are
// to notice. Without more it does all of it, which takes hours. `npm run mutation -- --part 2/8` does one eighth of the files,
// `--sample 10` one stretch of lines in ten, drawn over all files (`--seed` draws others). What was done adds up: the figures of
// everything since the last `--fresh` are printed together.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { installRoom } from '../../scripts/install-room.mjs';

const room = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(room, '../..');
process.chdir(root);
const kept = path.join(root, 'out', 'mutation');

const { values } = parseArgs({
  options: {
    part: { type: 'string', default: '1/1' },
    sample: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    jobs: { type: 'string', default: '2' },
    fresh: { type: 'boolean', default: false },
  },
});
const [, part, parts] = /^(\d+)\/(\d+)$/.exec(values.part) ?? [];
if (!part || Number(part) < 1 || Number(part) > Number(parts)) {
  console.error(`--part is one of so many, such as 2/8: "${values.part}" is not.`);
  process.exit(2);
}

const [sample, seed] = [values.sample, values.seed].map(Number);
if (!(sample >= 1) || !Number.isSafeInteger(seed)) {
  console.error('--sample is one in so many stretches, such as 10, and --seed a whole number.');
  process.exit(2);
}
/** A mutant counts when it lies within its stretch whole, so these are as long as functions are. */
const LINES = 30;

/** What is changed, and the tests that are to notice: those of the same room that take milliseconds each. */
const WHAT = {
  rules: { mutate: 'core/rules', tests: ['rules', 'core/rules-listed', 'core/seeded-faults'] },
  validate: {
    mutate: 'core/validate',
    tests: [
      ...['applicable', 'bundles', 'codes', 'extensions', 'identifiers', 'invariants', 'limits', 'narrative'],
      ...['native-invariants', 'profile', 'published-terminology', 'resource-type', 'seeded', 'seeded-faults', 'shape'],
      ...['syntax', 'terminology-answers', 'times'],
    ].map((name) => `core/${name}`),
  },
};

installRoom(room, 'Stryker');
const { Stryker } = await import(
  pathToFileURL(path.join(room, 'node_modules/@stryker-mutator/core/dist/src/index.js')).href
);
if (values.fresh) fs.rmSync(kept, { recursive: true, force: true });
fs.mkdirSync(kept, { recursive: true });

for (const [name, { mutate, tests }] of Object.entries(WHAT)) {
  if (values.only && values.only !== name) continue;
  const files = sources(mutate)
    .filter((_, index) => index % Number(parts) === Number(part) - 1)
    .flatMap(stretches);
  const drawn = sample === 1 ? '' : `-sample-${sample}-seed-${seed}`;
  const report = path.join(kept, `${name}-${part}-of-${parts}${drawn}.json`);
  await new Stryker({
    mutate: files,
    testRunner: 'mocha',
    plugins: [pathToFileURL(path.join(room, 'node_modules/@stryker-mutator/mocha-runner/dist/src/index.js')).href],
    mochaOptions: { spec: tests.flatMap(specs) },
    // Types were checked when the project was built, and Stryker's own code has none.
    buildCommand: `node ${path.join(root, 'node_modules/typescript/bin/tsc')} -p core --noCheck`,
    coverageAnalysis: 'perTest',
    ignoreStatic: true,
    concurrency: Number(values.jobs),
    timeoutMS: 20_000,
    ignorePatterns: [
      'out/package',
      'out/peers',
      'out/mutation',
      'out/screenshots',
      '*.vsix',
      'test/workbench',
      'test/bench',
      'test/mutation',
    ],
    tempDirName: 'out/mutation/sandbox',
    reporters: ['json', 'progress-append-only'],
    jsonReporter: { fileName: report },
    allowEmpty: true,
    allowConsoleColors: false,
  }).runMutationTest();
}
summary();

function sources(folder) {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.posix.join(folder, name.replaceAll(path.sep, '/')))
    .sort();
}

/** Of a file: all of it, or the stretches of its lines that were drawn. */
function stretches(file) {
  if (sample === 1) return [file];
  const lines = fs.readFileSync(file, 'utf8').split('\n').length;
  const all = Array.from({ length: Math.ceil(lines / LINES) }, (_, i) => `${file}:${i * LINES + 1}-${(i + 1) * LINES}`);
  const drawOf = (stretch) => createHash('sha256').update(`${seed} ${stretch}`).digest().readUInt32BE() / 2 ** 32;
  return all.filter((stretch) => drawOf(stretch) < 1 / sample);
}

function specs(name) {
  const folder = `out/test/${name}`;
  if (!fs.existsSync(folder)) return [`${folder}.test.js`];
  return fs
    .readdirSync(folder)
    .filter((file) => file.endsWith('.test.js'))
    .map((file) => `${folder}/${file}`);
}

/** Of every part that was done: a mutant is detected when a test fails or never ends. */
function summary() {
  for (const name of Object.keys(WHAT)) {
    /** By file, and by place and change: what was done twice counts once. */
    const done = new Map();
    for (const file of fs.readdirSync(kept).filter((file) => file.startsWith(`${name}-`)))
      for (const [source, { mutants }] of Object.entries(
        JSON.parse(fs.readFileSync(path.join(kept, file), 'utf8')).files,
      ))
        for (const mutant of mutants) {
          if (!done.has(source)) done.set(source, new Map());
          done.get(source).set(JSON.stringify([mutant.location, mutant.mutatorName, mutant.replacement]), mutant);
        }
    const counts = {};
    for (const { status } of [...done.values()].flatMap((mutants) => [...mutants.values()]))
      counts[status] = (counts[status] ?? 0) + 1;
    const { Killed = 0, Timeout = 0, Survived = 0, NoCoverage = 0 } = counts;
    const valid = Killed + Timeout + Survived + NoCoverage;
    if (valid === 0) continue;
    const score = ((100 * (Killed + Timeout)) / valid).toFixed(1);
    console.log(
      `core/${name}: ${score} % of ${valid} mutants in ${done.size} of ${sources(`core/${name}`).length} files noticed ` +
        `(${Killed} killed, ${Timeout} timed out, ${Survived} survived, ${NoCoverage} not reached)`,
    );
    const worst = [...done]
      .map(([source, mutants]) => [
        source,
        [...mutants.values()].filter(({ status }) => ['Survived', 'NoCoverage'].includes(status)).length,
      ])
      .filter(([, left]) => left > 0)
      .sort((a, b) => b[1] - a[1]);
    for (const [source, left] of worst.slice(0, 10))
      console.log(`  ${String(left).padStart(4)} not noticed in ${source}`);
  }
}
