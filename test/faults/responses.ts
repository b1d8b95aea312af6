// Faults over an acknowledgement, each of which holds whatever its code is.
import { knowledge } from '../knowledge';
import type { Loose } from '../loose';
import { handling, header, type Fault } from './fault';

const DEFINITIONS = 'https://fhir.nhs.uk/STU3/MessageDefinition';

const response = (m: Loose): Loose => header(m).response;
const outcome = (m: Loose): Loose => m.entry.at(-1).resource;
const issue = (m: Loose): Loose => outcome(m).issue[0];
const coding = (m: Loose): Loose => issue(m).details.coding[0];

/** Makes the answer another one, right in every part. */
function answer(m: Loose, code: string): void {
  const { envelope, registry, responseCodes } = knowledge();
  const known = responseCodes.find((c) => c.code === code)!;
  response(m).code = known.responseCode;
  issue(m).severity = known.severity;
  issue(m).code = known.issueCodes[0];
  issue(m).diagnostics = 'Made up for a test.';
  coding(m).code = code;
  coding(m).display = registry.codeSystem(envelope.responseCodes)!.concepts.find((c) => c.code === code)!.display;
}

const over = (code: string, change: (m: Loose) => void) => (m: Loose) => {
  answer(m, code);
  change(m);
};

const PATIENT = {
  fullUrl: 'urn:uuid:00000000-0000-4000-8000-00000000000a',
  resource: { resourceType: 'Patient', id: '00000000-0000-4000-8000-00000000000a' },
};

const AT_DEFINITION = 'MessageHeader.extension[0].extension[3].valueReference.reference';
const AT_INF = 'MessageHeader.extension[0].extension[1].valueBoolean';
const AT_IDENTIFIER = 'MessageHeader.response.identifier';
const AT_DIAGNOSTICS = 'OperationOutcome.issue[0].diagnostics';
const AT_CODE = 'OperationOutcome.issue[0].details.coding[0].code';
const AT_SYSTEM = 'OperationOutcome.issue[0].details.coding[0].system';

export const RESPONSES: Fault[] = [
  {
    name: 'a business acknowledgement of an acknowledgement',
    change: (m) => (handling(m, 'BusAckRequested').valueBoolean = true),
    rule: 'handling-value',
    path: 'MessageHeader.extension[0].extension[0].valueBoolean',
    marks: 'true',
  },
  {
    name: 'an infrastructure acknowledgement of an infrastructure one',
    change: over('20013', (m) => (handling(m, 'InfAckRequested').valueBoolean = true)),
    rule: 'handling-value',
    severity: 'warning',
    path: AT_INF,
    marks: 'true',
  },
  {
    name: 'an infrastructure acknowledgement of a business one, which the samples have',
    change: over('30001', (m) => (handling(m, 'InfAckRequested').valueBoolean = true)),
    rule: 'handling-value',
    severity: 'information',
    path: AT_INF,
    marks: 'true',
  },
  {
    name: 'the retired key Priority in an acknowledgement',
    change: (m) => header(m).extension[0].extension.push({ url: 'Priority', valueString: 'routine' }),
    rule: 'handling-key',
    severity: 'warning',
    path: 'MessageHeader.extension[0].extension[6].url',
    marks: '"Priority"',
  },
  {
    name: 'the event of the message that is answered',
    change: (m) => {
      header(m).event.code = 'ITK010D';
      header(m).event.display = 'ITK Digital Medicine Emergency Supply Document';
    },
    rule: 'message-event',
    path: 'MessageHeader.event.code',
    marks: '"ITK010D"',
  },
  {
    name: 'the retired form of the definition of responses, which the samples have',
    change: (m) =>
      (handling(m, 'MessageDefinition').valueReference.reference =
        `${DEFINITIONS}/ITK-Response-MessageDefinition-Instance-1`),
    rule: 'message-definition',
    severity: 'information',
    path: AT_DEFINITION,
    marks: `"${DEFINITIONS}/ITK-Response-`,
  },
  {
    name: 'the definition of the message that is answered',
    change: (m) =>
      (handling(m, 'MessageDefinition').valueReference.reference =
        `${DEFINITIONS}/ITK-DM-EmergencySupply-MessageDefinition-1`),
    rule: 'message-definition',
    path: AT_DEFINITION,
    marks: `"${DEFINITIONS}/ITK-DM-EmergencySupply-`,
  },
  {
    name: 'an acknowledgement that does not say what it answers',
    change: (m) => delete header(m).response,
    rule: 'response-event',
    path: 'MessageHeader',
    marks: '"resource"',
  },
  {
    name: 'a focus in place of the response',
    change: (m) => {
      header(m).focus = [header(m).response.details];
      delete header(m).response;
    },
    rule: 'response-event',
    path: 'MessageHeader',
    marks: '"resource"',
  },
  {
    name: 'the id of this header itself as the one that is answered',
    change: (m) => (response(m).identifier = header(m).id),
    rule: 'response-identifier',
    path: AT_IDENTIFIER,
    marks: '"',
  },
  {
    name: 'a urn as the id that is answered',
    change: (m) => (response(m).identifier = 'urn:uuid:00000000-0000-4000-8000-00000000000b'),
    rule: 'response-identifier',
    path: AT_IDENTIFIER,
    marks: '"urn:uuid:',
  },
  {
    name: 'an accepted message that could not be read',
    change: over('20013', (m) => (response(m).identifier = 'UNREADABLE-IN-ORIGINAL-MESSAGE')),
    rule: 'response-identifier',
    path: AT_IDENTIFIER,
    marks: '"UNREADABLE-',
  },
  {
    name: 'a patient sought in a message that could not be read',
    change: over('30002', (m) => (response(m).identifier = 'UNREADABLE-IN-ORIGINAL-MESSAGE')),
    rule: 'response-identifier',
    path: AT_IDENTIFIER,
    marks: '"UNREADABLE-',
  },
  {
    name: 'a wrong header whose id could not be read',
    change: over('20006', (m) => (response(m).identifier = 'UNREADABLE-IN-ORIGINAL-MESSAGE')),
    rule: 'response-identifier',
    severity: 'information',
    path: AT_IDENTIFIER,
    marks: '"UNREADABLE-',
  },
  {
    name: 'the word for an unreadable message in small letters',
    change: over('10009', (m) => (response(m).identifier = 'unreadable-in-original-message')),
    rule: 'response-identifier',
    path: AT_IDENTIFIER,
    marks: '"unreadable-',
  },
  {
    name: 'a response.code that ITK3 never has',
    change: (m) => (response(m).code = 'transient-error'),
    rule: 'response-code',
    path: 'MessageHeader.response.code',
    marks: '"transient-error"',
  },
  {
    name: 'a severity that the code does not have',
    change: (m) => (issue(m).severity = 'error'),
    rule: 'response-code',
    path: 'OperationOutcome.issue[0].severity',
    marks: '"error"',
  },
  {
    name: 'an issue code that the code does not have',
    change: (m) => (issue(m).code = 'conflict'),
    rule: 'response-code',
    path: 'OperationOutcome.issue[0].code',
    marks: '"conflict"',
  },
  {
    name: 'another response code beside the outcome of 30014',
    change: over('30014', (m) => {
      coding(m).code = '30015';
      coding(m).display = 'Closure (duplicate referral)';
    }),
    rule: 'response-code',
    path: 'OperationOutcome.issue[0].code',
    marks: '"informational"',
  },
  {
    name: 'a success beside all that goes with a refusal',
    change: over('30003', (m) => {
      coding(m).code = '20013';
      coding(m).display = 'Success';
    }),
    rule: 'response-code',
    path: AT_CODE,
    marks: '"20013"',
  },
  {
    name: 'a replacement refused with ok, as the official sample has it',
    change: over('20014', (m) => (response(m).code = 'ok')),
    rule: 'response-code',
    severity: 'warning',
    path: 'MessageHeader.response.code',
    marks: '"ok"',
  },
  {
    name: 'a death answered as a test tool of the NHS has it',
    change: over('30004', (m) => {
      response(m).code = 'fatal-error';
      issue(m).severity = 'fatal';
      issue(m).code = 'business-rule';
    }),
    rule: 'response-code',
    severity: 'warning',
    path: AT_CODE,
    marks: '"30004"',
  },
  ...[1, 2, 3].map((more): Fault => ({
    name: `${more} issues too many`,
    change: (m) => {
      for (let i = 0; i < more; i++) outcome(m).issue.push(structuredClone(issue(m)));
    },
    rule: 'response-issues',
    severity: 'warning',
    path: 'OperationOutcome.issue[1]',
    marks: '{',
  })),
  ...['10001', '20009', '30003'].map((code): Fault => ({
    name: `${code} without a word`,
    change: over(code, (m) => delete issue(m).diagnostics),
    rule: 'response-diagnostics',
    severity: 'warning',
    path: 'OperationOutcome.issue[0]',
    marks: '{',
  })),
  ...Object.entries({
    'an NHS number': ['No record of 9990000018 here.', '9990000018'],
    'an NHS number in groups': ['NHS number 999 000 0018 is not known.', '999 000 0018'],
    'a date of birth': ['Not the same, born 31/01/1956 there.', 'born 31/01/1956'],
    'a date of birth, shortened': ['Testwell, DOB: 1956-01-31', 'DOB: 1956-01-31'],
    'the address that MESH routed by': [
      'Was sent to GPPROVIDER_9990000018_19560131_Testwell.',
      'GPPROVIDER_9990000018_19560131_Testwell',
    ],
  }).map(([name, [text, marks]]): Fault => ({
    name: `${name} in diagnostics`,
    change: (m) => (issue(m).diagnostics = text),
    rule: 'response-privacy',
    path: AT_DIAGNOSTICS,
    marks: marks!,
  })),
  {
    name: 'an NHS number in the text of the details',
    change: (m) => (issue(m).details.text = 'Nobody has 9990000018.'),
    rule: 'response-privacy',
    path: 'OperationOutcome.issue[0].details.text',
    marks: '9990000018',
  },
  {
    name: 'a patient in an acknowledgement',
    change: (m) => m.entry.splice(1, 0, structuredClone(PATIENT)),
    rule: 'response-content',
    path: 'Patient',
    marks: '"resource"',
  },
  {
    name: 'a bundle in an acknowledgement',
    change: (m) =>
      m.entry.splice(1, 0, {
        fullUrl: 'urn:uuid:00000000-0000-4000-8000-00000000000c',
        resource: { resourceType: 'Bundle', id: '00000000-0000-4000-8000-00000000000c', type: 'collection' },
      }),
    rule: 'response-content',
    path: 'Bundle',
    marks: '"resource"',
  },
  {
    name: 'a focus in an acknowledgement',
    change: (m) => (header(m).focus = [header(m).response.details]),
    rule: 'response-content',
    severity: 'warning',
    path: 'MessageHeader.focus',
    marks: '"focus"',
  },
  ...Object.entries({
    'ITK-Acknowledgement-1': 'RC001',
    'ITK-InfAcknowledgement-1': '41001',
    'ITK-BusAcknowledgement-1': '51001',
  }).map(([name, code]): Fault => ({
    name: `a code of the draft ${name}`,
    change: (m) => {
      coding(m).system = `https://fhir.nhs.uk/STU3/CodeSystem/${name}`;
      coding(m).code = code;
    },
    rule: 'obsolete-codes',
    path: AT_SYSTEM,
    marks: `"https://fhir.nhs.uk/STU3/CodeSystem/${name}"`,
  })),
  {
    name: 'the code that was retired with the key Priority',
    change: over('10007', (m) => (coding(m).code = '10006')),
    rule: 'obsolete-codes',
    path: AT_CODE,
    marks: '"10006"',
  },
  {
    name: 'an acknowledgement whose header has no id',
    change: (m) => delete header(m).id,
    rule: 'header-id',
    path: 'MessageHeader',
    marks: '"resource"',
  },
  {
    name: 'an answer to what could not be read whose header has no id',
    change: over('10009', (m) => {
      response(m).identifier = 'UNREADABLE-IN-ORIGINAL-MESSAGE';
      delete header(m).id;
    }),
    rule: 'header-id',
    path: 'MessageHeader',
    marks: '"resource"',
  },
];
