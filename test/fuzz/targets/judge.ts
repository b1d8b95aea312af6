// A message through all stages of validation: findings with a place and a sentence, never an exception.
import assert from 'node:assert/strict';
import { valueAt } from '../../../core/document/pointer';
import { readValue } from '../../../core/document/read-document';
import { ALL_RULES } from '../../../core/rules';
import { knowledge } from '../../knowledge';
import { anyMessage } from '../messages';
import { judge, plain, sentence, within } from '../oracles';
import { type Target, textCase } from '../target';

const RULES: ReadonlySet<string> = new Set(ALL_RULES.map(({ id }) => id));

function check(text: string): void {
  const { findings, unverified, message, source } = judge(text);
  assert.ok(source.problems.length <= 100, 'Too many problems of the text');
  assert.equal(source.bytes, Buffer.byteLength(source.text));
  assert.deepEqual(
    plain(readValue(text, knowledge().registry)),
    plain(source.value),
    'Read alone, the value is another',
  );
  for (const finding of findings) {
    assert.ok(RULES.has(finding.rule), `A rule that is not listed: ${finding.rule}`);
    sentence(finding.message);
    within(finding.span, text);
    for (const related of finding.relatedSpans) {
      sentence(related.message);
      within(related.span, text);
    }
  }
  for (const { pointer } of unverified) assert.notEqual(valueAt(source.value, pointer), undefined);
  for (const { pointer, resource } of message?.resources ?? [])
    assert.equal(valueAt(source.value, pointer), resource, 'A resource is not where it is said to be');
  // Found again, the same.
  const again = judge(text).findings.map((one) => `${one.rule} ${one.pointer} ${one.message}`);
  assert.deepEqual(
    again,
    findings.map((one) => `${one.rule} ${one.pointer} ${one.message}`),
  );
}

export const judging: Target = {
  name: 'judge',
  cases: 60,
  make: (random) => textCase(anyMessage(random), check),
};
