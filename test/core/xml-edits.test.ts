// Edits of XML text: the value comes out as it was wanted, and the text looks as its author would have typed it.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import fc from 'fast-check';
import { changed } from '../../core/document/changes';
import { join, parentOf, type Pointer, valueAt } from '../../core/document/pointer';
import { applyTextEdits, type TextEdit } from '../../core/document/text-edits';
import { writeXml } from '../../core/document/write-xml';
import { readXml, readXmlValue } from '../../core/document/xml-document';
import { xmlEditsOf } from '../../core/document/xml-edits';
import type { Change } from '../../core/finding';
import { isObject } from '../../core/json';
import { knowledge } from '../knowledge';

const { registry } = knowledge();

function after(text: string, ...changes: Change[]): string {
  return made(text, (value) => changes.reduce(changed, value));
}

function made(text: string, change: (value: unknown) => unknown): string {
  const edits = xmlEditsOf(text, change, registry);
  inOrder(edits, text);
  return applyTextEdits(text, edits);
}

function inOrder(edits: readonly TextEdit[], text: string): void {
  let at = 0;
  for (const { offset, length } of edits) {
    assert.ok(offset >= at && length >= 0, 'edits overlap');
    at = offset + length;
  }
  assert.ok(at <= text.length);
}

const FHIR = 'xmlns="http://hl7.org/fhir"';
const DIV = '<div xmlns="http://www.w3.org/1999/xhtml">';

const PATIENT = `<?xml version="1.0" encoding="UTF-8"?>
<Patient ${FHIR}>
  <id value="a"/>
  <!-- of the name -->
  <name>
    <use value="usual"/>
    <given value="Ann"/>
    <given value="Bea"/>
  </name> <!-- as it is said -->
  <name>
    <text value="Bea"/>
  </name>

  <gender value='female'/>
  <birthDate value="1980-02-03"/>
</Patient>
`;

describe('edits of XML text', () => {
  const CASES: [title: string, change: Change | Change[], from: string, to: string][] = [
    ['set a value', { kind: 'set', pointer: '/id', value: 'b&"<' }, 'value="a"', 'value="b&amp;&quot;&lt;"'],
    [
      'keep the quotes of the author',
      { kind: 'set', pointer: '/gender', value: `"it's"` },
      `value='female'`,
      `value='"it&apos;s"'`,
    ],
    [
      'write line ends so that they are read back',
      { kind: 'set', pointer: '/id', value: 'a\n\tb' },
      'value="a"',
      'value="a&#10;&#9;b"',
    ],
    [
      'put what is new where STU3 has it, not where the value has it',
      { kind: 'set', pointer: '/active', value: true },
      '  <!-- of the name -->',
      '  <active value="true"/>\n  <!-- of the name -->',
    ],
    [
      'put several names where they go',
      [
        { kind: 'set', pointer: '/multipleBirthInteger', value: 2 },
        { kind: 'set', pointer: '/maritalStatus', value: { text: 'x' } },
        { kind: 'set', pointer: '/language', value: 'en' },
        { kind: 'set', pointer: '/implicitRules', value: 'urn:x' },
      ],
      '<id value="a"/>|<birthDate value="1980-02-03"/>',
      '<id value="a"/>\n  <implicitRules value="urn:x"/>\n  <language value="en"/>|<birthDate value="1980-02-03"/>\n  <maritalStatus>\n    <text value="x"/>\n  </maritalStatus>\n  <multipleBirthInteger value="2"/>',
    ],
    [
      'put what STU3 does not know at the end',
      { kind: 'set', pointer: '/nickname', value: 'x' },
      '<birthDate value="1980-02-03"/>',
      '<birthDate value="1980-02-03"/>\n  <nickname value="x"/>',
    ],
    [
      'insert an item before the first, and leave the comment with that',
      { kind: 'insert', pointer: '/name/0', value: { family: 'X' } },
      '<id value="a"/>',
      '<id value="a"/>\n  <name>\n    <family value="X"/>\n  </name>',
    ],
    [
      'insert an item behind one that has a comment at the end of its line',
      { kind: 'insert', pointer: '/name/1', value: { family: 'X' } },
      '<!-- as it is said -->',
      '<!-- as it is said -->\n  <name>\n    <family value="X"/>\n  </name>',
    ],
    [
      'add to a list',
      { kind: 'set', pointer: '/name/0/given/2', value: 'Cea' },
      '<given value="Bea"/>',
      '<given value="Bea"/>\n    <given value="Cea"/>',
    ],
    ['remove a line', { kind: 'remove', pointer: '/name/0/use' }, '    <use value="usual"/>\n', ''],
    ['remove an item', { kind: 'remove', pointer: '/name/0/given/0' }, '    <given value="Ann"/>\n', ''],
    ['remove the last', { kind: 'remove', pointer: '/birthDate' }, '  <birthDate value="1980-02-03"/>\n', ''],
    ['leave one empty line of two', { kind: 'remove', pointer: '/gender' }, `\n  <gender value='female'/>\n`, '\n'],
    [
      'leave the comments of what is removed',
      { kind: 'remove', pointer: '/name/0' },
      `  <name>\n    <use value="usual"/>\n    <given value="Ann"/>\n    <given value="Bea"/>\n  </name> <!--`,
      '  <!--',
    ],
    [
      'close what becomes empty',
      { kind: 'remove', pointer: '/name/1/text' },
      '<name>\n    <text value="Bea"/>\n  </name>',
      '<name/>',
    ],
    [
      'rename both tags',
      [{ kind: 'rename', pointer: '/name', name: 'nam' }],
      '<name>\n    <use|</name> <!--|<name>\n    <text value="Bea"/>\n  </name>',
      '<nam>\n    <use|</nam> <!--|<nam>\n    <text value="Bea"/>\n  </nam>',
    ],
    [
      'rename what moves to its place',
      { kind: 'rename', pointer: '/birthDate', name: 'active' },
      '<id value="a"/>|  <birthDate value="1980-02-03"/>\n',
      '<id value="a"/>\n  <active value="1980-02-03"/>|',
    ],
    [
      'open a primitive for its extensions',
      { kind: 'set', pointer: '/_birthDate', value: { id: 'i', extension: [{ url: 'u', valueCode: 'v' }] } },
      '<birthDate value="1980-02-03"/>',
      '<birthDate id="i" value="1980-02-03">\n    <extension url="u">\n      <valueCode value="v"/>\n    </extension>\n  </birthDate>',
    ],
    [
      'write what stands in the place of a value',
      [
        { kind: 'remove', pointer: '/birthDate' },
        { kind: 'set', pointer: '/_birthDate', value: { extension: [{ url: 'u' }] } },
      ],
      '<birthDate value="1980-02-03"/>',
      '<birthDate>\n    <extension url="u"/>\n  </birthDate>',
    ],
    [
      'change the kind of a choice in its place',
      [
        { kind: 'set', pointer: '/deceasedBoolean', value: true },
        { kind: 'remove', pointer: '/deceasedBoolean' },
        { kind: 'set', pointer: '/deceasedDateTime', value: '2020' },
      ],
      '<birthDate value="1980-02-03"/>',
      '<birthDate value="1980-02-03"/>\n  <deceasedDateTime value="2020"/>',
    ],
    [
      'move an item with its comments, as it is written',
      { kind: 'move', pointer: '/name/1', to: 0 },
      PATIENT.slice(PATIENT.indexOf('  <!-- of'), PATIENT.indexOf('\n\n')),
      `  <name>\n    <text value="Bea"/>\n  </name>\n  <!-- of the name -->\n  <name>\n    <use value="usual"/>\n    <given value="Ann"/>\n    <given value="Bea"/>\n  </name> <!-- as it is said -->`,
    ],
    ['make another resource of it', { kind: 'set', pointer: '/resourceType', value: 'Person' }, 'Patient', 'Person'],
  ];
  for (const [title, change, from, to] of CASES)
    it(title, () => {
      let expected = PATIENT;
      const parts = to.split('|');
      from.split('|').forEach((part, i) => {
        assert.ok(expected.includes(part), part);
        expected = /^[A-Z]\w+$/.test(part)
          ? expected.replaceAll(part, parts[i]!)
          : expected.replace(part, () => parts[i]!);
      });
      assert.equal(after(PATIENT, ...[change].flat()), expected);
      const windows = after(PATIENT.replaceAll('\n', '\r\n'), ...[change].flat());
      assert.equal(windows, expected.replaceAll('\n', '\r\n'));
    });

  const LAYOUTS: [title: string, from: string, change: Change, to: string][] = [
    [
      'all on one line',
      `<Patient ${FHIR}><id value="a"/><name><family value="X"/></name></Patient>`,
      { kind: 'set', pointer: '/name/0/given', value: ['A', 'B'] },
      `<Patient ${FHIR}><id value="a"/><name><family value="X"/><given value="A"/><given value="B"/></name></Patient>`,
    ],
    [
      'all on one line, and empty before',
      `<Patient ${FHIR}><id value="a"/><name/></Patient>`,
      { kind: 'set', pointer: '/name/0/period', value: { start: '2020' } },
      `<Patient ${FHIR}><id value="a"/><name><period><start value="2020"/></period></name></Patient>`,
    ],
    [
      'all on one line, and less than before',
      `<Patient ${FHIR}><id value="a"/><active value="true"/><gender value="male"/></Patient>`,
      { kind: 'remove', pointer: '/active' },
      `<Patient ${FHIR}><id value="a"/><gender value="male"/></Patient>`,
    ],
    [
      'blanks between elements',
      `<Patient ${FHIR}>\n\t<name> <family value="X"/> </name>\n</Patient>`,
      { kind: 'set', pointer: '/name/0/suffix', value: ['Y'] },
      `<Patient ${FHIR}>\n\t<name> <family value="X"/> <suffix value="Y"/> </name>\n</Patient>`,
    ],
    [
      'tabs, a prefix, single quotes and a blank before the slash',
      `<f:Patient xmlns:f='http://hl7.org/fhir'>\n\t<f:id value='a' />\n</f:Patient>`,
      { kind: 'set', pointer: '/contact', value: [{ name: { family: `O'X "Y"` } }] },
      `<f:Patient xmlns:f='http://hl7.org/fhir'>\n\t<f:id value='a' />\n\t<f:contact>\n\t\t<f:name>\n\t\t\t<f:family value='O&apos;X "Y"' />\n\t\t</f:name>\n\t</f:contact>\n</f:Patient>`,
    ],
    [
      'an element with two tags and nothing between',
      `<Patient ${FHIR}>\n    <name></name>\n</Patient>`,
      { kind: 'set', pointer: '/name/0/text', value: 'x' },
      `<Patient ${FHIR}>\n    <name>\n        <text value="x"/>\n    </name>\n</Patient>`,
    ],
    [
      'an attribute a line',
      `<Basic ${FHIR}>\n  <extension\n      id="a"\n      url="b"/>\n</Basic>`,
      { kind: 'remove', pointer: '/extension/0/id' },
      `<Basic ${FHIR}>\n  <extension\n      url="b"/>\n</Basic>`,
    ],
    [
      'the id before the url before what is inside',
      `<Basic ${FHIR}>\n  <extension>\n    <valueCode value="c"/>\n  </extension>\n</Basic>`,
      {
        kind: 'all',
        changes: [
          { kind: 'set', pointer: '/extension/0/url', value: 'u' },
          { kind: 'set', pointer: '/extension/0/id', value: 'i' },
        ],
      },
      `<Basic ${FHIR}>\n  <extension id="i" url="u">\n    <valueCode value="c"/>\n  </extension>\n</Basic>`,
    ],
    [
      'the url as an element, as guides have it by mistake',
      `<Basic ${FHIR}>\n  <extension>\n    <url value="u"/>\n  </extension>\n</Basic>`,
      { kind: 'set', pointer: '/extension/0/url', value: 'v' },
      `<Basic ${FHIR}>\n  <extension>\n    <url value="v"/>\n  </extension>\n</Basic>`,
    ],
    [
      'a value that goes, and its id',
      `<Patient ${FHIR}>\n  <active id="i" value="true"/>\n</Patient>`,
      { kind: 'remove', pointer: '/active' },
      `<Patient ${FHIR}>\n  <active id="i"/>\n</Patient>`,
    ],
    [
      'an extension of a primitive that goes',
      `<Patient ${FHIR}>\n  <active value="true">\n    <extension url="u"/>\n  </active>\n</Patient>`,
      { kind: 'remove', pointer: '/_active' },
      `<Patient ${FHIR}>\n  <active value="true"/>\n</Patient>`,
    ],
    [
      'a comment alone in what becomes empty',
      `<Patient ${FHIR}>\n  <name>\n    <!-- c -->\n    <text value="x"/>\n  </name>\n</Patient>`,
      { kind: 'remove', pointer: '/name/0/text' },
      `<Patient ${FHIR}>\n  <name>\n    <!-- c -->\n  </name>\n</Patient>`,
    ],
    [
      'a resource of another type',
      `<Bundle ${FHIR}>\n  <entry>\n    <resource>\n      <Patient>\n        <active value="true"/>\n      </Patient>\n    </resource>\n  </entry>\n</Bundle>`,
      { kind: 'set', pointer: '/entry/0/resource', value: { resourceType: 'Basic', id: 'b' } },
      `<Bundle ${FHIR}>\n  <entry>\n    <resource>\n      <Basic>\n        <id value="b"/>\n      </Basic>\n    </resource>\n  </entry>\n</Bundle>`,
    ],
    [
      'a whole that becomes another',
      `<?xml version="1.0"?>\n<!-- c -->\n<Patient ${FHIR}>\n  <active value="true"/>\n</Patient>\n`,
      { kind: 'set', pointer: '', value: { resourceType: 'Basic', id: 'b' } },
      `<?xml version="1.0"?>\n<!-- c -->\n<Basic ${FHIR}>\n  <id value="b"/>\n</Basic>\n`,
    ],
    [
      'a type in the wrong case',
      `<bundle ${FHIR}>\n  <type value="message"/>\n</bundle>`,
      { kind: 'set', pointer: '/resourceType', value: 'Bundle' },
      `<Bundle ${FHIR}>\n  <type value="message"/>\n</Bundle>`,
    ],
    [
      'several resources where one may stand',
      `<Bundle ${FHIR}>\n  <entry>\n    <resource>\n      <Basic/>\n      <Patient/>\n    </resource>\n  </entry>\n</Bundle>`,
      { kind: 'remove', pointer: '/entry/0/resource/0' },
      `<Bundle ${FHIR}>\n  <entry>\n    <resource>\n      <Patient/>\n    </resource>\n  </entry>\n</Bundle>`,
    ],
    [
      'a narrative, of which only the difference is written',
      `<Patient ${FHIR}>\r\n<text><status value="generated"/>${DIV}<p>a  b</p>\r\n <br />\r\n&amp;</div></text>\r\n</Patient>`,
      { kind: 'set', pointer: '/text/div', value: `${DIV}<p>a  b</p>\n <br />\n<b>c</b>\n&amp;</div>` },
      `<Patient ${FHIR}>\r\n<text><status value="generated"/>${DIV}<p>a  b</p>\r\n <br />\r\n<b>c</b>\r\n&amp;</div></text>\r\n</Patient>`,
    ],
    [
      'a narrative that needs a prefix from outside it',
      `<Patient ${FHIR} xmlns:h="http://www.w3.org/1999/xhtml">\n  <text>\n    <h:div>a</h:div>\n  </text>\n</Patient>`,
      { kind: 'set', pointer: '/text/div', value: `${DIV}b</div>` },
      `<Patient ${FHIR} xmlns:h="http://www.w3.org/1999/xhtml">\n  <text>\n    ${DIV}b</div>\n  </text>\n</Patient>`,
    ],
    [
      'a narrative that is no XHTML as plain text',
      `<Patient ${FHIR}>\n  <text>\n    <status value="generated"/>\n  </text>\n</Patient>`,
      { kind: 'set', pointer: '/text/div', value: 'a < b' },
      `<Patient ${FHIR}>\n  <text>\n    <status value="generated"/>\n    ${DIV}a &lt; b</div>\n  </text>\n</Patient>`,
    ],
  ];
  for (const [title, from, change, to] of LAYOUTS)
    it(`follow the text: ${title}`, () => assert.equal(after(from, change), to));

  it('leave numbers as they are spelt, and write those that are new as they are', () => {
    const text = `<Observation ${FHIR}><valueQuantity><value value="1.50"/><unit value="x"/></valueQuantity></Observation>`;
    const unit = after(text, { kind: 'set', pointer: '/valueQuantity/unit', value: 'y' });
    assert.equal(unit, text.replace('"x"', '"y"'));
    assert.equal(
      after(text, { kind: 'set', pointer: '/valueQuantity/value', value: 2.5 }),
      text.replace('1.50', '2.5'),
    );
    const exchanged = after(text, { kind: 'rename', pointer: '/valueQuantity', name: 'valueAge' });
    assert.ok(exchanged.includes('value="1.50"'), exchanged);
  });

  it('write the difference of a long text alone', () => {
    const [head, tail] = ['caf&#xE9; &amp; '.repeat(20), ' &#x1F600;\r\n&lt;'.repeat(20)];
    const text = `<Patient ${FHIR}><id value="${head}x${tail}"/></Patient>`;
    const { id } = readXmlValue(text, registry) as { id: string };
    const edits = xmlEditsOf(
      text,
      (value) => changed(value, { kind: 'set', pointer: '/id', value: id.replace('x', '"y"') }),
      registry,
    );
    assert.equal(applyTextEdits(text, edits), text.replace('x&', 'x&').replace(`${head}x`, `${head}&quot;y&quot;`));
    assert.deepEqual(
      edits.map(({ length }) => length),
      [1],
    );
  });

  it('leave a text alone that no longer has the spot, or whose value becomes none', () => {
    for (const change of [
      { kind: 'remove', pointer: '/contact' },
      { kind: 'rename', pointer: '/name/7', name: 'x' },
      { kind: 'set', pointer: '', value: [] },
      { kind: 'set', pointer: '', value: { resourceType: 'a b' } },
    ] as Change[])
      assert.equal(after(PATIENT, change), PATIENT);
    for (const text of ['<', 'words', '<a', ''])
      assert.equal(after(text, { kind: 'set', pointer: '/id', value: 'x' }), text);
  });

  it('work in a text that is broken elsewhere, and only there', () => {
    const set = (pointer: string): Change => ({ kind: 'set', pointer, value: 'z' });
    const open = `<Patient ${FHIR}>\n  <id value="a"/>\n  <gender value="male"\n  <name>\n    <family value="X"/>\n</Patient>`;
    assert.equal(after(open, set('/id')), open.replace('"a"', '"z"'));
    assert.equal(after(open, set('/name/0/family')), open.replace('"X"', '"z"'));
    assert.equal(
      after(`<Patient ${FHIR}><id value="a</Patient>`, set('/id')),
      `<Patient ${FHIR}><id value="a</Patient>`,
    );
    assert.equal(
      after(`<Patient ${FHIR}><id value=a/></Patient>`, set('/id')),
      `<Patient ${FHIR}><id value=a/></Patient>`,
    );
  });
});

/** With what JSON and XML say differently: ids and extensions of primitives, lists of them with gaps, contained resources. */
const RICH = {
  resourceType: 'Patient',
  id: 'p',
  contained: [
    { resourceType: 'Basic', id: 'c' },
    { resourceType: 'Observation', valueQuantity: { value: 1.5, unit: 'x' } },
  ],
  extension: [
    { url: 'urn:a', valueString: 'a "quoted" & <marked>' },
    { id: 'i', url: 'urn:b', extension: [{ url: 'c', valueDecimal: 2 }] },
  ],
  text: { status: 'generated', div: `${DIV}<p>one</p> <p>two</p></div>` },
  active: true,
  name: [
    {
      family: 'X',
      given: ['A', null, 'B'],
      _given: [null, { extension: [{ url: 'urn:d', valueCode: 'd' }] }, { id: 'j' }],
    },
    { text: 'Y' },
    { use: 'old', family: 'Z' },
  ],
  birthDate: '1980-02-03',
  _birthDate: { extension: [{ url: 'urn:e', valueDateTime: '1980-02-03T01:02:03Z' }] },
  _deceasedBoolean: { id: 'k' },
  multipleBirthInteger: 2,
  contact: [{ name: { family: 'W' } }, { id: 'l', gender: 'male' }],
};

const MESSAGE: unknown = JSON.parse(fs.readFileSync('examples/emergency-supply.json', 'utf8'));

function pointersIn(value: unknown, pointer: Pointer = ''): Pointer[] {
  const inside = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const isList = Array.isArray(value);
  return inside.flatMap(([name, inner]) => {
    const at = join(pointer, isList ? Number(name) : name);
    return [at, ...pointersIn(inner, at)];
  });
}

const VALUES = fc.oneof(
  fc.constantFrom<unknown>(
    ...[null, true, false, 0, -1.5, 'x', '', ' a\tb\n', 'it\'s "x" & <y>', '\u{1F600}', 'long '.repeat(60), {}, []],
    ...[{ id: 'n' }, { text: 'n' }, ['x', 'y'], [{ text: 'n' }, {}], { extension: [{ url: 'urn:n', valueCode: 'n' }] }],
    ...[
      { resourceType: 'Basic', id: 'n' },
      { family: 'N', given: ['N'], period: { start: '2020' } },
    ],
    ...[`${DIV}<p>one</p> <i>new</i></div>`, `${DIV}</div>`, 'a < b', { coding: [{ system: 'urn:n', code: 'n' }] }],
  ),
);

const NAMES = [
  'valueString',
  'valueCode',
  'deceasedDateTime',
  'family',
  'given',
  '_given',
  'gender',
  'id',
  'url',
  'resourceType',
  'foo',
  'text',
];

const STEP = fc.record({
  at: fc.nat(),
  act: fc.constantFrom('set', 'new', 'remove', 'rename', 'insert', 'move', 'copy'),
  name: fc.constantFrom(...NAMES),
  to: fc.nat(4),
  value: VALUES,
});

type Step = typeof STEP extends fc.Arbitrary<infer T> ? T : never;

function taken(value: unknown, { at, act, name, to, value: put }: Step): unknown {
  const pointers = pointersIn(value);
  const pointer = pointers[at % pointers.length]!;
  if (act === 'set') return changed(value, { kind: 'set', pointer, value: put });
  if (act === 'remove') return changed(value, { kind: 'remove', pointer });
  if (act === 'rename') return changed(value, { kind: 'rename', pointer, name });
  if (act === 'new')
    return isObject(valueAt(value, pointer))
      ? changed(value, { kind: 'set', pointer: join(pointer, name), value: put })
      : value;
  if (act === 'copy') {
    const from = pointers[(at * 7 + to) % pointers.length]!;
    return changed(value, { kind: 'set', pointer, value: structuredClone(valueAt(value, from)) });
  }
  const list = parentOf(pointer);
  if (!Array.isArray(valueAt(value, list))) return value;
  return act === 'move'
    ? changed(value, { kind: 'move', pointer, to })
    : changed(value, { kind: 'insert', pointer: join(list, to), value: put });
}

const LAYOUT = fc.record({
  unit: fc.constantFrom('  ', '\t', '    '),
  eol: fc.constantFrom('\n', '\r\n'),
  isFlat: fc.boolean(),
  style: fc.constantFrom<(text: string) => string>(
    (text) => text,
    (text) => text.replace(/\/>/g, ' />'),
    (text) =>
      text
        .replace(/<div[^]*?<\/div>|<\/?(?=[A-Za-z])/g, (all) => (all.startsWith('<div') ? all : `${all}f:`))
        .replace('xmlns=', 'xmlns:f='),
    (text) => text.replace(/ value="([^"']*)"/g, " value='$1'"),
    (text) =>
      text
        .replace(/(<[A-Za-z]+ value="[^"]*"\/>)(?=\r?\n)/g, '$1 <!-- said -->')
        .replace(/(\r?\n[ \t]*)(?=<(name|entry|given)\b)/g, '$1<!-- of it -->$1'),
  ),
});

describe('edits of XML text, of any value', function () {
  this.timeout(60_000);

  for (const [title, value, runs] of [
    ['a rich resource', RICH, 400],
    ['a message', MESSAGE, 40],
  ] as const)
    it(`make of ${title} what the writer would`, () => {
      fc.assert(
        fc.property(LAYOUT, fc.array(STEP, { minLength: 1, maxLength: 4 }), ({ style, ...layout }, steps) => {
          const text = style(writeXml(value, registry, { layout }).text);
          const before = readXml(text, registry);
          assert.deepEqual(before.problems, []);
          let wanted: unknown;
          const result = made(text, (old) => (wanted = steps.reduce(taken, old)));
          const { text: written } = writeXml(wanted, registry);
          if (written === '') return;
          const read = readXml(result, registry);
          assert.deepEqual(
            read.problems.map(({ message }) => message),
            readXml(written, registry).problems.map(({ message }) => message),
          );
          assert.deepEqual(sorted(read.value), sorted(readXmlValue(written, registry)));
        }),
        { numRuns: Number(process.env.RUNS ?? 1) * runs },
      );
    });
});

/** Properties in order, and without the nulls that only fill up a list. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (Array.isArray(inner)) return inner.slice(0, inner.findLastIndex((item) => item !== null) + 1);
    return isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner;
  });
}
