// The quick way to read well-formed JSON against two slower ones: JSON.parse and jsonc-parser's tree.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import fc from 'fast-check';
import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { readJson, readJsonValue } from '../../core/document/json-document';
import { join, type Pointer } from '../../core/document/pointer';
import { bytesIn } from '../../core/document/utf-8';

/** JSON texts as nobody would write them: blanks anywhere, escapes where none are needed. */
const texts = fc
  .tuple(fc.jsonValue({ maxDepth: 5 }), fc.array(fc.constantFrom('', ' ', '\n', '\r\n', '\t'), { minLength: 1 }))
  .map(([value, blanks]) => {
    let i = 0;
    const blank = (): string => blanks[i++ % blanks.length]!;
    const text = (inside: string): string =>
      JSON.stringify(inside).replace(/[e-g]/g, (c) => (i++ % 3 ? c : escaped(c)));
    const write = (inner: unknown): string => {
      const parts = Array.isArray(inner)
        ? `[${inner.map((item) => blank() + write(item) + blank()).join(',') || blank()}]`
        : typeof inner === 'object' && inner !== null
          ? `{${
              Object.entries(inner)
                .map(([name, member]) => blank() + text(name) + blank() + ':' + blank() + write(member) + blank())
                .join(',') || blank()
            }}`
          : typeof inner === 'string'
            ? text(inner)
            : JSON.stringify(inner);
      return parts;
    };
    return blank() + write(value) + blank();
  });

function escaped(letter: string): string {
  return `\\u00${letter.charCodeAt(0).toString(16)}`;
}

function eachPointer(value: unknown, take: (pointer: Pointer, path: (string | number)[]) => void): void {
  const visit = (inner: unknown, path: (string | number)[]): void => {
    take(join('', ...path), path);
    if (Array.isArray(inner)) inner.forEach((item, i) => visit(item, [...path, i]));
    else if (typeof inner === 'object' && inner !== null)
      for (const [name, member] of Object.entries(inner)) visit(member, [...path, name]);
  };
  visit(value, []);
}

const place = ({ offset, length }: Pick<Node, 'offset' | 'length'>): object => ({ offset, length });

function agrees(text: string): void {
  const read = readJson(text);
  assert.deepEqual(read.value, JSON.parse(text));
  assert.deepEqual(readJsonValue(text), read.value);
  assert.deepEqual(read.problems, []);
  assert.equal(read.bytes, Buffer.byteLength(text));
  const tree = parseTree(text)!;
  eachPointer(read.value, (pointer, path) => {
    const node = findNodeAtLocation(tree, path)!;
    assert.deepEqual(read.spanOf(pointer, 'value'), place(node), pointer);
    const key = node.parent?.type === 'property' ? node.parent.children![0]! : undefined;
    const bracket = node.children ? { offset: node.offset, length: 1 } : place(node);
    assert.deepEqual(read.spanOf(pointer, 'key'), key ? place(key) : bracket, pointer);
    assert.deepEqual(read.spanOf(`${pointer}/not there`, 'value'), read.spanOf(pointer, 'key'));
  });
  // Behind its end anything at all makes it text that only the patient reader takes.
  const patient = readJson(`${text} !`);
  assert.equal(patient.problems.length, 1);
  for (let offset = 0; offset <= text.length; offset++)
    assert.deepEqual(read.pointerAt(offset), patient.pointerAt(offset), `${offset} of ${text}`);
}

describe('well-formed JSON', () => {
  it('has as many bytes as it travels in, whole pairs and halves of them alike', () => {
    for (const words of ['😀', '\ud83d', '\ude00', '\ud83d\ud83d\ude00', '\ude00\ud83d', 'é—𝕏'])
      for (const text of [words, `"${words}"`]) {
        assert.equal(readJson(text).bytes, Buffer.byteLength(text));
        assert.equal(bytesIn(text), Buffer.byteLength(text));
      }
  });

  it('has the value that JSON.parse reads and the places that jsonc-parser finds', () => {
    fc.assert(fc.property(texts, agrees), { numRuns: 150 });
  });

  it('so has a message', () => agrees(fs.readFileSync('examples/emergency-supply.json', 'utf8').slice(0)));

  for (const text of [
    '{ "__proto__": { "a": 1 }, "b": [] }',
    '[[], {}, [{}]]',
    '-1.5e3',
    '"a\\u0022"',
    '{"a":{"":{"/~":0}}}',
  ])
    it(`so has ${text}`, () => agrees(text));

  it('beyond reason has no value however it is read', () => {
    const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
    for (const text of [nested(201), nested(100_000), `[${'0,'.repeat(1_000_000)}0]`, '['.repeat(201)]) {
      assert.equal(readJson(text).value, undefined);
      assert.equal(readJsonValue(text), undefined);
    }
    assert.deepEqual(readJsonValue(nested(200)), readJson(nested(200)).value);
    assert.ok(Array.isArray(readJsonValue(nested(200))));
  });

  it('with any letter too many or too few has the same value however it is read', () => {
    const text = JSON.stringify(
      [{ a: [1, { b: 'x{[,', c: null }, true], d: { e: {}, f: [] }, h: '__proto__' }],
      null,
      1,
    );
    for (let at = 0; at <= text.length; at++)
      for (const letter of ['', ...'{}[]",:\n'.split('')]) {
        for (const over of [0, 1]) {
          const broken = text.slice(0, at) + letter + text.slice(at + over);
          assert.deepEqual(readJsonValue(broken), readJson(broken).value, broken);
          const other = broken.replace('__proto__', 'f');
          assert.deepEqual(readJsonValue(other), readJson(other).value, other);
        }
      }
  });

  it('with a name that stands twice is told of, wherever it stands', () => {
    for (const text of [
      '{ "a": 1, "a": 2 }',
      '{ "b": [{ "a": { "c": 1 }, "\\u0061": 2 }] }',
      '{ "__proto__": 1, "__proto__": 2 }',
      '{ "a": { "b": {}, "c": {} }, "d:": ":", "a": "{,:}" }',
    ]) {
      const { problems, value } = readJson(text);
      assert.deepEqual(
        problems.map(({ rule }) => rule),
        ['duplicate-key'],
        text,
      );
      assert.deepEqual(value, JSON.parse(text));
    }
  });
});
