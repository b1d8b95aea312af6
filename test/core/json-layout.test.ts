import assert from 'node:assert/strict';
import fc from 'fast-check';
import { laidOut } from '../../core/document/json-layout';

describe('a text on one line', () => {
  it('is laid out, and every value stays as it was written', () => {
    assert.equal(
      laidOut('{"a":1.50,"b":["\\u00e9",{}],"a":"again"}\n'),
      '{\n  "a": 1.50,\n  "b": [\n    "\\u00e9",\n    {}\n  ],\n  "a": "again"\n}\n',
    );
  });

  for (const text of ['{\n"a":1}', '{"a":', '{"a":1} // said', '<Bundle/>', ''])
    it(`is left alone where it is ${JSON.stringify(text)}`, () => assert.equal(laidOut(text), text));

  it('has the same value afterwards', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        assert.deepEqual(JSON.parse(laidOut(JSON.stringify({ value }))), JSON.parse(JSON.stringify({ value })));
      }),
    );
  });
});
