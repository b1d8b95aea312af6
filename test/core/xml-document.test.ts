import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { readXml } from '../../core/document/xml-document';
import { knowledge } from '../knowledge';
import type { Loose } from '../loose';

const FHIR = 'xmlns="http://hl7.org/fhir"';
const DIV = '<div xmlns="http://www.w3.org/1999/xhtml">';

const read = (text: string) => readXml(text, knowledge().registry);
const patient = (inner: string, attributes = ''): Loose => {
  const { value, problems } = read(`<Patient ${FHIR}${attributes}>${inner}</Patient>`);
  assert.deepEqual(problems, []);
  return value;
};

describe('FHIR XML as values', () => {
  it('has texts, numbers and booleans where the definitions have them', () => {
    assert.deepEqual(
      patient('<active value="true"/><birthDate value="1980-02-03"/><multipleBirthInteger value="2"/>'),
      {
        resourceType: 'Patient',
        active: true,
        birthDate: '1980-02-03',
        multipleBirthInteger: 2,
      },
    );
    const observation = `<Observation ${FHIR}><valueQuantity><value value="-1.50"/></valueQuantity></Observation>`;
    assert.deepEqual((read(observation).value as Loose).valueQuantity, { value: -1.5 });
  });

  it('keeps what is no number or boolean as the text that it is', () => {
    const { active, multipleBirthInteger } = patient('<active value="yes"/><multipleBirthInteger value="02"/>');
    assert.deepEqual([active, multipleBirthInteger], ['yes', '02']);
  });

  it('makes lists where more than one may stand, also of one', () => {
    const { name } = patient('<name><use value="usual"/><given value="Ann"/><given value="Bea"/></name>');
    assert.deepEqual(name, [{ use: 'usual', given: ['Ann', 'Bea'] }]);
  });

  it('makes a list of what stands twice where it may stand once, so that it is seen', () => {
    assert.deepEqual(patient('<gender value="male"/><gender value="female"/>').gender, ['male', 'female']);
    assert.deepEqual(patient('<maritalStatus/><maritalStatus><text value="?"/></maritalStatus>').maritalStatus, [
      {},
      { text: '?' },
    ]);
    const twice = patient('<gender id="a"/><gender value="male"/>');
    assert.deepEqual(
      [twice.gender, twice._gender],
      [
        [null, 'male'],
        [{ id: 'a' }, null],
      ],
    );
  });

  it('puts ids and extensions of primitives beside them, lists padded by null', () => {
    const extension = '<extension url="http://x.example/a"><valueString value="b"/></extension>';
    const value =
      patient(`<name><given value="Ann"/><given id="g"/><given value="Bea"/><given>${extension}</given></name>
      <birthDate value="1980-02-03" id="d">${extension}</birthDate><deceasedBoolean>${extension}</deceasedBoolean>`);
    const companion = { extension: [{ url: 'http://x.example/a', valueString: 'b' }] };
    assert.equal(value.birthDate, '1980-02-03');
    assert.deepEqual(value._birthDate, { id: 'd', ...companion });
    assert.equal('deceasedBoolean' in value, false);
    assert.deepEqual(value._deceasedBoolean, companion);
    assert.deepEqual(value.name[0].given, ['Ann', null, 'Bea', null]);
    assert.deepEqual(value.name[0]._given, [null, { id: 'g' }, null, companion]);
  });

  it('takes ids of elements and urls of extensions from their attributes', () => {
    const value = patient(
      '<id value="p"/><extension id="e" url="http://x.example/a"><extension url="b"><valueCode value="c"/></extension></extension>',
    );
    assert.equal(value.id, 'p');
    assert.deepEqual(value.extension, [
      { id: 'e', url: 'http://x.example/a', extension: [{ url: 'b', valueCode: 'c' }] },
    ]);
  });

  it('reads resources in resources', () => {
    const { value, problems } = read(
      `<Bundle ${FHIR}><entry><resource><Patient><contained><Organization><name value="O"/></Organization></contained><contained><Device/></contained></Patient></resource></entry></Bundle>`,
    );
    assert.deepEqual(problems, []);
    const contained = [{ resourceType: 'Organization', name: 'O' }, { resourceType: 'Device' }];
    assert.deepEqual(value, {
      resourceType: 'Bundle',
      entry: [{ resource: { resourceType: 'Patient', contained } }],
    });
  });

  it('reads elements that are made like another one', () => {
    const inner = '<section><section><title value="inner"/><entry><reference value="#a"/></entry></section></section>';
    const { value } = read(`<Composition ${FHIR}>${inner}</Composition>`);
    assert.deepEqual((value as Loose).section, [{ section: [{ title: 'inner', entry: [{ reference: '#a' }] }] }]);
  });

  it('keeps what is unknown under its name, so that it is seen', () => {
    const value = patient('<nmae><given value="a"/></nmae><gendr value="male"/><__proto__ value="x"/>');
    assert.deepEqual([value.nmae, value.gendr], [{ given: 'a' }, 'male']);
    assert.equal(Object.getOwnPropertyDescriptor(value, '__proto__')?.value, 'x');
    assert.deepEqual(read(`<Patiemt ${FHIR}><active value="true"/></Patiemt>`).value, {
      resourceType: 'Patiemt',
      active: 'true',
    });
  });

  it('shows what is empty as empty', () => {
    const value = patient('<active/><name/><gender value=""/>');
    assert.deepEqual([value.name, value.gender, value._active], [[{}], '', {}]);
    assert.deepEqual(read(`<Bundle ${FHIR}><entry><resource/></entry></Bundle>`).value, {
      resourceType: 'Bundle',
      entry: [{ resource: {} }],
    });
  });

  it('takes a byte order mark, comments, processing instructions, CDATA and schema locations for what they are', () => {
    const schema =
      'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://hl7.org/fhir a.xsd"';
    const text = `\ufeff<?xml version="1.0"?><!-- a --><?b c?><Patient ${FHIR} ${schema}><!-- d --><gender value="a&amp;&#x62;"/></Patient>`;
    const { value, problems } = read(text);
    assert.deepEqual({ value, problems }, { value: { resourceType: 'Patient', gender: 'a&b' }, problems: [] });
  });

  it('reads prefixes as what they stand for', () => {
    const { value, problems } = read(
      '<f:Patient xmlns:f="http://hl7.org/fhir" xmlns:h="http://www.w3.org/1999/xhtml"><f:text><h:div h:class="c" title="&quot;&lt;">a &amp; <h:br/>b</h:div></f:text></f:Patient>',
    );
    assert.deepEqual(problems, []);
    assert.equal(
      (value as Loose).text.div,
      `${DIV.slice(0, -1)} class="c" title="&quot;&lt;">a &amp; <br></br>b</div>`,
    );
  });

  it('keeps the narrative as it stands', () => {
    const div = `${DIV}<p id="a">x &lt; y &#160;<!-- c --><br/></p>\n</div>`;
    assert.equal(patient(`<text><status value="generated"/>${div}</text>`).text.div, div);
  });

  const WRONG: [what: string, text: string, says: RegExp, at: string][] = [
    [
      'a tag that is not closed',
      `<Patient ${FHIR}><name></Patient>`,
      /<name> is not closed: .* before <\/Patient>/,
      'name>',
    ],
    ['text that breaks off', `<Patient ${FHIR}><gender value="ma`, /value of gender has no closing quote/, '"ma'],
    ['no text at all', '', /no XML element here/, ''],
    ['text that is no XML', 'Dear colleague', /before the first element/, 'Dear'],
    ['a document type', `<!DOCTYPE Patient SYSTEM "file:///etc/passwd"><Patient ${FHIR}/>`, /no DOCTYPE/, ''],
    [
      'an entity of one’s own',
      `<!DOCTYPE a [<!ENTITY b "c">]><Patient ${FHIR}><gender value="&b;"/></Patient>`,
      /no DOCTYPE/,
      '',
    ],
    ['an entity of HTML', `<Patient ${FHIR}><gender value="a&nbsp;b"/></Patient>`, /write the character itself/, ''],
    ['no namespace', '<Patient><name/><name/></Patient>', /Patient must be of the namespace http:\/\/hl7/, 'Patient'],
    [
      'a foreign element',
      `<Patient ${FHIR}><gender xmlns="http://x.example" value="male"/></Patient>`,
      /gender must be of the namespace .*, not http:\/\/x\.example/,
      'gender xmlns',
    ],
    [
      'a div without its namespace',
      `<Patient ${FHIR}><text><div>a</div></text></Patient>`,
      /div of text must be of the namespace http:\/\/www/,
      'div>',
    ],
    ['text between elements', `<Patient ${FHIR}>male</Patient>`, /Text stands between the elements of Patient/, ''],
    [
      'an attribute that FHIR does not have',
      `<Patient ${FHIR}><gender code="male"/></Patient>`,
      /gender may not have the attribute "code"/,
      'code',
    ],
    ['an attribute of a resource', `<Patient ${FHIR} id="p"/>`, /Patient may not have the attribute "id"/, 'id="p"'],
    ['a nest without end', `<Patient ${FHIR}>${'<a>'.repeat(100_000)}`, /more than 200 levels/, ''],
    ['a narrative without end', `<Patient ${FHIR}><text>${DIV}${'<b>'.repeat(100_000)}`, /more than 200 levels/, ''],
  ];
  for (const [what, text, says, at] of WRONG)
    it(`says once, and where, that there is ${what}`, () => {
      const { problems } = read(text);
      assert.equal(problems.length, 1, JSON.stringify(problems));
      assert.match(problems[0]!.message, says);
      assert.match(problems[0]!.message, /\.$/);
      assert.ok(text.startsWith(at, problems[0]!.span.offset));
    });

  it('gives what could be read of broken text', () => {
    const { value } = read(`<Patient ${FHIR}><gender value="male"/><name><given value="Ann"/><family value="`);
    assert.deepEqual(value, { resourceType: 'Patient', gender: 'male', name: [{ given: ['Ann'], family: '' }] });
  });

  it('never throws', () => {
    const pieces = [
      '<Patient xmlns="http://hl7.org/fhir">',
      '</Patient>',
      '<name>',
      '</name>',
      '<given value="a"/>',
      '<text>',
      DIV,
      '</div>',
      '</text>',
      '<contained>',
      '</contained>',
      '<',
      '>',
      '&',
      '&amp;',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?a',
      '?>',
      'a',
      ' xmlns:b="c"',
      '<constructor value="x"/>',
      '<b:c/>',
    ];
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string())), (some) => {
        read(some.join(''));
      }),
    );
  });

  const folder = path.resolve('../shared/published/examples/emergency-supply');
  const both = ['xml', 'json'].map((ending) => path.join(folder, `guide-1.3.0-example-1.${ending}`));
  if (both.some((file) => !fs.existsSync(file))) return;
  it('reads the published example as its published JSON, but for white space in narratives', () => {
    const [xml, json] = both.map((file) => fs.readFileSync(file, 'utf8'));
    const packed = (value: unknown): string =>
      JSON.stringify(value, (_, one: unknown) =>
        typeof one === 'string' ? one.replace(/\s+(?=<)|(?<=>)\s+/g, '') : one,
      );
    const { value, problems } = read(xml!);
    assert.deepEqual(problems, []);
    assert.deepEqual(JSON.parse(packed(value)), JSON.parse(packed(JSON.parse(json!))));
  });
});
