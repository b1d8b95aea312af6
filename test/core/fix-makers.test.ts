// Each kind of fix of what the stages find: what is offered for the first finding of a text, the sure one with `!`, and what
// the text is after it.
import assert from 'node:assert/strict';
import { readingsOf } from '../../core/fixes/moments';
import { check, offers } from '../faults/proving';
import { knowledge } from '../knowledge';

type Case = [before: string, title: string, after: string];

const patient = (inside: string): string => `{"resourceType":"Patient",${inside}}`;
const ofPatient = (cases: Case[]): Case[] => cases.map(([b, title, a]) => [patient(b), title, patient(a)]);

const SYNTAX: Case[] = [
  ['{"resourceType":"Patient" "gender":"male"}', '! Put a comma here', '{"resourceType":"Patient", "gender":"male"}'],
  ['{"resourceType":"Patient",}', '! Remove the comma', '{"resourceType":"Patient"}'],
  ['{"resourceType":"Patient",,"id":"a"}', '! Remove the comma', '{"resourceType":"Patient","id":"a"}'],
  ['{"resourceType" "Patient"}', '! Put a colon here', '{"resourceType": "Patient"}'],
  ['{"resourceType"="Patient"}', '! Write a colon', '{"resourceType":"Patient"}'],
  [`{'resourceType':"Patient"}`, '! Put it in double quotes', '{"resourceType":"Patient"}'],
  ['{resourceType: "Patient"}', '! Put the name in double quotes', '{"resourceType": "Patient"}'],
  ['{"resourceType":“Patient”}', '! Put it in straight quotes', '{"resourceType":"Patient"}'],
  ['{"resourceType":"Patient\n}', '! Close the text', '{"resourceType":"Patient"\n}'],
  ['{"resourceType":"Patient","active":True}', '! Write true', '{"resourceType":"Patient","active":true}'],
  ['{"resourceType":"Patient"} // x', 'Remove the comment', '{"resourceType":"Patient"}'],
  ['{"resourceType":"Patient"}]', '! Remove what follows the message', '{"resourceType":"Patient"}'],
  ['{"resourceType":"Patient"} x', 'Remove what follows the message', '{"resourceType":"Patient"}'],
  [
    '{"resourceType":"Patient","name":[{"text":"a"',
    '! Close what is open: } ] }',
    '{"resourceType":"Patient","name":[{"text":"a"}]}',
  ],
  ['{\n  "resourceType": "Patient"', '! Close it with }', '{\n  "resourceType": "Patient"\n}'],
  [
    '{"resourceType":"Patient","name":[{"text":"a\\d"}]}',
    'Write the backslash as \\\\',
    '{"resourceType":"Patient","name":[{"text":"a\\\\d"}]}',
  ],
  [
    '{"resourceType":"Patient","name":[{"text":"a\tb"}]}',
    '! Write it as an escape',
    '{"resourceType":"Patient","name":[{"text":"a\\tb"}]}',
  ],
  [
    '{"resourceType":"Patient","multipleBirthInteger":02}',
    'Change to 2',
    '{"resourceType":"Patient","multipleBirthInteger":2}',
  ],
  ['{"id":"a","resourceType":"Patient","id":"a"}', '! Remove the second id', '{"id":"a","resourceType":"Patient"}'],
  ['{"id":"a","id":"b","resourceType":"Patient"}', 'Keep the first id', '{"id":"a","resourceType":"Patient"}'],
  ['{"id":"a","id":"b","resourceType":"Patient"}', 'Keep the second id', '{"id":"b","resourceType":"Patient"}'],
  [
    '{"resourceType":"Patient","name":[{"text":"a"}],"name":[{"text":"b"}]}',
    'Make one list of the two',
    '{"resourceType":"Patient","name":[{"text":"a"}, {"text":"b"}]}',
  ],
  ['[{"resourceType":"Patient"}]', '! Take the message out of the list', '{"resourceType":"Patient"}'],
  ['{"a":{"resourceType":"Patient"},"b":1}', 'Take the message out of what is around it', '{"resourceType":"Patient"}'],
];

const KINDS = ofPatient([
  ['"active":"yes"', '! Change to true', '"active":true'],
  ['"active":0', '! Change to false', '"active":false'],
  ['"active":null', '! Remove null', ''],
  ['"multipleBirthInteger":"2"', '! Change to 2', '"multipleBirthInteger":2'],
  ['"multipleBirthInteger":"two"', 'Leave multipleBirthInteger out', ''],
  ['"birthDate":{"value":"1987-03-12"}', '! Take the value out of its object', '"birthDate":"1987-03-12"'],
  ['"managingOrganization":"#a"', '! Write it as a reference', '"managingOrganization":{"reference":"#a"}'],
  [
    '"maritalStatus":"Married"',
    '! Write it as code M, Married',
    '"maritalStatus":{"coding":[{"system":"http://hl7.org/fhir/v3/MaritalStatus","code":"M","display":"Married"}]}',
  ],
  [
    '"maritalStatus":"it is complicated"',
    'Write it as {"text":"it is complicated"}',
    '"maritalStatus":{"text":"it is complicated"}',
  ],
  ['"gender":{"coding":[{"code":"male"}]}', '! Change to "male"', '"gender":"male"'],
  ['"name":[]', '! Remove what is empty', ''],
  ['"name":[{"given":[""]}]', '! Remove what is empty', ''],
]).map(([before, title, after]): Case => [before, title, after.replace(',}', '}')]);

const NAMES = ofPatient([
  ['"Gender":"male"', '! Rename to gender', '"gender":"male"'],
  ['"surname":"x"', 'Remove surname', ''],
  ['"name":[{"surname":"x"}]', 'Rename to family', '"name":[{"family":"x"}]'],
  ['"deceased":true', '! Rename to deceasedBoolean', '"deceasedBoolean":true'],
  [
    '"maritalStatus":{"system":"urn:x","code":"M"}',
    '! Put it in a coding',
    '"maritalStatus":{"coding": [{"system":"urn:x","code":"M"}]}',
  ],
]).map(([before, title, after]): Case => [before, title, after.replace(',}', '}')]);

const CODES = ofPatient([
  ['"gender":"Male"', '! Change to "male"', '"gender":"male"'],
  ['"gender":"m"', 'Change to "female"', '"gender":"female"'],
  [
    '"maritalStatus":{"coding":[{"system":"http://hl7.org/fhir/v3/MaritalStatus","code":"X","display":"Married"}]}',
    'Change to "M" Married',
    '"maritalStatus":{"coding":[{"system":"http://hl7.org/fhir/v3/MaritalStatus","code":"M","display":"Married"}]}',
  ],
]);

const FORMS = ofPatient([
  ['"birthDate":"29/02/1956"', '! Change to "1956-02-29"', '"birthDate":"1956-02-29"'],
  ['"birthDate":"02/03/1956"', 'Change to "1956-02-03"', '"birthDate":"1956-02-03"'],
  [
    '"deceasedDateTime":"2024-12-23 09:30"',
    '! Change to "2024-12-23T09:30:00+00:00"',
    '"deceasedDateTime":"2024-12-23T09:30:00+00:00"',
  ],
  [
    '"deceasedDateTime":"2024-07-23T09:30:00"',
    'Change to "2024-07-23T09:30:00+01:00"',
    '"deceasedDateTime":"2024-07-23T09:30:00+01:00"',
  ],
  [
    '"photo":[{"contentType":"image/png","data":"-_8"}]',
    '! Write it as base64 is written',
    '"photo":[{"contentType":"image/png","data":"+/8="}]',
  ],
  [
    '"identifier":[{"system":"urn:uuid:{00000000-0000-4000-8000-00000000000A}","value":"1"}]',
    '! Change to "urn:uuid:00000000-0000-4000-8000-00000000000a"',
    '"identifier":[{"system":"urn:uuid:00000000-0000-4000-8000-00000000000a","value":"1"}]',
  ],
]);

describe('fixes of what the stages find', () => {
  for (const [list, cases] of Object.entries({ SYNTAX, KINDS, NAMES, CODES, FORMS }))
    for (const [before, title, after] of cases)
      it(`${list.toLowerCase()}: ${before.replaceAll(/\s+/g, ' ')}: ${title}`, () => {
        const checked = check(before, knowledge());
        const offered = checked.findings.flatMap((finding) => offers(finding, before, knowledge(), checked));
        const wanted = offered.find((offer) => (offer.isSure ? `! ${offer.title}` : offer.title) === title);
        assert.ok(wanted, offered.map((offer) => (offer.isSure ? '! ' : '') + offer.title).join('\n'));
        assert.equal(wanted.after, after);
      });
});

describe('what people write for a date or time', () => {
  const CASES: [written: string, type: string, readings: string[]][] = [
    ['12/03/1987', 'date', ['1987-03-12', '1987-12-03']],
    ['13/03/1987', 'date', ['1987-03-13']],
    ['03/13/1987', 'date', ['1987-03-13']],
    ['03/03/1987', 'date', ['1987-03-03']],
    ['12.3.1987', 'date', ['1987-03-12', '1987-12-03']],
    ['1987/3/12', 'date', ['1987-03-12']],
    ['2024-1-5', 'date', ['2024-01-05']],
    ['19870312', 'date', ['1987-03-12']],
    ['1987-3', 'date', ['1987-03']],
    ['12 March 1987', 'date', ['1987-03-12']],
    ['12th Mar, 1987', 'date', ['1987-03-12']],
    ['March 12, 1987', 'date', ['1987-03-12']],
    ['12-Mar-1987', 'date', ['1987-03-12']],
    ['31/02/1987', 'date', []],
    ['12/03/87', 'date', []],
    ['1987-03-12T00:00:00Z', 'date', ['1987-03-12']],
    ['tomorrow', 'date', []],
    ['2024-12-23T09:30Z', 'dateTime', ['2024-12-23T09:30:00Z']],
    ['2024-12-23 09:30:15.5', 'instant', ['2024-12-23T09:30:15.5+00:00']],
    ['2024-12-23T09:30:00+0000', 'instant', ['2024-12-23T09:30:00+00:00']],
    ['2024-12-23T09:30:00 GMT', 'instant', ['2024-12-23T09:30:00+00:00']],
    ['23/12/2024 9:05 pm', 'dateTime', ['2024-12-23T21:05:00+00:00']],
    ['2024-06-23T12:00 BST', 'dateTime', ['2024-06-23T12:00:00+01:00']],
    ['2024-06-23T12:00', 'dateTime', ['2024-06-23T12:00:00+01:00', '2024-06-23T12:00:00+00:00']],
    ['2024-03-30T12:00', 'dateTime', ['2024-03-30T12:00:00+00:00']],
    ['2024-03-31T12:00', 'dateTime', ['2024-03-31T12:00:00+01:00', '2024-03-31T12:00:00+00:00']],
    ['2024-10-28T12:00', 'dateTime', ['2024-10-28T12:00:00+00:00']],
    ['2024-12-23', 'instant', []],
    ['2024-12-23T25:00', 'dateTime', []],
    ['9:30', 'time', ['09:30:00']],
    ['12:15 am', 'time', ['00:15:00']],
    ['09:30:00Z', 'time', ['09:30:00']],
  ];
  for (const [written, type, readings] of CASES)
    it(`${written} as ${type} is ${readings.join(' or ') || 'none'}`, () =>
      assert.deepEqual(
        readingsOf(written, type).map((r) => r.text),
        readings,
      ));
});
