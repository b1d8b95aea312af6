// Where the values of FHIR XML stand, and back; and that broken text is always told, and well-formed text never.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isObject } from '../../core/json';
import { join, type Pointer } from '../../core/document/pointer';
import { readXml } from '../../core/document/xml-document';
import { wellFormedness } from '../../core/document/xml-problems';
import { readXmlTree } from '../../core/document/xml-tree';
import { writeXml } from '../../core/document/write-xml';
import { OURS, response } from '../faults/proving';
import { knowledge } from '../knowledge';
import { publishedFiles, textOfPublished } from '../published';

const { registry } = knowledge();

function* pointersIn(value: unknown, at: Pointer = ''): Generator<[Pointer, unknown]> {
  yield [at, value];
  if (Array.isArray(value)) for (const [i, item] of value.entries()) yield* pointersIn(item, join(at, i));
  else if (isObject(value)) for (const [name, item] of Object.entries(value)) yield* pointersIn(item, join(at, name));
}

/** Of each value: a place in its name leads back to it, and what is cut out is what it says. */
function assertPlaces(text: string): void {
  const document = readXml(text, registry);
  for (const [pointer, value] of pointersIn(document.value)) {
    if (value === null || pointer === '' || Array.isArray(value)) continue;
    const isType = pointer.endsWith('/resourceType');
    const key = document.spanOf(pointer, 'key');
    const { pointer: back } = document.pointerAt(key.offset + 1);
    // A primitive with a value and something beside it stands at one place: it is the value's.
    const own = pointer.replace(/\/_([^/]+)((?:\/\d+)?)$/, '/$1$2');
    assert.ok(back === pointer || back === own, `${pointer} leads to ${back}`);
    const { offset, length } = document.spanOf(pointer, 'value');
    const cut = text.slice(offset, offset + length);
    if (isType) assert.equal(cut.replace(/^\w+:/, ''), value);
    else if (isObject(value)) assert.match(cut, /^<[^]*>$/);
    else if (pointer.endsWith('/div')) assert.match(cut, /^<[^]*>$/);
    else assert.match(cut, /^(["'])[^]*\1$/);
    assert.ok(document.pointerAt(offset + 1).pointer.startsWith(back));
  }
}

const WHOLE: [what: string, text: string][] = [
  ['our own message', writeXml(OURS, registry).text],
  ['our own message with CR LF', writeXml(OURS, registry).text.replaceAll('\n', '\r\n')],
  ['a response', writeXml(response('20013'), registry).text],
  ...publishedFiles('examples')
    .filter((file) => file.endsWith('.xml'))
    .map((file): [string, string] => [file, textOfPublished(file)]),
  [
    'prefixes, ids, extensions and lists with gaps',
    '<f:Patient xmlns:f="http://hl7.org/fhir"><f:contained><f:Device><f:id value="d"/></f:Device></f:contained><f:name id="n"><f:given value="A&amp;B"/><f:given id="g"/><f:given value=\'C\'><f:extension url="u"><f:valueDecimal value="1.50"/></f:extension></f:given></f:name><f:birthDate id="b" value="1980-01-01"/></f:Patient>',
  ],
];

describe('places in FHIR XML', () => {
  for (const [what, text] of WHOLE) it(`lead to values and back: ${what}`, () => assertPlaces(text)).timeout(60_000);

  it('are those of a stretch of a value, references and line ends reckoned with', () => {
    const text =
      '<Patient xmlns="http://hl7.org/fhir"><text>\r\n<div xmlns="http://www.w3.org/1999/xhtml">a\r\nword</div></text><name><text value="a &amp; &#x1F48A; word"/></name></Patient>';
    const document = readXml(text, registry);
    const value = document.value as { text: { div: string }; name: { text: string }[] };
    for (const [pointer, one] of [
      ['/text/div', value.text.div],
      ['/name/0/text', value.name[0]!.text],
    ] as const) {
      const { offset, length } = document.spanOf(pointer, 'value', { offset: one.indexOf('word'), length: 4 });
      assert.equal(text.slice(offset, offset + length), 'word');
    }
  });

  it('are where the contract has them', () => {
    const text =
      '<Bundle xmlns="http://hl7.org/fhir"><entry><resource><Patient><gender value="male"></gender></Patient></resource></entry></Bundle>';
    const document = readXml(text, registry);
    const cut = (pointer: string, part: 'key' | 'value'): string => {
      const { offset, length } = document.spanOf(pointer, part);
      return text.slice(offset, offset + length);
    };
    assert.equal(cut('/entry/0/resource', 'key'), 'resource');
    assert.match(cut('/entry/0/resource', 'value'), /^<Patient>.*<\/Patient>$/);
    assert.equal(cut('/entry/0/resource/resourceType', 'value'), 'Patient');
    assert.equal(cut('/entry/0/resource/gender', 'key'), 'gender');
    assert.equal(cut('/entry/0/resource/gender', 'value'), '"male"');
    assert.equal(cut('/entry/0/resource/birthDate', 'value'), 'resource');
    const end = text.indexOf('</gender>') + 2;
    assert.deepEqual(document.pointerAt(end), {
      pointer: '/entry/0/resource/gender',
      part: 'key',
      span: { offset: end, length: 6 },
    });
  });

  it('are found at every offset of a text cut anywhere', () => {
    const text = writeXml(OURS, registry).text;
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(text.length), (at, offset) => {
        const document = readXml(text.slice(0, at), registry);
        document.pointerAt(offset);
        if (at < text.lastIndexOf('</Bundle>') + 9) assert.equal(document.problems.length > 0, true);
        assert.ok(document.problems.filter(({ rule }) => rule === 'xml-syntax').length <= 1);
      }),
      { numRuns: 60, seed: 7 },
    );
  }).timeout(60_000);
});

const PIECES = [
  '<Patient xmlns="http://hl7.org/fhir">',
  '</Patient>',
  '<name>',
  '</name>',
  '<given value="a"/>',
  '<given value="a&amp;b">',
  '</given>',
  '<',
  '>',
  '&',
  '&lt;',
  '&#65;',
  '&#0;',
  '&nbsp;',
  '<!--',
  '-->',
  '--',
  '<![CDATA[',
  ']]>',
  '<?a ?>',
  '<?xml version="1.0"?>',
  '?>',
  ' ',
  '\n',
  'a',
  '"',
  "'",
  '=',
  '/',
  ' id="x"',
  ' xmlns:b="c"',
  '<b:c/>',
  '<!DOCTYPE a>',
  '\u0001',
  '\ud83d',
  '\u00e9',
  '<\u00e9/>',
  '\u00a0',
  '\uFEFF',
  '<gender value="male"/>',
  '<gender value="m',
  '</',
  '<a',
  '<1/>',
];

describe('text that is no XML', () => {
  const judged = (text: string): boolean => wellFormedness(text, () => '').length === 0;
  it('is told whenever a strict parser rejects it, and never of what that accepts', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const { isPlain, slips, excess } = readXmlTree(text);
        const isRight = judged(text);
        if (isPlain) assert.ok(isRight, `plain, but rejected: ${JSON.stringify(text)}`);
        if (slips.length > 0) assert.ok(!isRight, `told, but accepted: ${JSON.stringify(text)} ${slips[0]!.message}`);
        if (!isRight && !excess) assert.ok(readXml(text, registry).problems.length > 0, JSON.stringify(text));
      }),
      { numRuns: 20_000, seed: 7 },
    );
  }).timeout(60_000);
});
