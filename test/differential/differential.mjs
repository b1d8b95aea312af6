// Judges the same messages as HL7's Java validator and holds the two against each other: `npm run test:differential`.
// README.md tells how to read what it prints.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..'));
const { NOW, writeCases } = await import('./cases.mjs');
const { fresh, isError, isRaised, nearness, plainPath } = await import('./compare.mjs');
const { packagesHome, writeProfiles } = await import('./definitions.mjs');
const { ensureValidator, judgedByJava, missingTool } = await import('./java.mjs');

const work = path.resolve('out/differential');
const missing = missingTool();
if (missing) { console.error(`${missing} is not here`); process.exit(2); }
ensureValidator();
const home = packagesHome(path.join(work, 'home'));
const definitions = path.join(work, 'profiles');
const profiles = writeProfiles(definitions);
const messages = path.join(work, 'messages');
const cases = writeCases(messages);
console.log(profiles, cases.seeded.length, cases.whole.length, cases.leftOut);
const t0 = Date.now();
const { ready, results } = judgedByJava({ home, definitions, messages });
console.log(ready, Date.now() - t0);
fs.writeFileSync('/tmp/mz/results.json', JSON.stringify([...results]));
