// One process of a peer: judges its share of the fixtures and says how long that took, and what it found.
// node files-peer.mjs NAME FOLDER SHARE SHARES MOST
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import Ajv from 'ajv';
import { hl7Schema, peers } from './peers.mjs';

const require = createRequire(import.meta.url);
const [, , name, folder, share, shares, most] = process.argv;
const peer = [...peers(), ajvPeer(), fhirPeer()].find((one) => one.name === name);
const prepare = peer.prepare ?? ((text) => text);
const all = JSON.parse(fs.readFileSync(path.join(folder, 'all.json'), 'utf8'));
const mine = all.filter((_, i) => i % Number(shares) === Number(share)).slice(0, Number(most) / Number(shares));

const say = async (kind, file) => {
  try {
    const said = await peer.run(prepare(fs.readFileSync(path.join(folder, kind, `${file}.json`), 'utf8')));
    return new Set(
      (said ?? []).map((one) =>
        JSON.stringify([one.severity, one.code, one.message ?? one.details?.text, one.keyword]),
      ),
    );
  } catch (error) {
    // A text that is no JSON is found to be wrong by whoever parses it.
    if (error instanceof SyntaxError) return new Set([error.message]);
    return new Set();
  }
};
const started = performance.now();
const said = [];
for (const { name: file } of mine) said.push(await say('json', file));
const millis = performance.now() - started;
let found = 0;
let of = 0;
for (const [i, { name: file, hasMistake }] of mine.entries()) {
  if (!hasMistake) continue;
  of += 1;
  const before = await say('clean', file);
  if ([...said[i]].some((one) => !before.has(one))) found += 1;
}
console.log(JSON.stringify({ millis, files: mine.length, found, of, kilobytes: process.resourceUsage().maxRSS }));

function ajvPeer() {
  const { $schema: _, id: __, ...schema } = hl7Schema();
  const validate = name.startsWith('ajv')
    ? new Ajv({ strict: false, allErrors: false, logger: false, validateFormats: false }).compile(schema)
    : undefined;
  return {
    name: "ajv, HL7's STU3 schema",
    prepare: (text) => JSON.parse(text),
    run: (value) => (validate(value) ? [] : validate.errors),
  };
}

function fhirPeer() {
  if (!name.startsWith('fhir')) return { name: '' };
  const { Fhir, ParseConformance, Versions } = require('fhir');
  const parser = new ParseConformance(false, Versions.STU3);
  const definitions = path.join(path.dirname(require.resolve('stu3-definitions/package.json')), 'profiles', 'stu3');
  for (const file of ['profiles-types.json', 'profiles-resources.json', 'valuesets.json']) {
    const place = path.join(definitions, file);
    if (fs.existsSync(place)) parser.parseBundle(JSON.parse(fs.readFileSync(place, 'utf8')));
  }
  const fhir = new Fhir(parser);
  return {
    name: 'fhir, STU3 definitions',
    prepare: (text) => JSON.parse(text),
    run: (value) => fhir.validate(value).messages,
  };
}
