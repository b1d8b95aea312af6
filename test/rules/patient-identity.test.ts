import type { Loose } from '../loose';
import { expectFindings } from '../marked';
import { patient } from '../faults/fault';
import { example, without, wrong, wrongEntry } from './example';

describe('rule patient-identity', () => {
  const lacking = (...keys: string[]): string =>
    example((m: Loose) => {
      without(patient(m), ...keys);
      wrongEntry(m, patient(m));
    });
  it('the guide wants no more than number, name and birth date', () =>
    expectFindings(example((m) => without(patient(m), 'gender', 'address', 'telecom', 'managingOrganization'))));
  it('no birth date', () => expectFindings(lacking('birthDate'), 'patient-identity: no birthDate'));
  it('a birth date without a day', () =>
    expectFindings(
      example((m) => (patient(m).birthDate = wrong('1956'))),
      'patient-identity: not whole',
    ));
  it('no NHS number, but all the rest', () => expectFindings(lacking('identifier'), 'patient-identity: no NHS number'));
  it('no NHS number and not all the rest', () =>
    expectFindings(
      lacking('identifier', 'gender', 'address'),
      'patient-identity: gender, address with a postcode must be there',
    ));
  it('a number that is not verified asks for the rest', () =>
    expectFindings(
      example((m) => {
        const [coding] = patient(m).identifier[0].extension[0].valueCodeableConcept.coding;
        Object.assign(coding, { code: wrong('02'), display: 'Number present but not traced' });
        delete patient(m).address[0].postalCode;
        wrongEntry(m, patient(m));
      }),
      'patient-identity: no postcode',
      'nhs-number-status: traced',
    ));
});
