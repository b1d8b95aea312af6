// A whole message of every kind, for every cast and version, has nothing to find fault with.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { Cast } from '../../core/draft/cast';
import { kindNamed, kindsOf } from '../../core/draft/kind';
import { draftMessage } from '../../core/draft/message';
import { documentOf } from '../../core/itk3/document';
import { readMessage } from '../../core/itk3/message';
import { loadWithPackages } from '../../profiles/load';
import type { Loose } from '../loose';
import { knowing, knowledge } from '../knowledge';
import { drafting, faults, fresh, messageOf, NOW } from './drafting';
import { validate } from '../../core/validate/validate';

const PUBLISHED = '../shared/published/profiles';
const NHS = 'https://fhir.nhs.uk/STU3/';
const { invented } = knowledge();
const pick = <T>(from: readonly T[], i: number): T => from[i % from.length]!;
const castOf = (i: number): Cast => ({
  patient: pick(invented.patients, i),
  pharmacy: pick(invented.pharmacies, i),
  practice: pick(invented.practices, i),
  pharmacist: pick(invented.pharmacists, i),
  doctor: pick(invented.doctors, i),
  medicines: [pick(invented.medicines, i)],
});

describe('a new message', () => {
  const { versions } = kindNamed('emergency-supply', knowledge())!;
  const message = (more: object = {}): Loose => draftMessage('emergency-supply', drafting(more));

  it('is there for each kind at hand', () => {
    assert.deepEqual(
      kindsOf(knowledge()).map(({ name }) => name),
      ['emergency-supply'],
    );
    assert.deepEqual(versions, ['1.3.0', '1.2.8', '1.2.7', '1.2.1', '1.2.0', '1.1.3']);
    assert.equal(draftMessage('flu', drafting()), undefined);
  });

  for (const version of versions)
    it(`of version ${version} has nothing to find fault with`, () =>
      assert.deepEqual(faults(message({ version }), 'information'), []));

  it('has nothing to find fault with, whomever it is about', () => {
    const most = Math.max(...Object.values(invented).map((all: unknown[]) => all.length));
    for (let i = 0; i < most; i++)
      assert.deepEqual(faults(message({ cast: castOf(i), version: pick(versions, i) }), 'information'), [], `${i}`);
  }).timeout(20_000);

  it('has a dispense and a product for each medicine, and names them all', () => {
    const { medicines } = invented;
    const made = message({ cast: { ...castOf(0), medicines } });
    assert.deepEqual(faults(made, 'information'), []);
    const types = messageOf(made).resources.map(({ type }) => type);
    for (const type of ['MedicationDispense', 'Medication'])
      assert.equal(types.filter((t) => t === type).length, medicines.length);
    for (const { display } of medicines) assert.ok(JSON.stringify(made).split(JSON.stringify(display)).length > 1);
  });

  it('is about the cast, from the mailbox, and of now', () => {
    const text = JSON.stringify(message({ cast: castOf(3), fresh: { ...fresh(), mailbox: 'X26TEST' } }));
    const { patient, pharmacy, practice } = castOf(3);
    for (const words of [patient.nhsNumber, patient.family, pharmacy.odsCode, practice.name, 'X26TEST'])
      assert.ok(text.includes(JSON.stringify(words)), words);
    assert.ok(text.includes('"timestamp":"2026-11-20T09:30:00+00:00"'));
  });

  it('has the sections of its version', () => {
    const titles = (version: string): unknown[] =>
      documentOf(messageOf(message({ version })), knowledge())!.sections.map(({ resource }) => resource.title);
    assert.ok(titles('1.3.0').includes('Contact with professionals'));
    assert.ok(titles('1.2.7').includes('Attendance Details'));
    assert.ok(!titles('1.1.3').includes('Allergies and Adverse Reactions'));
    assert.ok(titles('1.1.3').includes('Referrer details'));
  });
});

describe('a new message of a kind of which only the definition is known', () => {
  const asset = (url: string): object => ({
    url: 'utilisedAsset',
    extension: [
      { url: 'type', valueCode: 'StructureDefinition' },
      { url: 'reference', valueReference: { reference: url } },
    ],
  });
  const definition = (focus: object, ...assets: string[]): object => ({
    resourceType: 'MessageDefinition',
    url: `${NHS}MessageDefinition/Example-Invented-1`,
    title: 'An invented kind',
    event: {
      system: `${NHS}CodeSystem/ITK-MessageEvent-2`,
      code: 'ITK013D',
      display: 'ITK Digital Medicine Minor Illness Document',
    },
    focus: [
      {
        ...focus,
        profile: {
          reference: `${NHS}StructureDefinition/ITK-Message-Bundle-1`,
          extension: [{ url: `${NHS}StructureDefinition/Extension-ITK-BundledAssets-1`, extension: assets.map(asset) }],
        },
      },
    ],
  });
  const composition = {
    resourceType: 'StructureDefinition',
    url: `${NHS}StructureDefinition/Example-Invented-Composition-1`,
    name: 'Example-Invented-Composition-1',
    type: 'Composition',
    kind: 'resource',
    derivation: 'constraint',
    baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Composition',
    differential: {
      element: [
        { id: 'Composition', path: 'Composition' },
        { id: 'Composition.encounter', path: 'Composition.encounter', min: 1 },
        {
          id: 'Composition.subject',
          path: 'Composition.subject',
          type: [
            {
              code: 'Reference',
              targetProfile: `https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Patient-1`,
            },
          ],
        },
        { id: 'Composition.section', path: 'Composition.section', min: 1 },
        { id: 'Composition.section.text', path: 'Composition.section.text', min: 1 },
      ],
    },
  };

  it('is a document where a Composition is among its profiles, with all that it refers to', () => {
    const patient = 'https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Patient-1';
    const known = knowing([definition({ code: 'Bundle' }, composition.url, patient), composition]);
    const kind = kindNamed('Example-Invented-1', known);
    assert.equal(kind?.title, 'An invented kind');
    const made: Loose = draftMessage('Example-Invented-1', { knowledge: known, fresh: fresh() });
    const { findings } = validate(made, known, { now: NOW.getTime() });
    assert.deepEqual(
      findings.filter(({ severity }) => severity === 'error').map(({ pointer, message }) => `${pointer} ${message}`),
      [],
    );
    const types = readMessage(made)!.resources.map(({ type }) => type);
    assert.deepEqual(types, [
      'Bundle',
      'MessageHeader',
      'Organization',
      'Bundle',
      'Composition',
      'Patient',
      'Encounter',
      'Practitioner',
    ]);
    assert.equal(made.entry[0].resource.event.code, 'ITK013D');
  });

  const whereAtHand = fs.existsSync(PUBLISHED) ? it : (): void => undefined;
  whereAtHand('is as good for the published definitions', () => {
    const { knowledge: known } = loadWithPackages(path.resolve('dist'), {
      paths: [path.resolve(PUBLISHED)],
      folder: '.',
    });
    const names = kindsOf(known).map(({ name }) => name);
    assert.ok(names.length > 2, names.join());
    for (const name of names) {
      const made = draftMessage(name, { knowledge: known, fresh: fresh() });
      const { findings } = validate(made, known, { now: NOW.getTime() });
      assert.deepEqual(
        findings.filter(({ severity }) => severity === 'error').map(({ pointer, message }) => `${pointer} ${message}`),
        [],
        name,
      );
    }
  });

  it('is a header with its sender where nothing more is said', () => {
    const known = knowing([definition({ code: 'Bundle' })]);
    const made = draftMessage('Example-Invented-1', { knowledge: known, fresh: fresh() });
    const { findings } = validate(made, known);
    assert.deepEqual(
      findings.filter(({ severity }) => severity === 'error'),
      [],
    );
  });
});
