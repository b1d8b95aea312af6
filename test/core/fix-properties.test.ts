// What must hold for the fixes of any message, however it is broken: they are made without failing, they do what they say in
// the text as in the value, and once all that are sure are done there is nothing left to do.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changed } from '../../core/document/changes';
import { readJson } from '../../core/document/json-document';
import { jsonEditsFor } from '../../core/document/json-edits';
import { applyTextEdits } from '../../core/document/text-edits';
import { join, parentOf, type Pointer, segmentsOf, valueAt } from '../../core/document/pointer';
import { fixAll } from '../../core/fixes/fix-all';
import { fixesOf } from '../../core/fixes/fixes-of';
import { textFixesOf } from '../../core/fixes/text';
import { tidied } from '../../core/fixes/tidy';
import { isObject, type Json } from '../../core/json';
import { check, fresh, OURS } from '../faults/proving';
import { knowledge } from '../knowledge';

const RUNS = 40;

function pointersIn(value: unknown, pointer: Pointer = ''): Pointer[] {
  const inside: [string | number, unknown][] = Array.isArray(value)
    ? value.map((item, i) => [i, item])
    : isObject(value)
      ? Object.entries(value)
      : [];
  return inside.flatMap(([name, inner]) => {
    const at = join(pointer, name);
    return [at, ...pointersIn(inner, at)];
  });
}

const POINTERS = pointersIn(OURS);

/** What people write by mistake, and what trips code that trusts its input. */
const VALUES = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    {},
    [],
    '',
    ' ',
    true,
    'true',
    0,
    -1,
    1.5,
    '12/03/1987',
    '2024-1-5',
    'urn:uuid:00000000-0000-4000-8000-000000000000',
    'constructor',
    '__proto__',
    { toString: false },
    { length: -1 },
    { resourceType: 'constructor' },
    { extension: [{ url: 'toString' }] },
    { coding: [{ system: '__proto__', code: 'constructor' }] },
    { reference: 1 },
    '<div>a<b>b</div>',
    '\ud800',
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

const CHANGES = fc.array(
  fc.record({
    pointer: fc.constantFrom(...POINTERS),
    act: fc.constantFrom('set', 'remove', 'repeat', 'misspell'),
    value: VALUES,
  }),
  { minLength: 1, maxLength: 4 },
);

type Changes = typeof CHANGES extends fc.Arbitrary<infer T> ? T : never;

function broken(changes: Changes): string {
  const value = changes.reduce<unknown>((before, { pointer, act, value }) => {
    const there = valueAt(before, pointer);
    const name = segmentsOf(pointer).at(-1)!;
    if (there === undefined) return before;
    if (act === 'set') return changed(before, { kind: 'set', pointer, value });
    if (act === 'remove') return changed(before, { kind: 'remove', pointer });
    if (act === 'misspell') return changed(before, { kind: 'rename', pointer, name: `${name}s` });
    const isItem = Array.isArray(valueAt(before, parentOf(pointer)));
    return isItem ? changed(before, { kind: 'insert', pointer, value: there }) : before;
  }, OURS);
  return JSON.stringify(value, null, 2);
}

describe('the fixes of any message', function () {
  this.timeout(60_000);

  it('are made without failing, and change the text as they change the value', () => {
    fc.assert(
      fc.property(CHANGES, (changes) => {
        const text = broken(changes);
        const { findings, message, applicable } = check(text, knowledge());
        if (!message || !applicable) return;
        const fixing = { message, applicable, knowledge: knowledge(), fresh: fresh() };
        for (const finding of findings)
          for (const fix of fixesOf(finding, fixing)) {
            assert.ok(fix.title.length > 0 && fix.title.length < 400, fix.title);
            const after = applyTextEdits(text, jsonEditsFor(text, fix));
            assert.deepEqual(JSON.parse(after), plain(changed(JSON.parse(text), fix)), fix.title);
          }
      }),
      { numRuns: RUNS },
    );
  });

  it('that are sure, all done, leave nothing to do', () => {
    fc.assert(
      fc.property(CHANGES, (changes) => {
        const text = broken(changes);
        const all = (of: string) =>
          fixAll(of, (one) => check(one, knowledge()), { knowledge: knowledge(), fresh: fresh() });
        const once = all(text);
        assert.equal(applyTextEdits(text, once.edits), once.text);
        assert.equal(all(once.text).text, once.text);
      }),
      { numRuns: RUNS },
    );
  });

  it('of a text that is no JSON leave fewer mistakes in it', () => {
    const text = JSON.stringify(OURS, null, 2).slice(0, 4000);
    const cuts = fc.record({
      at: fc.nat(text.length - 1),
      gone: fc.nat(3),
      put: fc.constantFrom('', ',', '"', "'", '{', ']', '// x\n', '\\', '\t'),
    });
    fc.assert(
      fc.property(cuts, ({ at, gone, put }) => {
        const cut = text.slice(0, at) + put + text.slice(at + gone);
        for (const finding of check(cut, knowledge()).findings)
          for (const { edits } of textFixesOf(finding, cut, knowledge().registry)) {
            const after = applyTextEdits(cut, edits);
            assert.notEqual(after, cut);
            assert.ok(readJson(after).problems.length <= 100);
          }
      }),
      { numRuns: RUNS },
    );
  });
});

describe('markup that is tidied', () => {
  const PIECES = fc.constantFrom(
    '<div xmlns="http://www.w3.org/1999/xhtml">',
    '</div>',
    '<p>',
    '</p>',
    '<b>',
    '</b>',
    '<br>',
    '<td>',
    '<table width=1 onclick="x()">',
    '<script>x<y</script>',
    '<style>',
    '<a href="javascript:x()">',
    '<p style="color: red; background: url(x)">',
    '<font color=red>',
    '<P CLASS=a class="b">',
    '<!-- a -->',
    '<!-- a -- b',
    '<![CDATA[a<b]]>',
    '<?xml version="1.0"?>',
    '<',
    '>',
    '&',
    '&nbsp;',
    '&lt;',
    ']]>',
    '"',
    ' words ',
  );

  it('is well-formed and of what a narrative may have, whatever it was, and stays so', () => {
    fc.assert(
      fc.property(fc.array(PIECES, { maxLength: 14 }), (pieces) => {
        const { text } = tidied(pieces.join(''));
        const patient: Json = { resourceType: 'Patient', text: { status: 'generated', div: text } };
        const told = check(JSON.stringify(patient), knowledge()).findings.filter((f) => f.rule !== 'narrative-empty');
        assert.deepEqual(
          told.map((f) => f.message),
          [],
          pieces.join(''),
        );
        assert.equal(tidied(text).text, text);
      }),
      { numRuns: 300 },
    );
  });
});

/** As JSON has it. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
