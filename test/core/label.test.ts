import assert from 'node:assert/strict';
import { labelOf } from '../../core/itk3/label';
import type { Json } from '../../core/json';

const NHS = 'https://fhir.nhs.uk/Id/nhs-number';
const INSULIN = { resourceType: 'Medication', code: { coding: [{ code: '1', display: 'Example insulin' }] } };

const LABELS: [label: string, resource: Json][] = [
  [
    'Patient · Wilma Q TESTCASE · 999 000 0018',
    {
      resourceType: 'Patient',
      identifier: [
        { system: 'https://example.org', value: '7' },
        { system: NHS, value: '9990000018' },
      ],
      name: [
        { use: 'nickname', given: ['Wil'] },
        { use: 'official', family: 'Testcase', given: ['Wilma', 'Q'] },
      ],
    },
  ],
  ['Patient · 12', { resourceType: 'Patient', identifier: [{ system: NHS, value: '12' }] }],
  ['Patient · Mx Test', { resourceType: 'Patient', name: [{ text: 'Mx  Test\n' }] }],
  ['Patient', { resourceType: 'Patient', name: 'Wilma', identifier: 7 }],
  ['Resource', { resourceType: ' \ufeff' }],
  [`Patient · ${'a'.repeat(97)}…`, { resourceType: 'Patient', name: [{ text: 'a'.repeat(100_000) }] }],
  [
    'Organization · Nowhere Pharmacy · FZZ99',
    { resourceType: 'Organization', name: 'Nowhere Pharmacy', identifier: [{ value: 'FZZ99' }] },
  ],
  [
    'Encounter · 2026-01-31 · finished',
    { resourceType: 'Encounter', period: { start: '2026-01-31' }, status: 'finished' },
  ],
  ['Bundle · document · 1 entry', { resourceType: 'Bundle', type: 'document', entry: [{}] }],
  ['Medication · Example insulin', INSULIN],
  [
    'MedicationDispense · Example insulin',
    { resourceType: 'MedicationDispense', medicationReference: { reference: 'urn:uuid:1' } },
  ],
  [
    'MedicationDispense · Example insulin',
    {
      resourceType: 'MedicationDispense',
      contained: [{ ...INSULIN, id: 'm' }],
      medicationReference: { reference: '#m' },
    },
  ],
  [
    'MedicationDispense · a display',
    { resourceType: 'MedicationDispense', medicationReference: { reference: 'urn:uuid:2', display: 'a display' } },
  ],
  ['Condition · Cough', { resourceType: 'Condition', code: { text: 'Cough' } }],
  ['constructor', { resourceType: 'constructor' }],
  ['Resource', {}],
];

describe('labels of resources', () => {
  for (const [label, resource] of LABELS)
    it(label, () => {
      assert.equal(
        labelOf(resource, (reference) => (reference === 'urn:uuid:1' ? INSULIN : undefined)),
        label,
      );
    });
});
