// Mistakes of people who know another version of FHIR, or whose code builds a message almost rightly.
import type { Loose } from '../loose';
import { composition, documentBundle, header, patient, resource, section, type Fault } from './fault';
import { of } from './of-rule';

const url = of('full-url', 'error');
const missing = of('reference-missing', 'error');
const property = of('unknown-property', 'error');
const allergy = of('allergy-status', 'error');
const CONCEPT = { coding: [{ system: 'http://snomed.info/sct', code: '310080006', display: 'Pharmacy service' }] };

const id = (m: Loose): string => patient(m).id as string;
const subject = (change: (id: string) => string) => (m: Loose) =>
  (resource(m, 'MedicationDispense').subject.reference = change(id(m)));
const SUBJECT = 'MedicationDispense.subject.reference';
const entryOf = (m: Loose, like: Loose): Loose => documentBundle(m).entry.find((e: Loose) => e.resource === like);
const renamed = (value: Loose, name: string, other: string): void => {
  value[other] = value[name];
  Reflect.deleteProperty(value as object, name);
};
const HANDLING = 'https://fhir.nhs.uk/STU3/StructureDefinition/Extension-ITK-MessageHandling-1';

export const AUTHORS: Fault[] = [
  url('a fullUrl without urn:uuid:', (m) => (entryOf(m, patient(m)).fullUrl = id(m)), 'Bundle.entry[4].fullUrl', '"'),
  url(
    'a fullUrl that is relative',
    (m) => (entryOf(m, patient(m)).fullUrl = `Person/${id(m)}`),
    'Bundle.entry[4].fullUrl',
    '"Person/',
  ),
  url(
    'a fullUrl in capitals',
    (m) => (entryOf(m, patient(m)).fullUrl = `urn:uuid:${id(m).toUpperCase()}`),
    'Bundle.entry[4].fullUrl',
    '"',
  ),
  missing('a reference without urn:uuid:', subject(String), SUBJECT, '"'),
  missing(
    'a reference with a space',
    subject((it) => ` urn:uuid:${it}`),
    SUBJECT,
    '" urn',
  ),
  missing(
    'a reference in capitals',
    subject((it) => `urn:uuid:${it.toUpperCase()}`),
    SUBJECT,
    '"',
  ),
  missing(
    'a reference to a type in small letters',
    subject((it) => `patient/${it}`),
    SUBJECT,
    '"patient/',
  ),
  missing(
    'a reference with braces',
    subject((it) => `urn:uuid:{${it}}`),
    SUBJECT,
    '"urn:uuid:{',
  ),
  property('a name of DSTU2', (m) => (patient(m).careProvider = []), 'Patient.careProvider', '"careProvider"'),
  property('a name of R4', (m) => (resource(m, 'Encounter').reasonCode = [CONCEPT]), 'Encounter.reasonCode', '"reason'),
  property(
    'a name of everyday',
    (m) => renamed(patient(m).address[0], 'postalCode', 'postcode'),
    'Patient.address[0].postcode',
    '"postcode"',
  ),
  property(
    'a name of other resources, for what must be there',
    (m) => renamed(resource(m, 'AllergyIntolerance'), 'patient', 'subject'),
    'AllergyIntolerance.subject',
    '"subject"',
  ),
  property(
    'a concept for a coding',
    (m) => (header(m).event = { coding: [header(m).event] }),
    'MessageHeader.event.coding',
    '"coding"',
  ),
  of('kind', 'error')(
    'a concept for a code, as in R4',
    (m) => (resource(m, 'AllergyIntolerance').clinicalStatus = CONCEPT),
    'AllergyIntolerance.clinicalStatus',
    '{',
  ),
  of('extension', 'error')(
    'an extension that must be there, of another version',
    (m) => (header(m).extension[0].url = HANDLING),
    'MessageHeader.extension[0].url',
    `"${HANDLING}"`,
  ),
  of('nhs-number', 'warning')(
    'an NHS number of one digit',
    (m) => {
      patient(m).identifier[0].value = '9999999999';
      const { text } = section(m, '886731000000109');
      text.div = text.div.replace(/\d{3} ?\d{3} ?\d{4}/, '999 999 9999');
    },
    'Patient.identifier[0].value',
    '"9999999999"',
  ),
  of('patient-identity', 'warning')(
    'a birth date without a day',
    (m) => (patient(m).birthDate = '1956-02'),
    'Patient.birthDate',
    '"1956-02"',
  ),
  of('narrative-content', 'warning')(
    'markup that was escaped',
    (m) => {
      const { text } = section(m, '717121000000105');
      text.div = text.div.replace('Type 2', '&lt;p&gt;Type 2');
    },
    'Composition.section[4].text.div',
    '&lt;p&gt;',
  ),
  of('replacement', 'warning')(
    'a document that refers to itself as the one it replaces',
    (m) => {
      const reference = documentBundle(m).entry[0].fullUrl;
      composition(m).relatesTo = [{ code: 'replaces', targetReference: { reference } }];
    },
    'Composition.relatesTo[0].targetReference.reference',
    '"urn:uuid:',
  ),
  ...['refuted', 'entered-in-error'].map((status) =>
    allergy(
      `an allergy that is ${status}`,
      (m) => {
        resource(m, 'AllergyIntolerance').verificationStatus = status;
        // Invariant ait-2 would speak of it.
        if (status !== 'refuted') Reflect.deleteProperty(resource(m, 'AllergyIntolerance') as object, 'clinicalStatus');
      },
      'AllergyIntolerance.verificationStatus',
      `"${status}"`,
    ),
  ),
  allergy(
    'an allergy that is refuted and over',
    (m) =>
      Object.assign(resource(m, 'AllergyIntolerance'), { verificationStatus: 'refuted', clinicalStatus: 'inactive' }),
    'AllergyIntolerance.verificationStatus',
    '"refuted"',
  ),
];
