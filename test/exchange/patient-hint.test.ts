import assert from 'node:assert/strict';
import { readMessage } from '../../core/itk3/message';
import { patientHint } from '../../exchange/patient-hint';

const NUMBER = { system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990142017' };

const hintOf = (...resources: object[]): string | undefined => {
  const message = readMessage({
    resourceType: 'Bundle',
    entry: resources.map((resource, i) => ({ fullUrl: `urn:uuid:${i}`, resource })),
  });
  assert.ok(message);
  return patientHint(message);
};

const patient = (more: object) => ({ resourceType: 'Patient', ...more });

describe('the hint of a patient', () => {
  it('is made of initials and the last three digits', () => {
    const name = [{ use: 'official', given: ['Marmaduke', 'Ignatius'], family: 'Testwell' }];
    assert.equal(hintOf(patient({ name, identifier: [NUMBER] })), 'M. T. …017');
  });

  it('takes what there is', () => {
    assert.equal(hintOf(patient({ identifier: [NUMBER] })), '…017');
    assert.equal(hintOf(patient({ name: [{ family: 'O’Testwell' }] })), 'O.');
    assert.equal(hintOf(patient({ name: [{ text: 'Élodie  de Testwell' }] })), 'É. T.');
    assert.equal(hintOf(patient({})), undefined);
  });

  it('shows nothing of a number that is cut short or not the NHS number', () => {
    assert.equal(hintOf(patient({ identifier: [{ ...NUMBER, value: '017' }] })), undefined);
    assert.equal(hintOf(patient({ identifier: [{ ...NUMBER, system: 'urn:other' }] })), undefined);
  });

  it('is of the patient that the document is about', () => {
    const composition = { resourceType: 'Composition', subject: { reference: 'urn:uuid:2' } };
    const [mother, child] = ['Testwell', 'Sample'].map((family) => patient({ name: [{ family }] }));
    assert.equal(hintOf(composition, mother!, child!), 'S.');
    assert.equal(hintOf(mother!, child!), undefined, 'nobody knows which');
  });

  it('is not upset by what is no name', () => {
    assert.equal(hintOf(patient({ name: [{ given: [7], family: {} }, null], identifier: [null, 7] })), undefined);
  });
});
