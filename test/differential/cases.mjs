// The messages that both validators judge: valid ones, published ones, and one for each seeded fault.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const faults = require('../../out/test/faults/index.js');
const { knowledge } = require('../../out/test/knowledge.js');
const { readMessage } = require('../../out/core/itk3/message.js');
const { writeReply } = require('../../out/core/itk3/reply.js');

/** After the examples were made, so that nothing in them lies in the future. */
export const NOW = Date.parse('2026-12-01T12:00:00Z');

const EXAMPLE = 'examples/emergency-supply.json';
const PUBLISHED = path.resolve('../shared/published/examples');

/** A message that asks, and one that answers: the faults are put into these two. */
function bases() {
  const request = readJsonFile(EXAMPLE);
  const responder = { odsCode: 'ZZZ99', mailbox: 'X26SURGERY' };
  let count = 0;
  const randomUUID = () => `00000000-0000-4000-9000-${String(++count).padStart(12, '0')}`;
  const moment = { now: new Date(NOW), randomUUID };
  return { request, response: writeReply(readMessage(request), { code: '20013' }, responder, knowledge(), moment) };
}

/**
 * Writes every message into the folder; published XML as it is, for Java to rewrite.
 * @returns {{ whole: { name: string, file: string }[], seeded: object[], leftOut: { name: string, why: string }[] }}
 */
export function writeCases(folder) {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const write = (file, text) => fs.writeFileSync(path.join(folder, file), text);
  const { request, response } = bases();
  const texts = { request: indented(request), response: indented(response) };
  for (const [base, text] of Object.entries(texts)) write(`base-${base}.json`, text);

  const leftOut = [];
  const seeded = [
    ...list('request', faults.FAULTS),
    // Acknowledgements have faults of their own.
    ...list('response', faults.RESPONSE_FAULTS ?? {}),
  ].flatMap(({ base, stage, fault }, n) => {
    const name = `${stage}: ${fault.name}`;
    if (fault.profiles) {
      leftOut.push({ name, why: 'needs profiles of a user, made for the test' });
      return [];
    }
    const file = `fault-${String(n).padStart(4, '0')}.json`;
    write(file, seed(texts[base], fault));
    return [{ name, file, base: `base-${base}.json`, fault }];
  });
  return { whole: [...ownExamples(write), ...publishedExamples(write)], seeded, leftOut };
}

function list(base, byStage) {
  return Object.entries(byStage).flatMap(([stage, all]) => all.map((fault) => ({ base, stage, fault })));
}

function seed(text, { change, edit }) {
  const message = JSON.parse(text);
  change?.(message);
  const changed = indented(message);
  return edit?.(changed) ?? changed;
}

function ownExamples(write) {
  return ['base-request.json', 'base-response.json']
    .map((file) => ({ name: file === 'base-request.json' ? EXAMPLE : 'a response written here', file }))
    .concat(wholeFile(write, 'own', path.resolve('examples/emergency-supply-with-mistakes.json')));
}

function publishedExamples(write) {
  if (!fs.existsSync(PUBLISHED)) return [];
  return fs
    .readdirSync(PUBLISHED, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(json|xml)$/.test(name))
    .sort()
    .map((name) => wholeFile(write, path.dirname(name), path.join(PUBLISHED, name)));
}

function wholeFile(write, folder, file) {
  const name = path.basename(file);
  // The same example lies there in both forms.
  const target = `whole-${folder}-${name.replace(/\.(xml|json)$/, '-$1')}`;
  write(`${target}${path.extname(file)}`, fs.readFileSync(file, 'utf8'));
  return { name: `${folder}/${name}`, file: `${target}.json` };
}

function readJsonFile(file) {
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

function indented(value) {
  return JSON.stringify(value, null, 2);
}
