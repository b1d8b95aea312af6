import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type MessagePageView, messagePageOf } from '../../mesh/sandbox/message-page';

const VIEW: MessagePageView = {
  id: '20261204050607000001_ABCDEF',
  envelope: [
    ['From', 'X26PHARMACY'],
    ['Subject', undefined],
    ['File name', ''],
  ],
  told: ['Answered with 20013.'],
  bytes: 3,
  content: Buffer.from('{}\n'),
  more: false,
};

const withContent = (content: string | Buffer, more = false): MessagePageView => {
  const bytes = Buffer.from(content as string);
  return { ...VIEW, bytes: bytes.length, content: bytes, more };
};

/** The text within `<pre>`, as a browser would show it. */
const shown = (page: string) =>
  /<pre>(.*)<\/pre>/s
    .exec(page)?.[1]
    ?.replace(
      /&(lt|gt|quot|#39|amp);/g,
      (_, name: string) => ({ lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' })[name]!,
    );

describe('the page of a message in the sandbox', () => {
  it('shows the envelope as far as it goes, what became of it, and the content', () => {
    const page = messagePageOf(VIEW, 'n');
    assert.match(page, /<h1 class="title">20261204050607000001_ABCDEF<\/h1>/);
    assert.match(page, /<dt>From<\/dt>\s*<dd class="mono">X26PHARMACY<\/dd>/);
    assert.doesNotMatch(page, /Subject|File name/);
    assert.match(page, /Answered with 20013\./);
    assert.equal(shown(page), '{}');
  });

  it('has no script at all', () => {
    assert.doesNotMatch(messagePageOf(VIEW, 'n'), /<script/);
  });

  it('shows markup in the envelope and in the content as text', () => {
    const nasty = '</pre><script>alert(1)</script>&lt;"';
    const page = messagePageOf({ ...withContent(nasty), envelope: [['Subject', nasty]], told: [nasty] }, 'n');
    assert.doesNotMatch(page, /<script/);
    assert.equal(shown(page), nasty);
  });

  it('gives JSON in one line its lines, and changes nothing else in it', () => {
    const text = '{"a":[1.50,{"b":"x,{}\\"[:"},[],{}],"a":1e400,"c":true}';
    assert.equal(
      shown(messagePageOf(withContent(text), 'n')),
      '{\n  "a": [\n    1.50,\n    {\n      "b": "x,{}\\"[:"\n    },\n    [],\n    {}\n  ],\n  "a": 1e400,\n  "c": true\n}',
    );
  });

  it('lays any JSON out so that it means the same', () => {
    fc.assert(
      fc.property(fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())), (value) => {
        const text = JSON.stringify(value).replace(/[\p{Cc}\p{Cf}]/gu, '');
        assert.deepEqual(JSON.parse(shown(messagePageOf(withContent(text), 'n')) ?? ''), JSON.parse(text));
      }),
    );
  });

  it('gives XML in one line its lines, and changes nothing else in it', () => {
    const text =
      '<?xml version="1.0"?><Patient xmlns="http://hl7.org/fhir"><!-- a --><text><status value="generated"/>' +
      '<div xmlns="http://www.w3.org/1999/xhtml"><p>a <b>b</b></p><div>c</div></div></text>' +
      '<name><family value="a>b"/></name></Patient>';
    assert.equal(
      shown(messagePageOf(withContent(text), 'n')),
      [
        '<?xml version="1.0"?>',
        '<Patient xmlns="http://hl7.org/fhir">',
        '  <!-- a -->',
        '  <text>',
        '    <status value="generated"/>',
        '    <div xmlns="http://www.w3.org/1999/xhtml"><p>a <b>b</b></p><div>c</div></div>',
        '  </text>',
        '  <name>',
        '    <family value="a>b"/>',
        '  </name>',
        '</Patient>',
      ].join('\n'),
    );
  });

  it('loses nothing of any XML that it lays out', () => {
    const piece = fc.constantFrom('<a>', '</a>', '<b c="d>"/>', '<div>', '</div>', ' x ', '<!-- y -->', '<', '"', '>');
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = `<r>${pieces.join('')}`;
        const bare = (one: string | undefined): string | undefined => one?.replace(/\s/g, '');
        assert.equal(bare(shown(messagePageOf(withContent(text), 'n'))), bare(text));
      }),
    );
  });

  it('leaves JSON as it came that is too deep to be laid out', () => {
    const deep = '['.repeat(20_000);
    assert.equal(shown(messagePageOf(withContent(deep), 'n')), deep);
  });

  it('leaves text that has lines as it came', () => {
    assert.equal(shown(messagePageOf(withContent('{"a":\r\n1}'), 'n')), '{"a":\n1}');
    assert.equal(shown(messagePageOf(withContent('MSH|^~\\&|'), 'n')), 'MSH|^~\\&|');
  });

  it('says so when it shows the beginning only, and leaves out half a letter', () => {
    const page = messagePageOf(withContent(Buffer.from('abcé').subarray(0, 4), true), 'n');
    assert.match(page, /Only its beginning, 4 B, is shown/);
    assert.equal(shown(page), 'abc');
  });

  for (const [what, view, sentence] of [
    ['holds no text', withContent(Buffer.from([0xff, 0xfe, 0x41])), /It is not text\./],
    ['holds NUL bytes', withContent('a\0b'), /It is not text\./],
    ['has no content', { ...VIEW, bytes: 0, content: undefined }, /It has none\./],
    ['is not here as a whole', { ...VIEW, content: undefined }, /It has not arrived as a whole/],
  ] as const)
    it(`says so when it ${what}`, () => {
      const page = messagePageOf(view, 'n');
      assert.match(page, sentence);
      assert.equal(shown(page), undefined);
    });
});
