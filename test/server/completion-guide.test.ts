// What the guides, the synthetic set and the message itself have for a place, in our example with that place cut out.
import assert from 'node:assert/strict';
import { isNhsNumber } from '../../core/nhs/nhs-number';
import { completing, inExample, resourcesIn } from './completing';

const SNOMED = 'http://snomed.info/sct';
const ENTRY = /^urn:uuid:[0-9a-f-]{36}$/;

describe('completion of what the guide has', () => {
  const { complete } = completing();

  const first = async (type: string, name: string, marked: string): Promise<{ label: string; value: unknown }> => {
    const text = inExample(type, name, marked);
    const { items, labels, accept } = await complete(text);
    const meant = items.find(({ preselect }) => preselect)?.label ?? labels[0]!;
    assert.equal(meant, labels[0], 'what is chosen beforehand stands first');
    const [before, after] = [text.split(/"?\|"?/)[0]!.length, text.split(/"?\|"?/)[1]!.length];
    const accepted = accept(meant);
    return { label: meant, value: JSON.parse(accepted.slice(before, accepted.length - after)) };
  };

  const FIRST: [type: string, name: string, marked: string, value: unknown][] = [
    [
      'MessageHeader',
      'event',
      '|',
      {
        system: 'https://fhir.nhs.uk/STU3/CodeSystem/ITK-MessageEvent-2',
        code: 'ITK010D',
        display: 'ITK Digital Medicine Emergency Supply Document',
      },
    ],
    ['MessageHeader', 'event.code', '"|"', 'ITK010D'],
    ['MessageHeader', 'extension.0.extension.0.valueBoolean', '|', true],
    ['MessageHeader', 'extension.0.extension.5.valueString', '"|"', 'None'],
    [
      'MessageHeader',
      'extension.0.extension.3.valueReference.reference',
      '"|"',
      'https://fhir.nhs.uk/STU3/MessageDefinition/ITK-DM-EmergencySupply-MessageDefinition-1',
    ],
    [
      'Composition',
      'type',
      '|',
      {
        coding: [
          {
            system: SNOMED,
            code: '1218611000000102',
            display: 'Urgent supply of prescription items by community pharmacy',
          },
        ],
      },
    ],
    ['Composition', 'section.0.title', '"|"', 'Allergies and Adverse Reactions'],
    [
      'Composition',
      'section.0.code',
      '|',
      { coding: [{ system: SNOMED, code: '886921000000105', display: 'Allergies and adverse reactions' }] },
    ],
    ['Composition', 'status', '"|"', 'final'],
    ['MedicationDispense', 'status', '"|"', 'completed'],
    ['MedicationDispense', 'quantity.system', '"|"', SNOMED],
    ['MedicationDispense', 'quantity.unit', '"|"', 'cartridge'],
    ['MedicationDispense', 'quantity.extension.0.valueString', '"|"', '2 cartridge'],
    ['MedicationDispense', 'daysSupply.code', '"|"', 'd'],
    [
      'MedicationDispense',
      'daysSupply',
      '|',
      { value: 14, unit: 'day', system: 'http://unitsofmeasure.org', code: 'd' },
    ],
    ['MedicationDispense', 'dosageInstruction.0.text', '"|"', '12 units twice a day before meals'],
    [
      'MedicationDispense',
      'type',
      '|',
      {
        coding: [
          {
            system: 'https://fhir.hl7.org.uk/STU3/CodeSystem/CareConnect-MedicationSupplyType-1',
            code: 'emergency-supply',
            display: 'Emergency supply',
          },
        ],
      },
    ],
    [
      'AllergyIntolerance',
      'code',
      '|',
      { coding: [{ system: SNOMED, code: '409137002', display: 'No known drug allergy' }] },
    ],
    ['Encounter', 'subject.display', '"|"', 'TESTWELL, Marmaduke (Mr)'],
    ['Patient', 'identifier.0.extension.0.valueCodeableConcept.coding.0.code', '"|"', '01'],
  ];
  for (const [type, name, marked, value] of FIRST)
    it(`${type}.${name}: ${JSON.stringify(value).slice(0, 60)}`, async () => {
      assert.deepEqual((await first(type, name, marked)).value, value);
    });

  const REFERENCES: [type: string, name: string, label: RegExp][] = [
    ['Composition', 'subject.reference', /^Patient · Marmaduke TESTWELL/],
    ['Composition', 'encounter.reference', /^Encounter · /],
    ['Composition', 'custodian.reference', /^Organization · Imaginary Pharmacy/],
    ['Composition', 'author.0.reference', /^Practitioner · Ottoline FICTIONAL/],
    ['Composition', 'section.7.entry.0.reference', /^Patient · /],
    ['Patient', 'managingOrganization.reference', /^Organization · Make-Believe/],
    ['MedicationDispense', 'medicationReference.reference', /^Medication · Humulin/],
    ['MedicationDispense', 'context.reference', /^Encounter · /],
    ['MessageHeader', 'focus.0.reference', /^Bundle · document/],
    ['MessageHeader', 'sender.reference', /^Organization · FZZ99/],
  ];
  for (const [type, name, label] of REFERENCES)
    it(`${type}.${name}: ${label.source}`, async () => {
      const found = await first(type, name, '"|"');
      assert.match(found.label, label);
      assert.match(found.value as string, ENTRY);
    });

  it('marks what a list refers to already, and puts it last', async () => {
    const { items, labels } = await complete(
      inExample(
        'Composition',
        'author.0',
        '{ "reference": "urn:uuid:12a3d430-4609-4e84-ab37-da1e05b80abd" }, { "reference": "|" }',
      ).replaceAll('12a3d430-4609-4e84-ab37-da1e05b80abd', 'f81f7387-afd8-43c2-a14b-4bbb9678ec76'),
    );
    assert.match(labels.at(-1)!, /^Practitioner · /);
    assert.match(items.at(-1)!.detail!, /in this list already$/);
  });

  it('has fresh identifiers and times', async () => {
    const id = await first('Composition', 'identifier.value', '"|"');
    assert.match(id.value as string, /^[0-9a-f-]{36}$/);
    const { accept, labels } = await complete(inExample('Patient', 'identifier.0.value', '"|"'));
    const number = /"value": "(999\d{7})"/.exec(accept(labels[0]!))![1]!;
    assert.ok(isNhsNumber(number));
    assert.match(
      (await first('Composition', 'date', '"|"')).value as string,
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/,
    );
    assert.match((await first('MedicationDispense', 'whenPrepared', '"|"')).value as string, /^\d{4}-\d\d-\d\d$/);
    const times = (await complete(inExample('Composition', 'date', '"|"'))).items;
    assert.ok(times.some(({ detail }) => detail === 'of the contact'));
  });

  it('makes id and fullUrl agree', async () => {
    const message = (fullUrl: string, id: string): string =>
      `{ "resourceType": "Bundle", "type": "message", "entry": [{ "fullUrl": "${fullUrl}", "resource": { "resourceType": "Organization", "id": "${id}" } }] }`;
    const uuid = '6722681c-599b-4624-a4c6-cadb50ba31c1';
    assert.match((await complete(message('|', uuid))).accept(`urn:uuid:${uuid}`), new RegExp(`"urn:uuid:${uuid}"`));
    assert.match((await complete(message(`urn:uuid:${uuid}`, '|'))).accept(uuid), new RegExp(`"id": "${uuid}"`));
  });

  it('has identifiers by slice and by system', async () => {
    const patient = await complete(inExample('Patient', 'identifier', '[ | ]'));
    const { resource } = resourcesIn(patient.accept('nhsNumber')).find(({ type }) => type === 'Patient')!;
    const [number] = resource.identifier as {
      system: string;
      value: string;
      extension: { valueCodeableConcept: { coding: { code: string }[] } }[];
    }[];
    assert.equal(number!.system, 'https://fhir.nhs.uk/Id/nhs-number');
    assert.ok(isNhsNumber(number!.value));
    assert.equal(number!.extension[0]!.valueCodeableConcept.coding[0]!.code, '01');
    const practitioner = await complete(inExample('Practitioner', 'identifier', '[ | ]'));
    for (const label of ['sdsUserID', 'gphc-number', 'gmc-number'])
      assert.ok(practitioner.labels.includes(label), label);
    const organisation = await complete(inExample('Organization', 'identifier.0.system', '"|"'));
    assert.ok(organisation.labels.includes('https://fhir.nhs.uk/Id/ods-organization-code'));
  });

  it('has extensions with all that is in them, the profile’s first', async () => {
    const { labels, accept } = await complete(inExample('MessageHeader', 'extension', '[ | ]'));
    assert.equal(labels[0], 'ITKMessageHandling');
    const handling = accept('ITKMessageHandling');
    for (const key of ['BusAckRequested', 'InfAckRequested', 'RecipientType', 'MessageDefinition', 'SenderReference'])
      assert.ok(handling.includes(`"${key}"`), key);
    const patient = await complete(inExample('Patient', 'extension', '[ | ]'));
    assert.ok(patient.labels.includes('ethnicCategory') && patient.labels.includes('patient-nationality'));
    for (const label of ['ITKMessageHandling', 'observation-bodyPosition']) assert.ok(!patient.labels.includes(label));
  });

  it('has the parts of the handling extension that are not there yet', async () => {
    const keys = async (there: string): Promise<string[]> =>
      (await complete(inExample('MessageHeader', 'extension.0.extension', `[ ${there} ]`))).labels;
    assert.equal((await keys('|')).filter((label) => !label.startsWith('{')).length, 6);
    const rest = await keys('{ "url": "BusAckRequested", "valueBoolean": true }, |');
    assert.ok(!rest.includes('BusAckRequested') && rest.includes('SenderReference'));
    const url = await complete(inExample('MessageHeader', 'extension.0.extension', '[ { "url": "|" } ]'));
    assert.ok(url.labels.includes('LocalExtension'));
  });

  it('tells where the sources differ', async () => {
    const { item, documentation } = await complete(inExample('MedicationDispense', 'type', '|'));
    assert.match(item('1218611000000102').labelDetails!.description!, /sources differ/);
    assert.match((await documentation('1218611000000102'))!, /emergency-supply/);
  });

  it('writes the text of a section from what the resources say', async () => {
    const { accept } = await complete(inExample('Composition', 'section.7.text.div', '"|"'));
    assert.match(accept('the rows of the guide'), /NHS number<\/th><td>999 014 2017</);
  });
});
