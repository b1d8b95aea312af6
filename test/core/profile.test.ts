// Profiles made for the test, laid over STU3: cardinality, fixed values, slices, extensions, types.
import assert from 'node:assert/strict';
import { fhirPath } from '../../core/document/pointer';
import { validate } from '../../core/validate/validate';
import { knowing, knowledge } from '../knowledge';

const URL = 'urn:test:profile';
type Row = Record<string, unknown> & { id: string };

function profileOf(type: string, ...rows: Row[]): object {
  const element = rows.map((row) => ({ ...row, path: row.id.replace(/:[^.]*/g, '') }));
  const base = `http://hl7.org/fhir/StructureDefinition/${type}`;
  const head = { name: 'Test', kind: 'resource', type, baseDefinition: base, derivation: 'constraint' };
  return { resourceType: 'StructureDefinition', url: URL, ...head, differential: { element } };
}

function knownPatient(): string {
  return knowledge()
    .registry.profileUrls()
    .find((url) => url.endsWith('/CareConnect-Patient-1'))!;
}

/** What is said of a resource that claims the profile: `rule path`. */
function said(resource: object, ...profiles: object[]): string[] {
  const claiming = { ...resource, meta: { profile: [URL] } };
  return validate(claiming, knowing(profiles))
    .findings.filter((f) => f.severity !== 'hint')
    .map((f) => `${f.rule} ${fhirPath(claiming, f.pointer)}`);
}

const patient = (rest: object): object => ({ resourceType: 'Patient', ...rest });
const official = { use: 'official', family: 'A' };

describe('profiles', () => {
  it('ask for more than STU3', () => {
    const profile = profileOf('Patient', { id: 'Patient.birthDate', min: 1 });
    assert.deepEqual(said(patient({}), profile), ['required Patient']);
    assert.deepEqual(said(patient({ birthDate: '1956' }), profile), []);
    const extension = [
      { url: 'http://hl7.org/fhir/StructureDefinition/patient-birthTime', valueDateTime: '1956-01-01T09:00:00+00:00' },
    ];
    assert.deepEqual(said(patient({ _birthDate: { extension } }), profile), []);
  });

  it('are named, with their version, as the source of what they ask; else it is STU3', () => {
    const sources = (resource: object, profile: object): unknown[] =>
      validate({ ...resource, meta: { profile: [URL] } }, knowing([profile])).findings.map(({ source }) => source);
    const asking = profileOf('Patient', { id: 'Patient.birthDate', min: 1 });
    assert.deepEqual(sources(patient({}), asking), [{ title: 'Test', url: URL }]);
    assert.deepEqual(sources(patient({}), { ...asking, version: '1.2' }), [{ title: 'Test 1.2', url: URL }]);
    const title = 'FHIR STU3';
    assert.deepEqual(sources(patient({ birthDate: '1956', gender: 'm' }), asking), [
      { title, url: 'http://hl7.org/fhir/StructureDefinition/Patient' },
    ]);
  });

  it('forbid', () => {
    const profile = profileOf('Patient', { id: 'Patient.name.text', max: '0' });
    assert.deepEqual(said(patient({ name: [official, { text: 'A' }] }), profile), ['not-allowed Patient.name[1].text']);
  });

  it('allow fewer', () => {
    const profile = profileOf('Patient', { id: 'Patient.name', max: '1' });
    assert.deepEqual(said(patient({ name: [official, official] }), profile), ['max Patient.name']);
  });

  it('say how often something stands, how often it may, and what may stand instead', () => {
    const words = (resource: object, ...rows: Row[]): string[] =>
      validate({ ...resource, meta: { profile: [URL] } }, knowing([profileOf('Patient', ...rows)]))
        .findings.filter(({ severity }) => severity !== 'hint')
        .map(({ message, pointer, part }) => `${pointer} ${part} ${message}`);
    const both = { id: 'Patient.name', min: 2, max: '2' };
    assert.deepEqual(words(patient({ name: [official] }), both), [
      '/name key name stands once, but must stand at least twice.',
    ]);
    assert.deepEqual(words(patient({ name: [official, official, official] }), both), [
      '/name key name stands 3 times, but may stand only twice.',
    ]);
    const slicing = { discriminator: [{ type: 'value', path: 'use' }], rules: 'closed', ordered: true };
    const sliced: Row[] = [
      { id: 'Patient.name', slicing },
      { id: 'Patient.name:official', sliceName: 'official', max: '1' },
      { id: 'Patient.name:official.use', min: 1, fixedCode: 'official' },
      { id: 'Patient.name:old', sliceName: 'old' },
      { id: 'Patient.name:old.use', min: 1, fixedCode: 'old' },
    ];
    const old = { use: 'old', family: 'B' };
    assert.deepEqual(words(patient({ name: [official, { use: 'anonymous' }] }), ...sliced), [
      '/name/1 key This is none of the name entries allowed here: official, old.',
    ]);
    assert.deepEqual(words(patient({ name: [official, official] }), ...sliced), [
      '/name key name "official" stands twice, but may stand only once.',
    ]);
    assert.deepEqual(words(patient({ name: [old, official] }), ...sliced), [
      '/name/1 key name "official" must stand before name "old".',
    ]);
  });

  it('fix values, deep', () => {
    const profile = profileOf('Patient', {
      id: 'Patient.maritalStatus',
      fixedCodeableConcept: { coding: [{ system: 'urn:s', code: 'a' }] },
    });
    const status = (code: string): object => patient({ maritalStatus: { coding: [{ code, system: 'urn:s' }] } });
    assert.deepEqual(said(status('a'), profile), []);
    assert.deepEqual(said(status('b'), profile), ['fixed-value Patient.maritalStatus']);
  });

  it('say what a fixed value is, and put it there by themselves where the other is but a slip', () => {
    const told = (type: string, id: string, fixed: object, resource: object): unknown[] =>
      validate({ ...resource, meta: { profile: [URL] } }, knowing([profileOf(type, { id, ...fixed })]))
        .findings.filter(({ rule }) => rule === 'fixed-value')
        .map(({ message, pointer, fixes = [] }) => [message, ...fixes.map((fix) => ({ ...fix, at: pointer }))]);
    const fix = (at: string, value: unknown, sure: boolean): object => {
      const shown = typeof value === 'string' ? `"${value}"` : '{ "text": "a" }';
      return { kind: 'set', title: `Change to ${shown}`, pointer: at, value, sure, at };
    };
    const gender = (value: string): unknown[] =>
      told('Patient', 'Patient.gender', { fixedCode: 'unknown' }, patient({ gender: value }));
    assert.deepEqual(gender('unknwon'), [
      ['gender must be "unknown" here, not "unknwon".', fix('/gender', 'unknown', true)],
    ]);
    assert.deepEqual(gender('male'), [
      ['gender must be "unknown" here, not "male".', fix('/gender', 'unknown', false)],
    ]);
    assert.deepEqual(gender('unknown'), []);
    assert.deepEqual(
      told('Patient', 'Patient.implicitRules', { fixedUri: 'urn:a' }, patient({ implicitRules: 'other:b' })),
      [['implicitRules must be "urn:a" here, not "other:b".', fix('/implicitRules', 'urn:a', true)]],
    );
    const [[message, change]] = told(
      'Patient',
      'Patient.maritalStatus',
      { fixedCodeableConcept: { text: 'a' } },
      patient({ maritalStatus: { text: 'b' } }),
    ) as [[string, object]];
    assert.match(message, /^maritalStatus must be .*"a".* here, not .*"b".*\.$/);
    assert.deepEqual({ ...change, title: '' }, { ...fix('/maritalStatus', { text: 'a' }, false), title: '' });
  });

  it('that a resource claims are known, and of its type', () => {
    const told = (...resources: object[]): unknown[] =>
      validate(
        { resourceType: 'Bundle', type: 'collection', entry: resources.map((resource) => ({ resource })) },
        knowledge(),
      )
        .findings.filter(({ rule }) => /profile/.test(rule))
        .map(({ rule, message, pointer, fixes }) => [rule, message, pointer, fixes]);
    const claiming = (...profile: string[]): object => patient({ meta: { profile } });
    const at = '/entry/0/resource/meta/profile/0';
    const [unknown, careConnect] = [
      'This profile is not known here, so nothing is checked against it: ',
      knownPatient(),
    ];
    const none = `${unknown}add the package that has it to itk3.profiles.packages.`;
    assert.deepEqual(told(claiming('urn:test:nowhere'), claiming('urn:test:nowhere')), [
      ['unknown-profile', none, at, undefined],
    ]);
    const mended = [{ kind: 'set', title: `Change to ${careConnect}`, pointer: at, value: careConnect }];
    for (const slip of [careConnect.replace('Patient', 'Pateint'), `urn:elsewhere/${careConnect.split('/').pop()}`])
      assert.deepEqual(told(claiming(slip)), [
        ['unknown-profile', `${unknown}did you mean ${careConnect}?`, at, mended],
      ]);
    const [[rule, message]] = told(claiming(careConnect.replace('Patient', 'Practitioner'))) as [[string, string]];
    assert.equal(rule, 'profile-type');
    assert.match(message, /^CareConnect\S* is a profile of Practitioner, but this is a Patient\.$/);
    assert.deepEqual(told(claiming('http://hl7.org/fhir/StructureDefinition/Patient')), []);
  });

  it('ask for a pattern, which may be exceeded', () => {
    const profile = profileOf('Patient', {
      id: 'Patient.maritalStatus',
      patternCodeableConcept: { coding: [{ system: 'urn:s' }] },
    });
    const status = (system: string): object =>
      patient({ maritalStatus: { text: 'x', coding: [{ code: 'a', system }] } });
    assert.deepEqual(said(status('urn:s'), profile), []);
    assert.deepEqual(said(status('urn:t'), profile), ['fixed-value Patient.maritalStatus']);
  });

  it('limit the length of texts, in characters', () => {
    const profile = profileOf('Patient', { id: 'Patient.name.family', maxLength: 3 });
    assert.deepEqual(said(patient({ name: [{ family: 'ABC' }, { family: '𝄞𝄞𝄞' }] }), profile), []);
    assert.deepEqual(said(patient({ name: [{ family: 'ABCD' }] }), profile), ['max-length Patient.name[0].family']);
  });

  it('narrow a choice', () => {
    const profile = profileOf('Patient', { id: 'Patient.deceased[x]', min: 1, type: [{ code: 'boolean' }] });
    assert.deepEqual(said(patient({ deceasedBoolean: false }), profile), []);
    assert.deepEqual(said(patient({ deceasedDateTime: '2024' }), profile), ['choice Patient.deceasedDateTime']);
    assert.deepEqual(said(patient({}), profile), ['required Patient']);
  });

  it('narrow a choice by its concrete name', () => {
    const profile = profileOf('Patient', { id: 'Patient.deceasedBoolean', fixedBoolean: true });
    assert.deepEqual(said(patient({ deceasedBoolean: false }), profile), ['fixed-value Patient.deceasedBoolean']);
  });

  it('reach into repeated sections by content reference', () => {
    const section = { title: 'a', section: [{ titel: 'b' }] };
    const findings = validate({ resourceType: 'Composition', section: [section] }, knowledge()).findings;
    assert.ok(findings.some((f) => f.pointer === '/section/0/section/0/titel' && f.rule === 'unknown-property'));
  });
});

describe('slices', () => {
  const byUse = (rules: string): Row => ({
    id: 'Patient.name',
    slicing: { discriminator: [{ type: 'value', path: 'use' }], rules },
  });
  const slice: Row[] = [
    { id: 'Patient.name:official', sliceName: 'official', min: 1, max: '1' },
    { id: 'Patient.name:official.use', min: 1, fixedCode: 'official' },
    { id: 'Patient.name:official.family', min: 1 },
  ];

  it('are told by a fixed value and counted', () => {
    const profile = profileOf('Patient', byUse('open'), ...slice);
    assert.deepEqual(said(patient({ name: [official, { use: 'old', text: 'x' }] }), profile), []);
    assert.deepEqual(said(patient({ name: [{ use: 'old', family: 'x' }] }), profile), ['required Patient.name']);
    assert.deepEqual(said(patient({ name: [official, official] }), profile), ['max Patient.name']);
    assert.deepEqual(said(patient({ name: [{ use: 'official' }] }), profile), ['required Patient.name[0]']);
  });

  it('may be closed', () => {
    const profile = profileOf('Patient', byUse('closed'), ...slice);
    assert.deepEqual(said(patient({ name: [official, { use: 'old', text: 'x' }] }), profile), [
      'slice-closed Patient.name[1]',
    ]);
  });

  it('are told by all that is fixed in the parts of a value', () => {
    const profile = profileOf(
      'Patient',
      { id: 'Patient.identifier', slicing: { discriminator: [{ type: 'value', path: 'type' }], rules: 'open' } },
      { id: 'Patient.identifier:ours', sliceName: 'ours', max: '1' },
      { id: 'Patient.identifier:ours.type.coding', min: 1 },
      { id: 'Patient.identifier:ours.type.coding.system', fixedUri: 'urn:s' },
      { id: 'Patient.identifier:ours.type.coding.code', fixedCode: 'a' },
      { id: 'Patient.identifier:ours.value', min: 1 },
    );
    const coded = (...coding: object[]): object => patient({ identifier: [{ system: 'urn:x', type: { coding } }] });
    const other = { system: 'urn:s', code: 'b' };
    const ours = { system: 'urn:s', code: 'a' };
    assert.deepEqual(said(coded(ours), profile), ['required Patient.identifier[0]']);
    assert.deepEqual(said(coded(other, ours), profile), [
      'fixed-value Patient.identifier[0].type.coding[0].code',
      'required Patient.identifier[0]',
    ]);
    assert.deepEqual(said(coded(other, { system: 'urn:t', code: 'a' }), profile), [], 'no coding has both');
    assert.deepEqual(said(patient({ identifier: [{ system: 'urn:x', value: '1' }] }), profile), []);
  });

  it('may be told by the type of what stands there', () => {
    const profile = profileOf(
      'Bundle',
      { id: 'Bundle.entry', slicing: { discriminator: [{ type: 'type', path: 'resource' }], rules: 'open' } },
      { id: 'Bundle.entry:patient', sliceName: 'patient', min: 1, max: '1' },
      { id: 'Bundle.entry:patient.resource', min: 1, type: [{ code: 'Patient' }] },
    );
    const bundle = (...types: string[]): object => ({
      resourceType: 'Bundle',
      type: 'collection',
      entry: types.map((resourceType, i) => ({
        fullUrl: `https://example.org/${resourceType}/${i}`,
        resource: { resourceType },
      })),
    });
    const ofSlices = (resource: object): string[] =>
      said(resource, profile).filter((one) => / Bundle(\.entry)?$/.test(one));
    assert.deepEqual(ofSlices(bundle('Patient', 'Basic')), []);
    assert.deepEqual(ofSlices(bundle('Basic')), ['required Bundle.entry']);
    assert.deepEqual(ofSlices(bundle('Patient', 'Patient')), ['max Bundle.entry']);
  });

  it('may be told by the type of a choice, which its name says', () => {
    const profile = profileOf(
      'Observation',
      { id: 'Observation.component', slicing: { discriminator: [{ type: 'type', path: 'value' }], rules: 'open' } },
      { id: 'Observation.component:when', sliceName: 'when', max: '1' },
      { id: 'Observation.component:when.value[x]', min: 1, type: [{ code: 'dateTime' }] },
    );
    const observed = (...values: object[]): object => ({
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'x' },
      component: values.map((value) => ({ code: { text: 'a' }, ...value })),
    });
    const when = { valueDateTime: '2024-01-01' };
    assert.deepEqual(said(observed(when, { valueString: 'x' }, { valueString: 'y' }), profile), []);
    assert.deepEqual(said(observed(when, when), profile), ['max Observation.component']);
  });

  it('inherit what is said of all, wherever it stands', () => {
    const profile = profileOf('Patient', byUse('open'), ...slice, { id: 'Patient.name.period', max: '0' });
    assert.deepEqual(said(patient({ name: [{ ...official, period: { start: '2024' } }] }), profile), [
      'not-allowed Patient.name[0].period',
    ]);
  });

  it('by a fixed value win over those by a value set', () => {
    const binding = { strength: 'required', valueSetReference: { reference: 'http://hl7.org/fhir/ValueSet/name-use' } };
    const other: Row[] = [
      { id: 'Patient.name:other', sliceName: 'other' },
      { id: 'Patient.name:other.use', min: 1, binding },
      { id: 'Patient.name:other.text', max: '0' },
    ];
    const profile = profileOf('Patient', byUse('open'), ...other, ...slice);
    assert.deepEqual(said(patient({ name: [{ ...official, text: 'x' }] }), profile), []);
    assert.deepEqual(said(patient({ name: [official, { use: 'old', text: 'x' }] }), profile), [
      'not-allowed Patient.name[1].text',
    ]);
  });

  it('by a value set hold what may be in it', () => {
    const by = (valueSet: string, value: object): string[] => {
      const binding = {
        strength: 'required',
        valueSetReference: { reference: `http://hl7.org/fhir/ValueSet/${valueSet}` },
      };
      const profile = profileOf(
        'Patient',
        { id: 'Patient.contact', slicing: { discriminator: [{ type: 'value', path: 'relationship' }], rules: 'open' } },
        { id: 'Patient.contact:bound', sliceName: 'bound' },
        { id: 'Patient.contact:bound.relationship', min: 1, binding },
        { id: 'Patient.contact:bound.gender', max: '0' },
      );
      const organization = { reference: 'urn:x' };
      return said(patient({ contact: [{ organization, gender: 'male', relationship: [value] }] }), profile).filter(
        (f) => f.startsWith('not-allowed'),
      );
    };
    const [IN, OUT] = [['not-allowed Patient.contact[0].gender'], []];
    const system = 'http://hl7.org/fhir/v3/MaritalStatus';
    assert.deepEqual(by('marital-status', { coding: [{ system, code: 'M' }] }), IN);
    assert.deepEqual(by('marital-status', { coding: [{ system, code: 'no' }] }), OUT);
    assert.deepEqual(
      by('marital-status', {
        coding: [
          { system, code: 'no' },
          { system, code: 'M' },
        ],
      }),
      IN,
    );
    assert.deepEqual(by('marital-status', { coding: [{ system: 'urn:other', code: 'M' }] }), OUT);
    assert.deepEqual(by('marital-status', { coding: [{ code: 'M' }] }), OUT);
    assert.deepEqual(by('marital-status', { coding: [{ system }] }), OUT);
    // Words alone may mean any of them, and what is of the wrong kind is told elsewhere.
    assert.deepEqual(by('marital-status', { coding: [] }), IN);
    assert.deepEqual(by('marital-status', { coding: [{ system: 5, code: 'M' }] }), IN);
    assert.deepEqual(by('marital-status', { coding: [{ system, code: 5 }] }), IN);
  });

  it('may be told by a nested path', () => {
    const code = 'Composition.section:gp.code.coding';
    const profile = profileOf(
      'Composition',
      {
        id: 'Composition.section',
        slicing: { discriminator: [{ type: 'value', path: 'code.coding.code' }], rules: 'open' },
      },
      { id: 'Composition.section:gp', sliceName: 'gp', min: 1 },
      { id: 'Composition.section:gp.title', min: 1 },
      { id: `${code}.code`, min: 1, fixedCode: 'gp' },
    );
    const text = { status: 'empty', div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' };
    const sections = (section: object): string[] =>
      said({ resourceType: 'Composition', section: [{ text, ...section }] }, profile).filter((f) =>
        f.includes('section'),
      );
    assert.deepEqual(sections({ title: 'x', code: { coding: [{ code: 'gp' }] } }), []);
    assert.deepEqual(sections({ code: { coding: [{ code: 'gp' }] } }), ['required Composition.section[0]']);
  });

  const byPath = (id: string, type: string, path: string, more: object = {}): Row => ({
    id,
    slicing: { discriminator: [{ type, path }], rules: 'open', ...more },
  });

  it('may be told by whether something is there', () => {
    const profile = profileOf(
      'Patient',
      byPath('Patient.name', 'exists', 'period'),
      { id: 'Patient.name:past', sliceName: 'past', max: '1' },
      { id: 'Patient.name:past.period', min: 1 },
      { id: 'Patient.name:past.use', min: 1 },
      { id: 'Patient.name:present', sliceName: 'present' },
      { id: 'Patient.name:present.period', max: '0' },
      { id: 'Patient.name:present.text', max: '0' },
    );
    const [past, present] = [{ family: 'A', period: { start: '2024' } }, { family: 'A' }];
    assert.deepEqual(said(patient({ name: [{ ...past, use: 'old' }, present] }), profile), []);
    assert.deepEqual(said(patient({ name: [past] }), profile), ['required Patient.name[0]']);
    assert.deepEqual(said(patient({ name: [{ ...present, text: 'x' }] }), profile), [
      'not-allowed Patient.name[0].text',
    ]);
  });

  it('may be told by a pattern', () => {
    const profile = profileOf(
      'Patient',
      byPath('Patient.communication', 'pattern', 'language'),
      { id: 'Patient.communication:french', sliceName: 'french', max: '1' },
      { id: 'Patient.communication:french.language', patternCodeableConcept: { coding: [{ code: 'fr' }] } },
      { id: 'Patient.communication:french.preferred', min: 1 },
    );
    const speaks = (code: string): object => ({
      language: { coding: [{ system: 'urn:ietf:bcp:47', code }], text: code },
    });
    assert.deepEqual(said(patient({ communication: [speaks('en')] }), profile), []);
    assert.deepEqual(said(patient({ communication: [speaks('en'), speaks('fr')] }), profile), [
      'required Patient.communication[1]',
    ]);
  });

  it('may be told by the type of a choice', () => {
    const profile = profileOf(
      'Observation',
      byPath('Observation.value[x]', 'type', '$this'),
      { id: 'Observation.value[x]:quantity', sliceName: 'quantity', type: [{ code: 'Quantity' }] },
      { id: 'Observation.value[x]:quantity.unit', min: 1 },
    );
    const observation = (value: object): object => ({
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'x' },
      ...value,
    });
    assert.deepEqual(said(observation({ valueString: 'x' }), profile), []);
    assert.deepEqual(said(observation({ valueQuantity: { value: 1, unit: 'd' } }), profile), []);
    assert.deepEqual(said(observation({ valueQuantity: { value: 1 } }), profile), [
      'required Observation.valueQuantity',
    ]);
  });

  it('may be told by the type or the profile of what a reference leads to', () => {
    const item = (name: string, target: string): Row[] => [
      { id: `List.entry:${name}`, sliceName: name, max: '1' },
      { id: `List.entry:${name}.item`, type: [{ code: 'Reference', targetProfile: target }] },
    ];
    const base = 'http://hl7.org/fhir/StructureDefinition';
    const [person, place] = ['Patient', 'Location'].map((resourceType) => ({
      resourceType,
      id: resourceType.toLowerCase(),
    }));
    const list = (...ids: string[]): object => ({
      resourceType: 'List',
      status: 'current',
      mode: 'working',
      contained: [person, place],
      entry: ids.map((id) => ({ item: { reference: `#${id}` } })),
    });
    const byProfile = profileOf(
      'List',
      byPath('List.entry', 'profile', 'item.resolve()'),
      ...item('person', `${base}/Patient`),
      ...item('place', `${base}/Location`),
    );
    assert.deepEqual(said(list('patient', 'location'), byProfile), []);
    assert.deepEqual(said(list('patient', 'location', 'patient'), byProfile), ['max List.entry']);
  });

  it('may be told by an extension', () => {
    const url = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
    const profile = profileOf('Patient', byPath('Patient.name', 'exists', `extension('${url}')`), {
      id: 'Patient.name:unknown',
      sliceName: 'unknown',
      max: '0',
    });
    const absent = { extension: [{ url, valueCode: 'unknown' }] };
    assert.deepEqual(said(patient({ name: [{ family: 'A' }] }), profile), []);
    assert.deepEqual(said(patient({ name: [absent] }), profile), ['not-allowed Patient.name']);
  });

  it('may ask for an order', () => {
    const ordered = profileOf(
      'Patient',
      byPath('Patient.name', 'value', 'use', { ordered: true }),
      ...slice,
      { id: 'Patient.name:old', sliceName: 'old' },
      { id: 'Patient.name:old.use', min: 1, fixedCode: 'old' },
    );
    const old = { use: 'old', family: 'B' };
    assert.deepEqual(said(patient({ name: [official, old] }), ordered), []);
    assert.deepEqual(said(patient({ name: [old, official] }), ordered), ['slice-order Patient.name[1]']);
  });

  it('may ask that what is none of them comes last', () => {
    const profile = profileOf('Patient', byUse('openAtEnd'), ...slice);
    const old = { use: 'old', family: 'B' };
    assert.deepEqual(said(patient({ name: [official, old] }), profile), []);
    assert.deepEqual(said(patient({ name: [old, official] }), profile), ['slice-order Patient.name[0]']);
  });

  it('missed by a slip are told where the slip is', () => {
    const profile = profileOf(
      'Patient',
      byPath('Patient.identifier', 'value', 'system'),
      { id: 'Patient.identifier:nhs', sliceName: 'nhs', min: 1 },
      { id: 'Patient.identifier:nhs.system', min: 1, fixedUri: 'https://fhir.nhs.uk/Id/nhs-number' },
    );
    const numbered = (system: string): object => patient({ identifier: [{ system, value: '9990000018' }] });
    assert.deepEqual(said(numbered('https://fhir.nhs.uk/Id/nhs-number'), profile), []);
    assert.deepEqual(said(numbered('http://fhir.nhs.uk/Id/nhs-number'), profile), [
      'fixed-value Patient.identifier[0].system',
    ]);
    assert.deepEqual(said(numbered('https://fhir.nhs.net/Id/nhs-number'), profile), [
      'fixed-value Patient.identifier[0].system',
    ]);
    assert.deepEqual(said(numbered('urn:other'), profile), ['required Patient.identifier']);
  });
});

describe('extensions', () => {
  const definition = {
    resourceType: 'StructureDefinition',
    url: 'urn:test:colour',
    name: 'Colour',
    kind: 'complex-type',
    type: 'Extension',
    baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Extension',
    derivation: 'constraint',
    differential: {
      element: [
        { id: 'Extension.url', path: 'Extension.url', fixedUri: 'urn:test:colour' },
        { id: 'Extension.value[x]', path: 'Extension.value[x]', min: 1, type: [{ code: 'code' }] },
      ],
    },
  };
  const profile = profileOf('Patient', {
    id: 'Patient.extension:colour',
    sliceName: 'colour',
    min: 1,
    max: '1',
    type: [{ code: 'Extension', profile: 'urn:test:colour' }],
  });

  it('are told by their url and judged by their definition', () => {
    const extension = (value: object): object => patient({ extension: [{ url: 'urn:test:colour', ...value }] });
    assert.deepEqual(said(extension({ valueCode: 'red' }), profile, definition), []);
    assert.deepEqual(said(extension({ valueString: 'red' }), profile, definition), [
      'choice Patient.extension[0].valueString',
    ]);
    assert.deepEqual(said(patient({}), profile, definition), ['required Patient']);
  });

  it('are judged wherever they stand', () => {
    const resource = patient({ name: [{ text: 'A', extension: [{ url: 'urn:test:colour', valueString: 'red' }] }] });
    const { findings } = validate(resource, knowing([definition]));
    assert.deepEqual(
      findings.map((f) => f.pointer),
      ['/name/0/extension/0/valueString'],
    );
  });
});
