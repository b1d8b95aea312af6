import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { createTar } from 'nanotar';
import { createRegistry } from '../../core/definitions/registry';
import { createTerminology } from '../../core/definitions/terminology';
import { validate } from '../../core/validate/validate';
import type { Loaded } from '../../profiles/load';
import { readPackages } from '../../profiles/packages';
import { basePackages, knowledge } from '../knowledge';

const URL = 'https://profiles.example/StructureDefinition/Our-Patient';
const BASE = 'http://hl7.org/fhir/StructureDefinition/Patient';

/** A profile of Patient that asks for a birth date. */
const profile = (
  more: object = {},
  rows: object[] = [{ id: 'Patient.birthDate', path: 'Patient.birthDate', min: 1 }],
) => ({
  resourceType: 'StructureDefinition',
  url: URL,
  name: 'Our-Patient',
  status: 'draft',
  fhirVersion: '3.0.1',
  kind: 'resource',
  abstract: false,
  type: 'Patient',
  baseDefinition: BASE,
  derivation: 'constraint',
  differential: { element: [{ id: 'Patient', path: 'Patient' }, ...rows] },
  ...more,
});

const XML = `<StructureDefinition xmlns="http://hl7.org/fhir"><url value="${URL}"/><name value="Our-Patient"/><status value="draft"/>
  <kind value="resource"/><abstract value="false"/><type value="Patient"/><baseDefinition value="${BASE}"/><derivation value="constraint"/>
  <differential><element id="Patient.birthDate"><path value="Patient.birthDate"/><min value="1"/></element></differential>
</StructureDefinition>`;

const gender = (codes: string[]) => ({
  resourceType: 'ValueSet',
  url: 'http://hl7.org/fhir/ValueSet/administrative-gender',
  status: 'draft',
  compose: {
    include: [{ system: 'http://hl7.org/fhir/administrative-gender', concept: codes.map((code) => ({ code })) }],
  },
});

describe("users' packages of profiles", () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'itk3-'));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true }));

  const write = (name: string, content: unknown): string => {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const isText = typeof content === 'string' || content instanceof Uint8Array;
    fs.writeFileSync(file, isText ? content : JSON.stringify(content));
    return name;
  };
  const archive = (name: string, files: Record<string, unknown>): string =>
    write(
      name,
      gzipSync(createTar(Object.entries(files).map(([file, json]) => ({ name: file, data: JSON.stringify(json) })))),
    );
  const load = (...paths: string[]): Loaded => {
    const { package: own, problems } = readPackages(paths, folder, knowledge().registry);
    const registry = createRegistry([...basePackages(), own]);
    return { knowledge: { ...knowledge(), registry, terminology: createTerminology(registry) }, problems };
  };
  /** What is found in a patient of ours, and what was said of the packages. */
  const judged = (paths: string[], patient: object = {}) => {
    const loaded = load(...paths);
    const resource = { resourceType: 'Patient', meta: { profile: [URL] }, ...patient };
    const { findings } = validate(resource, loaded.knowledge);
    return { said: findings.map(({ rule, pointer }) => `${rule} ${pointer}`), problems: loaded.problems };
  };
  const MISSES = { said: ['required '], problems: [] };

  it('add what they define, which is not known without them', () => {
    assert.deepEqual(judged([]).said, ['unknown-profile /meta/profile/0']);
    assert.deepEqual(judged([write('our.json', profile())]), MISSES);
    assert.deepEqual(judged(['our.json'], { birthDate: '1980-02-03' }), { said: [], problems: [] });
  });

  it('are read from folders and the folders in them, JSON and XML', () => {
    write('deep/er/our.xml', XML);
    write('deep/package.json', { name: 'something else' });
    write('deep/readme.md', '<StructureDefinition');
    write('deep/tsconfig.json', '{ // a comment\n }');
    write('deep/pom.xml', '<project>');
    write('deep/example.json', { resourceType: 'Patient' });
    write('deep/broken-example.json', '{ "resourceType": "Patient", ');
    assert.deepEqual(judged(['deep']), MISSES);
    assert.deepEqual(judged([path.join(folder, 'deep')]), MISSES);
    assert.deepEqual(judged([`~/${path.relative(os.homedir(), path.join(folder, 'deep'))}`]), MISSES);
  });

  it('are read from FHIR packages', () => {
    const file = archive('our.tgz', {
      'package/package.json': { name: 'our.profiles', fhirVersions: ['3.0.2'] },
      'package/.index.json': { files: [] },
      'package/StructureDefinition-Our-Patient.json': profile(),
      'package/example/other.json': profile({ url: `${URL}-in-an-example` }),
    });
    assert.deepEqual(judged([file]), MISSES);
    assert.equal(load(file).knowledge.registry.definition(`${URL}-in-an-example`), undefined);
  });

  it('may say everything in a snapshot', () => {
    const row = { id: 'Patient.birthDate', path: 'Patient.birthDate', min: 1, max: '1', type: [{ code: 'date' }] };
    write(
      'our.json',
      profile({ differential: undefined, snapshot: { element: [{ id: 'Patient', path: 'Patient' }, row] } }),
    );
    assert.deepEqual(judged(['our.json']), MISSES);
  });

  it('may stand on one another, whatever their order', () => {
    write('a.json', profile({ baseDefinition: 'https://profiles.example/StructureDefinition/b' }));
    const rows = [{ id: 'Patient.gender', path: 'Patient.gender', min: 1 }];
    write('b.json', profile({ url: 'https://profiles.example/StructureDefinition/b' }, rows));
    assert.deepEqual(judged(['.']), { said: ['required ', 'required '], problems: [] });
  });

  it('may stand on what is not at hand: then the snapshot says it all', () => {
    const baseDefinition = 'https://elsewhere.example/StructureDefinition/Patient';
    const snapshot = {
      element: [
        { id: 'Patient', path: 'Patient' },
        { id: 'Patient.birthDate', path: 'Patient.birthDate', min: 1 },
        { id: 'Patient.gender', path: 'Patient.gender', min: 1 },
      ],
    };
    write('our.json', profile({ baseDefinition, snapshot }));
    assert.deepEqual(judged(['our.json']), { said: ['required ', 'required '], problems: [] });

    write('our.json', profile({ baseDefinition }));
    const { said, problems } = judged(['our.json']);
    assert.deepEqual(said, ['required ']);
    assert.equal(problems.length, 1);
    assert.match(problems[0]!, /^our\.json is based on https:\/\/elsewhere.*not at hand/);
  });

  it('need no ids on their rows', () => {
    const rows = [
      { path: 'Patient.identifier', slicing: { discriminator: [{ type: 'value', path: 'system' }], rules: 'open' } },
      { path: 'Patient.identifier', sliceName: 'ours', min: 1 },
      { path: 'Patient.identifier.system', min: 1, fixedUri: 'https://ours.example' },
      { path: 'Patient.identifier.value', min: 1 },
      { path: 'Patient.identifier', sliceName: 'theirs' },
      { path: 'Patient.identifier.system', fixedUri: 'https://theirs.example' },
    ];
    write('our.json', profile({}, rows));
    const identifier = [{ system: 'https://ours.example' }, { system: 'https://theirs.example' }];
    assert.deepEqual(judged(['our.json'], { identifier }).said, ['required /identifier/0']);
    assert.deepEqual(judged(['our.json'], { identifier: identifier.slice(1) }).said, ['required /identifier']);
  });

  it('may name a choice by its type, as a slice or not', () => {
    const extension = (id: string, sliceName?: string) =>
      profile(
        { url: 'https://profiles.example/e', type: 'Extension', baseDefinition: BASE.replace('Patient', 'Extension') },
        [{ id, path: 'Extension.valueCode', sliceName, min: 1 }],
      );
    for (const row of [
      extension('Extension.valueCode'),
      extension('Extension.valueCode:valueCode', 'valueCode'),
      extension('Extension.value[x]:valueCode', 'valueCode'),
    ]) {
      write('our.json', row);
      const found = (one: object) =>
        validate(
          { resourceType: 'Patient', extension: [{ url: 'https://profiles.example/e', ...one }] },
          load('our.json').knowledge,
        ).findings.map(({ rule }) => rule);
      assert.deepEqual(found({ valueCode: 'a' }), []);
      assert.deepEqual(found({ valueString: 'a' }), ['choice']);
      assert.deepEqual(found({ id: 'a' }), ['required']);
    }
  });

  it('may slice a choice by type', () => {
    const rows = [
      {
        id: 'Observation.value[x]',
        path: 'Observation.value[x]',
        slicing: { discriminator: [{ type: 'type', path: '$this' }], rules: 'closed' },
      },
      { id: 'Observation.valueDateTime:valueDateTime', path: 'Observation.valueDateTime', sliceName: 'valueDateTime' },
      { id: 'Observation.value[x]:valueQuantity', path: 'Observation.valueQuantity', sliceName: 'valueQuantity' },
      { id: 'Observation.value[x]:valueQuantity.unit', path: 'Observation.valueQuantity.unit', min: 1 },
    ];
    const baseDefinition = BASE.replace('Patient', 'Observation');
    write('our.json', profile({ type: 'Observation', baseDefinition }, rows));
    const found = (value: object) => {
      const code = { text: 'x' };
      const resource = { resourceType: 'Observation', meta: { profile: [URL] }, status: 'final', code, ...value };
      return validate(resource, load('our.json').knowledge).findings.map(({ rule, pointer }) => `${rule} ${pointer}`);
    };
    assert.deepEqual(found({ valueDateTime: '2026' }), []);
    assert.deepEqual(found({ valueQuantity: { value: 1, unit: 'g' } }), []);
    assert.deepEqual(found({ valueQuantity: { value: 1 } }), ['required /valueQuantity']);
    assert.deepEqual(found({ valueString: 'x' }), ['slice-closed /valueString']);
    assert.deepEqual(found({}), []);
  });

  it('win over what is built in, and later ones over earlier ones', () => {
    write('one/gender.json', gender(['male']));
    write('two/gender.json', gender(['female']));
    const says = (...paths: string[]) =>
      ['male', 'female', 'other'].filter(
        (code) => validate({ resourceType: 'Patient', gender: code }, load(...paths).knowledge).findings.length === 0,
      );
    assert.deepEqual(says(), ['male', 'female', 'other']);
    assert.deepEqual(says('one'), ['male']);
    assert.deepEqual(says('one', 'two'), ['female']);
    assert.deepEqual(says('two', 'one'), ['male']);
  });

  it('may hold a value set as what it came to, or in words alone', () => {
    const system = 'http://hl7.org/fhir/administrative-gender';
    const found = () =>
      validate({ resourceType: 'Patient', gender: 'other' }, load('set.json').knowledge).findings.length;
    write('set.json', { ...gender([]), compose: undefined, expansion: { contains: [{ system, code: 'male' }] } });
    assert.equal(found(), 1);
    write('set.json', {
      ...gender([]),
      compose: undefined,
      expansion: { total: 2, contains: [{ system, code: 'male' }] },
    });
    assert.equal(found(), 0, 'a part of an expansion says nothing of the rest');
    write('set.json', { ...gender([]), compose: undefined });
    assert.equal(found(), 0, 'nothing can be said not to be in it');
  });

  it('announce messages of their own', () => {
    const { envelope } = knowledge();
    const event = { system: envelope.eventSystem, code: 'ITK999M' };
    write('message.json', {
      resourceType: 'MessageDefinition',
      url: 'https://profiles.example/m',
      title: 'Ours',
      event,
    });
    assert.equal(load('message.json').knowledge.registry.messageDefinitionOf(event)?.title, 'Ours');
  });

  it('leave the types of STU3 as they are', () => {
    const type = profile({
      url: BASE,
      derivation: 'specialization',
      baseDefinition: undefined,
      snapshot: { element: [] },
    });
    write('patient.json', type);
    assert.deepEqual(load('patient.json').problems, []);
    assert.ok(load('patient.json').knowledge.registry.type('Patient')?.children?.has('birthDate'));
  });

  const BROKEN: [what: string, name: string, content: unknown, says: RegExp][] = [
    [
      'broken JSON',
      'b.json',
      '{ "resourceType": "ValueSet",\n "name": "Sandbach" "x" }',
      /^b\.json is broken at line 2: /,
    ],
    [
      'broken XML',
      'b.xml',
      XML.replace('</differential>', ''),
      /^b\.xml is broken at line 3: <differential> is not closed: <\/differential> is missing/,
    ],
    ['a DOCTYPE', 'b.xml', `<!DOCTYPE a>${XML}`, /^b\.xml is broken at line 1: .*DOCTYPE/],
    ['Latin-1', 'b.json', Buffer.from('{"resourceType": "ValueSet", "name": "é"}', 'latin1'), /^b\.json is not UTF-8/],
    ['no url', 'b.json', { resourceType: 'ValueSet' }, /^b\.json has no url/],
    ['no word of what it is', 'b.json', profile({ url: `${URL}-b`, derivation: undefined }), /^b\.json is no profile/],
    ['the url of a type', 'b.json', profile({ url: BASE }), /^b\.json has the url of Patient, a type of STU3/],
    ['no type', 'b.json', profile({ type: undefined }), /^b\.json does not say which type/],
    [
      'a type of another FHIR',
      'b.json',
      profile({ type: 'Citation' }),
      /^b\.json is a profile of Citation, which is no type/,
    ],
    ['a profile of another FHIR', 'b.json', profile({ fhirVersion: '4.0.1' }), /^b\.json is for FHIR 4\.0\.1/],
    [
      'a package of another FHIR',
      'b.tgz',
      gzipSync(
        createTar([
          { name: 'package/package.json', data: '{"fhirVersions": ["4.0.1"]}' },
          { name: 'package/gender.json', data: JSON.stringify(gender(['male'])) },
        ]),
      ),
      /^b\.tgz is a package for FHIR 4\.0\.1/,
    ],
    ['no archive', 'b.tgz', 'nothing', /^b\.tgz cannot be read/],
    ['an archive of nothing', 'b.tgz', gzipSync(new Uint8Array(1024)), /^b\.tgz holds no \.json or \.xml/],
    [
      'half an archive',
      'b.tgz',
      gzipSync(createTar([{ name: 'a.json', data: '{}' }])).subarray(0, 40),
      /^b\.tgz cannot/,
    ],
    [
      'an archive within bounds only while packed',
      'b.tgz',
      gzipSync(Buffer.alloc(257 * 1024 * 1024)),
      /^b\.tgz is larger/,
    ],
    ['another kind of file', 'b.zip', 'PK', /^b\.zip is no package/],
  ];
  for (const [what, name, content, says] of BROKEN)
    it(`name what is of no use, and use the rest: ${what}`, () => {
      write('a.json', profile());
      write(name, content);
      const { said, problems } = judged(['a.json', name]);
      assert.deepEqual(said, MISSES.said);
      assert.equal(problems.length, 1, problems.join('\n'));
      assert.match(problems[0]!, says);
      assert.match(problems[0]!, /\.$/);
      assert.doesNotMatch(problems[0]!, /Sandbach/);
      const { findings } = validate({ resourceType: 'Patient', gender: 'female' }, load(name).knowledge);
      assert.deepEqual(findings, []);
    }).timeout(20_000);

  it('that are based on each other are based on nothing', () => {
    const [a, b] = ['https://profiles.example/a', 'https://profiles.example/b'];
    write('a.json', profile({ url: a, baseDefinition: b }));
    write('b.json', profile({ url: b, baseDefinition: a }));
    const { problems, knowledge: known } = load('a.json', 'b.json');
    assert.equal(problems.length, 1, problems.join('\n'));
    assert.match(problems[0]!, /^a\.json is based on https:\/\/profiles\.example\/b, which is not at hand/);
    const { findings } = validate({ resourceType: 'Patient', meta: { profile: [b] } }, known);
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['required'],
    );
  });

  it('that are not there are told', () => {
    write('a.json', profile());
    const { said, problems } = judged(['missing', 'a.json', 'a.json/b', 'a\0b']);
    assert.deepEqual(said, MISSES.said);
    assert.equal(problems.length, 3);
    assert.match(problems[0]!, /^missing does not exist/);
    assert.match(problems[1]!, /is a file, not a folder/);
    assert.match(problems[2]!, /NUL/);
  });

  it('that hold nothing of use are told, whatever else they hold', () => {
    write('a.json', profile());
    write('notes.json', '{');
    write('other/package.json', { name: 'x' });
    const { problems } = judged(['notes.json', 'other', 'a.json']);
    assert.deepEqual(
      problems,
      ['notes.json', 'other'].map(
        (name) => `${name} holds no profile, value set, code system or message definition: check the path.`,
      ),
    );
  });

  it('of any shape give problems, never an exception', () => {
    const odd: unknown[] = [
      null,
      1,
      'x',
      [],
      [null],
      {},
      { element: 'x' },
      { element: [null, 1, { id: '..' }, { path: 'Patient.x.y' }] },
    ];
    for (const differential of odd)
      for (const more of [
        {},
        { type: differential },
        { baseDefinition: URL },
        { compose: differential },
        { event: differential },
      ]) {
        write('odd.json', profile({ differential, ...more }));
        judged(['odd.json']);
        for (const resourceType of ['ValueSet', 'CodeSystem', 'MessageDefinition']) {
          write('odd.json', {
            resourceType,
            url: URL,
            compose: differential,
            concept: differential,
            focus: differential,
            ...more,
          });
          judged(['odd.json']);
        }
      }
  }).timeout(60_000);
});
