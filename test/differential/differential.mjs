// Judges the same messages as HL7's Java validator and holds the two against each other: `npm run test:differential`.
// README.md tells how to read what it prints.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..'));
const { writeCases } = await import('./cases.mjs');
const { packagesHome, writeProfiles } = await import('./definitions.mjs');
const { unused } = await import('./explanations.mjs');
const { ensureValidator, judgedByJava, missingTool } = await import('./java.mjs');
const { printExplanations, printFaults, printWhole } = await import('./report.mjs');
const { faultVerdict, saidByJava, saidByUs, wholeVerdict } = await import('./verdicts.mjs');

const missing = missingTool();
if (missing) {
  console.error(`This check runs HL7's Java validator: it needs ${missing}, which is not here. Nothing was checked.`);
  process.exit(2);
}
ensureValidator();

const work = path.resolve('out/differential');
const home = packagesHome(path.join(work, 'home'));
const definitions = path.join(work, 'profiles');
const profiles = writeProfiles(definitions);
const messages = path.join(work, 'messages');
const { whole, seeded, leftOut } = writeCases(messages);
console.log(`Java judges ${whole.length} whole messages and ${seeded.length} seeded faults by ${profiles} …`);
const started = performance.now();
const { ready, results } = judgedByJava({ home, definitions, messages });
const seconds = (millis) => `${(millis / 1000).toFixed(0)} s`;
const millis = [...results.values()].map((r) => r.millis).sort((a, b) => a - b);
console.log(
  `Java was ready after ${seconds(ready)}, done after ${seconds(performance.now() - started)}; ` +
    `a message took ${millis[millis.length >> 1]} ms in the median.\n`,
);

const said = new Map();
const both = (file) => {
  if (!said.has(file)) {
    const text = fs.readFileSync(path.join(messages, file), 'utf8');
    said.set(file, { ours: saidByUs(text), java: saidByJava(results.get(file)) });
  }
  return said.get(file);
};

const faults = seeded.map((one) => {
  const [at, base] = [both(one.file), both(one.base)];
  const sides = { ours: at.ours, oursBase: base.ours, java: at.java, javaBase: base.java };
  return { ...one, ...faultVerdict(one, sides) };
});
const wholes = whole.map((one) => ({ ...one, ...both(one.file), ...wholeVerdict(both(one.file)) }));

printFaults(faults, leftOut);
printWhole(wholes);
const unexplained = printExplanations(faults, wholes, unused());
console.log(
  unexplained === 0
    ? 'Every disagreement is explained.'
    : `${unexplained} disagreements are not explained: mend what is wrong, or say why in test/differential/explanations.mjs.`,
);
process.exitCode = unexplained === 0 ? 0 : 1;
