import assert from 'node:assert/strict';
import fc from 'fast-check';
import { kindsOfResource } from '../../core/document/element-kinds';
import { readValue } from '../../core/document/read-document';
import { type Draft, filled, hole, textWithHoles } from '../../core/draft/draft';
import { xmlWriter, type XmlWriter } from '../../server/completion/xml-written';
import { knowledge } from '../knowledge';
import { filledIn } from './client';

const LAYOUT = { unit: '\t', eol: '\r\n' };

describe('a draft as FHIR XML', () => {
  const { registry } = knowledge();
  const writer = (snippets: boolean, layout?: typeof LAYOUT): XmlWriter =>
    xmlWriter({ snippets, layout, prefix: '', registry });
  const element = (name: string, draft: Draft, snippets: boolean, layout?: typeof LAYOUT): string =>
    writer(snippets, layout).elements(name, draft, kindsOfResource('Patient', registry)!.get(name));

  const CASES: [what: string, name: string, draft: Draft, snippet: string, plain: string][] = [
    ['a text', 'language', hole(''), '<language value="$1"/>', '<language value=""/>'],
    [
      'a text with something in it',
      'language',
      hole('a}$\\"<b'),
      '<language value="${1:a\\}\\$\\\\&quot;&lt;b}"/>',
      '<language value="a}$\\&quot;&lt;b"/>',
    ],
    ['what is known', 'language', '$5\\', '<language value="\\$5\\\\"/>', '<language value="$5\\"/>'],
    [
      'a number',
      'multipleBirthInteger',
      hole(2),
      '<multipleBirthInteger value="${1:2}"/>',
      '<multipleBirthInteger value="2"/>',
    ],
    [
      'a choice',
      'active',
      hole(true, { choices: [true, false] }),
      '<active value="${1|true,false|}"/>',
      '<active value="true"/>',
    ],
    ['room for anything', 'contact', hole({}), '<contact>$1</contact>', '<contact/>'],
    ['a list with room for anything', 'contact', hole([]), '$1', ''],
    [
      'a list',
      'name',
      [{ family: 'A' }, { family: 'B' }],
      '<name><family value="A"/></name><name><family value="B"/></name>',
      '<name><family value="A"/></name><name><family value="B"/></name>',
    ],
    [
      'a narrative with holes',
      'text',
      { status: 'generated', div: textWithHoles('<div xmlns="http://www.w3.org/1999/xhtml">$', hole('a'), '</div>') },
      '<text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml">\\$${1:a}</div></text>',
      '<text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml">$a</div></text>',
    ],
    [
      'an extension, whose url is an attribute',
      'extension',
      [{ url: hole('urn:x'), valueBoolean: true }],
      '<extension url="${1:urn:x}"><valueBoolean value="true"/></extension>',
      '<extension url="urn:x"><valueBoolean value="true"/></extension>',
    ],
    [
      'a value with extensions and an id',
      'contact',
      [{ gender: 'male', _gender: { id: 'a', extension: [{ url: 'urn:x' }] } }],
      '<contact><gender id="a" value="male"><extension url="urn:x"/></gender></contact>',
      '<contact><gender id="a" value="male"><extension url="urn:x"/></gender></contact>',
    ],
    [
      'elements that are chosen together',
      'maritalStatus',
      {
        coding: [
          { system: 's', code: hole('x', { choices: ['x', 'y,'], beside: { display: ['X', 'Y'] } }), display: 'X' },
        ],
      },
      '<maritalStatus><coding><system value="s"/>${1|<code value="x"/><display value="X"/>,<code value="y\\,"/><display value="Y"/>|}</coding></maritalStatus>',
      '<maritalStatus><coding><system value="s"/><code value="x"/><display value="X"/></coding></maritalStatus>',
    ],
    [
      'two that are filled in together',
      'name',
      [{ family: hole('x', { name: 'n' }), text: hole('x', { name: 'n' }) }],
      '<name><text value="${1:x}"/><family value="$1"/></name>',
      '<name><text value="x"/><family value="x"/></name>',
    ],
    [
      'a resource in its wrapper',
      'contained',
      [{ resourceType: 'Organization', active: true }],
      '<contained><Organization><active value="true"/></Organization></contained>',
      '<contained><Organization><active value="true"/></Organization></contained>',
    ],
  ];
  for (const [what, name, draft, snippet, plain] of CASES)
    it(`is written with tab stops and without: ${what}`, () => {
      assert.equal(element(name, draft, true), snippet);
      assert.equal(element(name, draft, false), plain);
    });

  it('has each element on a line of its own, in STU3’s order', () => {
    assert.equal(
      element('contact', [{ gender: 'male', name: { family: 'A', use: 'usual' } }], true, LAYOUT),
      '<contact>\r\n\t<name>\r\n\t\t<use value="usual"/>\r\n\t\t<family value="A"/>\r\n\t</name>\r\n\t<gender value="male"/>\r\n</contact>',
    );
  });

  it('has the same value however it is written', function () {
    this.timeout(20_000);
    const texts = fc.string({ minLength: 1 }).filter((text) => /^[^\p{C}\ud800-\udfff]+$/u.test(text));
    const leaf = texts.map((text) => [text, hole(text)]).chain((two) => fc.constantFrom(...(two as [Draft, Draft])));
    const name = fc.record(
      { use: leaf, text: leaf, family: leaf, given: fc.array(leaf, { minLength: 1 }) },
      { noNullPrototype: true },
    );
    const patient = fc.record(
      { active: fc.constantFrom<Draft>(true, hole(false)), name: fc.array(name, { minLength: 1 }), language: leaf },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(patient, fc.boolean(), (members, isSpread) => {
        const draft = { resourceType: 'Patient', ...members };
        const layout = isSpread ? LAYOUT : undefined;
        for (const text of [
          filledIn(writer(true, layout).resource(draft, ' xmlns="http://hl7.org/fhir"')),
          writer(false, layout).resource(draft, ' xmlns="http://hl7.org/fhir"'),
        ])
          assert.deepEqual(readValue(text, registry), filled(draft));
      }),
      { numRuns: 50 },
    );
  });
});
