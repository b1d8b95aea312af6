import { composition, documentBundle, header, patient, resource, section, type Fault } from './fault';

const NOWHERE = 'urn:uuid:00000000-0000-4000-8000-000000000000';

export const REFERENCES: Fault[] = [
  {
    name: 'a reference to an entry that is not there',
    change: (m) => (composition(m).subject.reference = NOWHERE),
    rule: 'reference-missing',
    path: 'Composition.subject.reference',
    marks: `"${NOWHERE}"`,
  },
  {
    name: 'a sender that is not there',
    change: (m) => (header(m).sender.reference = NOWHERE),
    rule: 'reference-missing',
    path: 'MessageHeader.sender.reference',
    marks: `"${NOWHERE}"`,
  },
  {
    name: 'an author, one of a list, that is not there',
    change: (m) => composition(m).author.push({ reference: NOWHERE }),
    rule: 'reference-missing',
    path: 'Composition.author[1].reference',
    marks: `"${NOWHERE}"`,
  },
  {
    name: 'a performer inside a part that is not there',
    change: (m) => (resource(m, 'Encounter').participant[0].individual.reference = NOWHERE),
    rule: 'reference-missing',
    path: 'Encounter.participant[0].individual.reference',
    marks: `"${NOWHERE}"`,
  },
  {
    name: 'a relative reference that no entry answers to',
    change: (m) => (resource(m, 'List').encounter.reference = 'Encounter/1'),
    rule: 'reference-missing',
    path: 'List.encounter.reference',
    marks: '"Encounter/1"',
  },
  {
    name: 'a contained resource that is not there',
    change: (m) => (patient(m).managingOrganization.reference = '#practice'),
    rule: 'reference-missing',
    path: 'Patient.managingOrganization.reference',
    marks: '"#practice"',
  },
  {
    name: 'a reference out of the document into the message',
    change: (m) => (composition(m).custodian.reference = m.entry[0].fullUrl),
    rule: 'reference-missing',
    path: 'Composition.custodian.reference',
    marks: '"urn:uuid:',
  },
  {
    name: 'a reference to the wrong type of resource',
    change: (m) => (composition(m).subject.reference = composition(m).custodian.reference),
    rule: 'reference-type',
    path: 'Composition.subject.reference',
    marks: '"urn:uuid:',
  },
  {
    name: 'an encounter that is a patient',
    change: (m) => (resource(m, 'List').encounter.reference = composition(m).subject.reference),
    rule: 'reference-type',
    path: 'List.encounter.reference',
    marks: '"urn:uuid:',
  },
  {
    name: 'a medication that is a list',
    change: (m) =>
      (resource(m, 'MedicationDispense').medicationReference.reference = section(
        m,
        '933361000000108',
      ).entry[0].reference),
    rule: 'reference-type',
    path: 'MedicationDispense.medicationReference.reference',
    marks: '"urn:uuid:',
  },
  {
    name: 'an item of a list that is a patient',
    change: (m) => resource(m, 'List').entry.unshift({ item: { reference: composition(m).subject.reference } }),
    rule: 'reference-type',
    path: 'List.entry[0].item.reference',
    marks: '"urn:uuid:',
  },
  {
    name: 'a contained resource of the wrong type',
    change: (m) => {
      patient(m).contained = [{ resourceType: 'Location', id: 'here', name: 'x' }];
      patient(m).managingOrganization.reference = '#here';
    },
    rule: 'reference-type',
    path: 'Patient.managingOrganization.reference',
    marks: '"#here"',
  },
  {
    name: 'an author that is a document',
    change: (m) => (header(m).sender.reference = header(m).focus[0].reference),
    rule: 'reference-type',
    path: 'MessageHeader.sender.reference',
    marks: '"urn:uuid:',
  },
  {
    name: 'the entry of a section of another type',
    change: (m) => (section(m, '886711000000101').entry[0].reference = documentBundle(m).entry[0].fullUrl),
    rule: 'reference-type',
    path: 'Composition.section[3].entry[0].reference',
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
    change: (m) => {
      const { custodian } = composition(m);
      custodian.reference = `${String(custodian.reference)}/_history/2`;
    },
    rule: 'reference-missing',
    path: 'Composition.custodian.reference',
    marks: '"urn:uuid:',
  },
  {
    name: 'the display of another patient',
    change: (m) => (resource(m, 'List').subject.display = 'OTHERWISE, Anna (Mrs)'),
    rule: 'reference-display',
    severity: 'warning',
    path: 'List.subject.display',
    marks: '"OTHERWISE',
  },
  {
    name: 'the display of another patient at an allergy',
    change: (m) => (resource(m, 'AllergyIntolerance').patient.display = 'Anna'),
    rule: 'reference-display',
    severity: 'warning',
    path: 'AllergyIntolerance.patient.display',
    marks: '"Anna"',
  },
  {
    name: 'the display of another medicine',
    change: (m) => (resource(m, 'MedicationDispense').medicationReference.display = 'Paracetamol 500mg tablets'),
    rule: 'reference-display',
    severity: 'warning',
    path: 'MedicationDispense.medicationReference.display',
    marks: '"Paracetamol',
  },
];
