import assert from 'node:assert/strict';
import { CompletionItemKind } from 'vscode-languageserver/node';
import { readJson } from '../../core/document/json-document';
import { checkDocument } from '../../core/validate/check-document';
import { knowledge } from '../knowledge';
import { completing, claimed, patient, header } from './completing';

describe('completion of codes', () => {
  const { complete } = completing();

  it('offers the codes of a value set with their displays', async () => {
    const { labels, item } = await complete('{ "resourceType": "Patient", "gender": "|" }');
    assert.deepEqual(labels, ['male', 'female', 'other', 'unknown']);
    assert.deepEqual(item('female').labelDetails, { description: 'Female' });
    assert.equal(item('female').filterText, '"female Female"');
  });

  const PLACES = [
    '"gender": |',
    '"gender":|',
    '"gender": "|"',
    '"gender": "ma|',
    '"gender": fe|',
    '"gender": "m|xle"',
    '"gender": |, "id": "1"',
    '"gender": |\n "id": "1"',
  ];
  for (const place of PLACES)
    it(`writes a code at ${JSON.stringify(place)}`, async () => {
      const completed = await complete(`{ "resourceType": "Patient", ${place}\n}`);
      assert.equal((JSON.parse(completed.accept('female')) as { gender: string }).gender, 'female');
    });

  it('offers codes where a Coding or CodeableConcept above is bound, of the system beside', async () => {
    const status = (rest: string): string =>
      patient(
        `"identifier": [{ "system": "https://fhir.nhs.uk/Id/nhs-number", "extension": [{ "url": "https://fhir.hl7.org.uk/STU3/StructureDefinition/Extension-CareConnect-NHSNumberVerificationStatus-1", "valueCodeableConcept": { "coding": [{ ${rest} }] } }] }]`,
      );
    const { labels, item } = await complete(status('"code": "|"'));
    assert.ok(labels.length > 5 && labels.includes('01'));
    assert.deepEqual(item('01').labelDetails, { description: 'Number present and verified · guide’s value' });
    assert.deepEqual((await complete(status('"code": "01", "display": "|"'))).labels, ['Number present and verified']);
    const { labels: systems } = await complete(status('"system": "|"'));
    assert.equal(systems.length, 1);
    assert.deepEqual((await complete(status(`"system": "${systems[0]!}", "code": "|"`))).labels, labels);
    assert.deepEqual((await complete(status('"system": "https://example.org", "code": "|"'))).labels, []);
  });

  const ADMITTER = '{ "system": "http://hl7.org/fhir/v3/ParticipationType", "code": "ADM", "display": "admitter" }';
  const AMBULATORY = '{ "system": "http://hl7.org/fhir/v3/ActCode", "code": "AMB", "display": "ambulatory" }';
  const MARRIED = '{ "system": "http://hl7.org/fhir/v3/MaritalStatus", "code": "M", "display": "Married" }';
  const INPATIENT =
    '{ "system": "http://hl7.org/fhir/medication-dispense-category", "code": "inpatient", "display": "Inpatient" }';
  const LOW = '{ "system": "http://hl7.org/fhir/v3/Confidentiality", "code": "L", "display": "low" }';
  const encounter = (rest: string): string => `{ "resourceType": "Encounter", "status": "finished", ${rest} }`;
  const dispense = (rest: string): string =>
    `{ "resourceType": "MedicationDispense", "medicationCodeableConcept": { "text": "x" }, ${rest} }`;
  const CODED: [what: string, marked: string, label: string, written: string][] = [
    [
      'an item of a list of CodeableConcept',
      encounter('"participant": [{ "type": [|] }]'),
      'ADM',
      `{ "coding": [${ADMITTER}] }`,
    ],
    ['a list of CodeableConcept', encounter('"participant": [{ "type": | }]'), 'ADM', `[{ "coding": [${ADMITTER}] }]`],
    [
      'the codings of a CodeableConcept',
      encounter('"participant": [{ "type": [{ "coding": | }] }]'),
      'ADM',
      `[${ADMITTER}]`,
    ],
    ['a Coding', encounter('"class": |'), 'AMB', AMBULATORY],
    ['a Coding over a begun string', encounter('"class": "A|"'), 'AMB', AMBULATORY],
    ['a CodeableConcept', '{ "resourceType": "Patient", "maritalStatus": | }', 'M', `{ "coding": [${MARRIED}] }`],
    ['an item of the codings', dispense('"category": { "coding": [|] }'), 'inpatient', INPATIENT],
    [
      'a second item of the codings',
      dispense('"category": { "coding": [{ "code": "x" }, |] }'),
      'inpatient',
      INPATIENT,
    ],
    ['a list of Coding', '{ "resourceType": "Patient", "meta": { "security": | } }', 'L', `[${LOW}]`],
    ['a code', '{ "resourceType": "Patient", "gender": | }', 'female', '"female"'],
  ];
  for (const [what, marked, label, value] of CODED)
    it(`writes a code as the value of ${what}`, async () => {
      const completed = await complete(marked);
      const accepted = completed.accept(label);
      assert.equal(
        accepted,
        marked.replace(/"A\|"|\|/, () => value),
      );
      assert.deepEqual(checkDocument(readJson(accepted), knowledge()).findings, []);
    });

  it('finds a code by what is typed, also where an object takes its place', async () => {
    const { item } = await complete(encounter('"class": "am|"'));
    assert.equal(item('AMB').filterText, '"AMB ambulatory"');
  });

  it('offers only codes that what is fixed inside allows', async () => {
    const list = (name: string, rest: string): string =>
      claimed('List', `https://fhir.nhs.uk/STU3/StructureDefinition/CareConnect-ITK-${name}-1`, rest);
    const medicines = await complete(list('MedicationDispense-List', '"code": |'));
    const codes = medicines.items.filter((item) => item.kind === CompletionItemKind.EnumMember);
    assert.deepEqual(
      codes.map((item) => item.label),
      ['163541000000107'],
    );
    const accepted = JSON.parse(medicines.accept('163541000000107')) as unknown;
    const { findings } = checkDocument(readJson(JSON.stringify(accepted)), knowledge());
    assert.deepEqual(
      findings.filter(({ pointer }) => pointer.startsWith('/code')),
      [],
    );
    const { labels: allergies } = await complete(list('Allergy-List', '"code": |'));
    assert.ok(!allergies.includes('problems-uncategorised-data-related-to-problems'), allergies.join(', '));
  });

  it('writes no display where none is known', async () => {
    assert.equal(
      (await complete('{ "resourceType": "Condition", "severity": | }')).accept('24484000'),
      '{ "resourceType": "Condition", "severity": { "coding": [{ "system": "http://snomed.info/sct", "code": "24484000" }] } }',
    );
  });

  it('offers the events of ITK3 messages before the header says which it is', async () => {
    const { labels } = await complete(header('"event": { "code": "|" }'));
    assert.ok(labels.includes('ITK010D') && labels.includes('ITK008M'));
    assert.deepEqual((await complete(header('"event": { "system": | }'))).labels, [
      'https://fhir.nhs.uk/STU3/CodeSystem/ITK-MessageEvent-2',
    ]);
  });
});
