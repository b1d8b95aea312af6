import { composition, patient, resource, type Fault } from './fault';

export const REFERENCES: Fault[] = [
  {
    name: 'a reference to an entry that is not there',
    change: (m) => (composition(m).subject.reference = 'urn:uuid:00000000-0000-4000-8000-000000000000'),
    rule: 'reference-missing',
    path: 'Composition.subject.reference',
    marks: '"urn:uuid:00000000-0000-4000-8000-000000000000"',
  },
  {
    name: 'a reference to the wrong type of resource',
    change: (m) => (composition(m).subject.reference = composition(m).custodian.reference),
    rule: 'reference-type',
    path: 'Composition.subject.reference',
    marks: '"urn:uuid:',
  },
  {
    name: 'an encounter elsewhere',
    change: (m) => (composition(m).encounter.reference = 'https://example.org/fhir/Encounter/1'),
    rule: 'reference-outside',
    severity: 'warning',
    path: 'Composition.encounter.reference',
    marks: '"https://example.org/fhir/Encounter/1"',
  },
  {
    name: 'a practitioner elsewhere',
    change: (m) =>
      (resource(m, 'MedicationDispense').performer[0].actor.reference = 'https://example.org/fhir/Practitioner/1'),
    rule: 'reference-outside',
    severity: 'warning',
    path: 'MedicationDispense.performer[0].actor.reference',
    marks: '"https://example.org/fhir/Practitioner/1"',
  },
  {
    name: 'a practice elsewhere',
    change: (m) => (patient(m).managingOrganization.reference = 'http://example.org/Organization/1'),
    rule: 'reference-outside',
    severity: 'warning',
    path: 'Patient.managingOrganization.reference',
    marks: '"http://example.org/Organization/1"',
  },
  {
    name: 'a version that is not there',
    change: (m) => (composition(m).custodian.reference = `${String(composition(m).custodian.reference)}/_history/2`),
    rule: 'reference-missing',
    path: 'Composition.custodian.reference',
    marks: '"urn:uuid:',
  },
];
