import assert from 'node:assert/strict';
import fc from 'fast-check';
import { jsonEditsFor, jsonEditsOf } from '../../core/document/json-edits';
import { applyTextEdits } from '../../core/document/text-edits';
import type { Change } from '../../core/finding';

function after(text: string, change: Change): string {
  return applyTextEdits(text, jsonEditsFor(text, change));
}

const LINES = `{
  "a": 1,
  "b": {
    "c": [1, 2]
  },
  "d": "x"
}
`;

describe('edits of JSON text', () => {
  it('set a value that is there', () => {
    assert.equal(after('{ "a": "x" }', { kind: 'set', pointer: '/a', value: 'y' }), '{ "a": "y" }');
    assert.equal(after('{ "a": [1, 2] }', { kind: 'set', pointer: '/a/1', value: 3 }), '{ "a": [1, 3] }');
    assert.equal(after(LINES, { kind: 'set', pointer: '/d', value: true }), LINES.replace('"x"', 'true'));
  });

  it('write a value of many lines as the text around it', () => {
    const text = LINES.replaceAll('  ', '\t').replaceAll('\n', '\r\n');
    const expected = text.replace('[1, 2]', '{\r\n\t\t\t"e": []\r\n\t\t}');
    assert.equal(after(text, { kind: 'set', pointer: '/b/c', value: { e: [] } }), expected);
    assert.equal(after('{"a":1}', { kind: 'set', pointer: '/a', value: { b: 1 } }), '{"a":{"b":1}}');
  });

  it('set a value that is missing', () => {
    assert.equal(
      after(LINES, { kind: 'set', pointer: '/b/e', value: 'new' }),
      LINES.replace('[1, 2]', '[1, 2],\n    "e": "new"'),
    );
    assert.deepEqual(JSON.parse(after('{"a":[]}', { kind: 'set', pointer: '/a/0', value: 1 })), { a: [1] });
    assert.deepEqual(JSON.parse(after('{}', { kind: 'set', pointer: '/a/0/b', value: 1 })), { a: [{ b: 1 }] });
    assert.equal(
      after('{\n  "a": {}\n}', { kind: 'set', pointer: '/a/b', value: 1 }),
      '{\n  "a": {\n    "b": 1\n  }\n}',
    );
    assert.equal(after('{"a":1}', { kind: 'set', pointer: '/b', value: [1] }), '{"a":1, "b": [1]}');
    assert.equal(after(LINES, { kind: 'set', pointer: '/b/c/2', value: 3 }), LINES.replace('[1, 2]', '[1, 2, 3]'));
    assert.equal(after('{ "a": }', { kind: 'set', pointer: '/a', value: 'x' }), '{ "a": "x" }');
  });

  it('rename a property, its value untouched', () => {
    assert.equal(
      after('{ "a" : { "x~y/z": [ ] } }', { kind: 'rename', pointer: '/a/x~0y~1z', name: 'b"' }),
      '{ "a" : { "b\\"": [ ] } }',
    );
  });

  it('take the last of a repeated property, as readers do', () => {
    assert.equal(after('{ "a": 1, "a": 2 }', { kind: 'rename', pointer: '/a', name: 'b' }), '{ "a": 1, "b": 2 }');
    assert.equal(after('{ "a": 1, "a": 2 }', { kind: 'remove', pointer: '/a' }), '{ "a": 1 }');
    assert.equal(after('{ "a": 1, "a": 2 }', { kind: 'set', pointer: '/a', value: 3 }), '{ "a": 1, "a": 3 }');
  });

  it('remove with the comma that goes with it: first, middle, last, only', () => {
    assert.equal(after(LINES, { kind: 'remove', pointer: '/a' }), LINES.replace('"a": 1,\n  ', ''));
    assert.equal(after(LINES, { kind: 'remove', pointer: '/b' }), '{\n  "a": 1,\n  "d": "x"\n}\n');
    assert.equal(after(LINES, { kind: 'remove', pointer: '/d' }), LINES.replace(',\n  "d": "x"', ''));
    assert.equal(after('{ "a": { "b": 1 } }', { kind: 'remove', pointer: '/a/b' }), '{ "a": {} }');
    assert.equal(after('[1, 2, 3]', { kind: 'remove', pointer: '/1' }), '[1, 3]');
    assert.equal(after('{ "a": [ { "b": 1 } ] }', { kind: 'remove', pointer: '/a/0' }), '{ "a": [] }');
  });

  it('leave a text alone that no longer has the spot', () => {
    assert.equal(after(LINES, { kind: 'remove', pointer: '/z' }), LINES);
    assert.equal(after(LINES, { kind: 'rename', pointer: '/b/c/7', name: 'x' }), LINES);
    assert.equal(after(LINES, { kind: 'rename', pointer: '/b/c/0', name: 'x' }), LINES);
    assert.equal(after('"text"', { kind: 'set', pointer: '/a', value: 1 }), '"text"');
    assert.equal(after('', { kind: 'remove', pointer: '' }), '');
    assert.equal(after(LINES, { kind: 'remove', pointer: '' }), LINES);
  });

  it('work in text that is broken elsewhere', () => {
    assert.equal(
      after('{ "a": 1, "b": [1, "c": 2 }', { kind: 'set', pointer: '/a', value: 2 }),
      '{ "a": 2, "b": [1, "c": 2 }',
    );
  });

  it('set a new property before the one that it goes before', () => {
    const change: Change = { kind: 'set', pointer: '/x', value: [], before: 'b' };
    assert.equal(after(LINES, change), LINES.replace('"b"', '"x": [],\n  "b"'));
    assert.equal(after('{ "a": 1 }', { kind: 'set', pointer: '/x', value: 2, before: 'a' }), '{ "x": 2, "a": 1 }');
    assert.equal(after('{ "a": 1 }', { kind: 'set', pointer: '/x', value: 2, before: 'z' }), '{ "a": 1, "x": 2 }');
  });

  it('insert an item before another, at the end, and into a list that is not there', () => {
    const at = (index: number) => after(LINES, { kind: 'insert', pointer: `/b/c/${index}`, value: 9 });
    assert.equal(at(0), LINES.replace('[1, 2]', '[9, 1, 2]'));
    assert.equal(at(1), LINES.replace('[1, 2]', '[1, 9, 2]'));
    assert.equal(at(7), LINES.replace('[1, 2]', '[1, 2, 9]'));
    assert.deepEqual(JSON.parse(after('{}', { kind: 'insert', pointer: '/a/0', value: 9 })), { a: [9] });
    const lines = '[\n  {\n    "a": 1\n  }\n]';
    assert.equal(
      after(lines, { kind: 'insert', pointer: '/0', value: { b: 2 } }),
      '[\n  {\n    "b": 2\n  },\n  {\n    "a": 1\n  }\n]',
    );
  });

  it('move an item as it is written', () => {
    const text = '[ { "a":1 }, { "b" : 2 }, 3 ]';
    assert.equal(after(text, { kind: 'move', pointer: '/1', to: 0 }), '[ { "b" : 2 }, { "a":1 }, 3 ]');
    assert.equal(after(text, { kind: 'move', pointer: '/0', to: 2 }), '[ { "b" : 2 }, 3, { "a":1 } ]');
  });

  it('make several changes one after another, and touch nothing else', () => {
    const change: Change = {
      kind: 'all',
      changes: [
        { kind: 'remove', pointer: '/a' },
        { kind: 'rename', pointer: '/b/c', name: 'list' },
        { kind: 'remove', pointer: '/b/list/0' },
        { kind: 'set', pointer: '/d', value: 'y' },
        { kind: 'set', pointer: '/e/f', value: 1 },
      ],
    };
    const text = LINES.replace('[1, 2]', '[1,   2]');
    assert.deepEqual(JSON.parse(after(text, change)), { b: { list: [2] }, d: 'y', e: { f: 1 } });
    const several: Change = { kind: 'all', changes: change.changes.slice(3) };
    assert.equal(
      after(text, several),
      LINES.replace('[1, 2]', '[1,   2]').replace('"x"', '"y",\n  "e": {\n    "f": 1\n  }'),
    );
  });

  it('remove neighbours together, also when others come in their place', () => {
    const text = '{ "a": 1, "b": 2, "c": 3, "d": 4 }';
    const value = (wanted: unknown) =>
      applyTextEdits(
        text,
        jsonEditsOf(text, () => wanted),
      );
    assert.equal(value({ a: 1, d: 4 }), '{ "a": 1, "d": 4 }');
    assert.equal(value({ a: 1, e: 5 }), '{ "a": 1, "e": 5 }');
    assert.equal(value({ c: 3 }), '{ "c": 3 }');
    assert.equal(value({}), '{}');
    assert.deepEqual(JSON.parse(value({ e: 5, f: 6 })), { e: 5, f: 6 });
  });

  it('write the difference of a long text, and leave what stands around it escaped as it is', () => {
    const [head, tail] = ['caf\\u00e9 \\/ '.repeat(20), ' \\ud83d\\ude00 & \\t'.repeat(20)];
    const text = `{ "a": "${head}x${tail}" }`;
    const { a } = JSON.parse(text) as { a: string };
    const edits = jsonEditsFor(text, { kind: 'set', pointer: '/a', value: a.replace('x', 'two "words"') });
    assert.equal(applyTextEdits(text, edits), `{ "a": "${head}two \\"words\\"${tail}" }`);
    assert.deepEqual(
      edits.map(({ length }) => length),
      [1],
    );
  });

  it('make any long text of any other, however it is escaped', () => {
    const unit = fc.constantFrom('a', 'b', '"', '\\', '\n', 'é', '\ud83d', '\ude00', '😀');
    const long = fc.array(unit, { minLength: 205, maxLength: 230 }).map((units) => units.join(''));
    const escaped = (value: string, every: number): string =>
      Array.from({ length: value.length }, (_, i) =>
        i % every === 0
          ? `\\u${value.charCodeAt(i).toString(16).padStart(4, '0')}`
          : JSON.stringify(value[i]).slice(1, -1),
      ).join('');
    fc.assert(
      fc.property(long, long, fc.nat(229), fc.integer({ min: 1, max: 5 }), (one, other, at, every) => {
        const text = `["${escaped(one, every)}"]`;
        const to = one.slice(0, at) + other.slice(at);
        assert.deepEqual(JSON.parse(after(text, { kind: 'set', pointer: '/0', value: to })), [to]);
      }),
    );
  });

  it('make any value of any other, in any layout', () => {
    const small = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, true, 1, 'x', 'y'),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', '__proto__', '/~'), tie('value')),
      ),
    })).value;
    fc.assert(
      fc.property(small, small, fc.constantFrom(undefined, 2, '\t'), (from, to, indent) => {
        const text = JSON.stringify(from, null, indent);
        const made = applyTextEdits(
          text,
          jsonEditsOf(text, () => to),
        );
        assert.equal(sorted(JSON.parse(made)), sorted(to));
      }),
      { numRuns: 2000 },
    );
  });

  it('change a part of any value and keep the identity of the rest', () => {
    const text = '{"a":[{"x":1},{"x":1},{"x":2}],"b":{"y":[1,1,2]}}';
    fc.assert(
      fc.property(fc.nat(3), fc.nat(3), fc.boolean(), (from, to, isList) => {
        const pointer = `${isList ? '/a' : '/b/y'}/${from}`;
        for (const change of [
          { kind: 'remove', pointer },
          { kind: 'move', pointer, to },
          { kind: 'insert', pointer, value: 7 },
        ] as Change[]) {
          const wanted = structuredClone(JSON.parse(text)) as { a: unknown[]; b: { y: unknown[] } };
          const list = isList ? wanted.a : wanted.b.y;
          if (change.kind === 'insert') list.splice(from, 0, 7);
          else if (from < list.length) {
            const [item] = list.splice(from, 1);
            if (change.kind === 'move') list.splice(to, 0, item);
          }
          assert.deepEqual(JSON.parse(after(text, change)), wanted);
        }
      }),
    );
  });
});

/** JSON with its properties in order, whatever order they came in. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))
      : inner,
  );
}
