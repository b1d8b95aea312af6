// What a supplier may rightly send, each beside our example: no finding at all.
import type { Loose } from '../loose';
import { expectFindings } from '../marked';
import { composition, documentBundle, handling, header, patient, resource, section } from '../faults/fault';
import { example } from '../rules/example';

const SCT = 'http://snomed.info/sct';
const UCUM = 'http://unitsofmeasure.org';
const UK = 'https://fhir.hl7.org.uk/STU3/StructureDefinition/';
const NHS = 'https://fhir.nhs.uk/STU3/StructureDefinition/';
const ALLERGIES = '886921000000105';

const concept = (system: string, code: string, display: string): Loose => ({ coding: [{ system, code, display }] });
const to = (m: Loose, type: string, n = 0): Loose => ({ reference: `urn:uuid:${resource(m, type, n).id}` });
const dispense = (m: Loose): Loose => resource(m, 'MedicationDispense');
/** Another entry of the document; gives a reference to it. */
const add = (m: Loose, profile: string, content: Loose): Loose => {
  const id = `00000000-0000-4000-8000-${String(documentBundle(m).entry.length).padStart(12, '0')}`;
  const fullUrl = `urn:uuid:${id}`;
  documentBundle(m).entry.push({ fullUrl, resource: { id, meta: { profile: [profile] }, ...content } });
  return { reference: fullUrl };
};
const descriptionId = (): Loose => ({
  url: `${UK}Extension-coding-sctdescid`,
  extension: [
    { url: 'descriptionId', valueId: '37417211000001119' },
    { url: 'descriptionDisplay', valueString: 'Humulin M3' },
  ],
});

const VARIANTS: [string, (m: Loose) => void][] = [
  [
    'a role, to which nothing in the profiles can refer, and its place',
    (m) => {
      const place = add(m, `${UK}CareConnect-Location-1`, { resourceType: 'Location', name: 'Consultation room' });
      const code = concept(
        'https://fhir.hl7.org.uk/STU3/CodeSystem/CareConnect-SDSJobRoleName-1',
        'R1290',
        'Pharmacist',
      );
      add(m, `${UK}CareConnect-PractitionerRole-1`, {
        resourceType: 'PractitionerRole',
        practitioner: to(m, 'Practitioner'),
        organization: to(m, 'Organization'),
        code: [code],
        location: [place],
      });
    },
  ],
  [
    'a device as author',
    (m) => {
      const type = concept(SCT, '462240000', 'Patient health record information system');
      composition(m).author = [add(m, `${NHS}ITK-Device-1`, { resourceType: 'Device', type })];
    },
  ],
  [
    'a person who collects',
    (m) => {
      const individual = add(m, `${NHS}ITK-RelatedPerson-1`, {
        resourceType: 'RelatedPerson',
        patient: to(m, 'Patient'),
        relationship: concept('http://hl7.org/fhir/v3/RoleCode', 'DAU', 'natural daughter'),
        name: [{ use: 'official', family: 'Testwell', given: ['Mabel'] }],
      });
      const type = [concept('http://hl7.org/fhir/v3/ParticipationType', 'ESC', 'escort')];
      resource(m, 'Encounter').participant.push({ type, individual });
    },
  ],
  [
    'a PDF beside the list of allergies',
    (m) => {
      const pdf = { resourceType: 'Binary', contentType: 'application/pdf', content: 'JVBERi0xLjQK' };
      section(m, ALLERGIES).entry.push(add(m, `${NHS}ITK-Attachment-Binary-1`, pdf));
    },
  ],
  [
    'a document that replaces one of which it knows the identifier alone',
    (m) => {
      const identifier = {
        system: 'https://tools.ietf.org/html/rfc4122',
        value: '11111111-1111-4111-8111-111111111111',
      };
      composition(m).relatesTo = [{ code: 'replaces', targetIdentifier: identifier }];
    },
  ],
  [
    'the description of a medicine and its form',
    (m) => {
      const medication = resource(m, 'Medication');
      medication.code.coding[0].extension = [descriptionId()];
      medication.form = concept(SCT, '385219001', 'Solution for injection');
      medication.form.coding[0].extension = [descriptionId()];
    },
  ],
  ['the description of an allergy', (m) => (resource(m, 'AllergyIntolerance').code.extension = [descriptionId()])],
  [
    'a whole dose',
    (m) => {
      const unit = { unit: 'unit', system: UCUM, code: '[iU]' };
      Object.assign(dispense(m).dosageInstruction[0], {
        timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd', when: ['ACM'], offset: 30 } },
        asNeededBoolean: false,
        route: concept(SCT, '34206005', 'Subcutaneous route'),
        doseRange: { low: { value: 10, ...unit }, high: { value: 12, ...unit } },
        maxDosePerPeriod: {
          numerator: { value: 24, ...unit },
          denominator: { value: 1, unit: 'day', system: UCUM, code: 'd' },
        },
      });
    },
  ],
  ['a patient who has died', (m) => (patient(m).deceasedDateTime = '2026-11-20T18:00:00+00:00')],
  [
    'companions of primitives',
    (m) => {
      const valueDateTime = '1956-02-29T04:15:00+00:00';
      patient(m)._birthDate = {
        extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/patient-birthTime', valueDateTime }],
      };
      Object.assign(patient(m).name[0], { given: ['Marmaduke', 'J'], _given: [null, { id: 'initial' }] });
    },
  ],
  [
    'contained resources',
    (m) => {
      const encounter = resource(m, 'Encounter');
      encounter.contained = [{ resourceType: 'Location', id: 'room', name: 'Consultation room' }];
      encounter.location = [{ location: { reference: '#room' } }];
    },
  ],
  [
    'relative references beside urls',
    (m) => {
      const names = new Map<string, string>();
      for (const entry of documentBundle(m).entry) {
        const name = `${entry.resource.resourceType}/${entry.resource.id}`;
        names.set(entry.fullUrl as string, name);
        entry.fullUrl = `https://pharmacy.example/fhir/${name}`;
      }
      m.entry.at(-1).resource = JSON.parse(JSON.stringify(documentBundle(m)), (key, value: unknown) =>
        key === 'reference' ? (names.get(value as string) ?? value) : value,
      );
    },
  ],
  [
    'sections, and None, of the guide before 1.2.8',
    (m) => {
      const recode = (code: string, title: string, coding: [string, string]): void => {
        Object.assign(section(m, code), { title, code: concept(SCT, ...coding) });
      };
      recode('contacts-with-professionals', 'Attendance Details', ['1077881000000105', 'Attendance details']);
      recode('886961000000102', 'Consent', ['61861000000100', 'Consent']);
      handling(m, 'SenderReference').valueString = 'None';
    },
  ],
  [
    'profiles with their versions',
    (m) => {
      for (const { resource: one } of documentBundle(m).entry)
        one.meta.profile = one.meta.profile.map((url: string) => `${url}|1.0.0`);
      header(m).meta.profile = [`${NHS}ITK-MessageHeader-2|2.1.0`];
    },
  ],
];

describe('valid variants have no finding:', () => {
  for (const [name, change] of VARIANTS) it(name, () => expectFindings(example(change)));
});
