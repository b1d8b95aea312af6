import assert from 'node:assert/strict';
import { applyTextEdits, editsFor } from '../../core/document/json-edits';
import type { Fix } from '../../core/finding';

type Edit<F = Fix> = F extends Fix ? Omit<F, 'title'> : never;

function after(text: string, edit: Edit): string {
  return applyTextEdits(text, editsFor(text, { title: 'Do it', ...edit }));
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
});
