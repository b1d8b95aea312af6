// A message in the other form, and laid out: nothing is lost that is not told of.
import assert from 'node:assert/strict';
import { converted } from '../../../core/document/convert';
import { formatted, laidOut } from '../../../core/document/format';
import { formatOf, readDocument, readValue } from '../../../core/document/read-document';
import { withoutComments } from '../../../exchange/without-comments';
import { knowledge } from '../../knowledge';
import { anyMessage } from '../messages';
import { plain, sentence, sorted, within } from '../oracles';
import { type Target, textCase } from '../target';

const { registry } = knowledge();

function check(text: string): void {
  layout(text);
  const from = formatOf(text);
  const to = from === 'json' ? 'xml' : 'json';
  const other = converted(text, to, registry);
  if ('problem' in other) {
    sentence(other.problem);
    within(other.span, text);
    return;
  }
  for (const { message } of other.left) sentence(message);
  assert.equal(formatOf(other.text), to);
  const { problems } = readDocument(other.text, registry);
  assert.deepEqual(
    problems.filter(({ isWhole }) => !isWhole).map(({ message }) => message),
    [],
    'What was written cannot be read',
  );
  if (other.left.length > 0) return;
  const back = converted(other.text, from, registry);
  assert.ok('text' in back, `It cannot be converted back: ${JSON.stringify(back).slice(0, 300)}`);
  const again = converted(back.text, to, registry);
  assert.ok('text' in again, `It cannot be converted a second time: ${JSON.stringify(again).slice(0, 300)}`);
  assert.deepEqual(
    sorted(readValue(again.text, registry)),
    sorted(readValue(other.text, registry)),
    'There and back and there again says something else',
  );
}

function layout(text: string): void {
  const lines = formatted(text);
  assert.equal(formatted(lines), lines, 'Laid out twice is not laid out once');
  assert.deepEqual(
    plain(readValue(lines, registry)),
    plain(readValue(text, registry)),
    'Laid out, it says something else',
  );
  laidOut(text);
  const bare = withoutComments(text);
  if (readDocument(text, registry).problems.length === 0)
    assert.deepEqual(
      plain(readValue(bare, registry)),
      plain(readValue(text, registry)),
      'Without comments it says something else',
    );
}

export const converting: Target = {
  name: 'convert',
  cases: 60,
  make: (random) => textCase(anyMessage(random), check),
};
