// A repository of fixtures as a team might have: drafts of every version about many invented people, as JSON and XML, some
// with one of the mistakes of our tests in them. Two to four medicines each, so that they are of 40 KB as real ones are.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { run } = require('../../out/cli/main.js');
const { knowledge } = require('../../out/test/knowledge.js');
const { writeXml } = require('../../out/core/document/write-xml.js');
const { FAULTS } = require('../../out/test/faults/index.js');

const VERSIONS = ['1.3.0', '1.2.7', '1.2.0', '1.1.3'];
/** Each so-many-th has a mistake. */
const MISTAKES = 4;
const LARGEST = 200_000;
/** So that the first few are of every kind too; a prime beyond their number, so that each has its turn. */
const STRIDE = 1009;

/**
 * Makes `fixtures/` (what is judged), `json/` (the same, all as JSON, for who reads no XML) and `clean/` (without mistakes).
 * @returns what there is: the names in both, and which have a mistake
 */
export async function makeFixtures(folder, count) {
  for (const name of ['fixtures', 'json', 'clean']) fs.mkdirSync(path.join(folder, name), { recursive: true });
  const faults = Object.values(FAULTS)
    .flat()
    .filter(({ profiles, change, edit }) => change && !edit && !profiles);
  const all = [];
  let next = 0;
  for (let i = 0; i < count; i++) {
    const clean = await draft(i);
    const isXml = Math.floor(i / MISTAKES) % 2 === 0;
    const written = (text) => (isXml ? writeXml(JSON.parse(text), knowledge().registry).text : text);
    let text = clean;
    // XML has no lists of one and nothing empty, so that some mistakes are none there.
    while (i % MISTAKES === 0 && written(text) === written(clean))
      text = mistaken(clean, faults[(STRIDE * next++) % faults.length]) ?? clean;
    const hasMistake = text !== clean;
    const name = `${String(i).padStart(4, '0')}`;
    const file = `${name}.${isXml ? 'xml' : 'json'}`;
    const content = written(text);
    fs.writeFileSync(path.join(folder, 'fixtures', file), content);
    fs.writeFileSync(path.join(folder, 'json', `${name}.json`), text);
    if (hasMistake) fs.writeFileSync(path.join(folder, 'clean', `${name}.json`), clean);
    all.push({ name, file, hasMistake, bytes: Buffer.byteLength(content) });
  }
  fs.writeFileSync(path.join(folder, 'all.json'), JSON.stringify(all));
  return all;
}

async function draft(i) {
  let text = '';
  const terminal = {
    stdout: { write: (more) => (text += more) },
    stderr: process.stderr,
    cwd: process.cwd(),
    env: {},
    folder: path.resolve('dist'),
    knowledge,
    now: () => new Date('2026-11-20T09:30:00Z'),
    randomUUID: () => '00000000-0000-4000-8000-000000000000',
    random: () => 0.5,
    interrupted: () => new AbortController().signal,
  };
  const { medicines } = knowledge().invented;
  const supplied = Array.from({ length: 2 + (i % 3) }, (_, item) => medicines[(i + item) % medicines.length].display);
  const argv = ['new', 'emergency-supply', '--seed', `fixture ${i}`, '--at', '2026-11-20T09:30:00Z'];
  argv.push(...supplied.flatMap((display) => ['--medicine', display]));
  await run([...argv, '--version', VERSIONS[i % VERSIONS.length], '--mailbox', 'X26OT001'], terminal);
  return text;
}

/** Undefined where this message cannot have it, or would be no message that a folder is searched for. */
function mistaken(text, { change }) {
  try {
    const message = JSON.parse(text);
    const before = JSON.stringify(message);
    change(message);
    const changed = JSON.stringify(message, null, 2);
    const isOne = message.resourceType === 'Bundle' && JSON.stringify(message) !== before;
    return isOne && changed.length < LARGEST ? changed : undefined;
  } catch {
    return undefined;
  }
}
