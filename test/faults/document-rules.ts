// What the guides ask of a document beyond profiles: who and what it is, when, and which sections it has.
import type { Loose } from '../loose';
import { composition, documentBundle, header, patient, resource, section, type Fault } from './fault';
import { author, copy, of } from './of-rule';

const SCT = 'http://snomed.info/sct';
const CONTACTS = 'contacts-with-professionals';
const LEGAL = '886961000000102';

/** Another entry of the document, alike but for its id. */
const add = (m: Loose, like: Loose, n: number): Loose => {
  const id = `00000000-0000-4000-8000-00000000000${n}`;
  const added = { ...copy(like), id };
  documentBundle(m).entry.push({ fullUrl: `urn:uuid:${id}`, resource: added });
  return added;
};
const to = (added: Loose): Loose => ({ reference: `urn:uuid:${added.id}` });
const recode = (m: Loose, code: string, title: string, coding: Loose): void => {
  const there = section(m, code);
  there.title = title;
  there.code.coding = [coding];
};
/** What a copy of the document needs to stand beside it. */
const second = (m: Loose): Loose => {
  const id = '00000000-0000-4000-8000-000000000007';
  const bundle = { ...copy(documentBundle(m)), id };
  return { fullUrl: `urn:uuid:${id}`, resource: bundle };
};
const attach = (m: Loose, contentType: string, content: string): void => {
  const binary = { resourceType: 'Binary', contentType, content };
  section(m, '886921000000105').entry.push(to(add(m, binary, 3)));
};
const replace = (m: Loose, targetIdentifier: Loose): void => {
  composition(m).relatesTo = [{ code: 'replaces', targetIdentifier }];
};
/** Takes away an entry of the document and what refers to it. */
const remove = (m: Loose, reference: string): void => {
  const bundle = documentBundle(m);
  const rest = bundle.entry.filter((e: Loose) => e.fullUrl !== reference);
  bundle.entry = JSON.parse(JSON.stringify(rest), (_, v: Loose) => (v?.reference === reference ? undefined : v));
};

const one = of('one-document');
const identity = of('document-identity');
const kind = of('document-kind', 'warning');
const entries = of('document-entries', 'warning');
const duplicate = of('duplicate-identifier', 'warning');
const replaces = of('replacement', 'warning');
const attached = of('attachment', 'warning');
const order = of('time-order', 'warning');
const future = of('time-in-future', 'warning');
const code = of('section-code', 'warning');
const title = of('section-title', 'warning');
const repeated = of('section-repeated', 'warning');
const entry = of('section-entry', 'warning');
const version = of('guide-version', 'information');

const TYPE = 'Composition.type.coding[0]';
const CARE = 'Composition.extension[0].valueCodeableConcept.coding[0]';
const TARGET = 'Composition.relatesTo[0].targetIdentifier';

export const DOCUMENT_RULES: Fault[] = [
  one('a second document after the first', (m) => m.entry.splice(-1, 0, second(m)), 'Bundle.type', '"document"'),
  one('a second document before all', (m) => m.entry.splice(1, 0, second(m)), 'Bundle.type', '"document"'),
  one('a document in the document', (m) => documentBundle(m).entry.push(second(m)), 'Bundle.type', '"document"'),

  identity('a document without id', (m) => delete documentBundle(m).id, 'Bundle', '"resource"'),
  identity('no time of assembly', (m) => delete documentBundle(m).meta.lastUpdated, 'Bundle.meta', '"meta"'),
  identity('a document without meta', (m) => delete documentBundle(m).meta, 'Bundle', '"resource"'),

  kind('another type', (m) => (composition(m).type.coding[0].code = '310080006'), `${TYPE}.code`, '"310080006"'),
  kind('a type of another system', (m) => (composition(m).type.coding[0].system = 'urn:x:y'), `${TYPE}.system`, '"urn'),
  kind(
    'another care setting',
    (m) => (composition(m).extension[0].valueCodeableConcept.coding[0].code = '886711000000101'),
    `${CARE}.code`,
    '"886711000000101"',
  ),

  entries(
    'a second Patient',
    (m) => {
      const other = add(m, { resourceType: 'Patient', name: copy(patient(m).name) }, 1);
      patient(m).link = [{ other: to(other), type: 'seealso' }];
    },
    'Patient',
    '"resource"',
  ),
  entries(
    'a second Encounter',
    (m) =>
      (resource(m, 'MedicationDispense').context = to(add(m, { resourceType: 'Encounter', status: 'finished' }, 1))),
    'Encounter',
    '"resource"',
  ),
  entries(
    'no Encounter',
    (m) => {
      composition(m).section.splice(1, 1);
      remove(m, String(composition(m).encounter.reference));
    },
    'Bundle',
    '"resource"',
  ),

  duplicate(
    'an Organization twice',
    (m) => (patient(m).managingOrganization = to(add(m, resource(m, 'Organization', 1), 1))),
    'Organization.identifier',
    '"identifier"',
  ),
  duplicate(
    'a Practitioner twice',
    (m) => (resource(m, 'MedicationDispense').performer[0].actor = to(add(m, author(m), 1))),
    'Practitioner.identifier',
    '"identifier"',
  ),
  duplicate(
    'two Lists of one identifier',
    (m) => (resource(m, 'List', 1).identifier = copy(resource(m, 'List').identifier)),
    'List.identifier',
    '"identifier"',
  ),

  replaces('itself', (m) => replace(m, copy(composition(m).identifier)), `${TARGET}.value`, '"'),
  replaces('the bundle', (m) => replace(m, copy(documentBundle(m).identifier)), `${TARGET}.value`, '"'),
  replaces('half an identifier', (m) => replace(m, { value: 'old-1' }), TARGET, '"targetIdentifier"'),

  attached('a picture', (m) => attach(m, 'image/png', 'QUJD'), 'Binary.contentType', '"image/png"'),
  attached('a letter', (m) => attach(m, 'application/msword', 'QUJD'), 'Binary.contentType', '"application/msword"'),
  attached(
    'a PDF that is none',
    (m) => attach(m, 'application/pdf', 'QUJD'),
    'Binary.contentType',
    '"application/pdf"',
  ),

  order('written after assembly', (m) => (composition(m).date = '2026-11-30'), 'Composition.date', '"2026-11-30"'),
  order(
    'sent before it was written',
    (m) => (header(m).timestamp = '2020-01-01T10:00:00Z'),
    'MessageHeader.timestamp',
    '"2020-01-01T10:00:00Z"',
  ),
  order(
    'supplied before the contact',
    (m) =>
      Object.assign(resource(m, 'MedicationDispense'), { whenPrepared: '2020-01-01', whenHandedOver: '2020-01-01' }),
    'MedicationDispense.whenHandedOver',
    '"2020-01-01"',
  ),

  future(
    'a supply',
    (m) => (resource(m, 'MedicationDispense').whenHandedOver = '2031-01-01'),
    'MedicationDispense.whenHandedOver',
    '"2031',
  ),
  future('a birth', (m) => (patient(m).birthDate = '2056-02-04'), 'Patient.birthDate', '"2056-02-04"'),
  future(
    'a contact',
    (m) => (resource(m, 'Encounter').period.start = '2026-12-01T12:30:00+00:00'),
    'Encounter.period.start',
    '"2026-12-01T12:30:00+00:00"',
  ),
  future(
    'a document',
    (m) => (documentBundle(m).meta.lastUpdated = '2031-01-01T10:00:00Z'),
    'Bundle.meta.lastUpdated',
    '"2031-01-01T10:00:00Z"',
  ),

  code(
    'a code of something else',
    (m) => (section(m, '717121000000105').code.coding[0].code = '310080006'),
    'Composition.section[4].code.coding[0].code',
    '"310080006"',
  ),
  code(
    'a misspelt code',
    (m) => (section(m, CONTACTS).code.coding[0].code = 'contact-with-professionals'),
    'Composition.section[1].code.coding[0].code',
    '"contact-with-professionals"',
  ),
  code(
    'another code system',
    (m) => (section(m, LEGAL).code.coding[0].system = 'https://fhir.nhs.uk/CodeSystem/SectionCode'),
    'Composition.section[2].code.coding[0].system',
    '"https://fhir.nhs.uk/CodeSystem/SectionCode"',
  ),
  code('no code', (m) => delete section(m, LEGAL).code, 'Composition.section[2]', '{'),
  code(
    'a section of no guide',
    (m) => recode(m, LEGAL, 'Weather', { system: SCT, code: '310080006', display: 'Pharmacy service' }),
    'Composition.section[2].code.coding[0].code',
    '"310080006"',
    { severity: 'information' },
  ),

  title(
    'that of another section',
    (m) => (section(m, CONTACTS).title = 'History'),
    'Composition.section[1].title',
    '"History"',
  ),
  title(
    'misspelt',
    (m) => (section(m, LEGAL).title = 'Legal informaton'),
    'Composition.section[2].title',
    '"Legal informaton"',
    { severity: 'information' },
  ),
  title('missing', (m) => delete section(m, LEGAL).title, 'Composition.section[2]', '{'),

  repeated(
    'at the end',
    (m) => composition(m).section.push(copy(section(m, LEGAL))),
    'Composition.section[10].code.coding[0].code',
    `"${LEGAL}"`,
  ),
  repeated(
    'next to it',
    (m) => composition(m).section.splice(2, 0, copy(section(m, CONTACTS))),
    'Composition.section[2].code.coding[0].code',
    `"${CONTACTS}"`,
  ),
  repeated(
    'under another title',
    (m) => composition(m).section.unshift({ ...copy(section(m, LEGAL)), title: 'Permissions' }),
    'Composition.section[3].code.coding[0].code',
    `"${LEGAL}"`,
  ),

  entry('none', (m) => delete section(m, CONTACTS).entry, 'Composition.section[1]', '{'),
  entry(
    'the Patient',
    (m) => (section(m, CONTACTS).entry[0].reference = composition(m).subject.reference),
    'Composition.section[1].entry[0].reference',
    '"urn:uuid:',
  ),
  entry(
    'two',
    (m) => section(m, CONTACTS).entry.push({ reference: composition(m).subject.reference }),
    'Composition.section[1].entry[1]',
    '{',
  ),
  entry(
    'where none is expected',
    (m) => (section(m, LEGAL).entry = [{ reference: composition(m).subject.reference }]),
    'Composition.section[2].entry',
    '"entry"',
    { severity: 'information' },
  ),

  version(
    'an old section for contacts',
    (m) =>
      recode(m, CONTACTS, 'Attendance Details', {
        system: SCT,
        code: '1077881000000105',
        display: 'Attendance details',
      }),
    'Composition.section[1].code.coding[0].code',
    '"1077881000000105"',
  ),
  version(
    'an old section for consent',
    (m) => recode(m, LEGAL, 'Consent', { system: SCT, code: '61861000000100', display: 'Consent' }),
    'Composition.section[2].code.coding[0].code',
    '"61861000000100"',
  ),
  version(
    'an old document type',
    (m) =>
      Object.assign(composition(m).type.coding[0], {
        code: '820261000000101',
        display: 'Controlled drug dispensing record',
      }),
    'Composition.type.coding[0].code',
    '"820261000000101"',
  ),
  version(
    'an old section for the referrer',
    (m) =>
      recode(m, '886721000000107', 'Referrer details', {
        system: SCT,
        code: '1052891000000108',
        display: 'Referrer details',
      }),
    'Composition.section[9].code.coding[0].code',
    '"1052891000000108"',
  ),
];
