import type { Loose } from '../loose';
import { composition, handling, header, type Fault } from './fault';

const EVENTS = 'https://fhir.nhs.uk/STU3/CodeSystem/ITK-MessageEvent-2';
const DEFINITIONS = 'https://fhir.nhs.uk/STU3/MessageDefinition';
const PROFILES = 'https://fhir.nhs.uk/STU3/StructureDefinition';

const announce = (m: Loose, code: string, display: string): void => {
  header(m).event = { system: EVENTS, code, display };
};
const define = (m: Loose, name: string): void => {
  handling(m, 'MessageDefinition').valueReference.reference = name.includes('://') ? name : `${DEFINITIONS}/${name}`;
};
const priority = { url: 'Priority', valueCoding: { system: 'urn:x-local:priority', code: 'routine' } };
const keys = (m: Loose): Loose[] => header(m).extension[0].extension;
/** The header organisation that sends. */
const sender = (m: Loose): Loose =>
  m.entry.find((e: Loose) => e.fullUrl === header(m).sender.reference && e.resource.resourceType === 'Organization')
    .resource;

const OUTCOME_ID = '00000000-0000-4000-8000-000000000001';
const outcome = {
  fullUrl: `urn:uuid:${OUTCOME_ID}`,
  resource: {
    resourceType: 'OperationOutcome',
    id: OUTCOME_ID,
    meta: { profile: [`${PROFILES}/ITK-Response-OperationOutcome-1`] },
    issue: [
      {
        severity: 'information',
        code: 'informational',
        details: {
          coding: [
            { system: 'https://fhir.nhs.uk/STU3/CodeSystem/ITK-ResponseCodes-1', code: '20013', display: 'Success' },
          ],
        },
      },
    ],
  },
};

const AT_DEFINITION = 'MessageHeader.extension[0].extension[3].valueReference.reference';
const AT_REFERENCE = 'MessageHeader.extension[0].extension[4].valueString';
const AT_CLAIM = 'Composition.meta.profile[0]';
const AT_ODS = 'Organization.identifier[0].value';

export const ENVELOPE_RULES: Fault[] = [
  {
    name: 'a slip in a key of the handling',
    change: (m) => (handling(m, 'BusAckRequested').url = 'BusAckRequsted'),
    rule: 'fixed-value',
    path: 'MessageHeader.extension[0].extension[0].url',
    marks: '"BusAckRequsted"',
  },
  {
    name: 'no business acknowledgement asked for',
    change: (m) => (handling(m, 'BusAckRequested').valueBoolean = false),
    rule: 'handling-value',
    path: 'MessageHeader.extension[0].extension[0].valueBoolean',
    marks: 'false',
  },
  {
    name: 'no infrastructure acknowledgement asked for',
    change: (m) => (handling(m, 'InfAckRequested').valueBoolean = false),
    rule: 'handling-value',
    path: 'MessageHeader.extension[0].extension[1].valueBoolean',
    marks: 'false',
  },
  {
    name: 'another LocalExtension than None',
    change: (m) => (handling(m, 'LocalExtension').valueString = 'EmergencySupply'),
    rule: 'handling-value',
    path: 'MessageHeader.extension[0].extension[5].valueString',
    marks: '"EmergencySupply"',
  },
  {
    name: 'a LocalExtension that is no text',
    change: (m) => {
      const key = handling(m, 'LocalExtension');
      delete key.valueString;
      key.valueBoolean = true;
    },
    rule: 'handling-value',
    path: 'MessageHeader.extension[0].extension[5].valueBoolean',
    marks: '"valueBoolean"',
  },
  {
    name: 'the retired key Priority, as the last',
    change: (m) => keys(m).push(priority),
    rule: 'handling-key',
    severity: 'warning',
    path: 'MessageHeader.extension[0].extension[6].url',
    marks: '"Priority"',
  },
  {
    name: 'the retired key Priority, as the first',
    change: (m) => keys(m).unshift(priority),
    rule: 'handling-key',
    severity: 'warning',
    path: 'MessageHeader.extension[0].extension[0].url',
    marks: '"Priority"',
  },
  {
    name: 'the retired key Priority, among the others',
    change: (m) => keys(m).splice(3, 0, { url: 'Priority', valueString: 'routine' }),
    rule: 'handling-key',
    severity: 'warning',
    path: 'MessageHeader.extension[0].extension[3].url',
    marks: '"Priority"',
  },
  {
    name: 'the event that a page of the guide prints by mistake',
    change: (m) => announce(m, 'ITK009D', 'ITK Digital Medicine Immunization Document'),
    rule: 'message-event',
    severity: 'warning',
    path: 'MessageHeader.event.code',
    marks: '"ITK009D"',
  },
  {
    name: 'the event of Send Document',
    change: (m) => announce(m, 'ITK007C', 'ITK GP Connect Send Document'),
    rule: 'message-event',
    path: 'MessageHeader.event.code',
    marks: '"ITK007C"',
  },
  {
    name: 'the event of an acknowledgement',
    change: (m) => announce(m, 'ITK008M', 'ITK Response'),
    rule: 'message-event',
    path: 'MessageHeader.event.code',
    marks: '"ITK008M"',
  },
  {
    name: 'the definition that a page of the guide prints by mistake',
    change: (m) => define(m, 'ITK-GPConnectSendDocument-MessageDefinition-1'),
    rule: 'message-definition',
    severity: 'warning',
    path: AT_DEFINITION,
    marks: `"${DEFINITIONS}/ITK-GPConnectSendDocument-`,
  },
  {
    name: 'the definition that another page of the guide shows by mistake',
    change: (m) => define(m, 'ITK-DM-Immunization-MessageDefinition-1'),
    rule: 'message-definition',
    severity: 'warning',
    path: AT_DEFINITION,
    marks: `"${DEFINITIONS}/ITK-DM-Immunization-`,
  },
  {
    name: 'the retired form of the definition',
    change: (m) => define(m, 'ITK-DM-EmergencySupply-MessageDefinition-Instance-1'),
    rule: 'message-definition',
    severity: 'warning',
    path: AT_DEFINITION,
    marks: `"${DEFINITIONS}/ITK-DM-EmergencySupply-MessageDefinition-Instance-1"`,
  },
  {
    name: 'the definition of payloads',
    change: (m) => define(m, 'ITK-SendPayload-MessageDefinition-1'),
    rule: 'message-definition',
    path: AT_DEFINITION,
    marks: `"${DEFINITIONS}/ITK-SendPayload-`,
  },
  {
    name: 'the definition of a discharge',
    change: (m) => define(m, 'ITK-eDischarge-MessageDefinition-4'),
    rule: 'message-definition',
    path: AT_DEFINITION,
    marks: `"${DEFINITIONS}/ITK-eDischarge-`,
  },
  {
    name: 'the definition at another address',
    change: (m) => define(m, 'http://fhir.nhs.uk/STU3/MessageDefinition/ITK-DM-EmergencySupply-MessageDefinition-1'),
    rule: 'message-definition',
    path: AT_DEFINITION,
    marks: '"http://fhir.nhs.uk/',
  },
  {
    name: 'the profile of a vaccination, which a page of the guide lists by mistake',
    change: (m) => (composition(m).meta.profile = [`${PROFILES}/CareConnect-ITK-DM-Immunization-Composition-1`]),
    rule: 'composition-profile',
    severity: 'warning',
    path: AT_CLAIM,
    marks: `"${PROFILES}/CareConnect-ITK-DM-Immunization-`,
  },
  {
    name: 'the header of a vaccination over the document',
    change: (m) => {
      announce(m, 'ITK009D', 'ITK Digital Medicine Immunization Document');
      define(m, 'ITK-DM-Immunization-MessageDefinition-1');
    },
    rule: 'composition-profile',
    path: AT_CLAIM,
    marks: `"${PROFILES}/CareConnect-ITK-DM-EmergencySupply-`,
  },
  {
    name: 'the header of Send Document over the document',
    change: (m) => {
      announce(m, 'ITK007C', 'ITK GP Connect Send Document');
      define(m, 'ITK-GPConnectSendDocument-MessageDefinition-1');
    },
    rule: 'composition-profile',
    path: AT_CLAIM,
    marks: `"${PROFILES}/CareConnect-ITK-DM-EmergencySupply-`,
  },
  {
    name: 'a sending organisation without any identifier',
    change: (m) => delete sender(m).identifier,
    rule: 'header-sender',
    path: 'Organization',
    marks: '"resource"',
  },
  {
    name: 'a sending organisation known by its site only',
    change: (m) => (sender(m).identifier[0].system = 'https://fhir.nhs.uk/Id/ods-site-code'),
    rule: 'header-sender',
    path: 'Organization',
    marks: '"resource"',
  },
  {
    name: 'the system of ODS codes misspelt',
    change: (m) => (sender(m).identifier[0].system = 'https://fhir.nhs.uk/Id/ods-organisation-code'),
    rule: 'header-sender',
    path: 'Organization.identifier[0].system',
    marks: '"https://fhir.nhs.uk/Id/ods-organisation-code"',
  },
  {
    name: 'an ODS code in small letters',
    change: (m) => (sender(m).identifier[0].value = 'fzz99'),
    rule: 'ods-code',
    severity: 'warning',
    path: AT_ODS,
    marks: '"fzz99"',
  },
  {
    name: 'a name where the ODS code belongs',
    change: (m) => (sender(m).identifier[0].value = 'Imaginary Pharmacy'),
    rule: 'ods-code',
    severity: 'warning',
    path: AT_ODS,
    marks: '"Imaginary Pharmacy"',
  },
  {
    name: 'an ODS code with a space in it',
    change: (m) => (sender(m).identifier[0].value = 'FZZ 99'),
    rule: 'ods-code',
    severity: 'warning',
    path: AT_ODS,
    marks: '"FZZ 99"',
  },
  {
    name: 'a person as sender',
    change: (m) => {
      const person = sender(m);
      person.resourceType = 'Practitioner';
      person.meta.profile = [`${PROFILES}/CareConnect-ITK-Header-Practitioner-1`];
      person.identifier = [{ system: 'https://fhir.nhs.uk/Id/sds-user-id', value: '999999999999' }];
    },
    rule: 'header-sender',
    severity: 'warning',
    path: 'MessageHeader.sender.reference',
    marks: '"urn:uuid:',
  },
  {
    name: 'a SenderReference of hyphens',
    change: (m) => (handling(m, 'SenderReference').valueString = '---'),
    rule: 'sender-reference',
    path: AT_REFERENCE,
    marks: '"---"',
  },
  {
    name: 'a SenderReference that is a full stop',
    change: (m) => (handling(m, 'SenderReference').valueString = '.'),
    rule: 'sender-reference',
    path: AT_REFERENCE,
    marks: '"."',
  },
  {
    name: 'no SenderReference, as older versions have it',
    change: (m) => (handling(m, 'SenderReference').valueString = 'None'),
    rule: 'sender-reference',
    severity: 'information',
    path: AT_REFERENCE,
    marks: '"None"',
  },
  ...Object.entries({
    'an address of older messages': 'urn:nhs-uk:addressing:ods:ZZZ99',
    'a url': 'https://mesh.example.nhs.uk/messageexchange/X26ABC1',
    'an OID': '1.2.826.0.1285.0.2.0.107',
    'a mail address': 'pharmacy@example.nhs.uk',
  }).map(([name, endpoint]): Fault => ({
    name: `${name} as source.endpoint`,
    change: (m) => (header(m).source.endpoint = endpoint),
    rule: 'source-endpoint',
    severity: 'warning',
    path: 'MessageHeader.source.endpoint',
    marks: `"${endpoint}"`,
  })),
  ...Object.entries({
    'by a year': '2027-12-01T12:00:00Z',
    'by an hour, for the zone is wrong': '2026-12-01T12:30:00-01:00',
    'by minutes': '2026-12-01T12:06:00+00:00',
  }).map(([name, timestamp]): Fault => ({
    name: `a header of the future, ${name}`,
    change: (m) => (header(m).timestamp = timestamp),
    rule: 'time-in-future',
    severity: 'warning',
    path: 'MessageHeader.timestamp',
    marks: `"${timestamp}"`,
  })),
  {
    name: 'no focus',
    change: (m) => delete header(m).focus,
    rule: 'header-focus',
    path: 'MessageHeader',
    marks: '"resource"',
  },
  {
    name: 'a focus on the sender',
    change: (m) => (header(m).focus[0].reference = header(m).sender.reference),
    rule: 'header-focus',
    path: 'MessageHeader.focus[0].reference',
    marks: '"urn:uuid:',
  },
  {
    name: 'a focus on the header itself',
    change: (m) => (header(m).focus[0].reference = m.entry[0].fullUrl),
    rule: 'header-focus',
    path: 'MessageHeader.focus[0].reference',
    marks: '"urn:uuid:',
  },
  {
    name: 'a response in a message that is none',
    change: (m) => {
      m.entry.splice(1, 0, outcome);
      header(m).response = {
        identifier: '00000000-0000-4000-8000-000000000002',
        code: 'ok',
        details: { reference: outcome.fullUrl },
      };
    },
    rule: 'response-event',
    path: 'MessageHeader.response',
    marks: '"response"',
  },
  ...Object.entries({
    'for a long title': (text: string) => text.replace('"title": "', `$&${'x'.repeat(5_300_000)}`),
    'for a title in escapes': (text: string) => text.replace('"title": "', `$&${'\\u20ac'.repeat(900_000)}`),
    'in bytes, though not in letters': (text: string) => text.replace('"title": "', `$&${'€'.repeat(1_800_000)}`),
  }).map(([name, edit]): Fault => ({
    name: `a message that is too large ${name}`,
    edit,
    rule: 'message-size',
    severity: 'warning',
    path: 'Bundle',
    marks: '{',
  })),
];
