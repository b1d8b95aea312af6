// What holds of anything that the toolkit says, whatever it was given.
import assert from 'node:assert/strict';
import { readDocument } from '../../core/document/read-document';
import type { SourceDocument, Span } from '../../core/document/source-document';
import type { TextEdit } from '../../core/document/text-edits';
import { checkDocument, type CheckedDocument } from '../../core/validate/check-document';
import { knowledge } from '../knowledge';
import { NOW } from './sources';

export interface Judged extends CheckedDocument {
  source: SourceDocument;
}

export function judge(text: string): Judged {
  const source = readDocument(text, knowledge().registry);
  return { ...checkDocument(source, knowledge(), { now: NOW.getTime() }), source };
}

export function within({ offset, length }: Span, text: string): void {
  assert.ok(
    offset >= 0 && length >= 0 && offset + length <= text.length,
    `A span of ${offset}, ${length} in ${text.length}`,
  );
}

/** A sentence that a person can read: not empty, not endless, and no value that was printed by mistake. */
export function sentence(words: string): void {
  assert.match(words, /\S/, 'An empty sentence');
  assert.ok(words.length < 2000, `A sentence of ${words.length} letters: ${words.slice(0, 200)}`);
  assert.doesNotMatch(words, /\[object Object\]/, `An object in a sentence: ${words.slice(0, 200)}`);
}

/** In the order of the text, and none over another. */
export function orderly(edits: readonly TextEdit[], text: string): void {
  let end = 0;
  for (const edit of edits) {
    within(edit, text);
    assert.ok(edit.offset >= end, 'Edits overlap or are out of order');
    end = edit.offset + edit.length;
  }
}

/** As JSON has it: without what cannot be written, and -0 as 0. */
export function plain(value: unknown): unknown {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}

/** XML has an order of its own. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}
