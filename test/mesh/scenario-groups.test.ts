import assert from 'node:assert/strict';
import { groupsOf } from '../../mesh/sandbox/scenario-groups';
import { SCENARIOS } from '../../mesh/sandbox/scenarios';

const CODE = { name: '30003', says: 'A code.', answers: [{ code: '30003' }] };

describe('groups of scenarios', () => {
  it('hold each scenario once, in its order, the response codes folded at the end', () => {
    const groups = groupsOf([CODE, ...SCENARIOS]);
    const names = groups.flatMap(({ scenarios }) => scenarios.map(({ name }) => name));
    assert.deepEqual([...names].sort(), [CODE, ...SCENARIOS].map(({ name }) => name).sort());
    assert.deepEqual(groups.at(-1), { title: 'Response codes', folded: true, scenarios: [CODE] });
    assert.ok(groups.slice(0, -1).every(({ folded }) => !folded));
  });

  it('tell by what a scenario does where it belongs', () => {
    const scenarios = [
      { name: 'wire', says: '', wire: { does: 'silence' as const } },
      { name: 'report', says: '', report: { code: '14' as const } },
      { name: 'answers', says: '', answers: [] },
    ];
    assert.deepEqual(
      groupsOf(scenarios).map(({ title, scenarios: those }) => [title, ...those.map(({ name }) => name)]),
      [
        ['Answers of the practice', 'answers'],
        ['Reports from MESH', 'report'],
        ['On the way', 'wire'],
      ],
    );
  });

  it('are none without scenarios', () => assert.deepEqual(groupsOf([]), []));
});
