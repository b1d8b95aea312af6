// What of a narrative reaches a page: nothing that runs, fetches, covers or leads elsewhere, whatever the text tries.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Finding } from '../../core/finding';
import { createBudget, type NarrativeNode, readNarrative } from '../../core/preview/narrative';
import { ELEMENTS } from '../../core/validate/xhtml';

const read = (inside: string) =>
  readNarrative(`<div xmlns="http://www.w3.org/1999/xhtml">${inside}</div>`, createBudget());

/** As short XML: `p.bold(text)`. */
function shown(nodes: readonly NarrativeNode[]): string {
  return nodes
    .map((node) => {
      if (typeof node === 'string') return node;
      const own = Object.entries(node.attributes).map(([name, value]) => `[${name}=${value}]`);
      const looks = node.looks.map((look) => `.${look}`);
      return `${node.tag}${looks.join('')}${own.join('')}(${shown(node.children)})`;
    })
    .join('');
}

function eachElement(nodes: readonly NarrativeNode[], take: (node: Exclude<NarrativeNode, string>) => void): void {
  for (const node of nodes) {
    if (typeof node === 'string') continue;
    take(node);
    eachElement(node.children, take);
  }
}

describe('a narrative to be shown', () => {
  it('keeps what FHIR lets stand in one', () => {
    const { nodes, notes } = read(
      '<p>One <b>two</b><br/>three</p><table><tr><th scope="row">a</th><td colspan="2">b</td></tr></table>',
    );
    assert.equal(shown(nodes), 'p(One b(two)br()three)table(tr(th[scope=row](a)td[colspan=2](b)))');
    assert.deepEqual(notes, []);
  });

  it('reads characters as a reader of XML does, and those of HTML too', () => {
    assert.equal(shown(read('5 &lt; 6 &amp;lt; &#163;1&nbsp;&pound;2 &bogus;').nodes), '5 < 6 &lt; £1\u00a0£2 &bogus;');
  });

  it('makes headings of one rank, below that of the section', () => {
    assert.equal(shown(read('<h1>A</h1><h4>B</h4>').nodes), 'h3(A)h3(B)');
  });

  const active: [string, string, string][] = [
    ['a script', '<script>alert(1)</script>', ''],
    ['a script in capitals', '<SCRIPT>alert(1)</SCRIPT>', ''],
    ['a script of another namespace', '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>', ''],
    ['a drawing with a script', '<svg><script>alert(1)</script><circle/></svg>', ''],
    ['a drawing that looks like text', '<svg><p>text</p></svg>', ''],
    ['a frame', '<iframe src="https://example.invalid/"/>', ''],
    ['an object', '<object data="x"><p>instead</p></object>', ''],
    ['a base', '<base href="https://example.invalid/"/>', ''],
    ['a refresh', '<meta http-equiv="refresh" content="0;url=https://example.invalid/"/>', ''],
    ['a link to a style', '<link rel="stylesheet" href="https://example.invalid/"/>', ''],
    ['a style sheet', '<style>body { display: none }</style>', ''],
    ['a form', '<form action="https://example.invalid/"><input name="a"/></form>', ''],
    ['a template', '<template><p>x</p></template>', ''],
    ['mathematics', '<math><mtext><p>x</p></mtext></math>', ''],
  ];
  for (const [what, xhtml, left] of active)
    it(`leaves out ${what}, and says so`, () => {
      const { nodes, notes } = read(`${xhtml}<p>after</p>`);
      assert.equal(shown(nodes), `${left}p(after)`);
      assert.match(notes.join(), /^Left out, as nothing here may run or be fetched: <[a-z]+>\.$/);
    });

  it('follows no attribute that runs, names, covers or looks like another part of the page', () => {
    const { nodes } = read(
      '<p onclick="x()" id="letter" name="letter" class="banner" tabindex="1" accesskey="a" title="t" data-at="/x" data-run="problems" contenteditable="true">a</p>',
    );
    assert.equal(shown(nodes), 'p(a)');
  });

  it('follows of a style what stays in its place, and no colour', () => {
    const style = (says: string) => shown(read(`<p style="${says}">a</p>`).nodes);
    assert.equal(style('font-weight: bold; TEXT-ALIGN:Right !important'), 'p.bold.right(a)');
    assert.equal(style('text-decoration: underline line-through'), 'p.underline.struck(a)');
    for (const says of [
      'position: fixed; top: 0; left: 0; width: 100%; height: 100%; z-index: 9',
      'background: url(https://example.invalid/)',
      'color: white; background-color: white',
      'width: expression(alert(1)); behavior: url(x)',
      'font-weight: constructor; __proto__: x; display: none',
      'margin: -100px; transform: scale(100)',
    ])
      assert.equal(style(says), 'p(a)', says);
  });

  it('writes a link out as text, and leads nowhere', () => {
    assert.equal(
      shown(read('<a href="https://example.invalid/a">there</a>').nodes),
      'there (https://example.invalid/a)',
    );
    assert.equal(shown(read('<a href="javascript:alert(1)">there</a>').nodes), 'there (javascript:alert(1))');
    assert.equal(shown(read('<a href="#p1">there</a><a name="p1">here</a>').nodes), 'therehere');
  });

  it('shows pictures of pixels that the message brings, and fetches none', () => {
    const png = 'data:image/png;base64,iVBORw0KGgo=';
    assert.equal(shown(read(`<img src="${png}" alt="A rash"/>`).nodes), `img[src=${png}][alt=A rash]()`);
    for (const src of [
      'https://example.invalid/a.png',
      '//example.invalid/a.png',
      'file:///etc/hosts',
      'data:image/svg+xml;base64,PHN2Zy8+',
      'data:text/html;base64,PHN2Zy8+',
      'data:image/png;base64,x" onerror="alert(1)'.replaceAll('"', '&quot;'),
      '#nowhere',
    ])
      assert.match(shown(read(`<img src="${src}" alt="A rash"/>`).nodes), /^\[picture: A rash\]$/, src);
    const named = readNarrative('<div><img src="#p1"/></div>', createBudget(), [], (id) =>
      id === 'p1' ? png : undefined,
    );
    assert.equal(shown(named.nodes), `img[src=${png}][alt=]()`);
  });

  it('shows the rest of a broken text as text, and says where it broke', () => {
    const { nodes, notes } = read('<p>One</p><p class=x>Two <script>three</script>');
    assert.equal(shown(nodes), 'p(One)Two three');
    assert.match(
      notes[0]!,
      /^This text is broken, so its layout is lost from there on\. The value of class must stand in quotes\.$/,
    );
    assert.equal(shown(readNarrative('no markup at all', createBudget()).nodes), 'no markup at all');
  });

  it('puts a mark on the innermost block that holds what it is about', () => {
    const div = '<div><table><tr><th>Quantity</th><td><b>3</b> tablet</td></tr></table></div>';
    const finding: Finding = {
      rule: 'supply-in-text',
      severity: 'warning',
      pointer: '/text/div',
      part: 'value',
      message: 'The text says 3.',
      within: { offset: div.indexOf('3'), length: 1 },
    };
    const marked: string[] = [];
    eachElement(readNarrative(div, createBudget(), [finding]).nodes, ({ tag, marks }) => {
      for (const { message, disagrees } of marks) marked.push(`${tag} ${message} ${disagrees}`);
    });
    assert.deepEqual(marked, ['td The text says 3. true']);
  });

  it('comes to an end, however long and deep it is', () => {
    const deep = read('<div>'.repeat(50_000) + 'x' + '</div>'.repeat(50_000));
    assert.match(shown(deep.nodes), /x/);
    const long = read('<p>0123456789</p>'.repeat(100_000));
    assert.ok(shown(long.nodes).length < 1_000_000);
    assert.match(long.notes.join(), /too long to be shown whole/);
    const open = read('<b>'.repeat(50_000));
    assert.match(open.notes.join(), /is broken/);
  });

  it('holds nothing but known elements and attributes, whatever the text is', () => {
    const pieces = [
      ...[
        '<p>',
        '</p>',
        '<script>',
        '</script>',
        '<td onclick="a">',
        '</td>',
        '<svg>',
        '</svg>',
        '<img src="x"/>',
        '<a href="y">',
      ],
      ...[
        '</a>',
        '<style>',
        '</style>',
        '&lt;',
        '&#0;',
        '<!--',
        '-->',
        '<![CDATA[',
        ']]>',
        '<?x ?>',
        '"',
        '<x:p>',
        '<IFRAME>',
        'text',
        '<',
      ],
    ];
    const allowed = new Set(['colspan', 'rowspan', 'span', 'scope', 'start', 'dir', 'lang', 'src', 'alt']);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 30 }), (parts) => {
        eachElement(readNarrative(`<div>${parts.join('')}</div>`, createBudget()).nodes, ({ tag, attributes }) => {
          assert.ok(ELEMENTS.has(tag) && tag !== 'a', tag);
          for (const name of Object.keys(attributes)) assert.ok(allowed.has(name), name);
        });
      }),
      { numRuns: 2000 },
    );
  });
});
