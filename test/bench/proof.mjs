// Speed proves nothing of a validator that finds nothing: how many of the seeded faults of our tests does each find?
import fs from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { FAULTS } = require('../../out/test/faults/index.js');
const TEXT = JSON.stringify(JSON.parse(fs.readFileSync('examples/emergency-supply.json', 'utf8')), null, 2);
/** A message that is wrong by its size alone would take minutes with some. */
const LARGEST = 500_000;

/** @returns how much is said of a valid message, and how many faults change what is said of it */
export async function proofOf({ prepare = (text) => text, run }) {
  // A hint is not listed among the problems of a file.
  const listed = ({ severity }) => severity !== 'hint';
  const say = async (text) =>
    (await run(prepare(text))).filter(listed).map((finding) => JSON.stringify(describe(finding)));
  const before = new Set(await say(TEXT));
  const texts = Object.values(FAULTS)
    .flat()
    .filter((fault) => !fault.profiles) // of a user, which only a test of ours has
    .map(seeded)
    .filter((text) => text.length < LARGEST);
  let found = 0;
  for (const text of texts) {
    const after = await say(text).catch(brokenText);
    if (after.some((finding) => !before.has(finding))) found++;
  }
  return { noise: before.size, found, of: texts.length };
}

/** A text that is no JSON is found to be wrong by whoever parses it; another failure finds nothing. */
function brokenText(error) {
  return error instanceof SyntaxError ? [error.message] : [];
}

function seeded({ change, edit }) {
  const message = JSON.parse(TEXT);
  change?.(message);
  const text = JSON.stringify(message, null, 2);
  return edit?.(text) ?? text;
}

/** Without its place: what only moved is no news. */
function describe({ rule, severity, message, code, details, diagnostics, expression }) {
  return [rule ?? code, severity, message ?? details?.text, diagnostics, expression];
}
