import assert from 'node:assert/strict';
import { readJson } from '../../core/document/json-document';
import { checkDocument } from '../../core/validate/check-document';
import {
  questionOf,
  type TerminologyAnswer,
  type TerminologyQuestion,
  withAnswers,
} from '../../core/validate/terminology-answers';
import { knowledge } from '../knowledge';
import { assertFindings, unmark } from '../marked';

const SNOMED = 'http://snomed.info/sct';
const COLOURS = 'https://example.org/CodeSystem/colours';
const MEDICATION = 'https://fhir.nhs.uk/STU3/StructureDefinition/CareConnect-ITK-Medication-1';
const DISPENSE_LIST = 'https://fhir.nhs.uk/STU3/StructureDefinition/CareConnect-ITK-MedicationDispense-List-1';
const CODES = 'https://fhir.hl7.org.uk/STU3/ValueSet/CareConnect-MedicationCode-1';
const SERVER = 'tx.example.org';

type Answers = Partial<Record<string, TerminologyAnswer>>;

const coding = (system: string, code: string, display?: string): string =>
  `{ "system": "${system}", "code": ${code}${display === undefined ? '' : `, "display": ${display}`} }`;
const basic = (...codings: string[]): string =>
  `{ "resourceType": "Basic", "code": { "coding": [${codings.join(', ')}] } }`;
const medication = (...codings: string[]): string =>
  `{ "resourceType": "Medication", "meta": { "profile": ["${MEDICATION}"] }, "code": { "coding": [${codings.join(', ')}] } }`;

function check(marked: string, answers: Answers, failure?: string) {
  const { text } = unmark(marked);
  const document = readJson(text);
  const answerTo = ({ code }: TerminologyQuestion) => answers[code];
  return withAnswers(
    checkDocument(document, knowledge()),
    document,
    { server: SERVER, answerTo, failure },
    knowledge(),
  );
}

/** Besides what could not be asked, exactly the marked spots have findings. */
function expectAnswered(marked: string, answers: Answers, ...expected: string[]): void {
  const { findings } = check(marked, answers);
  assertFindings(
    marked,
    findings.filter(({ rule }) => rule !== 'not-checked'),
    expected,
  );
}

const OTHER: TerminologyAnswer = { verdict: 'valid', display: 'Diabetes mellitus', displayDiffers: true };

describe('answers of a terminology server, in a message', () => {
  describe('code-unknown', () => {
    const invalid: TerminologyAnswer = { verdict: 'invalid' };

    it('a code that SNOMED CT has not got', () => {
      const version = `${SNOMED}/83821000000107/version/20260401`;
      expectAnswered(
        basic(coding(SNOMED, '⟦"73211009"⟧')),
        { '73211009': { verdict: 'invalid', version } },
        'code-unknown: SNOMED CT has no code "73211009", says tx.example.org (version 20260401)',
      );
    });

    it('a code of a system nobody has at hand', () =>
      expectAnswered(
        basic(coding(COLOURS, '⟦"rde"⟧', '"Red"')),
        { rde: invalid },
        `code-unknown: ${COLOURS} has no code "rde"`,
      ));

    it('the unit of a quantity', () =>
      expectAnswered(
        `{ "resourceType": "MedicationDispense", "medicationCodeableConcept": { "text": "x" }, "quantity":
          { "value": 1, "system": "http://unitsofmeasure.org", "code": ⟦"tablets"⟧ } }`,
        { tablets: invalid },
        'code-unknown: UCUM has no code "tablets"',
      ));

    it('one of two codings', () =>
      expectAnswered(
        basic(coding(SNOMED, '"73211009"'), coding(COLOURS, '⟦"rde"⟧')),
        { '73211009': { verdict: 'valid' }, rde: invalid },
        'code-unknown',
      ));
  });

  describe('code-inactive', () => {
    const inactive: TerminologyAnswer = { verdict: 'valid', display: 'Old name', inactive: true };

    it('is a warning that names the code', () => {
      const { findings } = check(basic(coding(SNOMED, '"154671004"')), { '154671004': inactive });
      assert.deepEqual(
        findings.map(({ rule, severity }) => [rule, severity]),
        [['code-inactive', 'warning']],
      );
      assert.match(
        findings[0]!.message,
        /^"154671004" "Old name" is no longer in use in SNOMED CT, says tx\.example\.org/,
      );
    });

    it('of a concept', () =>
      expectAnswered(basic(coding(SNOMED, '⟦"154671004"⟧', '"Old name"')), { '154671004': inactive }, 'code-inactive'));

    it('of a tag', () =>
      expectAnswered(
        `{ "resourceType": "Basic", "meta": { "tag": [${coding(COLOURS, '⟦"puce"⟧')}] }, "code": { "text": "x" } }`,
        { puce: inactive },
        'code-inactive',
      ));

    it('beside a code that is in use', () =>
      expectAnswered(
        basic(coding(COLOURS, '⟦"puce"⟧'), coding(COLOURS, '"red"')),
        { puce: inactive, red: { verdict: 'valid' } },
        'code-inactive',
      ));
  });

  describe('display', () => {
    it('names both, and offers the right one', () => {
      const { findings } = check(basic(coding(SNOMED, '"73211009"', '"Asthma"')), { '73211009': OTHER });
      const [{ rule, severity, message, pointer, fixes }] = findings as [(typeof findings)[0]];
      assert.deepEqual([rule, severity, pointer], ['display', 'warning', '/code/coding/0/display']);
      assert.equal(
        message,
        '"73211009" is called "Diabetes mellitus" in SNOMED CT, says tx.example.org, not "Asthma".',
      );
      assert.deepEqual(fixes, [
        { kind: 'set', title: 'Change to "Diabetes mellitus"', pointer, value: 'Diabetes mellitus' },
      ]);
    });

    it('is marked where it stands', () =>
      expectAnswered(basic(coding(SNOMED, '"73211009"', '⟦"Asthma"⟧')), { '73211009': OTHER }, 'display'));

    it('is told as well as that the code is out of use', () =>
      expectAnswered(
        basic(coding(SNOMED, '⟦"73211009"⟧', '⟦"Asthma"⟧')),
        { '73211009': { ...OTHER, inactive: true } },
        'code-inactive',
        'display',
      ));

    it('is not told where the profile fixes it', () => {
      const list = `{ "resourceType": "List", "meta": { "profile": ["${DISPENSE_LIST}"] }, "code": { "coding": [
        ${coding(SNOMED, '"163541000000107"', '"Dispensed Medication"')} ] } }`;
      const { findings } = check(list, { '163541000000107': { ...OTHER, display: 'Dispensed medication record' } });
      assert.deepEqual(
        findings.filter(({ rule }) => rule === 'display'),
        [],
      );
    });

    it('is not told where it was left out', () =>
      expectAnswered(basic(coding(SNOMED, '"73211009"')), { '73211009': OTHER }));
  });

  describe('binding', () => {
    const outside: TerminologyAnswer = { verdict: 'valid', display: 'Diabetes mellitus', outsideValueSet: true };

    it('a code that is not in the required value set', () =>
      expectAnswered(
        medication(coding(SNOMED, '⟦"73211009"⟧', '"Diabetes mellitus"')),
        { '73211009': outside },
        'binding: is not in the value set',
      ));

    it('of two codings one in the value set is enough', () => {
      const two = [coding(SNOMED, '"73211009"', '"x"'), coding(SNOMED, '"37417211000001103"', '"y"')] as const;
      const said = (second: TerminologyAnswer) =>
        check(medication(...two), { '73211009': outside, '37417211000001103': second })
          .findings.filter(({ rule }) => rule === 'binding')
          .map(({ pointer }) => pointer);
      assert.deepEqual(said({ verdict: 'valid' }), []);
      assert.deepEqual(said({ verdict: 'unknown' }), []);
      assert.deepEqual(said(outside), ['/code/coding/0/code']);
    });
  });

  describe('questions', () => {
    const questions = (text: string) =>
      checkDocument(readJson(text), knowledge()).unverified.map((code) => questionOf(code, knowledge()));

    it('hold system, code and display', () => {
      assert.deepEqual(questions(basic(coding(SNOMED, '"73211009"', '"Asthma"'))), [
        { system: SNOMED, code: '73211009', display: 'Asthma' },
      ]);
    });

    it('hold the value set where it is required and cannot be told here', () => {
      assert.deepEqual(questions(medication(coding(SNOMED, '"37417211000001103"'))), [
        { system: SNOMED, code: '37417211000001103', valueSet: CODES },
      ]);
    });

    it('hold no value set that is judged here, or that is a code system', () => {
      const list = `{ "resourceType": "List", "meta": { "profile": ["${DISPENSE_LIST}"] }, "code": { "coding": [
        ${coding(SNOMED, '"163541000000107"')} ] } }`;
      assert.deepEqual(questions(list), [{ system: SNOMED, code: '163541000000107' }]);
      const code = {
        pointer: '',
        system: SNOMED,
        code: '1',
        binding: { strength: 'required', valueSet: SNOMED },
      } as const;
      assert.deepEqual(questionOf(code, knowledge()), { system: SNOMED, code: '1' });
    });
  });

  describe('what was not checked', () => {
    const two = basic(coding(SNOMED, '"73211009"'), coding(SNOMED, '"310080006"'), coding(COLOURS, '"red"'));
    const systems = (answers: Answers) =>
      check(two, answers).findings.map(({ rule, source }) => `${rule} ${source?.url ?? ''}`);
    const valid: TerminologyAnswer = { verdict: 'valid' };

    it('is no longer said of a system whose codes were all answered', () => {
      assert.deepEqual(systems({ '73211009': valid, '310080006': valid }), [`not-checked ${COLOURS}`]);
      assert.deepEqual(systems({ '73211009': valid, '310080006': valid, red: valid }), []);
    });

    it('is still said where one is open, or the server cannot tell', () => {
      assert.deepEqual(systems({ '73211009': valid, red: valid }), [`not-checked ${SNOMED}`]);
      assert.deepEqual(systems({ '73211009': valid, '310080006': { verdict: 'unknown' }, red: valid }), [
        `not-checked ${SNOMED}`,
      ]);
    });
  });

  it('a server that could not answer is a note about the message, and the rest stays as it was', () => {
    const text = basic(coding(SNOMED, '"73211009"'));
    const { findings } = check(
      text,
      {},
      'The terminology server tx.example.org could not answer: it did not answer in time.',
    );
    assert.deepEqual(
      findings.map(({ rule, severity, pointer }) => [rule, severity, pointer]),
      [
        ['terminology-server', 'information', ''],
        ['not-checked', 'hint', ''],
      ],
    );
  });

  it('what is already wrong at a spot is not told twice', () => {
    const fixed = medication(coding(SNOMED, '"73211009"', '"a"').replace('"a"', '5'));
    const { findings } = check(fixed, { '73211009': OTHER });
    assert.deepEqual(
      findings.filter(({ pointer }) => pointer.endsWith('display')).map(({ rule }) => rule),
      ['kind'],
    );
  });

  it('are total: a value of any shape can be answered about', () => {
    for (const text of [
      '',
      '[]',
      '{"resourceType": "Basic"',
      '{"resourceType": "Basic", "code": {"coding": [null, {"code": 1}]}}',
    ])
      assert.ok(check(text, {}).findings.length > 0);
  });
});
