// One slip anywhere in a message is told once: where a rule of the document speaks, nothing else speaks of the same.
import assert from 'node:assert/strict';
import { RULES } from '../../core/rules';
import { validate } from '../../core/validate/validate';
import { knowledge } from '../knowledge';
import type { Loose } from '../loose';
import { copy } from '../faults/of-rule';
import { example } from './example';

const NOW = Date.parse('2026-12-01T12:00:00Z');
const rules = new Set(RULES.map((rule) => rule.id));

/** What a person's slip makes of a value; undefined where it is left out. */
function slips(value: unknown): unknown[] {
  if (typeof value === 'string') {
    const last = value.endsWith('x') ? 'y' : 'x';
    return [undefined, value.slice(0, -1) + last, value.replace(/\d(?!.*\d)/, (d) => String((Number(d) + 1) % 10))];
  }
  return typeof value === 'number' ? [undefined, value + 1, -1] : [undefined];
}

describe('one slip is one finding', () => {
  const message: Loose = JSON.parse(example(() => undefined));
  const told = new Set<string>();

  const visit = (holder: Loose, path: string): void => {
    for (const key of Object.keys(holder as object)) {
      const before: unknown = holder[key];
      for (const slip of slips(before)) {
        if (slip === before || (slip === undefined && Array.isArray(holder))) continue;
        holder[key] = slip;
        const judged = validate(slip === undefined ? copy(message) : message, knowledge(), { now: NOW });
        const findings = judged.findings.filter((f) => f.severity !== 'hint');
        const byRules = findings.filter((f) => rules.has(f.rule));
        for (const { rule } of byRules) told.add(rule);
        if (byRules.length > 0)
          assert.equal(
            findings.length,
            1,
            `${path}/${key}: ${findings.map((f) => `${f.rule}: ${f.message}`).join('\n')}`,
          );
      }
      holder[key] = before;
      if (typeof before === 'object' && before !== null) visit(before, `${path}/${key}`);
    }
  };

  it('in our example', () => {
    visit(message, '');
    assert.ok(told.size >= 15, [...told].join(' '));
  }).timeout(120_000);
});
