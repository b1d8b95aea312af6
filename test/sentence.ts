// What every finding owes to whoever reads it.
import assert from 'node:assert/strict';
import { valueAt } from '../core/document/pointer';
import type { Finding } from '../core/finding';

/** What a person is told is a sentence, and what it points at is there. */
export function assertWhole({ message, part, related = [], fixes = [] }: Finding, value: unknown): void {
  assert.match(message, /^\S.+[.?…]$/);
  assert.doesNotMatch(message, /undefined|NaN|\[object/);
  assert.ok(['key', 'value'].includes(part), part);
  for (const { pointer, message: why } of related) {
    assert.match(why, /^\S.*\S$/);
    assert.notEqual(valueAt(value, pointer), undefined, `${pointer} is there`);
  }
  for (const { title } of fixes) assert.match(title, /^[A-Z].+[^.]$/);
}
