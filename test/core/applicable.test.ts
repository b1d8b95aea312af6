// The quick way to know which profiles apply finds what the stage of profiles finds.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import fc from 'fast-check';
import { readJson } from '../../core/document/json-document';
import { readMessage } from '../../core/itk3/message';
import { applicableProfiles } from '../../core/validate/applicable';
import { validateProfiles } from '../../core/validate/profile';
import { type Applicable, createRun } from '../../core/validate/stage';
import { FAULTS } from '../faults';
import { knowing, knowledge } from '../knowledge';
import type { Loose } from '../loose';

const EXAMPLES = [
  'examples/emergency-supply.json',
  '../shared/published/examples/emergency-supply/guide-1.3.0-example-1.json',
].filter((file) => fs.existsSync(file));

function agree(value: unknown, known = knowledge()): void {
  const message = readMessage(value);
  if (!message) return;
  const plain = (applicable: Applicable): object =>
    Object.fromEntries([...applicable].map(([{ pointer }, urls]) => [pointer, [...urls].sort()]));
  const run = createRun({ message, knowledge: known }, () => undefined);
  validateProfiles(run);
  assert.deepEqual(plain(applicableProfiles(message, known)), plain(run.applicable));
}

describe('the profiles that apply', () => {
  for (const file of EXAMPLES) {
    const text = JSON.stringify(JSON.parse(fs.readFileSync(file, 'utf8')), null, 2);

    it(`are the same as in the stage of profiles, for ${file}`, () => {
      agree(JSON.parse(text));
      const { root, resources } = readMessage(JSON.parse(text))!;
      const applicable = applicableProfiles(readMessage(JSON.parse(text))!, knowledge());
      assert.equal(root.type, 'Bundle');
      assert.ok(applicable.size >= resources.length - 1);
    });

    // The profiles that some faults bring along take their time to be known.
    it('and with each seeded fault in it', function () {
      this.timeout(30_000);
      for (const { change, edit, profiles } of Object.values(FAULTS).flat()) {
        const message: Loose = JSON.parse(text);
        change?.(message);
        const changed = JSON.stringify(message, null, 2);
        agree(readJson(edit?.(changed) ?? changed).value, profiles ? knowing(profiles) : knowledge());
      }
    });

    it('and with any of its values in the place of another', () => {
      const values: unknown[] = [];
      JSON.parse(text, (_, value: unknown) => {
        values.push(value);
        return value;
      });
      const places = values.length;
      const [at, from] = [fc.nat(places - 1), fc.nat(places - 1)];
      fc.assert(
        fc.property(fc.array(fc.tuple(at, from), { minLength: 1, maxLength: 4 }), (moves) => {
          let i = 0;
          const instead = new Map(moves.map(([to, what]) => [to, values[what]]));
          agree(
            JSON.parse(text, (_, value: unknown) => (instead.has(i++) ? structuredClone(instead.get(i - 1)) : value)),
          );
        }),
        { numRuns: 100 },
      );
    });
  }
});

const BASE = 'http://hl7.org/fhir/StructureDefinition/';
type Row = { id: string } & Record<string, unknown>;

function profile(url: string, type: string, ...rows: Row[]): object {
  const element = rows.map((row) => ({ ...row, path: row.id.replace(/:[^.]*/g, '') }));
  const kind = type === 'Extension' ? 'complex-type' : 'resource';
  const head = { url, name: url, kind, type, baseDefinition: `${BASE}${type}`, derivation: 'constraint' };
  return { resourceType: 'StructureDefinition', ...head, differential: { element } };
}

const to = (...urls: string[]) => urls.map((targetProfile) => ({ code: 'Reference', targetProfile }));
const subjectOf = (...urls: string[]): object =>
  profile('urn:visit', 'Encounter', { id: 'Encounter.subject', type: to(...urls) });

/** A visit that claims `urn:visit`, and whom it may refer to by `patient` and `doctor`. */
function visit(rest: object): object {
  const entry = [
    { resourceType: 'Encounter', meta: { profile: ['urn:visit'] }, ...rest },
    { resourceType: 'Patient' },
    { resourceType: 'Practitioner' },
  ].map((resource, i) => ({ fullUrl: `urn:uuid:00000000-0000-4000-8000-00000000000${i}`, resource }));
  return { resourceType: 'Bundle', type: 'collection', entry };
}
const patient = { reference: 'urn:uuid:00000000-0000-4000-8000-000000000001' };
const doctor = { reference: 'urn:uuid:00000000-0000-4000-8000-000000000002' };

/** The profiles of a patient whom an Encounter may lead to, by the resource. */
const WHO = [profile('urn:patient', 'Patient'), profile('urn:other-patient', 'Patient'), profile('urn:group', 'Group')];

/** `type: profiles` of each resource with any, found in both ways. */
function applied(value: object, ...profiles: object[]): string[] {
  const known = knowing([...WHO, ...profiles]);
  agree(value, known);
  return [...applicableProfiles(readMessage(value)!, known)]
    .filter(([, urls]) => urls.size > 0)
    .map(([{ type }, urls]) => `${type}: ${[...urls].join(' ')}`);
}

describe('a profile applies to a resource', () => {
  const [ofVisit, ofPatient] = ['Encounter: urn:visit', 'Patient: urn:patient'];

  it('that claims it, if it is known and of its type', () => {
    assert.deepEqual(applied(visit({}), subjectOf('urn:patient')), [ofVisit]);
    assert.deepEqual(applied(visit({})), []);
    assert.deepEqual(applied(visit({}), profile('urn:visit', 'Patient')), []);
  });

  it('that an element refers to which asks for it', () => {
    assert.deepEqual(applied(visit({ subject: patient }), subjectOf('urn:patient')), [ofVisit, ofPatient]);
    // Of all that the element allows only one is for a Patient.
    assert.deepEqual(applied(visit({ subject: patient }), subjectOf('urn:group', 'urn:patient')), [ofVisit, ofPatient]);
  });

  it('but not where another would do, or nothing is asked', () => {
    for (const targets of [['urn:patient', 'urn:other-patient'], [`${BASE}Patient`, 'urn:patient'], [`${BASE}Patient`]])
      assert.deepEqual(applied(visit({ subject: patient }), subjectOf(...targets)), [ofVisit], targets.join(' '));
    assert.deepEqual(applied(visit({ subject: patient }), profile('urn:visit', 'Encounter')), [ofVisit]);
  });

  it('but not where the reference leads to what is not asked for', () => {
    assert.deepEqual(applied(visit({ subject: doctor }), subjectOf('urn:patient')), [ofVisit]);
    assert.deepEqual(applied(visit({ subject: patient }), subjectOf('urn:group')), [ofVisit]);
    assert.deepEqual(applied(visit({ subject: {} }), subjectOf('urn:patient')), [ofVisit]);
  });

  it('but not by an element that may not stand there', () => {
    const forbidding = profile('urn:visit', 'Encounter', {
      id: 'Encounter.subject',
      max: '0',
      type: to('urn:patient'),
    });
    assert.deepEqual(applied(visit({ subject: patient }), forbidding), [ofVisit]);
  });

  it('by the slice that the reference stands in', () => {
    const sliced = profile(
      'urn:visit',
      'Encounter',
      {
        id: 'Encounter.participant',
        slicing: { discriminator: [{ type: 'value', path: 'type.text' }], rules: 'open' },
      },
      { id: 'Encounter.participant:doctor', sliceName: 'doctor' },
      { id: 'Encounter.participant:doctor.type.text', fixedString: 'doctor' },
      { id: 'Encounter.participant:doctor.individual', type: to('urn:doctor') },
    );
    const by = (text: string): object => visit({ participant: [{ type: [{ text }], individual: doctor }] });
    const ofDoctor = profile('urn:doctor', 'Practitioner');
    assert.deepEqual(applied(by('doctor'), sliced, ofDoctor), [ofVisit, 'Practitioner: urn:doctor']);
    assert.deepEqual(applied(by('nurse'), sliced, ofDoctor), [ofVisit]);
  });

  it('by an extension, wherever it stands and whatever is said of that place', () => {
    const mother = profile('urn:mother', 'Extension', { id: 'Extension.valueReference', type: to('urn:patient') });
    const plain = profile('urn:visit', 'Encounter');
    const extension = [{ url: 'urn:mother', valueReference: patient }];
    assert.deepEqual(applied(visit({ extension }), plain, mother), [ofVisit, ofPatient]);
    assert.deepEqual(applied(visit({ _status: { extension } }), plain, mother), [ofVisit, ofPatient]);
    assert.deepEqual(applied(visit({ extension: [{ ...extension[0], url: 'urn:unknown' }] }), plain, mother), [
      ofVisit,
    ]);
  });

  it('that stands inside another, where the profile of that asks for it', () => {
    const containing = profile('urn:visit', 'Encounter', {
      id: 'Encounter.contained',
      type: [{ code: 'Patient', profile: 'urn:patient' }],
    });
    const contained = [{ resourceType: 'Patient', id: 'p' }];
    assert.deepEqual(applied(visit({ contained }), containing), [ofVisit, ofPatient]);
    const group = [{ resourceType: 'Group', id: 'p' }];
    assert.deepEqual(applied(visit({ contained: group }), containing), [ofVisit]);
  });
});
