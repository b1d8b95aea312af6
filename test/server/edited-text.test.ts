import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Range, TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import { EditedText } from '../../server/edited-text';

const PARTS = [
  'a',
  'name',
  ' ',
  '\n',
  '\r\n',
  '\r',
  '😀',
  'é',
  '"'.repeat(50),
  `${'x'.repeat(3000)}\n`,
  'long '.repeat(3000),
];
const text = fc.array(fc.constantFrom(...PARTS), { maxLength: 20 }).map((parts) => parts.join(''));
const position = fc.record({
  line: fc.oneof(fc.integer({ min: -1, max: 12 }), fc.constant(1000)),
  character: fc.oneof(fc.integer({ min: -1, max: 8 }), fc.integer({ min: 0, max: 20_000 })),
});
const change: fc.Arbitrary<TextDocumentContentChangeEvent> = fc.oneof(
  { weight: 9, arbitrary: fc.record({ range: fc.record({ start: position, end: position }), text }) },
  { weight: 1, arbitrary: fc.record({ text }) },
);

describe('a text kept in pieces', () => {
  it('is the same document as one that is copied, whatever is changed in it and asked of it', () => {
    fc.assert(
      fc.property(
        text,
        fc.array(fc.record({ change, isLookedAt: fc.boolean() }), { maxLength: 12 }),
        fc.array(position, { minLength: 4, maxLength: 4 }),
        (content, changes, positions) => {
          const ours = EditedText.create('a:b', 'json', 1, content);
          let theirs = TextDocument.create('a:b', 'json', 1, content);
          const compare = (): void => {
            for (const one of positions) {
              assert.equal(ours.offsetAt(one), theirs.offsetAt(one));
              const range = { start: one, end: positions[0]! };
              assert.equal(ours.getText(range), cutOut(theirs, range).inside);
            }
            assert.equal(ours.lineCount, theirs.lineCount);
          };
          for (const [i, { change: one, isLookedAt }] of changes.entries()) {
            EditedText.update(ours, [one], i + 2);
            theirs = TextDocument.create('a:b', 'json', i + 2, changed(theirs, one));
            if (!isLookedAt) continue;
            compare();
            assert.equal(ours.getText(), theirs.getText());
          }
          compare();
          assert.equal(ours.getText(), theirs.getText());
          compare();
          assert.equal(ours.version, theirs.version);
          const { length } = theirs.getText();
          for (let offset = -1; offset <= length + 1; offset += Math.max(1, length >> 6))
            assert.deepEqual(ours.positionAt(offset), theirs.positionAt(offset));
        },
      ),
      { numRuns: 120, seed: 8 },
    );
  });

  it('takes the changes of one edit one after the other', () => {
    const document = EditedText.create('a:b', 'json', 1, 'ab');
    const at = (character: number) => ({ start: { line: 0, character }, end: { line: 0, character } });
    EditedText.update(
      document,
      [
        { range: at(2), text: '\r' },
        { range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } }, text: '\n' },
      ],
      2,
    );
    assert.deepEqual([document.getText(), document.lineCount, document.version], ['ab\r\n', 2, 2]);
  });
});

/** The package's own loses count of the lines after a change beyond them, or one that makes a CRLF of two: it is made anew. */
function changed(document: TextDocument, change: TextDocumentContentChangeEvent): string {
  if (!('range' in change)) return change.text;
  const { before, after } = cutOut(document, change.range);
  return before + change.text + after;
}

function cutOut(document: TextDocument, { start, end }: Range): Record<'before' | 'inside' | 'after', string> {
  const text = document.getText();
  const [from, to] = [document.offsetAt(start), document.offsetAt(end)].sort((a, b) => a - b) as [number, number];
  return { before: text.slice(0, from), inside: text.slice(from, to), after: text.slice(to) };
}
