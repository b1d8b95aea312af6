import { composition, header, patient, resource, type Fault } from './fault';

const NHS_NUMBER_STATUS =
  'https://fhir.hl7.org.uk/STU3/StructureDefinition/Extension-CareConnect-NHSNumberVerificationStatus-1';
const BIRTH_TIME = 'http://hl7.org/fhir/StructureDefinition/patient-birthTime';

export const EXTENSIONS: Fault[] = [
  {
    name: 'an extension at the wrong element',
    change: (m) =>
      (composition(m).extension = [...composition(m).extension, { url: BIRTH_TIME, valueDateTime: '1956' }]),
    rule: 'extension',
    path: 'Composition.extension[1].url',
    marks: `"${BIRTH_TIME}"`,
  },
  {
    name: 'an extension of an identifier at the patient',
    change: (m) => (patient(m).extension = [patient(m).identifier[0].extension[0]]),
    rule: 'extension',
    path: 'Patient.extension[0].url',
    marks: `"${NHS_NUMBER_STATUS}"`,
  },
  {
    name: 'an extension of a date at another element',
    change: (m) => (patient(m)._gender = { extension: [{ url: BIRTH_TIME, valueDateTime: '1956-01-01T09:00:00Z' }] }),
    rule: 'extension',
    path: 'Patient._gender.extension[0].url',
    marks: `"${BIRTH_TIME}"`,
  },
  {
    name: 'an extension without an absolute url',
    change: (m) => (resource(m, 'Encounter').extension = [{ url: 'transport', valueString: 'on foot' }]),
    rule: 'extension',
    path: 'Encounter.extension[0].url',
    marks: '"transport"',
  },
  {
    name: 'a plain extension where a modifier belongs',
    change: (m) =>
      (patient(m).modifierExtension = [
        { url: 'http://hl7.org/fhir/StructureDefinition/patient-birthPlace', valueAddress: { city: 'Exampleton' } },
      ]),
    rule: 'extension',
    severity: 'warning',
    path: 'Patient.modifierExtension[0].url',
    marks: '"http://hl7.org/fhir/StructureDefinition/patient-birthPlace"',
  },
  {
    name: 'a known plain extension as a modifier',
    change: (m) =>
      (patient(m).modifierExtension = [
        { url: 'http://hl7.org/fhir/StructureDefinition/birthPlace', valueAddress: { city: 'Exampleton' } },
      ]),
    rule: 'extension',
    path: 'Patient.modifierExtension[0].url',
    marks: '"http://hl7.org/fhir/StructureDefinition/birthPlace"',
  },
  {
    name: 'a profile used as an extension',
    change: (m) =>
      (patient(m).extension = [
        { url: 'https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Patient-1', valueString: 'x' },
      ]),
    rule: 'extension',
    path: 'Patient.extension[0].url',
    marks: '"https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Patient-1"',
  },
  {
    name: 'a slip in the url of an extension',
    change: (m) =>
      (resource(m, 'Encounter').extension = [
        {
          url: 'https://fhir.hl7.org.uk/STU3/StructureDefinition/Extension-CareConnect-EncounterTransport-2',
          valueString: 'x',
        },
      ]),
    rule: 'extension',
    severity: 'warning',
    path: 'Encounter.extension[0].url',
    marks: '"https://fhir.hl7.org.uk/STU3/StructureDefinition/Extension-CareConnect-EncounterTransport-2"',
  },
  {
    name: 'an extension that nobody knows',
    change: (m) => header(m).extension.push({ url: 'https://example.org/extension/colour', valueString: 'blue' }),
    rule: 'extension',
    severity: 'information',
    path: 'MessageHeader.extension[1].url',
    marks: '"https://example.org/extension/colour"',
  },
  {
    name: 'a value that the extension does not take',
    change: (m) => {
      const [status] = patient(m).identifier[0].extension;
      delete status.valueCodeableConcept;
      status.valueString = '01';
    },
    rule: 'choice',
    path: 'Patient.identifier[0].extension[0].valueString',
    marks: '"valueString"',
  },
  {
    name: 'an extension without a url',
    change: (m) => delete header(m).extension[0].extension[2].url,
    rule: 'required',
    path: 'MessageHeader.extension[0].extension[2]',
    marks: '{',
  },
];
