// Faults of the file of exceptions beside a message. The message has two findings: binding at Patient.gender, and
// nhs-number at Patient.identifier[0].value.

export interface SidecarFault {
  name: string;
  /** The file, its wrong spot between ⟦ and ⟧. */
  beside: string;
  rule: 'exception-form' | 'unused-exception' | 'missing-expected';
  /** Words of the finding. */
  says: string;
  /** Of the exceptions in it, those that hold all the same. */
  holding?: number;
}

const list = (...items: string[]): string => `{ "exceptions": [${items.join(', ')}] }`;
const RIGHT = '{ "rule": "binding", "path": "Patient.gender", "reason": "made wrong on purpose" }';

const expected = (...items: string[]): string => `{ "expected": [${items.join(', ')}] }`;

export const EXCEPTIONS: SidecarFault[] = [
  { name: 'nothing', beside: '⟦⟧', rule: 'exception-form', says: 'no JSON from here on' },
  {
    name: 'a comma too few: what is readable holds',
    beside: `{ "exceptions": [${RIGHT} ⟦{⟧ "rule": "nhs-number", "reason": "x" }] }`,
    rule: 'exception-form',
    says: 'no JSON from here on',
    holding: 2,
  },
  {
    name: 'a comment',
    beside: `⟦// why⟧\n${list(RIGHT)}`,
    rule: 'exception-form',
    says: 'no JSON from here on',
    holding: 1,
  },
  {
    name: 'a name twice',
    beside: list('{ "rule": "binding", ⟦"rule"⟧: "binding", "reason": "x" }'),
    rule: 'exception-form',
    says: '"rule" stands twice',
    holding: 1,
  },
  { name: 'a list of exceptions alone', beside: `⟦[⟧${RIGHT}]`, rule: 'exception-form', says: 'is an object' },
  { name: 'an empty object', beside: '⟦{⟧}', rule: 'exception-form', says: 'exceptions is missing' },
  {
    name: 'a slip in the name of the list',
    beside: `{ ⟦"exception"⟧: [${RIGHT}] }`,
    rule: 'exception-form',
    says: 'did you mean "exceptions"?',
  },
  {
    name: 'one exception where a list belongs',
    beside: `{ "exceptions": ⟦${RIGHT}⟧ }`,
    rule: 'exception-form',
    says: 'exceptions is a list',
  },
  {
    name: 'the name of a rule where an exception belongs',
    beside: list('⟦"binding"⟧', RIGHT),
    rule: 'exception-form',
    says: 'An exception is an object',
    holding: 1,
  },
  {
    name: 'a rule that is nearly one',
    beside: list('{ "rule": ⟦"nhs-nummber"⟧, "reason": "x" }', RIGHT),
    rule: 'exception-form',
    says: 'did you mean "nhs-number"?',
    holding: 1,
  },
  {
    name: 'a rule of no message',
    beside: list('{ "rule": ⟦"unused-exception"⟧, "reason": "x" }', RIGHT),
    rule: 'exception-form',
    says: 'No rule for messages is called "unused-exception"',
    holding: 1,
  },
  {
    name: 'no rule',
    beside: list('⟦{⟧ "path": "Patient.gender", "reason": "x" }'),
    rule: 'exception-form',
    says: 'rule is missing',
  },
  {
    name: 'a rule that is no text',
    beside: list('{ "rule": ⟦["binding"]⟧, "reason": "x" }'),
    rule: 'exception-form',
    says: 'rule is the name of a rule',
  },
  {
    name: 'a pointer for a path',
    beside: list('{ "rule": "binding", "path": ⟦"/gender"⟧, "reason": "x" }'),
    rule: 'exception-form',
    says: 'a JSON Pointer, but path is a path as in FHIR',
  },
  {
    name: 'a blank path',
    beside: list('{ "rule": "binding", "path": ⟦" "⟧, "reason": "x" }'),
    rule: 'exception-form',
    says: 'leave it out',
  },
  {
    name: 'no reason',
    beside: list('⟦{⟧ "rule": "binding", "path": "Patient.gender" }'),
    rule: 'exception-form',
    says: 'reason is missing, so this exception does not hold',
  },
  {
    name: 'an empty reason',
    beside: list('{ "rule": "binding", "path": "Patient.gender", "reason": ⟦""⟧ }'),
    rule: 'exception-form',
    says: 'The reason is empty, so this exception does not hold',
  },
  {
    name: 'a reason that is no text',
    beside: list('{ "rule": "binding", "path": "Patient.gender", "reason": ⟦true⟧ }'),
    rule: 'exception-form',
    says: 'The reason is not a text',
  },
  {
    name: 'a slip in the name of the reason',
    beside: list('{ "rule": "binding", "path": "Patient.gender", ⟦"raeson"⟧: "x" }'),
    rule: 'exception-form',
    says: 'did you mean "reason"?',
  },
  {
    name: 'a property that nobody knows',
    beside: list('{ "rule": "binding", "path": "Patient.gender", "reason": "x", ⟦"until"⟧: "2027" }'),
    rule: 'exception-form',
    says: 'has no property "until"',
    holding: 1,
  },
  {
    name: 'an exception at a spot that is right',
    beside: list(RIGHT, '{ "rule": "primitive-form", "path": ⟦"Patient.birthDate"⟧, "reason": "x" }'),
    rule: 'unused-exception',
    says: 'primitive-form finds nothing here: remove this exception.',
    holding: 1,
  },
  {
    name: 'an exception at a spot that has moved',
    beside: list('{ "rule": "nhs-number", "path": ⟦"Patient.identifier[1].value"⟧, "reason": "x" }'),
    rule: 'unused-exception',
    says: 'or mend it: nhs-number does find something at Patient.identifier[0].value.',
  },
  {
    name: 'an exception of another rule',
    beside: list('{ "rule": "required", "path": ⟦"Patient.gender"⟧, "reason": "x" }'),
    rule: 'unused-exception',
    says: 'required finds nothing here',
  },
  {
    name: 'an exception for the whole message',
    beside: list('{ "rule": ⟦"reference-missing"⟧, "reason": "x" }'),
    rule: 'unused-exception',
    says: 'reference-missing finds nothing in this message',
  },
  {
    name: 'an exception in other words',
    beside: list('{ "rule": "binding", "path": ⟦"Patient.gender"⟧, "message": "femail", "reason": "x" }'),
    rule: 'unused-exception',
    says: 'binding finds nothing here in these words',
  },
  {
    name: 'what is expected and does not happen',
    beside: expected('{ "rule": "ods-code", "path": ⟦"Patient.gender"⟧ }'),
    rule: 'missing-expected',
    says: 'ods-code finds nothing here, though it is expected to',
  },
  {
    name: 'what is expected where it is not',
    beside: expected('{ "rule": "binding", "path": ⟦"Patient.active"⟧ }'),
    rule: 'missing-expected',
    says: 'It does find something at Patient.gender.',
  },
  {
    name: 'what is expected twice and happens once',
    beside: expected('{ "rule": "binding" }', '{ "rule": ⟦"binding"⟧ }'),
    rule: 'missing-expected',
    says: 'binding finds nothing in this message',
  },
  {
    name: 'what is expected to be milder than it is',
    beside: expected('{ "rule": ⟦"binding"⟧, "severity": "warning" }'),
    rule: 'missing-expected',
    says: 'finds nothing of severity warning',
  },
  {
    name: 'what is expected and excepted as well',
    beside: `{ "exceptions": [${RIGHT}], "expected": [{ "rule": "binding", "path": ⟦"Patient.gender"⟧ }] }`,
    rule: 'missing-expected',
    says: 'binding finds nothing here',
    holding: 1,
  },
  {
    name: 'a word where the list of what is expected belongs',
    beside: '{ "expected": ⟦"binding"⟧ }',
    rule: 'exception-form',
    says: 'expected is a list',
  },
  {
    name: 'a word where something expected belongs',
    beside: expected('⟦"binding"⟧'),
    rule: 'exception-form',
    says: 'What is expected is an object',
  },
  {
    name: 'a rule that is nearly one, expected',
    beside: expected('{ "rule": ⟦"bindng"⟧ }'),
    rule: 'exception-form',
    says: 'did you mean "binding"?',
  },
  {
    name: 'a severity that is none',
    beside: expected('{ "rule": "binding", "severity": ⟦"fatal"⟧ }'),
    rule: 'exception-form',
    says: 'severity is one of error, warning',
  },
  {
    name: 'a slip in the name of the severity',
    beside: expected('{ "rule": "binding", ⟦"severty"⟧: "error" }'),
    rule: 'exception-form',
    says: 'did you mean "severity"?',
  },
];
