// Measures reading and writing FHIR XML beside the converter of the npm package fhir: `npm run bench:xml`.
// README.md tells how to read it.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { installPeers } from './install.mjs';
import { median } from './median.mjs';
import { messageOfSize } from './messages.mjs';
import { print } from './table.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
process.chdir(root);
installPeers();
const require = createRequire(import.meta.url);
const { knowledge } = require('../../out/test/knowledge.js');
const { converted } = require('../../out/core/document/convert.js');
const { readXml } = require('../../out/core/document/xml-document.js');
const { writeXml } = require('../../out/core/document/write-xml.js');
const { registry } = knowledge();

const PUBLISHED = path.resolve('../shared/published/examples/emergency-supply/guide-1.3.0-example-1.json');
const ROUNDS = 15;
/** As many runs as fit make a turn. */
const TURN_MS = 100;
const WARM_MS = 1_500;
const AIM = 3;

const peer = fhir();
const WORKS = [
  {
    title: 'XML to a value',
    ours: ({ xml }) => readXml(xml, registry).value,
    peers: ({ xml }) => peer.xmlToObj(xml),
    read: true,
  },
  {
    title: 'a value to XML',
    ours: ({ value }) => writeXml(value, registry).text,
    peers: ({ value }) => peer.objToXml(value),
  },
  {
    title: 'XML to JSON',
    ours: ({ xml }) => converted(xml, 'json', registry).text,
    peers: ({ xml }) => peer.xmlToJson(xml),
    read: true,
  },
  {
    title: 'JSON to XML',
    ours: ({ json }) => converted(json, 'xml', registry).text,
    peers: ({ json }) => peer.jsonToXml(json),
  },
];

const sizes = [
  ['37 KB', fs.existsSync(PUBLISHED) ? fs.readFileSync(PUBLISHED, 'utf8') : messageOfSize(37_000)],
  ['1 MB', messageOfSize(1_000_000)],
  ['5 MB', messageOfSize(4_990_000)],
].map(([title, json]) => ({ title, json, xml: converted(json, 'xml', registry).text, value: JSON.parse(json) }));

const { version } = require('../../package.json');
console.log(`itk3-toolkit ${version}, fhir ${require('fhir/package.json').version}, Node ${process.version}\n`);

for (const { ours, peers } of WORKS)
  for (const run of [ours, peers]) {
    const until = performance.now() + WARM_MS;
    do run(sizes[0]);
    while (performance.now() < until);
  }

const lines = [['MB/s of XML (times the peer)', ...sizes.map(({ title }) => title)]];
let least = Infinity;
for (const { title, ours, peers } of WORKS) {
  const cells = sizes.map((size) => {
    global.gc?.();
    const turns = Array.from({ length: ROUNDS }, () => [turn(ours, size), turn(peers, size)]);
    const ratio = median(turns.map(([own, other]) => other / own));
    least = Math.min(least, ratio);
    const speed = (column) => (Buffer.byteLength(size.xml) / 1000 / median(turns.map((one) => one[column]))).toFixed(1);
    return [`${speed(0)} (${ratio.toFixed(1)} times)`, speed(1)];
  });
  lines.push([`${title}: ours`, ...cells.map(([own]) => own)], [`${title}: fhir`, ...cells.map(([, other]) => other)]);
}
print(lines);
print([
  ['the same after it', 'ours', 'fhir'],
  ['values read from XML, as they were', ...agreement(({ ours, peers }, size) => [ours(size), peers(size)], WORKS[0])],
  [
    'values written to XML and read by us, as they were',
    ...agreement(
      ({ ours, peers }, size) => [ours(size), peers(size)].map((xml) => readXml(xml, registry).value),
      WORKS[1],
    ),
  ],
]);
print([
  ['aim', 'reached', ''],
  [
    `${AIM} times as fast both ways at each size`,
    least >= AIM ? 'yes' : 'no',
    `${least.toFixed(1)} times at the least`,
  ],
]);

/** The two take turns, so that what else the machine does falls on both. @returns milliseconds of the typical run */
function turn(run, size) {
  const runs = [];
  const until = performance.now() + TURN_MS;
  do {
    const from = performance.now();
    run(size);
    runs.push(performance.now() - from);
  } while (performance.now() < until);
  return median(runs);
}

/** At how many sizes each gives the value that it started from. */
function agreement(results, work) {
  const same = [0, 0];
  for (const size of sizes)
    for (const [i, value] of results(work, size).entries()) if (isDeepStrictEqual(value, size.value)) same[i]++;
  return same.map((count) => `${count} of ${sizes.length}`);
}

/** Its converter as its own pages say, with STU3's definitions. */
function fhir() {
  const { Fhir, ParseConformance, Versions } = require('fhir');
  const stu3 = path.join(path.dirname(require.resolve('stu3-definitions/package.json')), 'profiles', 'stu3');
  const parser = new ParseConformance(false, Versions.STU3);
  for (const name of ['profiles-types', 'profiles-resources'])
    parser.parseBundle(JSON.parse(fs.readFileSync(path.join(stu3, `${name}.json`), 'utf8')));
  return new Fhir(parser);
}
