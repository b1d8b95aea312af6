// Bytes, whatever they are, through every door that reads some: each gives sentences and no exception.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { createTar } from 'nanotar';
import { createRegistry } from '../../../core/definitions/registry';
import { createTerminology } from '../../../core/definitions/terminology';
import { editsFor } from '../../../core/document/edits';
import { readJson } from '../../../core/document/json-document';
import { except } from '../../../core/exceptions/apply';
import { readLine, writeLine } from '../../../exchange/journal-line';
import { type Check, readTeamFile } from '../../../exchange/team-file';
import { textOf } from '../../../mesh/content-text';
import { readPackages } from '../../../profiles/packages';
import { validate } from '../../../core/validate/validate';
import { accepted, answered, departing, lost } from '../../exchange/journalled';
import { input, itk3 } from '../../cli/terminal';
import { basePackages, knowledge } from '../../knowledge';
import { anyMessage } from '../messages';
import { mutateBytes, mutateText } from '../mutate-text';
import { mutate } from '../mutate-value';
import { judge, orderly, sentence, within } from '../oracles';
import type { Random } from '../random';
import { exampleText } from '../sources';
import { bytesCase, type Target, textCase } from '../target';

const TEAM = JSON.stringify({
  guards: { patients: 'forbid', live: 'confirm' },
  overdue: { collected: 60 },
  environments: [
    {
      name: 'Ours',
      kind: 'integration',
      endpoint: 'https://mesh.example',
      authorities: 'ca.pem',
      mailboxes: [{ mailbox: 'X26ABC', name: 'Test', certificate: 'a.pem', key: 'b.pem' }],
    },
  ],
});
const SIDECAR = JSON.stringify({
  exceptions: [{ rule: 'code-unknown', path: 'Patient.gender[*]', message: 'a', reason: 'because' }],
});
const PROFILE = {
  resourceType: 'StructureDefinition',
  url: 'https://profiles.example/StructureDefinition/Our-Patient',
  name: 'Our-Patient',
  fhirVersion: '3.0.1',
  kind: 'resource',
  type: 'Patient',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
  derivation: 'constraint',
  differential: {
    element: [
      {
        id: 'Patient',
        path: 'Patient',
        constraint: [{ key: 'a-1', severity: 'error', human: 'x', expression: 'name.exists()' }],
      },
      {
        id: 'Patient.name',
        path: 'Patient.name',
        slicing: { discriminator: [{ type: 'value', path: 'use' }], rules: 'open' },
      },
      { id: 'Patient.name:official', path: 'Patient.name', sliceName: 'official', min: 1 },
      { id: 'Patient.name:official.use', path: 'Patient.name.use', fixedCode: 'official' },
      {
        id: 'Patient.gender',
        path: 'Patient.gender',
        binding: { strength: 'required', valueSetReference: { reference: 'https://profiles.example/ValueSet/a' } },
      },
    ],
  },
};
const VALUES = {
  resourceType: 'ValueSet',
  url: 'https://profiles.example/ValueSet/a',
  compose: { include: [{ system: 'http://hl7.org/fhir/administrative-gender', concept: [{ code: 'male' }] }] },
};

let loaded: Check | undefined;
const teamCheck = (): Check => (loaded ??= createRequire(path.resolve('dist/team-file.js'))('./team-file.js') as Check);

function changedText(text: string, random: Random): string {
  let some = text;
  if (random.chance(0.6)) {
    const value: unknown = JSON.parse(text);
    for (let left = 1 + random.below(3); left > 0; left--) mutate(value, random);
    some = JSON.stringify(value, null, random.pick([0, 2]));
  }
  for (let left = random.below(3); left > 0; left--) some = mutateText(some, random);
  return some;
}

function anyBytes(random: Random): Buffer {
  let bytes: Buffer = random.chance(0.1)
    ? Buffer.from(Array.from({ length: random.below(200) }, () => random.below(256)))
    : Buffer.from(anyMessage(random), random.chance(0.1) ? 'utf16le' : 'utf8');
  for (let left = random.below(4); left > 0; left--) bytes = mutateBytes(bytes, random);
  return bytes;
}

export const bytes: Target = {
  name: 'bytes',
  cases: 25,
  make: (random) =>
    bytesCase(anyBytes(random), (some) => {
      const text = textOf(some) ?? some.toString('latin1');
      const { findings } = judge(text);
      for (const finding of findings) within(finding.span, text);
      for (const pointer of ['', '/entry/0/resource', '/a~1b/0', '/entry/-/x'])
        for (const change of [
          { kind: 'set', pointer, value: { a: ['\ud800', null, -0] } } as const,
          { kind: 'remove', pointer } as const,
        ])
          orderly(editsFor(text, change, knowledge().registry), text);
    }),
};

export const terminal: Target = {
  name: 'terminal',
  cases: 8,
  make(random) {
    const args = random.pick([
      ['validate', '-'],
      ['validate', '--format', 'json', '-'],
      ['convert', '-'],
    ]);
    return bytesCase(anyBytes(random), async (some) => {
      const { code, stdout, stderr } = await itk3([...args], { stdin: input(some) });
      assert.ok(code >= 0 && code <= 2);
      assert.doesNotMatch(stderr, /\n\s+at |\[object Object\]/);
      if (args.includes('json') && code < 2) JSON.parse(stdout);
    });
  },
};

export const teamFile: Target = {
  name: 'team-file',
  cases: 40,
  make: (random) =>
    textCase(changedText(TEAM, random), (text) => {
      const { mistakes, guards } = readTeamFile(text, teamCheck(), '/folder');
      for (const one of mistakes) {
        sentence(one.sentence);
        within(one.span, text);
      }
      for (const guard of Object.values(guards)) assert.match(guard, /^(?:confirm|forbid)$/);
    }),
};

export const sidecar: Target = {
  name: 'sidecar',
  cases: 40,
  make: (random) =>
    textCase(changedText(SIDECAR, random), (text) => {
      const { source, ...checked } = judge(exampleText().replace('"status": "finished"', '"status": "ended"'));
      const { findings, excepted, beside } = except(checked, source.value, readJson(text));
      assert.equal(findings.length + excepted.length, checked.findings.length);
      for (const one of beside) {
        sentence(one.message);
        within(one.span, text);
      }
    }),
};

export const journal: Target = {
  name: 'journal',
  cases: 40,
  make(random) {
    const entry = random.pick([departing(), accepted(), lost(), answered('20013')]);
    return textCase(changedText(writeLine(entry).trim(), random), (text) => {
      const read = readLine(text);
      if (read) assert.deepEqual(readLine(writeLine(read).trim()), read);
    });
  },
};

export const packages: Target = {
  name: 'packages',
  cases: 6,
  make(random) {
    const [profile, values] = [PROFILE, VALUES].map((one) => Buffer.from(changedText(JSON.stringify(one), random)));
    const tar = createTar([
      { name: random.pick(['package/a.json', '../a.json', '/etc/a.json', 'package/__proto__.json']), data: profile! },
      { name: 'package/b.json', data: values! },
    ]);
    let archive: Buffer = gzipSync(random.chance(0.2) ? mutateBytes(Buffer.from(tar), random) : tar);
    if (random.chance(0.2)) archive = mutateBytes(archive, random);
    return bytesCase(archive, (some) => {
      const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'itk3-'));
      try {
        fs.writeFileSync(path.join(folder, 'p.tgz'), some);
        const read = readPackages(['p.tgz'], folder, knowledge().registry);
        for (const problem of read.problems) sentence(problem);
        const registry = createRegistry([...basePackages(), read.package]);
        const known = { ...knowledge(), registry, terminology: createTerminology(registry) };
        for (const value of [
          {
            resourceType: 'Patient',
            meta: { profile: [PROFILE.url] },
            name: [{ use: 'official' }, {}],
            gender: 'male',
          },
          JSON.parse(exampleText()),
        ])
          for (const { message } of validate(value, known).findings) sentence(message);
      } finally {
        fs.rmSync(folder, { recursive: true });
      }
    });
  },
};
