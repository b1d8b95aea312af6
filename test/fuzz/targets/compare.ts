// A message compared with what was made of it: nothing differs from itself, and each difference is somewhere.
import assert from 'node:assert/strict';
import { compareMessages, type Counting } from '../../../core/compare/compare';
import { isWithin } from '../../../core/document/pointer';
import { readValue } from '../../../core/document/read-document';
import { readMessage } from '../../../core/itk3/message';
import { knowledge } from '../../knowledge';
import { anyMessage } from '../messages';
import { plain, sentence } from '../oracles';
import { sources } from '../sources';
import { type Target, textCase } from '../target';

const COUNTINGS: readonly Counting[] = ['meaning', 'identifiers and times too'];

/** @param base what it is compared with */
function check(text: string, base: string): void {
  const read = (one: string) => readMessage(plain(readValue(one, knowledge().registry)));
  const [left, right] = [read(text), read(base)];
  if (!left || !right) return;
  for (const counting of COUNTINGS) {
    for (const { resource, left: l, right: r } of compareMessages(left, right, counting).differences) {
      sentence(resource);
      assert.ok(isWithin(l, '') && isWithin(r, ''));
    }
    const twin = read(text)!;
    assert.deepEqual(
      compareMessages(left, twin, counting).differences.map(({ kind, path }) => `${kind} ${path}`),
      [],
      'It differs from itself',
    );
  }
}

export const comparing: Target = {
  name: 'compare',
  cases: 40,
  make(random) {
    const base = random.pick(sources());
    return textCase(anyMessage(random), (text) => check(text, base));
  },
};
