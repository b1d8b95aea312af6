// Columns in bytes and in characters: the same place, whatever is counted.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { createTexts, type Texts } from '../../server/texts';

const ENCODINGS = ['utf-8', 'utf-16', 'utf-32'] as const;
type Encoding = (typeof ENCODINGS)[number];

function textsIn(encoding: Encoding): Texts {
  const texts = createTexts();
  texts.initialize({ capabilities: { general: { positionEncodings: [encoding] } } });
  return texts;
}

/** How many units a text has, counted in another way than the server does. */
const COUNT: Record<Encoding, (text: string) => number> = {
  'utf-8': (text) => Buffer.byteLength(text),
  'utf-16': (text) => text.length,
  'utf-32': (text) => Array.from(text).length,
};

/** Where an offset is, as a client that counts so would say. */
function placeIn(text: string, offset: number, encoding: Encoding): { line: number; character: number } {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  // Between the two marks of one line's end is the end of that line.
  const isInEnd = text[offset - 1] === '\r' && text[offset] === '\n';
  if (isInEnd) before.pop();
  return { line: before.length - 1, character: COUNT[encoding](before.at(-1)!) };
}

const isInPair = (text: string, offset: number): boolean =>
  /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(offset - 1, offset + 1));

/** A place between two characters. */
const whole = (text: string, offset: number): number => (isInPair(text, offset) ? offset - 1 : offset);

const LETTERS = [
  'a',
  '"',
  ' ',
  'ë',
  'e\u0301',
  '…',
  '漢',
  '😀',
  '👩‍⚕️',
  '🏴',
  '\u{10FFFF}',
  '\n',
  '\r\n',
  '\r',
  '\t',
  '\uD83D',
];
const someText = fc.array(fc.constantFrom(...LETTERS), { maxLength: 40 }).map((letters) => letters.join(''));

describe('columns', () => {
  it('count what the client and the server agree on: the first of the client’s that is known', () => {
    const agreed = (positionEncodings?: unknown): string =>
      createTexts().initialize({ capabilities: { general: { positionEncodings } } } as Parameters<
        Texts['initialize']
      >[0]);
    assert.equal(agreed(['utf-32', 'utf-8', 'utf-16']), 'utf-32');
    assert.equal(agreed(['utf-7', 'utf-8']), 'utf-8');
    for (const odd of [undefined, null, [], ['latin1'], 'utf-8', [null, 8]]) assert.equal(agreed(odd), 'utf-16');
    assert.equal(createTexts().initialize({ capabilities: {} }), 'utf-16');
  });

  it('of UTF-16 are those of the library itself, which costs nothing', () => {
    const texts = textsIn('utf-16');
    assert.notEqual(
      texts.create('', 'json', 1, '').constructor,
      textsIn('utf-8').create('', 'json', 1, '').constructor,
    );
  });

  for (const encoding of ENCODINGS) {
    describe(encoding, () => {
      const texts = textsIn(encoding);
      const of = (text: string): TextDocument => texts.create('file:///a.json', 'json', 1, text);

      it('finds every place of a text, and the way back', () =>
        fc.assert(
          fc.property(someText, (text) => {
            const document = of(text);
            for (let offset = 0; offset <= text.length; offset++) {
              if (isInPair(text, offset)) continue;
              const place = document.positionAt(offset);
              assert.deepEqual(place, placeIn(text, offset, encoding));
              const isInEnd = text[offset - 1] === '\r' && text[offset] === '\n';
              assert.equal(document.offsetAt(place), isInEnd ? offset - 1 : offset);
            }
          }),
        ));

      it('is left with the same text by the same edits, each in its own unit', () =>
        fc.assert(
          fc.property(
            someText,
            fc.array(fc.tuple(fc.nat(100), fc.nat(12), someText), { maxLength: 8 }),
            fc.nat(3),
            (text, edits, together) => {
              let document = of(text);
              let now = text;
              let changes: TextDocumentContentChangeEvent[] = [];
              for (const [i, [at, length, inserted]] of edits.entries()) {
                const start = whole(now, Math.min(at, now.length));
                const end = whole(now, Math.min(start + length, now.length));
                // A place between \r and \n is none that can be said.
                if ([start, end].some((offset) => now[offset - 1] === '\r' && now[offset] === '\n')) continue;
                const range = { start: placeIn(now, start, encoding), end: placeIn(now, end, encoding) };
                changes.push(i % 5 === 4 ? { text: inserted } : { range, text: inserted });
                now = i % 5 === 4 ? inserted : now.slice(0, start) + inserted + now.slice(end);
                // Several changes may come at once, each about what the one before it left.
                if (changes.length > together) {
                  document = texts.update(document, changes, document.version + 1);
                  changes = [];
                  assert.equal(document.getText(), now);
                }
              }
              document = texts.update(document, changes, 77);
              assert.equal(document.getText(), now);
              assert.equal(document.version, 77);
            },
          ),
          { numRuns: 500 },
        ));

      it('takes a place inside a character for its beginning, and one behind a line for its end', () => {
        const text = 'Zoë 😀!\r\nnext';
        const document = of(text);
        const offsets = Array.from({ length: 14 }, (_, character) => document.offsetAt({ line: 0, character }));
        assert.deepEqual(
          offsets,
          {
            'utf-8': [0, 1, 2, 2, 3, 4, 4, 4, 4, 6, 7, 7, 7, 7],
            'utf-16': [0, 1, 2, 3, 4, 5, 6, 7, 7, 7, 7, 7, 7, 7],
            'utf-32': [0, 1, 2, 3, 4, 6, 7, 7, 7, 7, 7, 7, 7, 7],
          }[encoding],
        );
        assert.equal(document.offsetAt({ line: 1, character: 2147483647 }), text.length);
        assert.equal(document.offsetAt({ line: 7, character: 3 }), text.length);
        assert.equal(document.offsetAt({ line: -1, character: 3 }), 0);
        assert.equal(document.offsetAt({ line: 0, character: -3 }), 0);
        const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } };
        assert.equal(document.getText(range), encoding === 'utf-8' ? 'Zo' : 'Zoë');
        assert.equal(document.lineCount, 2);
      });

      it('knows an empty document', () => {
        const document = of('');
        assert.deepEqual(document.positionAt(5), { line: 0, character: 0 });
        assert.equal(document.offsetAt({ line: 3, character: 3 }), 0);
        const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 9 } };
        assert.equal(texts.update(document, [{ range, text: '😀' }], 2).getText(), '😀');
      });
    });
  }
});
