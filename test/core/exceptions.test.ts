import assert from 'node:assert/strict';
import fs from 'node:fs';
import fc from 'fast-check';
import { readJson } from '../../core/document/json-document';
import { applyTextEdits } from '../../core/document/text-edits';
import { except, type Excepted } from '../../core/exceptions/apply';
import { messageBeside, pathsOf, sidecarOf } from '../../core/exceptions/exception';
import { writeException, writeExpected } from '../../core/exceptions/write';
import type { Severities } from '../../core/severities';
import { checkDocument } from '../../core/validate/check-document';
import { FAULTS } from '../faults';
import { EXCEPTIONS } from '../faults/exceptions';
import { knowledge } from '../knowledge';
import type { Loose } from '../loose';
import { unmark } from '../marked';

const OURS = fs.readFileSync('examples/emergency-supply.json', 'utf8');
const IDENTIFIER = { system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990142018' };
const PATIENT = { resourceType: 'Patient', gender: 'mail', identifier: [IDENTIFIER] };

function judge(message: unknown, beside: string): Excepted {
  const document = readJson(typeof message === 'string' ? message : JSON.stringify(message));
  return except(checkDocument(document, knowledge()), document.value, readJson(beside));
}

const sidecar = (...exceptions: object[]): string => JSON.stringify({ exceptions });
const said = ({ findings }: Excepted): string[] => findings.map(({ rule, pointer }) => `${rule} ${pointer}`);

describe('exceptions beside a message', () => {
  it('take out the finding they name, and keep its reason', () => {
    const { findings, excepted, beside } = judge(
      PATIENT,
      sidecar({ rule: 'binding', path: 'Patient.gender', reason: 'made wrong on purpose' }),
    );
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['nhs-number'],
    );
    assert.deepEqual(
      excepted.map(({ rule, reason }) => [rule, reason]),
      [['binding', 'made wrong on purpose']],
    );
    assert.deepEqual(beside, []);
  });

  for (const { name, beside: marked, rule, says, holding = 0 } of EXCEPTIONS)
    it(`have one thing wrong: ${name}`, () => {
      const { text, spans } = unmark(marked);
      const { beside, excepted } = judge(PATIENT, text);
      assert.equal(beside.length, 1, JSON.stringify(beside, null, 1));
      const [finding] = beside;
      assert.equal(finding!.rule, rule);
      assert.equal(finding!.severity, rule === 'exception-form' ? 'error' : 'warning');
      assert.ok(finding!.message.includes(says), finding!.message);
      assert.deepEqual(finding!.span, spans[0]);
      assert.equal(excepted.length, holding);
    });

  const HELD: [what: string, exceptions: object[], left: string[]][] = [
    ['no exceptions', [], ['binding /entry/0/resource/gender', 'binding /entry/1/resource/gender']],
    ['the whole path', [{ path: 'Bundle.entry[1].resource.gender' }], ['binding /entry/0/resource/gender']],
    ['any item of a list', [{ path: 'Bundle.entry[*].resource.gender' }], []],
    ['any resource of a type', [{ path: 'Patient.gender' }], []],
    ['the whole message', [{}], []],
    ['words of one of them', [{ message: '"mael"' }], ['binding /entry/0/resource/gender']],
    ['twice the same', [{ path: 'Patient.gender' }, { path: 'Patient.gender' }], []],
  ];
  for (const [what, exceptions, left] of HELD)
    it(`hold for ${what}`, () => {
      const entry = ['mail', 'mael'].map((gender) => ({ resource: { resourceType: 'Patient', gender } }));
      const items = exceptions.map((one) => ({ rule: 'binding', ...one, reason: 'x' }));
      const judged = judge({ resourceType: 'Bundle', type: 'collection', entry }, sidecar(...items));
      assert.deepEqual(said(judged), left);
      assert.deepEqual(judged.beside, []);
    });

  it('mean the outermost by the type of the outermost', () => {
    const inner = { resourceType: 'Bundle', type: 'wrong' };
    const message = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: inner }] };
    const { findings, beside } = judge(message, sidecar({ rule: 'binding', path: 'Bundle.type', reason: 'x' }));
    assert.equal(findings.length, 1);
    assert.deepEqual(
      beside.map(({ rule }) => rule),
      ['unused-exception'],
    );
  });

  it('name what stands in a contained resource from each resource around it', () => {
    const contained = [{ resourceType: 'Organization', id: 'o', name: 1 }];
    assert.deepEqual(pathsOf({ resourceType: 'Patient', contained }, '/contained/0/name'), [
      'Patient.contained[0].name',
      'Organization.name',
    ]);
  });

  it('are not said to be in vain while the message cannot be read', () => {
    const broken = '{ "resourceType": "Patient", "gender": "mail"';
    const { beside, findings } = judge(broken, sidecar({ rule: 'required', path: 'Patient', reason: 'x' }));
    assert.deepEqual(beside, []);
    assert.ok(findings.some(({ rule }) => rule === 'json-syntax'));
  });

  it('of codes that nobody has looked up are not said to be in vain', () => {
    const code = { coding: [{ system: 'http://snomed.info/sct', code: '37417211000001103', display: 'x' }] };
    const inVain = (...exceptions: object[]) =>
      judge({ resourceType: 'Medication', code }, sidecar(...exceptions)).beside.map(({ message }) => message);
    const display = { rule: 'display', path: 'Medication.code.coding[0].display', reason: 'x' };
    assert.deepEqual(inVain(display, { ...display, path: undefined }, { ...display, rule: 'code-unknown' }), []);
    assert.equal(inVain({ ...display, path: 'Medication.form.coding[0].display' }).length, 1);
    assert.equal(inVain({ ...display, rule: 'primitive-form' }).length, 1);
    assert.equal(judge(PATIENT, sidecar({ ...display, path: undefined })).beside.length, 1);
  });

  it('can except a text that is no message', () => {
    const { findings, excepted } = judge('[]', sidecar({ rule: 'not-fhir', reason: 'tests what we say to a list' }));
    assert.deepEqual([findings.length, excepted.length], [0, 1]);
  });

  it('do not grow with the square of their number', () => {
    const entry = Array.from({ length: 2_000 }, () => ({ resource: { resourceType: 'Patient', gender: 'mail' } }));
    const items = entry.map((_, i) => ({ rule: 'binding', path: `Bundle.entry[${i}].resource.gender`, reason: 'x' }));
    const { findings, beside } = judge({ resourceType: 'Bundle', type: 'collection', entry }, sidecar(...items));
    assert.deepEqual([findings.length, beside.length], [0, 0]);
  });

  it('may be any JSON: what is wrong is found, in its place', () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom('binding', 'nhs-number', 'Patient.gender', 'Patient.*[*]', '/a', ''),
    );
    const item = fc.record(
      { rule: fc.oneof(word, fc.jsonValue()), path: fc.oneof(word, fc.jsonValue()), message: word, reason: word },
      { requiredKeys: [] },
    );
    const file = fc.oneof(fc.jsonValue(), fc.record({ exceptions: fc.array(fc.oneof(item, fc.jsonValue())) }));
    const document = readJson(JSON.stringify(PATIENT));
    const checked = checkDocument(document, knowledge());
    fc.assert(
      fc.property(file, (value) => {
        const text = JSON.stringify(value, null, 1);
        const { findings, excepted, beside } = except(checked, document.value, readJson(text));
        assert.equal(findings.length + excepted.length, checked.findings.length);
        for (const { span } of beside) assert.ok(span.offset >= 0 && span.offset + span.length <= text.length);
      }),
    );
  });

  it('are named so that no pattern for messages takes them', () => {
    assert.equal(sidecarOf('a/message.json'), 'a/message.json.itk3');
    assert.equal(messageBeside('a/message.json.itk3'), 'a/message.json');
    for (const name of ['message.json', 'itk3', '.itk3', 'a/.itk3', 'message.itk3.json'])
      assert.equal(messageBeside(name), undefined);
  });
});

describe('an exception written for a finding', () => {
  function written(message: object, pick: number, before = ''): { after: string; reason: string } | undefined {
    const document = readJson(JSON.stringify(message));
    const { findings } = checkDocument(document, knowledge());
    const exception = writeException(before, findings[pick]!, findings, document.value);
    if (!exception) return undefined;
    const after = applyTextEdits(before, exception.edits);
    return { after, reason: after.slice(exception.reasonAt - 1, exception.reasonAt + 1) };
  }
  const itemIn = (text: string): unknown => (JSON.parse(text) as { exceptions: unknown[] }).exceptions.at(-1);

  it('makes the file, with a place for the reason', () => {
    const { after, reason } = written(PATIENT, 0)!;
    assert.equal(
      after,
      `{
  "exceptions": [
    {
      "rule": "binding",
      "path": "Patient.gender",
      "reason": ""
    }
  ]
}
`,
    );
    assert.equal(reason, '""');
  });

  it('goes behind those that are there', () => {
    const before = sidecar({ rule: 'nhs-number', reason: 'x' });
    const { after, reason } = written(PATIENT, 0, before)!;
    assert.deepEqual(JSON.parse(after), {
      exceptions: [
        { rule: 'nhs-number', reason: 'x' },
        { rule: 'binding', path: 'Patient.gender', reason: '' },
      ],
    });
    assert.equal(reason, '""');
    assert.deepEqual(itemIn(written(PATIENT, 0, '{}')!.after), { rule: 'binding', path: 'Patient.gender', reason: '' });
  });

  it('is not written into what cannot take it', () => {
    for (const before of ['[]', '{ "exceptions": 1 }', '{ "exceptions": [', '"x"'])
      assert.equal(written(PATIENT, 0, before), undefined);
  });

  it('names the shortest path that excepts no other finding', () => {
    const patient = (gender: string) => ({ resource: { resourceType: 'Patient', gender } });
    const one = { resourceType: 'Bundle', type: 'collection', entry: [patient('male'), patient('mail')] };
    assert.deepEqual(itemIn(written(one, 0)!.after), { rule: 'binding', path: 'Patient.gender', reason: '' });
    const two = { ...one, entry: [patient('mail'), patient('mail')] };
    const path = 'Bundle.entry[1].resource.gender';
    assert.deepEqual(itemIn(written(two, 1)!.after), { rule: 'binding', path, reason: '' });
  });

  it('repeats the words where a rule finds two things at one path', () => {
    const message = { resourceType: 'Composition', status: 'final' };
    const { after } = written(message, 0)!;
    const item = itemIn(after) as { message?: string };
    assert.match(item.message!, /is missing/);
    const { excepted, findings } = judge(message, after.replace('"reason": ""', '"reason": "x"'));
    assert.equal(excepted.length, 1);
    assert.ok(findings.length > 0);
  });
});

describe('what a message is written down to have', () => {
  const write = (message: unknown, before: string, severities: Severities = {}): unknown => {
    const document = readJson(JSON.stringify(message));
    const edits = writeExpected(before, checkDocument(document, knowledge()), document.value, severities);
    return edits && (edits.length === 0 ? 'nothing' : JSON.parse(applyTextEdits(before, edits)));
  };
  const [GENDER, NUMBER] = [
    { rule: 'binding', path: 'Patient.gender' },
    { rule: 'nhs-number', path: 'Patient.identifier[0].value' },
  ];

  it('is each error and warning, by its shortest path', () => {
    assert.deepEqual(write(PATIENT, ''), { expected: [GENDER, NUMBER] });
    const before = '{\n  "$schema": "x"\n}\n';
    assert.deepEqual(write(PATIENT, before), { $schema: 'x', expected: [GENDER, NUMBER] });
  });

  it('is neither what is excepted, nor what only informs', () => {
    const exceptions = [{ ...NUMBER, reason: 'x' }];
    assert.deepEqual(write(PATIENT, JSON.stringify({ exceptions })), { exceptions, expected: [GENDER] });
    for (const severity of ['information', 'hint', 'off'] as const)
      assert.deepEqual(write(PATIENT, '', { binding: severity }), { expected: [NUMBER] });
    assert.deepEqual(write(PATIENT, '', { binding: 'warning' }), { expected: [GENDER, NUMBER] });
  });

  it('stays as it is written where it is found, and goes where it is not', () => {
    const wide = { rule: 'binding', message: 'mail', reason: 'a word that is none' };
    const gone = { rule: 'required', path: 'Patient' };
    assert.deepEqual(write(PATIENT, JSON.stringify({ expected: [gone, wide] })), { expected: [wide, NUMBER] });
    assert.equal(write(PATIENT, JSON.stringify({ expected: [NUMBER, wide] })), 'nothing');
    assert.deepEqual(write({ resourceType: 'Patient' }, JSON.stringify({ expected: [wide] })), { expected: [] });
  });

  it('is nothing of a message that is right, unless it was made for something', () => {
    for (const before of ['', '{ "exceptions": [] }', '{ "expected": [] }'])
      assert.equal(write({ resourceType: 'Patient' }, before), 'nothing');
  });

  it('is not written into what cannot take it, or would lose by it', () => {
    for (const before of [
      '[]',
      '"x"',
      '{ "expected": 1 }',
      '{ "expected": [',
      '{ "expected": [{ "rul": "binding" }] }',
    ])
      assert.equal(write(PATIENT, before), undefined, before);
  });

  it('keeps what only a terminology server may find', () => {
    const code = { coding: [{ system: 'http://snomed.info/sct', code: '37417211000001103', display: 'x' }] };
    const display = { rule: 'display', path: 'Medication.code.coding[0].display' };
    const medication = { resourceType: 'Medication', code };
    assert.equal(write(medication, JSON.stringify({ expected: [display] })), 'nothing');
  });

  it('is then exactly what the message has', () => {
    const example: Loose = JSON.parse(OURS);
    for (const { name, change, edit, profiles } of Object.values(FAULTS).flat()) {
      if (!change || edit || profiles) continue;
      const message = structuredClone(example);
      change(message);
      const written = write(message, '');
      const beside = written === 'nothing' ? '{ "exceptions": [] }' : JSON.stringify(written);
      const left = judge(message, beside);
      assert.deepEqual(
        left.findings.filter(({ severity }) => severity === 'error' || severity === 'warning'),
        [],
        name,
      );
      assert.deepEqual([left.isFixture, left.beside], [written !== 'nothing', []], name);
    }
  }).timeout(60_000);
});
