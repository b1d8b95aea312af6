import { resource } from '../faults/fault';
import { expectFindings } from '../marked';
import { example, wrong } from './example';

describe('rule reference-display', () => {
  it('may name a person in any order and a medicine in short', () =>
    expectFindings(
      example((m) => {
        resource(m, 'Encounter').subject.display = 'Mr Marmaduke Testwell';
        resource(m, 'MedicationDispense').medicationReference.display = 'HUMULIN M3';
      }),
    ));
  it('another patient', () =>
    expectFindings(
      example((m) => (resource(m, 'Encounter').subject.display = wrong('OTHERWISE, Anna'))),
      'reference-display: but the Patient is',
    ));
  it('another medicine', () =>
    expectFindings(
      example(
        (m) => (resource(m, 'MedicationDispense').medicationReference.display = wrong('Paracetamol 500mg tablets')),
      ),
      'reference-display: but the Medication is Humulin',
    ));
  it('is silent where there is nothing to compare', () =>
    expectFindings(
      example((m) => {
        resource(m, 'MedicationDispense').medicationReference.display = '…';
        resource(m, 'Encounter').serviceProvider.display = 'The pharmacy';
      }),
    ));
});
