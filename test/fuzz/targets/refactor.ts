// What can be done to a whole message, done to any: refactorings, exceptions written, an invented twin.
import assert from 'node:assert/strict';
import { editsOf } from '../../../core/document/edits';
import { readJson } from '../../../core/document/json-document';
import { applyTextEdits } from '../../../core/document/text-edits';
import { except } from '../../../core/exceptions/apply';
import { writeException } from '../../../core/exceptions/write';
import { REFACTORINGS } from '../../../core/refactor/refactorings';
import { fixtureName, inventedFixture } from '../../../exchange/fixture';
import { fresh } from '../../faults/proving';
import { knowledge } from '../../knowledge';
import { anyMessage } from '../messages';
import { judge, orderly, sentence } from '../oracles';
import { type Target, textCase } from '../target';

function check(text: string): void {
  const judged = judge(text);
  const { message, findings, source } = judged;
  const { registry } = knowledge();
  assert.match(fixtureName(text, knowledge()), /^[\w-]+\.(?:json|xml|txt)$/);
  const fixture = inventedFixture(text, knowledge(), () => 0.5);
  if (typeof fixture === 'string') sentence(fixture);
  for (const finding of findings.slice(0, 8)) {
    const written = writeException('', finding, findings, source.value);
    if (!written) continue;
    const sidecar = applyTextEdits('', written.edits);
    const { excepted } = except(judged, source.value, readJson(sidecar.replace('"reason": ""', '"reason": "fuzz"')));
    assert.ok(
      excepted.includes(excepted.find((one) => one.rule === finding.rule && one.pointer === finding.pointer)!),
      `An exception that excepts nothing: ${sidecar}`,
    );
  }
  if (!message) return;
  for (const { id, whyNot, apply } of REFACTORINGS)
    for (const at of ['', ...findings.slice(0, 3).map(({ pointer }) => pointer)]) {
      const why = whyNot(message, knowledge(), at);
      if (why !== undefined) sentence(why);
      if (why !== undefined) continue;
      const edits = editsOf(text, () => apply(message, knowledge(), fresh(), at), registry);
      orderly(edits, text);
      assert.ok(judge(applyTextEdits(text, edits)).message, `No message is left after ${id}`);
    }
}

export const refactoring: Target = {
  name: 'refactor',
  cases: 15,
  make: (random) => textCase(anyMessage(random), check),
};
