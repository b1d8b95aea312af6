import assert from 'node:assert/strict';
import fs from 'node:fs';
import { valueAt } from '../../core/document/pointer';
import { isInvented } from '../../core/draft/choose-cast';
import { readMessage } from '../../core/itk3/message';
import { rewriter } from '../../core/refactor/swaps';
import { synthesise } from '../../core/refactor/synthesise';
import { validate } from '../../core/validate/validate';
import { knowledge } from '../knowledge';
import type { Loose } from '../loose';

const NOW = Date.parse('2026-12-01T12:00:00Z');
const EXAMPLE = fs.readFileSync('examples/emergency-supply.json', 'utf8');
const PUBLISHED = '../shared/published/examples/emergency-supply/guide-1.3.0-example-1.json';

const made = (value: unknown): Loose => synthesise(readMessage(value)!, knowledge().invented, () => 0.5);
const findings = (value: unknown): string[] =>
  validate(value, knowledge(), { now: NOW })
    .findings.filter((f) => f.severity !== 'hint')
    .map((f) => `${f.rule} ${f.pointer}`);

/** What a message says of people and places where FHIR has it: each of them must be gone. */
function told(value: unknown): string[] {
  const said: Loose = [];
  for (const { resource, type } of readMessage(value)!.resources) {
    const all: Loose = resource;
    if (!['Patient', 'Practitioner', 'RelatedPerson', 'Organization', 'Location'].includes(type)) continue;
    for (const owner of [all, ...(all.contact ?? [])]) {
      for (const name of [owner.name ?? []].flat<Loose>()) said.push(...(name.given ?? []), name.family ?? name);
      for (const { line, city, postalCode } of owner.address ?? []) said.push(...(line ?? []), city, postalCode);
      for (const { value: number } of owner.telecom ?? []) said.push(number);
    }
    for (const { value: number } of all.identifier ?? []) said.push(number);
    if (all.birthDate) said.push(all.birthDate);
  }
  return (said as unknown[]).filter(
    (one): one is string => typeof one === 'string' && one.length > 2 && !/^[0-9a-f]{8}-/.test(one),
  );
}

function proves(title: string, text: string, allowed: readonly string[]): void {
  describe(`synthesising ${title}`, () => {
    const before: unknown = JSON.parse(text);
    const after = made(before);

    it('leaves nothing of what it says of people and places', () => {
      const words = JSON.stringify(after).toLowerCase();
      const left = told(before).filter((one) => words.includes(one.toLowerCase()));
      assert.deepEqual(
        left.filter((one) => !allowed.includes(one)),
        [],
      );
    });

    it('makes its patients people of the synthetic set', () => {
      const patients = readMessage(after)!.resources.filter(({ type }) => type === 'Patient');
      assert.ok(patients.length > 0);
      for (const { resource } of patients) assert.ok(isInvented(resource, knowledge().invented));
    });

    it('leaves text and resources in agreement: nothing new is found', () => {
      const known = findings(before);
      assert.deepEqual(
        findings(after).filter((one) => !known.includes(one)),
        [],
      );
    });

    it('leaves codes, references and identifiers of the message', () => {
      const ids = (value: unknown) => JSON.stringify(value).match(/urn:uuid:[0-9a-f-]+|"code":"[^"]*"/g);
      assert.deepEqual(ids(after), ids(before));
    });
  });
}

// It is of the synthetic set itself: the place that many share, the number that stands for none, one that is all nines.
proves('our example', EXAMPLE, ['Nowhere', 'ZZ99 3VZ', 'UNK', '9999999']);
if (fs.existsSync(PUBLISHED)) proves('the published example', fs.readFileSync(PUBLISHED, 'utf8'), []);

describe('synthesising', () => {
  it('replaces one person by one, wherever and however often the message names them', () => {
    const value = JSON.parse(EXAMPLE);
    const entries = value.entry[2].resource.entry;
    const patient = entries.find((e: Loose) => e.resource.resourceType === 'Patient').resource;
    entries.push({ fullUrl: 'urn:uuid:00000000-0000-4000-8000-000000000001', resource: { ...patient, id: 'twin' } });
    const patients = readMessage(made(value))!.resources.filter(({ type }) => type === 'Patient');
    assert.deepEqual(patients[0]!.resource.name, patients[1]!.resource.name);
    assert.deepEqual(patients[0]!.resource.identifier, patients[1]!.resource.identifier);
  });

  it('keeps gender and titles, and takes someone of that gender', () => {
    const after = made(JSON.parse(EXAMPLE));
    const patient: Loose = readMessage(after)!.resources.find(({ type }) => type === 'Patient')!.resource;
    assert.equal(patient.gender, 'male');
    assert.deepEqual(patient.name[0].prefix, ['Mr']);
    const who = knowledge().invented.patients.find((p) => p.nhsNumber === patient.identifier[0].value)!;
    assert.equal(who.gender, 'male');
    assert.notEqual(who.nhsNumber, '9990142017');
  });

  it('takes out what nobody can look into, such as photos, and parts of names and addresses that it does not know', () => {
    const value = {
      resourceType: 'Patient',
      photo: [{ contentType: 'image/png', data: 'AAAA' }],
      name: [{ family: 'Realname', suffix: ['OBE'], _family: { extension: [] } }],
      address: [{ line: ['1 Real Road'], district: 'Realshire', extension: [{ url: 'x' }] }],
    };
    const after = made(value) as Record<string, object[]>;
    assert.deepEqual(after.photo, []);
    assert.deepEqual(Object.keys(after.name![0]!), ['family']);
    assert.deepEqual(Object.keys(after.address![0]!), ['line']);
    assert.ok(!JSON.stringify(after).includes('Real'));
  });

  it('finds a person in every way in which a text may name one', () => {
    const text = (words: string): Loose => ({ status: 'generated', div: `<div><p>${words}</p></div>` });
    const said = (words: string): string => {
      const value = {
        resourceType: 'Patient',
        id: 'oreal-1',
        text: text(words),
        name: [{ family: "O'Real", given: ['Sean', 'Piers'] }],
        telecom: [{ value: '01142 496123' }, { value: '+44 7911 123456' }],
        birthDate: '1961-03-04',
        address: [{ line: ['17 Real Grove'] }],
      };
      return made(value).text.div.slice(8, -10);
    };
    const family = said('O&apos;Real');
    const given = said('Sean');
    for (const words of ['O&#39;Real', 'O&#x27;Real', 'Oreal', 'O’Real']) assert.equal(said(words), family, words);
    assert.equal(said('OREAL, Sean'), `${family.toUpperCase()}, ${given}`);
    assert.equal(said("sean o'real"), `${given} ${family}`);
    for (const words of ["S. O'Real", "S O'Real", "S P O'Real", "S.P. O'Real", "SP O'Real"])
      assert.equal(said(words), `${given[0]!} ${family}`, words);
    assert.equal(said("O'Real, S"), `${family}, ${given[0]!}`);
    for (const words of ['+44 1142 496123', '0044 1142 496123', '+44 (0)1142 496123', '07911 123 456', '+447911123456'])
      assert.match(said(words), /^0[17][0-9 ]+$/, words);
    for (const words of [
      '4.3.61',
      '04/03/61',
      '04-Mar-61',
      'March 4th 1961',
      '4th of March 1961',
      '19610304',
      '4 Mar 61',
    ])
      assert.ok(!said(words).includes('61'), `${words}: ${said(words)}`);
    assert.ok(!said('17, Real Grove').includes('Grove'));
    assert.equal(said('grown, 61 units on 3/4'), 'grown, 61 units on 3/4');
  });

  it('looks for people where they are named in passing', () => {
    const value = {
      resourceType: 'Bundle',
      type: 'message',
      entry: [
        {
          resource: { resourceType: 'MessageHeader', source: { contact: { system: 'phone', value: '0114 2777 888' } } },
        },
        {
          fullUrl: 'https://example.org/Patient/real-9434765919',
          resource: {
            resourceType: 'Patient',
            id: 'real-9434765919',
            identifier: [
              { system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9434765919' },
              { system: 'https://example.org/mrn', value: 'MRN-77812' },
            ],
            name: [{ family: 'Real', given: ['Sean'] }],
            extension: [
              { url: 'http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName', valueString: 'Realborn' },
              { url: 'http://hl7.org/fhir/StructureDefinition/birthPlace', valueAddress: { city: 'Realtown' } },
              { url: 'https://example.org/known-as', valueHumanName: { text: 'Shaun Really' } },
            ],
            generalPractitioner: [{ display: 'Dr Realdoc' }],
          },
        },
        {
          resource: {
            resourceType: 'AllergyIntolerance',
            patient: { reference: 'Patient/real-9434765919' },
            note: [{ authorString: 'Nurse Realnurse', text: 'MRN 77812, as Nurse Realnurse said' }],
          },
        },
      ],
    };
    const after: Loose = made(value);
    assert.doesNotMatch(JSON.stringify(after), /real|77812|9434765919|2777/i);
    const [, patient, allergy] = after.entry;
    assert.equal(patient.fullUrl, `https://example.org/Patient/${patient.resource.id}`);
    assert.equal(allergy.resource.patient.reference, `Patient/${patient.resource.id}`);
  });

  it('leaves a message that names nobody as it is', () => {
    const value = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'invalid' }] };
    assert.equal(made(value), value);
  });

  it('can say the same of people who are outside of a document', () => {
    const target = valueAt(made({ resourceType: 'Bundle', type: 'collection', entry: [] }), '/type');
    assert.equal(target, 'collection');
  });
});

describe('words swapped for others', () => {
  const rewrite = rewriter([
    { kind: 'name', from: 'Green', to: "O'Test" },
    { kind: 'name', from: 'de la Cruz', to: 'Example' },
    { kind: 'words', from: "St Real's & Sons", to: 'Pretend & Co' },
    { kind: 'words', from: '2nd Floor', to: '' },
    { kind: 'digits', from: '9990142017', to: '9996532690' },
    { kind: 'digits', from: '0113 496 0001', to: '01632 960101' },
    { kind: 'day', from: '1956-02-29', to: '1948-07-03' },
    { kind: 'name', from: 'X', to: 'Y' },
  ]);
  const cases: [string, string, string][] = [
    ['a name', 'Mr Green came', "Mr O'Test came"],
    ['a name in capitals', 'GREEN, Mr', "O'TEST, Mr"],
    ['what is no name', 'a green pill, Greenwich', 'a green pill, Greenwich'],
    ['a name of several words', 'Ms de la  Cruz', 'Ms Example'],
    ['an NHS number as people write it', '999 014 2017 or 9990142017', '999 653 2690 or 9996532690'],
    ['digits in other digits', '19990142017', '19990142017'],
    ['a telephone', '(0113) 496 0001, 01134960001', '01632 960101, 01632 960101'],
    ['a day in any form', '29/02/1956, 29 Feb 1956, 1956-02-29', '03/07/1948, 03 Jul 1948, 1948-07-03'],
    ['another day', '28 February 1956', '28 February 1956'],
    ['a day in words', '29th FEBRUARY 1956', '03 JULY 1948'],
    ['what has nothing in its place', '1 Way, 2nd Floor, Town', '1 Way, Town'],
    ['a single letter', 'X marks', 'X marks'],
  ];
  for (const [title, before, after] of cases) it(title, () => assert.equal(rewrite(before, false), after));

  it('in XHTML as entities, never in tags', () => {
    assert.equal(
      rewrite('<p class="Green">St Real&apos;s &amp; Sons</p>', true),
      '<p class="Green">Pretend &amp; Co</p>',
    );
    assert.equal(rewrite('<p>1 Way</p><p>2nd Floor</p>', true), '<p>1 Way</p>');
  });
});
