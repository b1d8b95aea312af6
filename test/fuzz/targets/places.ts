// The text's own questions: where a value stands, and what stands where.
import assert from 'node:assert/strict';
import { join, type Pointer } from '../../../core/document/pointer';
import { readDocument } from '../../../core/document/read-document';
import { outlineOf } from '../../../core/itk3/outline';
import { labelIn } from '../../../core/itk3/label';
import { readMessage } from '../../../core/itk3/message';
import { knowledge } from '../../knowledge';
import { anyMessage } from '../messages';
import { sentence, within } from '../oracles';
import { randomOf } from '../random';
import { type Target, textCase } from '../target';

function check(text: string): void {
  const source = readDocument(text, knowledge().registry);
  // Drawn from the text, so that a smaller one is asked too.
  const random = randomOf(text.length);
  for (let i = 0; i < 40; i++) {
    const { pointer, span } = source.pointerAt(random.below(text.length + 2));
    within(source.spanOf(pointer, 'key'), text);
    within(source.spanOf(pointer, 'value'), text);
    within(source.spanOf(pointer, 'value', { offset: random.below(30), length: random.below(1000) }), text);
    within(source.spanOf(join(pointer, 'nowhere', 0), 'key'), text);
    if (span) within(span, text);
  }
  for (const pointer of pointersOf(source.value)) within(source.spanOf(pointer, random.pick(['key', 'value'])), text);
  source.exact();
  assert.ok(source.asides() >= 0);
  const message = readMessage(source.value);
  if (!message) return;
  for (const one of message.resources) sentence(labelIn(message, one));
  const open = outlineOf(message, knowledge());
  for (let item = open.pop(); item; item = open.pop()) {
    sentence(item.name);
    within(source.spanOf(item.whole, 'value'), text);
    open.push(...item.inside);
  }
}

function pointersOf(value: unknown): Pointer[] {
  const pointers: Pointer[] = [];
  const open: [Pointer, unknown][] = [['', value]];
  for (let one = open.pop(); one && pointers.length < 2000; one = open.pop()) {
    const [at, owner] = one;
    pointers.push(at);
    if (typeof owner === 'object' && owner !== null)
      for (const [name, inner] of Object.entries(owner)) open.push([join(at, name), inner]);
  }
  return pointers;
}

export const places: Target = {
  name: 'places',
  cases: 40,
  make: (random) => textCase(anyMessage(random), check),
};
