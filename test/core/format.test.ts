// Both forms laid out: stable, and nothing changed but white space that means nothing.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import fc from 'fast-check';
import { formatted, laidOut } from '../../core/document/format';
import { readDocument } from '../../core/document/read-document';
import { readXmlTree, type XmlElement, type XmlNode } from '../../core/document/xml-tree';
import { knowledge } from '../knowledge';
import { publishedFiles, textOfPublished } from '../published';

const FHIR = 'xmlns="http://hl7.org/fhir"';
const DIV = '<div xmlns="http://www.w3.org/1999/xhtml">';

describe('a text on one line', () => {
  it('is laid out, and every value stays as it was written', () => {
    assert.equal(
      laidOut('{"a":1.50,"b":["\\u00e9",{}],"a":"again"}\n'),
      '{\n  "a": 1.50,\n  "b": [\n    "\\u00e9",\n    {}\n  ],\n  "a": "again"\n}\n',
    );
    assert.equal(
      laidOut(
        `<?xml version="1.0"?><Patient ${FHIR}><active value='true'/><text>${DIV} a <b>b</b></div></text></Patient>`,
      ),
      `<?xml version="1.0"?>\n<Patient ${FHIR}>\n  <active value='true'/>\n  <text>\n    ${DIV} a <b>b</b></div>\n  </text>\n</Patient>\n`,
    );
  });

  for (const text of ['{\n"a":1}', '{"a":', '{"a":1} // said', '<Bundle>', '<a>\n</a>', '<a b=c/>', 'words', ''])
    it(`is left alone where it is ${JSON.stringify(text)}`, () => assert.equal(laidOut(text), text));

  it('has the same value afterwards', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        assert.deepEqual(JSON.parse(laidOut(JSON.stringify({ value }))), JSON.parse(JSON.stringify({ value })));
      }),
    );
  });
});

describe('formatted XML', () => {
  const CASES: [title: string, text: string, lines: string[]][] = [
    [
      'closes empty tags alike',
      `<a ><b  x = "1"   y='2' ></b><c /></a >`,
      ['<a>', `  <b x="1" y='2'/>`, '  <c/>', '</a>'],
    ],
    ['puts attributes on the line of their tag', '<a\n   x="1"\n   y="2"/>', ['<a x="1" y="2"/>']],
    ['keeps line breaks inside an attribute', '<a x="1\n  2"/>', ['<a x="1\n  2"/>']],
    [
      'indents comments, and leaves those at the end of a line there',
      '<?xml version="1.0"?><!-- of all --><a><!-- of b -->\n<b/> <!-- b,\n still -->\n\n<c/><!-- c --></a><!-- end -->',
      [
        '<?xml version="1.0"?>',
        '<!-- of all -->',
        '<a> <!-- of b -->',
        '  <b/> <!-- b,',
        ' still -->',
        '',
        '  <c/>',
        '  <!-- c -->',
        '</a>',
        '<!-- end -->',
      ],
    ],
    [
      'keeps one blank line between elements and none at the edges',
      '\n\n<a>\n\n\n<b/>\n \n\t\n<c/>\n\n<d/>\n\n</a>\n\n',
      ['<a>', '  <b/>', '', '  <c/>', '', '  <d/>', '</a>'],
    ],
    ['keeps instructions', '<a><?x y?></a>', ['<a>', '  <?x y?>', '</a>']],
    ['keeps prefixes', '<f:a xmlns:f="u"><f:b/></f:a>', ['<f:a xmlns:f="u">', '  <f:b/>', '</f:a>']],
    ['keeps text to the letter', '<a><b> x <c/>\n\n</b></a>', ['<a>', '  <b> x <c/>\n\n</b>', '</a>']],
    ['knows that such a space is text', '<a><b>\u00a0<c/></b></a>', ['<a>', '  <b>\u00a0<c/></b>', '</a>']],
    ['keeps CDATA', '<a><b><![CDATA[ ]]></b></a>', ['<a>', '  <b><![CDATA[ ]]></b>', '</a>']],
    [
      'keeps what asks for it',
      '<a><b xml:space="preserve"> <c/></b></a>',
      ['<a>', '  <b xml:space="preserve"> <c/></b>', '</a>'],
    ],
  ];
  for (const [title, text, lines] of CASES)
    it(title, () => {
      assert.equal(formatted(text, { eol: '\n' }), `${lines.join('\n')}\n`);
      assert.equal(formatted(formatted(text)), formatted(text));
    });

  it('keeps the line ends of the text and its mark, and takes those that are asked for', () => {
    const text = '\uFEFF<a>\r\n<b/></a>';
    assert.equal(formatted(text), '\uFEFF<a>\r\n  <b/>\r\n</a>\r\n');
    assert.equal(formatted(text, { unit: '\t', eol: '\n' }), '\uFEFF<a>\n\t<b/>\n</a>\n');
    assert.equal(formatted('{"a":[1]}', { unit: '\t', eol: '\r\n' }), '{\r\n\t"a": [\r\n\t\t1\r\n\t]\r\n}\r\n');
  });

  for (const text of [
    '<a><b></a>',
    '<a b="1" b="2"/>',
    '<a>&nbsp;</a>',
    '<!DOCTYPE a><a/>',
    '<a/><b/>',
    '<a b="<"/>',
    '<',
  ])
    it(`leaves a broken text alone: ${text}`, () => assert.equal(formatted(text), text));

  const EXAMPLES: [name: string, text: string][] = [
    ...['examples/emergency-supply.json', 'examples/emergency-supply-with-mistakes.json'].map(
      (file): [string, string] => [file, fs.readFileSync(file, 'utf8')],
    ),
    ...publishedFiles('examples').map((file): [string, string] => [file, textOfPublished(file)]),
  ];
  for (const [name, text] of EXAMPLES)
    it(`says the same and is stable: ${name}`, () => {
      const { registry } = knowledge();
      const before = readDocument(text, registry);
      const after = formatted(text);
      const read = readDocument(after, registry);
      assert.deepEqual(read.value, before.value);
      assert.deepEqual([...read.exact()], [...before.exact()]);
      assert.equal(formatted(after), after);
      if (read.format === 'xml')
        assert.equal(told(readXmlTree(after).nodes, after), told(readXmlTree(text).nodes, text));
    });

  it('of any text changes white space alone, and once is enough', () => {
    const pieces = fc.constantFrom(
      ...[
        '<a>',
        '</a>',
        '<b/>',
        `<c x="1"\n y='&lt;'/>`,
        '<div>',
        '</div>',
        ' ',
        '\n',
        '\n\n',
        '\r\n',
        '\t',
        'x',
        '&amp;',
      ],
      ...['<!-- c -->', '<!--\n c -->', '<?p i?>', '<![CDATA[ ]]>', '<?xml version="1.0"?>', '\u00a0'],
    );
    const inner = fc.array(pieces, { maxLength: 14 }).map((all) => all.join(''));
    let count = 0;
    fc.assert(
      fc.property(inner, inner, (before, inside) => {
        const text = `<a>${before}<b>${inside}</b></a>`;
        const after = formatted(text);
        assert.equal(formatted(after), after);
        if (after === text) return;
        count++;
        assert.equal(told(readXmlTree(after).nodes, after), told(readXmlTree(text).nodes, text));
      }),
      { numRuns: 3000, seed: 7 },
    );
    assert.ok(count > 100, String(count));
  });
});

/** What a text says, white space between elements aside. */
function told(nodes: readonly XmlNode[], text: string): string {
  return JSON.stringify(
    nodes
      .filter(({ kind, start, end }) => kind !== 'text' || text.slice(start, end).trim() !== '')
      .map((node) => (node.kind === 'element' ? toldOf(node, text) : text.slice(node.start, node.end))),
  );
}

function toldOf(element: XmlElement, text: string): unknown {
  const { name, prefix, uri, attributes, children, start, end } = element;
  if (name === 'div') return text.slice(start, end);
  return [prefix, name, uri, attributes.map((one) => text.slice(one.valueStart, one.end)), told(children, text)];
}
