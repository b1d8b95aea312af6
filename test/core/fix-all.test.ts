// "Fix all" on a message with mistakes of every kind: what has one right answer is mended, what only a person knows is left.
import assert from 'node:assert/strict';
import { composed } from '../../core/document/compose-edits';
import { readJson } from '../../core/document/json-document';
import { applyTextEdits, type TextEdit } from '../../core/document/text-edits';
import { type AllFixed, fixAll, type Judged } from '../../core/fixes/fix-all';
import { checkDocument } from '../../core/validate/check-document';
import { FAULTS } from '../faults';
import { fresh, fresher, judged, NOW, OURS, PUBLISHED } from '../faults/proving';
import { knowledge } from '../knowledge';

/** Each has one right answer, whoever looks at it. */
const SURE = [
  'a comma too many in a list',
  'a tab inside a text',
  'something behind the message',
  'a scalar where an array belongs',
  'a text where a boolean belongs',
  'null in a list of objects',
  'an empty object in a list',
  'a dateTime with a space for the T',
  'an element that the profile forbids',
  'another value than the fixed one',
  'another title of a section than the fixed one',
  'the subject of a list removed',
  'a code in capitals',
  'a slip in the url of a profile',
  'a local identifier before the ODS code',
  'a key of the handling twice',
  'another display than the published one',
  'an id that contradicts the fullUrl',
  'an encounter that is a patient',
  'an element that is not closed',
  'the Composition is not first',
];

/** Why nobody but its writer can mend it. */
const FOR_A_PERSON: Readonly<Record<string, string>> = {
  'a SNOMED CT code that is too short': 'only they know what the patient is allergic to',
  'the family name removed': 'only they know the name',
  'a positiveInt of 0': 'only they know which number is called first',
  'a list that is not current': 'only they know whether it was retired on purpose',
  'a document that says it adds to another': 'only they know whether it adds to the other or takes its place',
  'the verification of the NHS number removed': 'only they know whether the number was traced',
  'the display of another event': 'only they know whether the code is meant or its display',
  'a performer inside a part that is not there': 'only they know who saw the patient',
  'a note in a list': 'only they know where else it can be told',
  'a location that nothing refers to': 'only they know whether it was to be referred to or left out',
};

function judge(text: string): Judged {
  return checkDocument(readJson(text), knowledge(), { now: NOW });
}

function repaired(text: string, wanted?: Parameters<typeof fixAll>[3]): AllFixed {
  return fixAll(text, judge, { knowledge: knowledge(), fresh: fresh() }, wanted);
}

/** The faults put into one message, those of the text last. */
function withFaults(message: unknown, names: readonly string[]): string {
  const faults = names.map((name) => {
    const fault = Object.values(FAULTS)
      .flat()
      .find((one) => one.name === name);
    assert.ok(fault, name);
    return fault;
  });
  const changed = structuredClone(message);
  for (const fault of faults) fault.change?.(changed);
  return faults.reduce((text, { edit }) => edit?.(text) ?? text, JSON.stringify(changed, null, 2));
}

describe('fix all', () => {
  for (const [title, message] of [
    ['our own example', OURS],
    ['the published example', PUBLISHED],
  ] as const) {
    if (message === undefined) continue;
    const before = judged(JSON.stringify(message, null, 2), knowledge());

    it(`of twenty mistakes in ${title} leaves those that need a person`, () => {
      const broken = withFaults(message, [...Object.keys(FOR_A_PERSON), ...SURE]);
      const { text, edits, count } = repaired(broken);
      assert.equal(applyTextEdits(broken, edits), text);
      const left = fresher(judged(text, knowledge()), before).map((f) => f.message);
      const expected = fresher(judged(withFaults(message, Object.keys(FOR_A_PERSON)), knowledge()), before);
      assert.deepEqual(left.sort(), expected.map((f) => f.message).sort());
      assert.ok(count >= SURE.length, String(count));
      assert.deepEqual(repaired(text).edits, [], 'a second time there is nothing left to do');
    });

    it(`leaves ${title} alone, and what needs a person in it`, () => {
      const text = withFaults(message, Object.keys(FOR_A_PERSON));
      assert.deepEqual(fresher(judged(repaired(text).text, knowledge()), judged(text, knowledge())), []);
      assert.equal(repaired(withFaults(OURS, [])).count, 0);
    });
  }

  it('gives back the message as it was, where faults only took from it or twisted it', () => {
    const twisted = SURE.filter((name) => !/local identifier|a tab inside|is not closed|space for the T/.test(name));
    const { text } = repaired(withFaults(OURS, twisted));
    const { entry } = JSON.parse(text) as { entry: unknown[] };
    assert.equal(entry.length, 3);
    assert.deepEqual(JSON.parse(text), OURS);
  });

  it('of one rule leaves the others', () => {
    const broken = withFaults(OURS, [
      'another mode than the fixed one, of the second list',
      'another display than the published one',
    ]);
    const { text } = repaired(broken, ({ rule }) => rule === 'display');
    assert.deepEqual(
      fresher(judged(text, knowledge()), judged(withFaults(OURS, []), knowledge())).map((f) => f.rule),
      ['fixed-value'],
    );
  });

  it('takes out of a list all that must go', () => {
    const patient = { resourceType: 'Patient', telecom: [null, { value: '1', system: 'phone' }, null, {}, null] };
    const { text } = repaired(JSON.stringify(patient));
    assert.equal(text, '{"resourceType":"Patient","telecom":[{"value":"1","system":"phone"}]}');
  });

  it('goes through a large text a few times only, and leaves the rest for the next time', () => {
    const slips = `{ "resourceType": "Patient",${' "active": true,,'.repeat(30)} "language": "${'a'.repeat(4_000_000)}" }`;
    let times = 0;
    const { text, count } = fixAll(
      slips,
      (one) => {
        times++;
        return checkDocument(readJson(one), knowledge(), { now: NOW });
      },
      { knowledge: knowledge(), fresh: fresh() },
    );
    assert.ok(count > 0 && times <= 6, `${times} times`);
    assert.ok(text.length < slips.length);
  });

  it('stops where nothing can be read', () => {
    for (const text of ['', 'null', '{', '[[[', '"', '{"resourceType":"Patient",}]', '{"a":1,"a":2}'])
      assert.equal(typeof repaired(text).text, 'string');
  });
});

describe('composed edits', () => {
  const text = 'abcdefghij';
  const CASES: [title: string, rounds: TextEdit[][], after: string, edits: number][] = [
    ['none', [], text, 0],
    ['one round', [[{ offset: 1, length: 2, text: 'X' }]], 'aXdefghij', 1],
    [
      'a second round before, in and behind what the first wrote',
      [
        [{ offset: 3, length: 2, text: 'XYZ' }],
        [
          { offset: 0, length: 1, text: '' },
          { offset: 4, length: 1, text: 'y' },
          { offset: 10, length: 1, text: 'J' },
        ],
      ],
      'bcXyZfghiJ',
      3,
    ],
    [
      'what one round wrote and the next took away',
      [[{ offset: 5, length: 0, text: 'XYZ' }], [{ offset: 5, length: 3, text: '' }]],
      text,
      0,
    ],
    ['everything anew', [[{ offset: 0, length: 10, text: 'x' }], [{ offset: 1, length: 0, text: 'y' }]], 'xy', 1],
  ];
  for (const [title, rounds, after, count] of CASES)
    it(title, () => {
      const edits = composed(text.length, rounds);
      assert.equal(applyTextEdits(text, edits), after);
      assert.equal(rounds.reduce(applyTextEdits, text), after);
      assert.equal(edits.length, count);
    });
});
