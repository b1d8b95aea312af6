import type { Loose } from '../loose';
import { composition, documentBundle, handling, header, patient, resource, section, type Fault } from './fault';

const PATIENT = 'https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Patient-1';
const ORGANIZATION = 'https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Organization-1';
const URGENT = { system: 'http://snomed.info/sct', code: '1218611000000102', display: 'x' };
const supplyType = (m: Loose): Loose => resource(m, 'MedicationDispense').type;

const CLOSED = 'urn:test:closed';
/** A profile of Patient that lets only one kind of a list's items stand; none of the NHS closes its slicing. */
const closed = (list: string, by: string, fixed: string): object => ({
  resourceType: 'StructureDefinition',
  url: CLOSED,
  name: 'Closed',
  kind: 'resource',
  type: 'Patient',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
  derivation: 'constraint',
  differential: {
    element: [
      {
        id: `Patient.${list}`,
        path: `Patient.${list}`,
        slicing: { discriminator: [{ type: 'value', path: by }], rules: 'closed' },
      },
      { id: `Patient.${list}:one`, path: `Patient.${list}`, sliceName: 'one' },
      {
        id: `Patient.${list}:one.${by}`,
        path: `Patient.${list}.${by}`,
        [by === 'system' && list === 'identifier' ? 'fixedUri' : 'fixedCode']: fixed,
      },
    ],
  },
});

export const PROFILES: Fault[] = [
  {
    name: 'a wrong code in a required value set',
    change: (m) => (composition(m).status = 'finished'),
    rule: 'binding',
    path: 'Composition.status',
    marks: '"finished"',
  },
  {
    name: 'a wrong code in a value set of the NHS',
    change: (m) => (resource(m, 'MedicationDispense').type.coding[0].code = 'emergency'),
    rule: 'binding',
    path: 'MedicationDispense.type.coding[0].code',
    marks: '"emergency"',
  },
  {
    name: 'Composition.status removed',
    change: (m) => delete composition(m).status,
    rule: 'required',
    path: 'Composition',
    marks: '"resource"',
  },
  {
    name: 'MessageHeader.timestamp removed',
    change: (m) => delete header(m).timestamp,
    rule: 'required',
    path: 'MessageHeader',
    marks: '"resource"',
  },
  {
    name: 'the MessageHandling extension removed',
    change: (m) => delete header(m).extension,
    rule: 'required',
    path: 'MessageHeader',
    marks: '"resource"',
  },
  {
    name: 'one key of the MessageHandling extension removed',
    change: (m) => header(m).extension[0].extension.splice(1, 1),
    rule: 'required',
    path: 'MessageHeader.extension[0].extension',
    marks: '"extension"',
  },
  {
    name: 'the MessageHandling extension removed, its list left empty',
    change: (m) => (header(m).extension = []),
    rule: 'required',
    path: 'MessageHeader.extension',
    marks: '"extension"',
  },
  {
    name: 'an empty list of sections',
    change: (m) => (composition(m).section = []),
    rule: 'required',
    path: 'Composition.section',
    marks: '"section"',
  },
  {
    name: 'an element that the profile forbids',
    change: (m) => (header(m).reason = { text: 'because' }),
    rule: 'not-allowed',
    path: 'MessageHeader.reason',
    marks: '"reason"',
  },
  {
    name: 'another value than the fixed one',
    change: (m) => (header(m).event.system = 'https://fhir.nhs.uk/STU3/CodeSystem/ITK-MessageEvent-1'),
    rule: 'fixed-value',
    path: 'MessageHeader.event.system',
    marks: '"https://fhir.nhs.uk/STU3/CodeSystem/ITK-MessageEvent-1"',
  },
  {
    name: 'a mandatory section removed',
    change: (m) => {
      const sections = composition(m).section as Loose[];
      sections.splice(
        sections.findIndex((s) => s.title === 'GP Practice'),
        1,
      );
    },
    rule: 'required',
    path: 'Composition.section',
    marks: '"section"',
  },
  {
    name: 'a form of a choice that the profile does not allow',
    change: (m) => {
      const keys = header(m).extension[0].extension as Loose[];
      const key = keys.find((k) => k.url === 'SenderReference');
      key.valueUri = 'urn:x:y';
      delete key.valueString;
    },
    rule: 'choice',
    path: 'MessageHeader.extension[0].extension[4].valueUri',
    marks: '"valueUri"',
  },
  {
    name: 'the type of a bundle removed',
    change: (m) => delete documentBundle(m).type,
    rule: 'required',
    path: 'Bundle',
    marks: '"resource"',
  },
  {
    name: 'the identifier of the message removed',
    change: (m) => delete m.identifier,
    rule: 'required',
    path: 'Bundle',
    marks: '{',
  },
  {
    name: 'the subject of a list removed',
    change: (m) => delete resource(m, 'List').subject,
    rule: 'required',
    path: 'List',
    marks: '"resource"',
  },
  {
    name: 'the code of a medication removed',
    change: (m) => delete resource(m, 'Medication').code,
    rule: 'required',
    path: 'Medication',
    marks: '"resource"',
  },
  {
    name: 'a choice that must be there removed',
    change: (m) => delete resource(m, 'MedicationDispense').medicationReference,
    rule: 'required',
    path: 'MedicationDispense',
    marks: '"resource"',
  },
  {
    name: 'the date of an allergy removed',
    change: (m) => delete resource(m, 'AllergyIntolerance').assertedDate,
    rule: 'required',
    path: 'AllergyIntolerance',
    marks: '"resource"',
  },
  {
    name: 'the text of a section removed',
    change: (m) => delete section(m, '886711000000101').text,
    rule: 'required',
    path: 'Composition.section[3]',
    marks: '{',
  },
  {
    name: 'the family name removed',
    change: (m) => delete patient(m).name[0].family,
    rule: 'required',
    path: 'Patient.name[0]',
    marks: '{',
  },
  {
    name: 'the value of an identifier removed',
    change: (m) => delete resource(m, 'List').identifier[0].value,
    rule: 'required',
    path: 'List.identifier[0]',
    marks: '{',
  },
  {
    name: 'the value of a key of the handling removed',
    change: (m) => delete handling(m, 'RecipientType').valueCoding,
    rule: 'required',
    path: 'MessageHeader.extension[0].extension[2]',
    marks: '{',
  },
  {
    name: 'the verification of the NHS number removed',
    change: (m) => delete patient(m).identifier[0].extension,
    rule: 'required',
    path: 'Patient.identifier[0]',
    marks: '{',
  },
  {
    name: 'the display of an event removed',
    change: (m) => delete header(m).event.display,
    rule: 'required',
    path: 'MessageHeader.event',
    marks: '"event"',
  },
  {
    name: 'two things that the message is about',
    change: (m) => header(m).focus.push({ ...header(m).focus[0] }),
    rule: 'max',
    path: 'MessageHeader.focus',
    marks: '"focus"',
  },
  {
    name: 'two official names',
    change: (m) => patient(m).name.push({ use: 'official', family: 'Invented' }),
    rule: 'max',
    path: 'Patient.name',
    marks: '"name"',
  },
  {
    name: 'two performers',
    change: (m) => {
      const { performer } = resource(m, 'MedicationDispense');
      performer.push({ ...performer[0] });
    },
    rule: 'max',
    path: 'MedicationDispense.performer',
    marks: '"performer"',
  },
  {
    name: 'a key of the handling twice',
    change: (m) => header(m).extension[0].extension.push({ url: 'LocalExtension', valueString: 'None' }),
    rule: 'max',
    path: 'MessageHeader.extension[0].extension',
    marks: '"extension"',
  },
  {
    name: 'two codings where one may stand',
    change: (m) => {
      const { coding } = section(m, '886711000000101').code;
      coding.push({ ...coding[0] });
    },
    rule: 'max',
    path: 'Composition.section[3].code.coding',
    marks: '"coding"',
  },
  {
    name: 'a receiver in the header',
    change: (m) => (header(m).destination = [{ endpoint: 'X26GP' }]),
    rule: 'not-allowed',
    path: 'MessageHeader.destination',
    marks: '"destination"',
  },
  {
    name: 'the name of the software that sends',
    change: (m) => (header(m).source.software = 'Pretend'),
    rule: 'not-allowed',
    path: 'MessageHeader.source.software',
    marks: '"software"',
  },
  {
    name: 'the name of the organisation that sends, in its header form',
    change: (m) => (m.entry[1].resource.name = 'Imaginary Pharmacy'),
    rule: 'not-allowed',
    path: 'Organization.name',
    marks: '"name"',
  },
  {
    name: 'a total of a document',
    change: (m) => (documentBundle(m).total = 11),
    rule: 'not-allowed',
    path: 'Bundle.total',
    marks: '"total"',
  },
  {
    name: 'a note in a list',
    change: (m) => (resource(m, 'List').note = [{ text: 'x' }]),
    rule: 'not-allowed',
    path: 'List.note',
    marks: '"note"',
  },
  {
    name: 'the version of a code where it may not be',
    change: (m) => (header(m).event.version = '1'),
    rule: 'not-allowed',
    path: 'MessageHeader.event.version',
    marks: '"version"',
  },
  {
    name: 'an entry in a section that has none',
    change: (m) => (section(m, '717121000000105').entry = [{ reference: composition(m).subject.reference }]),
    rule: 'not-allowed',
    path: 'Composition.section[4].entry',
    marks: '"entry"',
  },
  {
    name: 'a choice that the profile forbids',
    change: (m) => (resource(m, 'MedicationDispense').notDoneReasonCodeableConcept = { text: 'x' }),
    rule: 'not-allowed',
    path: 'MedicationDispense.notDoneReasonCodeableConcept',
    marks: '"notDoneReasonCodeableConcept"',
  },
  {
    name: 'a value beside the parts of a complex extension',
    change: (m) => (header(m).extension[0].valueString = 'x'),
    rule: 'not-allowed',
    path: 'MessageHeader.extension[0].valueString',
    marks: '"valueString"',
  },
  {
    name: 'two forms of a choice',
    change: (m) => Object.assign(patient(m), { multipleBirthBoolean: true, multipleBirthInteger: 2 }),
    rule: 'choice',
    path: 'Patient.multipleBirthInteger',
    marks: '"multipleBirthInteger"',
  },
  {
    name: 'a text for a quantity in words that is a code',
    change: (m) => {
      const [text] = resource(m, 'MedicationDispense').quantity.extension;
      text.valueCode = text.valueString;
      delete text.valueString;
    },
    rule: 'choice',
    path: 'MedicationDispense.quantity.extension[0].valueCode',
    marks: '"valueCode"',
  },
  {
    name: 'a coding for a concept in an extension',
    change: (m) => {
      const [setting] = composition(m).extension;
      setting.valueCoding = setting.valueCodeableConcept.coding[0];
      delete setting.valueCodeableConcept;
    },
    rule: 'choice',
    path: 'Composition.extension[0].valueCoding',
    marks: '"valueCoding"',
  },
  {
    name: 'a list that is not current',
    change: (m) => (resource(m, 'List').status = 'retired'),
    rule: 'fixed-value',
    path: 'List.status',
    marks: '"retired"',
  },
  {
    name: 'another mode than the fixed one, of the second list',
    change: (m) => (resource(m, 'List', 1).mode = 'working'),
    rule: 'fixed-value',
    path: 'List.mode',
    marks: '"working"',
  },
  {
    name: 'a message that says it is a collection',
    change: (m) => (m.type = 'collection'),
    rule: 'fixed-value',
    path: 'Bundle.type',
    marks: '"collection"',
  },
  {
    name: 'another display than the fixed one',
    change: (m) => (resource(m, 'List').code.coding[0].display = 'Dispensed medication'),
    rule: 'fixed-value',
    path: 'List.code.coding[0].display',
    marks: '"Dispensed medication"',
  },
  {
    name: 'a document that says it adds to another',
    change: (m) =>
      (composition(m).relatesTo = [{ code: 'appends', targetIdentifier: { system: 'urn:x', value: '1' } }]),
    rule: 'fixed-value',
    path: 'Composition.relatesTo[0].code',
    marks: '"appends"',
  },
  {
    name: 'another title of a section than the fixed one',
    change: (m) => (section(m, '886711000000101').title = 'GP practice'),
    rule: 'fixed-value',
    path: 'Composition.section[3].title',
    marks: '"GP practice"',
  },
  {
    name: 'a code of an R4 value set',
    change: (m) => (resource(m, 'Encounter').status = 'completed'),
    rule: 'binding',
    path: 'Encounter.status',
    marks: '"completed"',
  },
  {
    name: 'a code in capitals',
    change: (m) => (patient(m).gender = 'Male'),
    rule: 'binding',
    path: 'Patient.gender',
    marks: '"Male"',
  },
  {
    name: 'a display for a code',
    change: (m) => (resource(m, 'AllergyIntolerance').category[0] = 'Medication'),
    rule: 'binding',
    path: 'AllergyIntolerance.category[0]',
    marks: '"Medication"',
  },
  {
    name: 'a recipient type that is none',
    change: (m) => (handling(m, 'RecipientType').valueCoding.code = 'FX'),
    rule: 'binding',
    path: 'MessageHeader.extension[0].extension[2].valueCoding.code',
    marks: '"FX"',
  },
  {
    name: 'a code of the value set with another system',
    change: (m) => (resource(m, 'MedicationDispense').type.coding[0].system = 'https://example.invalid/supply'),
    rule: 'binding',
    path: 'MedicationDispense.type.coding[0].system',
    marks: '"https://example.invalid/supply"',
  },
  {
    name: 'a verification status that is none',
    change: (m) => (patient(m).identifier[0].extension[0].valueCodeableConcept.coding[0].code = '99'),
    rule: 'binding',
    path: 'Patient.identifier[0].extension[0].valueCodeableConcept.coding[0].code',
    marks: '"99"',
  },
  {
    name: 'a marital status that is none',
    change: (m) =>
      (patient(m).maritalStatus = {
        coding: [{ system: 'http://hl7.org/fhir/v3/MaritalStatus', code: 'X', display: 'Other' }],
      }),
    rule: 'binding',
    path: 'Patient.maritalStatus.coding[0].code',
    marks: '"X"',
  },
  {
    name: 'a supply type that one source asks for and another forbids',
    change: (m) => (supplyType(m).coding[0] = URGENT),
    rule: 'contradiction',
    severity: 'warning',
    path: 'MedicationDispense.type',
    marks: '{',
  },
  {
    name: 'the same without its display',
    change: (m) => (supplyType(m).coding[0] = { system: URGENT.system, code: URGENT.code }),
    rule: 'contradiction',
    severity: 'warning',
    path: 'MedicationDispense.type',
    marks: '{',
  },
  {
    name: 'the same beside a code of another system',
    change: (m) => (supplyType(m).coding = [{ system: 'https://example.invalid/supply', code: 'x' }, URGENT]),
    rule: 'contradiction',
    severity: 'warning',
    path: 'MedicationDispense.type',
    marks: '{',
  },
  {
    name: 'a profile of another type',
    change: (m) => (patient(m).meta.profile = [ORGANIZATION]),
    rule: 'profile-type',
    path: 'Patient.meta.profile[0]',
    marks: `"${ORGANIZATION}"`,
  },
  {
    name: 'a second profile, of another type',
    change: (m) => resource(m, 'Medication').meta.profile.push(ORGANIZATION),
    rule: 'profile-type',
    path: 'Medication.meta.profile[1]',
    marks: `"${ORGANIZATION}"`,
  },
  {
    name: 'a type of STU3 that is not the type, as profile',
    change: (m) => resource(m, 'Encounter').meta.profile.push('http://hl7.org/fhir/StructureDefinition/Patient'),
    rule: 'profile-type',
    path: 'Encounter.meta.profile[1]',
    marks: '"http://hl7.org/fhir/StructureDefinition/Patient"',
  },
  {
    name: 'a profile of a contained resource, of another type',
    change: (m) => {
      const meta = { profile: [PATIENT] };
      patient(m).contained = [{ resourceType: 'Organization', id: 'l', meta, name: 'x' }];
      patient(m).managingOrganization = { reference: '#l' };
    },
    rule: 'profile-type',
    path: 'Patient.contained[0].meta.profile[0]',
    marks: `"${PATIENT}"`,
  },
  {
    name: 'a slip in the url of a profile',
    change: (m) => (patient(m).meta.profile = [`${PATIENT.slice(0, -1)}2`]),
    rule: 'unknown-profile',
    severity: 'warning',
    path: 'Patient.meta.profile[0]',
    marks: `"${PATIENT.slice(0, -1)}2"`,
  },
  {
    name: 'a profile from nowhere beside a known one',
    change: (m) => composition(m).meta.profile.push('https://example.invalid/profile'),
    rule: 'unknown-profile',
    severity: 'warning',
    path: 'Composition.meta.profile[1]',
    marks: '"https://example.invalid/profile"',
  },
  {
    name: 'a profile under the host of another',
    change: (m) => (resource(m, 'Practitioner').meta.profile = ['https://fhir.nhs.uk/CareConnect-Practitioner-1']),
    rule: 'unknown-profile',
    severity: 'warning',
    path: 'Practitioner.meta.profile[0]',
    marks: '"https://fhir.nhs.uk/CareConnect-Practitioner-1"',
  },
  {
    name: 'a telecom of a system that closed slicing does not know',
    profiles: [closed('telecom', 'system', 'phone')],
    change: (m) => {
      patient(m).meta.profile.push(CLOSED);
      patient(m).telecom.push({ system: 'email', value: 'nobody@example.invalid' });
    },
    rule: 'slice-closed',
    path: 'Patient.telecom[1]',
    marks: '{',
  },
  {
    name: 'an address without what closed slicing tells it by',
    profiles: [closed('address', 'use', 'home')],
    change: (m) => {
      patient(m).meta.profile.push(CLOSED);
      patient(m).address = [{ use: 'home', city: 'Nowhere' }, { city: 'Elsewhere' }];
    },
    rule: 'slice-closed',
    path: 'Patient.address[1]',
    marks: '{',
  },
  {
    name: 'an identifier before one that closed slicing knows',
    profiles: [closed('identifier', 'system', 'https://fhir.nhs.uk/Id/nhs-number')],
    change: (m) => {
      patient(m).meta.profile.push(CLOSED);
      patient(m).identifier.push({ system: 'https://example.invalid/id', value: '1' });
    },
    rule: 'slice-closed',
    path: 'Patient.identifier[1]',
    marks: '{',
  },
  {
    name: 'a sender reference that is too long',
    change: (m) => (handling(m, 'SenderReference').valueString = 'r'.repeat(256)),
    rule: 'max-length',
    path: 'MessageHeader.extension[0].extension[4].valueString',
    marks: '"rrr',
  },
  {
    name: 'a sender reference that is far too long',
    change: (m) => (handling(m, 'SenderReference').valueString = 'urn:uuid:'.repeat(1000)),
    rule: 'max-length',
    path: 'MessageHeader.extension[0].extension[4].valueString',
    marks: '"urn:uuid:',
  },
  {
    name: 'a sender reference that is too long in characters beyond the first plane',
    change: (m) => (handling(m, 'SenderReference').valueString = '𝄞'.repeat(256)),
    rule: 'max-length',
    path: 'MessageHeader.extension[0].extension[4].valueString',
    marks: '"𝄞',
  },
  {
    name: 'a local identifier before the NHS number',
    change: (m) => patient(m).identifier.unshift({ system: 'https://example.org/id', value: '7' }),
    rule: 'slice-order',
    severity: 'warning',
    path: 'Patient.identifier[0]',
    marks: '{',
  },
  {
    name: 'a name without use before the official one',
    change: (m) => patient(m).name.unshift({ family: 'EXAMPLE' }),
    rule: 'slice-order',
    severity: 'warning',
    path: 'Patient.name[0]',
    marks: '{',
  },
  {
    name: 'a local identifier before the ODS code',
    change: (m) => resource(m, 'Organization').identifier.unshift({ system: 'https://example.org/id', value: '7' }),
    rule: 'slice-order',
    severity: 'warning',
    path: 'Organization.identifier[0]',
    marks: '{',
  },
];
