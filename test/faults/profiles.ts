import type { Loose } from '../loose';
import { composition, handling, header, patient, resource, type Fault } from './fault';

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
    path: 'Patient.identifier[0]',
    marks: '{',
  },
  {
    name: 'a name without use before the official one',
    change: (m) => patient(m).name.unshift({ family: 'EXAMPLE' }),
    rule: 'slice-order',
    path: 'Patient.name[0]',
    marks: '{',
  },
  {
    name: 'a local identifier before the ODS code',
    change: (m) => resource(m, 'Organization').identifier.unshift({ system: 'https://example.org/id', value: '7' }),
    rule: 'slice-order',
    path: 'Organization.identifier[0]',
    marks: '{',
  },
];
