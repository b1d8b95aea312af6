import assert from 'node:assert/strict';
import { cursorAt } from '../../server/completion/json-cursor';
import { onOwnLines } from '../../server/completion/json-own-lines';
import { cursorIn } from './client';

const ITEM = '{\n  "a": 1\n}';

describe('an item of several lines', () => {
  const CASES: [what: string, text: string, snippets: boolean, inserted: string | undefined][] = [
    ['the first of a list', '{\n  "entry": [|]\n}', false, '\n  {\n    "a": 1\n  }\n'],
    ['the first, the cursor left behind it', '{\n  "entry": [|]\n}', true, '\n  {\n    "a": 1\n  }$0\n'],
    ['the first of a list that goes on below', '{\n  "entry": [|\n  ]\n}', true, '\n  {\n    "a": 1\n  }'],
    ['behind another', '{\n  "entry": [\n    {\n    }|\n  ]\n}', true, `,\n${ITEM}`],
    ['on a line of its own', '{\n  "entry": [\n    |\n  ]\n}', true, undefined],
    ['in a list on one line', '{\n  "entry": [{ "x": 1 }|]\n}', true, undefined],
    ['as the value of a property', '{\n  "entry": |\n}', true, undefined],
    ['over something begun', '{\n  "entry": ["x|"]\n}', true, undefined],
  ];
  for (const [what, marked, snippets, inserted] of CASES)
    it(what, () => {
      const { text, offset } = cursorIn(marked);
      assert.equal(onOwnLines(ITEM, text, cursorAt(text, offset)!, { eol: '\n', unit: '  ', snippets }), inserted);
    });

  it('an item of one line stays in its line', () => {
    const { text, offset } = cursorIn('{\n  "entry": [|]\n}');
    const style = { eol: '\n', unit: '  ', snippets: true };
    assert.equal(onOwnLines('{ "a": 1 }', text, cursorAt(text, offset)!, style), undefined);
  });
});
