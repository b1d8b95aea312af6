// The scenarios the sandbox comes with, and what a person hears about a file of their own.
import assert from 'node:assert/strict';
import { MeshError } from '../../mesh/errors';
import { createPlaying } from '../../mesh/sandbox/playing';
import { FAULTY_ROUTES, REPORT_CODES } from '../../mesh/sandbox/scenario';
import { findScenario, noSuchScenario, readScenarios, SCENARIOS } from '../../mesh/sandbox/scenarios';
import { ROUTES } from '../../mesh/sandbox/routes';
import { createPractice } from '../../mesh/sandbox/receiver';
import { knowledge } from '../knowledge';

const own = {
  name: 'late',
  says: 'The practice answers after an hour.',
  answers: [{ code: '20013', afterSeconds: 3600 }],
};
const problemsOf = (value: unknown) => readScenarios(JSON.stringify(value)).problems;

describe('scenario files', () => {
  it("the sandbox's own are as they should be", () => {
    const { scenarios, problems } = readScenarios(JSON.stringify(SCENARIOS), []);
    assert.deepEqual(problems, []);
    assert.deepEqual(scenarios, SCENARIOS);
    for (const { name, answers, report, wire } of SCENARIOS)
      assert.equal([answers, report, wire].filter((what) => what !== undefined).length, 1, name);
  });

  it('there is one for each report, and faults name routes that exist', () => {
    assert.deepEqual(
      SCENARIOS.flatMap(({ report }) => (report ? [report.code] : [])),
      [...REPORT_CODES],
    );
    const routes = new Set<string>(ROUTES.map(({ name }) => name));
    assert.deepEqual(
      FAULTY_ROUTES.filter((name) => !routes.has(name)),
      [],
    );
  });

  it('reads a list or a single scenario', () => {
    assert.deepEqual(readScenarios(JSON.stringify([own])), { scenarios: [own], problems: [] });
    assert.deepEqual(readScenarios(`\uFEFF${JSON.stringify(own)}`), { scenarios: [own], problems: [] });
  });

  const faulty: [what: string, value: unknown, problem: string][] = [
    ['no object', [3], 'Scenario 1 of the file: it is not right: give an object, { … }.'],
    ['no name', { says: 'x' }, 'Scenario 1 of the file: name is missing.'],
    [
      'a name with a space',
      { name: 'two words', says: 'x' },
      'Scenario 1 of the file: name is not right: give 2 to 40 letters, digits and hyphens, a letter first.',
    ],
    ['no words', { name: 'late' }, 'Scenario "late": says is missing.'],
    [
      'words of two lines',
      { name: 'late', says: 'a\nb' },
      'Scenario "late": says is not right: say in one line what happens.',
    ],
    ['a name that is taken', { name: 'Silence', says: 'x' }, 'Scenario "Silence": name is taken: give it another.'],
    [
      'a property misspelt',
      { ...own, answer: [] },
      'Scenario "late": it has no property "answer": did you mean "answers"?',
    ],
    [
      'a property unknown',
      { ...own, weather: 1 },
      'Scenario "late": it has no property "weather": there are name, says, answers, report, wire.',
    ],
    ['one answer, not a list', { ...own, answers: {} }, 'Scenario "late": answers is not right: give a list, [ … ].'],
    [
      'a code that is a number',
      { ...own, answers: [{ code: 20013 }] },
      'Scenario "late": answers[0].code is not right: give an ITK3 response code as text, such as "20013".',
    ],
    ['no code', { ...own, answers: [{}] }, 'Scenario "late": answers[0].code is missing.'],
    [
      'a time in words',
      { ...own, answers: [{ code: '20013', afterSeconds: 'soon' }] },
      'Scenario "late": answers[0].afterSeconds is not right: give seconds, 0 to 86400.',
    ],
    [
      'a body of its own',
      { ...own, answers: [{ code: '20013', body: 'xml' }] },
      'Scenario "late": answers[0].body is not right: give "no-json", "no-response", "stray".',
    ],
    [
      'a report of its own',
      { name: 'late', says: 'x', report: { code: '15' } },
      'Scenario "late": report.code is not right: give "14", "EPL-150", "EPL-151", "EPL-152", "EPL-153", "EPL-154".',
    ],
    [
      'a fault of no kind',
      { name: 'late', says: 'x', wire: { does: 'explode' } },
      'Scenario "late": wire.does is not right: give "status", "reset", "trickle", "silence".',
    ],
    [
      'a status that is none',
      { name: 'late', says: 'x', wire: { does: 'status', status: 200 } },
      'Scenario "late": wire.status is not right: give an HTTP status, 300 to 599.',
    ],
    ['no status', { name: 'late', says: 'x', wire: { does: 'status' } }, 'Scenario "late": wire.status is missing.'],
    [
      'a property of another fault',
      { name: 'late', says: 'x', wire: { does: 'reset', bytesPerSecond: 1 } },
      'Scenario "late": wire has no property "bytesPerSecond": there are does, at, times, processed, in.',
    ],
    [
      'a route that is none',
      { name: 'late', says: 'x', wire: { does: 'silence', at: ['page'] } },
      `Scenario "late": wire.at[0] is not right: give ${FAULTY_ROUTES.map((name) => `"${name}"`).join(', ')}.`,
    ],
    [
      'no number of times',
      { name: 'late', says: 'x', wire: { does: 'silence', times: 0 } },
      'Scenario "late": wire.times is not right: give a whole number, 1 to 100.',
    ],
  ];
  for (const [what, value, problem] of faulty) {
    it(`says what is wrong with ${what}`, () => {
      assert.deepEqual(problemsOf(value), [problem]);
      assert.deepEqual(readScenarios(JSON.stringify(value)).scenarios, []);
    });
  }

  it('says what is wrong with a file that is not JSON, and with two of the same name', () => {
    assert.deepEqual(readScenarios('nonsense').problems, [
      'The file is not JSON: it holds a list of scenarios, [{ "name": …, … }].',
    ]);
    assert.deepEqual(problemsOf([own, { ...own, name: 'LATE' }]), ['Scenario "LATE": name is taken: give it another.']);
  });
});

describe('scenarios by name', () => {
  it('are found whatever the capitals, and a near miss is told', () => {
    assert.equal(findScenario(' SILENCE ', SCENARIOS)?.name, 'silence');
    assert.equal(findScenario('silent', SCENARIOS), undefined);
    const near: [string, string][] = [
      ['slience', 'silence'],
      ['lost-anwser', 'lost-answer'],
      ['out of order', 'out-of-order'],
      ['epl150', 'EPL-150'],
      ['busi', 'business-only'],
    ];
    for (const [name, meant] of near)
      assert.equal(
        noSuchScenario(name, SCENARIOS),
        `The sandbox has no scenario of that name. Did you mean "${meant}"?`,
        name,
      );
    for (const name of ['', 'x', 'epl-15', 'something else'])
      assert.equal(
        noSuchScenario(name, SCENARIOS),
        'The sandbox has no scenario of that name. The page of the sandbox and itk3 sandbox --list-scenarios show them all.',
        name,
      );
  });

  it('play for all messages until another one does; a wrong name changes nothing', () => {
    const practice = createPractice(knowledge(), { odsCode: 'X26' });
    const playing = createPlaying({ scenario: '30003' }, practice);
    assert.equal(playing.name, '30003');
    playing.play('Busy');
    assert.equal(playing.name, 'busy');
    assert.throws(
      () => playing.play('slience'),
      (error) =>
        error instanceof MeshError &&
        error.kind === 'invalid-request' &&
        error.message === 'The sandbox has no scenario of that name. Did you mean "silence"?',
    );
    assert.equal(playing.name, 'busy');
    playing.play(undefined);
    assert.equal(playing.name, undefined);
    assert.throws(() => createPlaying({ scenario: 'nothing-of-the-kind' }, practice), MeshError);
  });

  it('of the user must not ask for a code that ITK3 does not have', () => {
    const practice = createPractice(knowledge(), { odsCode: 'X26' });
    const { scenarios } = readScenarios(JSON.stringify({ ...own, answers: [{ code: '10006' }] }));
    assert.throws(() => createPlaying({ scenarios }, practice), /Scenario "late": there is no response code 10006\./);
    assert.equal(createPlaying({ scenarios: [own], scenario: 'late' }, practice).current, own);
  });
});
