import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Draft, filled, hole, textWithHoles } from '../../core/draft/draft';
import { written } from '../../server/completion/json-written';
import { filledIn } from './client';

const SNIPPETS = { snippets: true };
const LINES = { snippets: true, layout: { unit: '\t', eol: '\r\n' } };

const CASES: [what: string, draft: Draft, snippet: string, plain: string][] = [
  ['a text', hole(''), '"$1"', '""'],
  ['a text with something in it', hole('a}$\\"b'), '"${1:a\\}\\$\\\\\\\\\\\\"b}"', '"a}$\\\\\\"b"'],
  ['a number', hole(0), '${1:0}', '0'],
  ['an object', hole({}), '{$1}', '{}'],
  [
    'a text with holes',
    textWithHoles('<td>"', hole('a b', { name: 'a' }), '', hole(7), '0$', hole('a b', { name: 'a' }), '0</td>'),
    '"<td>\\\\"${1:a b}${2:7}0\\$${1}0</td>"',
    '"<td>\\"a b70$a b0</td>"',
  ],
  ['a choice', hole(true, { choices: [true, false] }), '${1|true,false|}', 'true'],
  ['a choice of texts', hole('a,b', { choices: ['a,b', 'c|d', 'e\\'] }), '"${1|a\\,b,c\\|d,e\\\\\\\\|}"', '"a,b"'],
  [
    'two that are filled in together',
    { a: hole('x', { name: 'id' }), b: hole(''), c: hole('x', { name: 'id' }) },
    '{ "a": "${1:x}", "b": "$2", "c": "$1" }',
    '{ "a": "x", "b": "", "c": "x" }',
  ],
  [
    'members that are chosen together',
    { a: '1', b: hole('x', { choices: ['x', 'y|'], beside: { c: ['X', 'Y,'] } }), c: 'X', d: hole(1) },
    '{ "a": "1", ${1|"b": "x"\\, "c": "X","b": "y\\|"\\, "c": "Y\\,"|}, "d": ${2:1} }',
    '{ "a": "1", "b": "x", "c": "X", "d": 1 }',
  ],
  [
    'what is known',
    { a: '$5\\', b: undefined, c: [] },
    '{ "a": "\\$5\\\\\\\\", "c": [] }',
    '{ "a": "$5\\\\", "c": [] }',
  ],
];

describe('a draft', () => {
  for (const [what, draft, snippet, plain] of CASES)
    it(`is written with tab stops and without: ${what}`, () => {
      assert.equal(written(undefined, draft, SNIPPETS), snippet);
      assert.equal(written(undefined, draft, { snippets: false }), plain);
    });

  it('stands behind its name, or the name alone', () => {
    assert.equal(written('$ref', hole(''), SNIPPETS), '"\\$ref": "$1"');
    assert.equal(written('name', undefined, SNIPPETS), '"name"');
  });

  it('goes over several lines when it is more than a few members, in the layout of the text', () => {
    const coding = { system: hole(''), code: 'a', display: 'A' };
    assert.equal(
      written('type', { coding: [coding] }, LINES),
      '"type": {\r\n\t"coding": [\r\n\t\t{\r\n\t\t\t"system": "$1",\r\n\t\t\t"code": "a",\r\n\t\t\t"display": "A"\r\n\t\t}\r\n\t]\r\n}',
    );
    assert.equal(written('name', [hole({})], LINES), '"name": [{$1}]');
    assert.equal(written('subject', { reference: 'urn:uuid:1' }, LINES), '"subject": { "reference": "urn:uuid:1" }');
  });

  it('has the same value however it is written', () => {
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean());
    let count = 0;
    const twins = leaf.map((value) => {
      const name = `n${++count}`;
      return [hole(value, { name }), hole(value, { name })];
    });
    const place = fc.oneof(
      leaf.map((value) => hole(value)),
      fc.array(fc.string(), { minLength: 1 }).map((choices) => hole(choices[0]!, { choices })),
      fc.constant(hole({})),
      fc
        .array(
          fc.oneof(
            fc.string(),
            leaf.map((value) => hole(value)),
          ),
        )
        .map((parts) => textWithHoles(...parts)),
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        leaf,
        place,
        twins,
        fc.array(tie('tree')),
        fc.dictionary(fc.string(), tie('tree')),
      ),
    }));
    fc.assert(
      fc.property(tree, (draft) => {
        const value = JSON.parse(JSON.stringify(filled(draft))) as unknown;
        for (const style of [SNIPPETS, LINES])
          assert.deepEqual(JSON.parse(filledIn(written(undefined, draft, style))), value);
        assert.deepEqual(JSON.parse(written(undefined, draft, { snippets: false })), value);
      }),
    );
  });
});
