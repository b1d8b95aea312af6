import assert from 'node:assert/strict';
import { chooseCast } from '../../core/draft/choose-cast';
import { type Draft, filled, hole, isHole } from '../../core/draft/draft';
import { draftOf, draftProperty } from '../../core/draft/element';
import { isNhsNumber } from '../../core/nhs/nhs-number';
import type { Loose } from '../loose';
import { knowledge } from '../knowledge';
import { drafting, example, messageOf, only, place } from './drafting';

const UK = 'https://fhir.hl7.org.uk/STU3/StructureDefinition/';

describe('the draft of an element', () => {
  const property = (type: string, at: string): Draft => draftProperty(...place(example(), type, at));

  it('has all that is fixed, nested to its end', () => {
    const tree = knowledge().registry.tree(`${UK}Extension-CareConnect-NHSNumberVerificationStatus-1`)!;
    const draft: Loose = draftOf([{ ...tree, types: [{ code: 'Extension', profiles: [tree.says] }] }], drafting());
    assert.equal(draft.url, tree.says);
    const [coding] = draft.valueCodeableConcept.coding;
    assert.equal(coding.system, 'https://fhir.hl7.org.uk/STU3/CodeSystem/CareConnect-NHSNumberVerificationStatus-1');
    assert.ok(isHole(coding.code) && coding.code.choices?.includes('01'));
  });

  it('has what the guide asks, beyond what the profile does', () => {
    assert.deepEqual(property('MedicationDispense', '/daysSupply'), {
      value: 14,
      unit: 'day',
      system: 'http://unitsofmeasure.org',
      code: 'd',
    });
    assert.deepEqual(filled(property('MedicationDispense', '/status')), 'completed');
    const quantity: Loose = filled(property('MedicationDispense', '/quantity'));
    assert.equal(quantity.extension[0].valueString, '2 cartridge');
  });

  it('holds the values of the guide in the handling of a message', () => {
    const [handling]: Loose = property('MessageHeader', '/extension');
    const values = handling.extension.map((key: Loose) => [key.url, Object.values(key as object)[1] as unknown]);
    assert.deepEqual(values, [
      ['BusAckRequested', true],
      ['InfAckRequested', true],
      [
        'RecipientType',
        {
          system: 'https://fhir.nhs.uk/STU3/CodeSystem/ITK-RecipientType-1',
          code: 'FA',
          display: 'For Action',
        },
      ],
      [
        'MessageDefinition',
        {
          reference: 'https://fhir.nhs.uk/STU3/MessageDefinition/ITK-DM-EmergencySupply-MessageDefinition-1',
        },
      ],
      ['SenderReference', 'urn:uuid:12a3d430-4609-4e84-ab37-da1e05b80abd'],
      ['LocalExtension', 'None'],
    ]);
  });

  it('leads to what fits its place in the message', () => {
    const urn = 'urn:uuid:';
    const patient = `${urn}ce433ffc-82dd-4092-ac0f-bd006009cad3`;
    const pharmacy = `${urn}6722681c-599b-4624-a4c6-cadb50ba31c1`;
    assert.equal((property('AllergyIntolerance', '/patient') as Loose).reference, patient);
    assert.equal((property('AllergyIntolerance', '/patient') as Loose).display, 'TESTWELL, Marmaduke (Mr)');
    assert.equal((property('Encounter', '/serviceProvider') as Loose).reference, pharmacy);
    assert.equal((property('MedicationDispense', '/performer') as Loose)[0].onBehalfOf.reference, pharmacy);
    assert.equal((property('Composition', '/subject') as Loose).reference, patient);
    assert.equal(
      (property('Patient', '/managingOrganization') as Loose).reference,
      `${urn}7617f9c5-92aa-4852-af0d-92fbf0ff709d`,
    );
  });

  it('lets a person choose between what fits, where nothing says which', () => {
    const { reference }: Loose = draftOf(...place(example(), 'MedicationDispense', '/receiver'));
    assert.ok(isHole(reference));
    assert.equal(reference.choices?.length, 2, 'the patient and the pharmacist');
  });

  it('is a place to fill in where nothing fits', () => {
    const { reference }: Loose = draftOf(...place(example(), 'MedicationDispense', '/authorizingPrescription'));
    assert.ok(isHole(reference) && reference.choices === undefined);
  });

  it('makes numbers that are valid, and nobody is known by', () => {
    const tree = knowledge().registry.tree(`${UK}CareConnect-Patient-1`)!;
    const slice = tree.children!.get('identifier')!.slices!.find(({ sliceName }) => sliceName === 'nhsNumber')!;
    const draft: Loose = filled(draftOf([slice], drafting()));
    assert.equal(draft.system, 'https://fhir.nhs.uk/Id/nhs-number');
    assert.match(draft.value as string, /^999/);
    assert.ok(isNhsNumber(draft.value as string));
  });

  it('is of one item that is asked for, where there is one alone', () => {
    const value = example();
    only(messageOf(value), 'Patient').resource.name = [];
    const name: Loose = filled(draftOf(...place(value, 'Patient', '/name/0')));
    assert.deepEqual([name.use, name.family], ['official', 'Testwell']);
  });

  it('takes from the message what that says already, then from the cast, and else is an example', () => {
    const [elements, made] = place(example(), 'Practitioner', '/telecom');
    assert.equal((draftProperty(elements, made) as Loose)[0].value, '0113 496 0001');
    const empty: Loose = {
      resourceType: 'Bundle',
      type: 'document',
      entry: [{ resource: { resourceType: 'Patient' } }],
    };
    const [names, alone] = place(empty, 'Patient', '/name');
    assert.deepEqual((draftProperty(names, alone) as Loose)[0].family, hole('Testwell', { name: 'patient.family' }));
    const { invented } = knowledge();
    const cast = { ...chooseCast(invented, () => 0), patient: invented.patients[1]! };
    assert.equal((draftProperty(names, { ...alone, cast }) as Loose)[0].family, invented.patients[1]!.family);
  });
});
