import assert from 'node:assert/strict';
import { converted } from '../../core/document/convert';
import { kindsOfResource } from '../../core/document/element-kinds';
import { readXml } from '../../core/document/xml-document';
import { writeJson } from '../../core/document/write-json';
import { writeXml, xmlElementOf } from '../../core/document/write-xml';
import { knowledge } from '../knowledge';

const { registry } = knowledge();
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const DIV = '<div xmlns="http://www.w3.org/1999/xhtml">';

/** What stands inside a Patient, one element a line and without indentation. */
function inside(members: object): string {
  const { text, left } = writeXml({ resourceType: 'Patient', ...members }, registry);
  assert.deepEqual(left, []);
  const lines = text.split('\n').slice(2, -2);
  return lines.map((line) => line.trim()).join('');
}

describe('writing FHIR XML', () => {
  it('has a declaration, one namespace and two spaces a step', () => {
    const bundle = {
      resourceType: 'Bundle',
      type: 'message',
      entry: [{ resource: { resourceType: 'Patient', id: 'a' } }],
    };
    assert.equal(
      writeXml(bundle, registry).text,
      `${DECLARATION}<Bundle xmlns="http://hl7.org/fhir">
  <type value="message"/>
  <entry>
    <resource>
      <Patient>
        <id value="a"/>
      </Patient>
    </resource>
  </entry>
</Bundle>
`,
    );
  });

  it('puts elements in the order of STU3, unknown ones behind in their own', () => {
    const members = { wobble: 'w', birthDate: '1980', abacus: 'a', _gender: { id: 'g' }, active: true, id: 'p' };
    assert.equal(
      inside(members),
      '<id value="p"/><active value="true"/><gender id="g"/><birthDate value="1980"/><wobble value="w"/><abacus value="a"/>',
    );
  });

  it('writes what stands beside a primitive into its element', () => {
    const extension = [{ url: 'http://x.example/a', valueDecimal: 1 }];
    assert.equal(
      inside({ birthDate: '1980', _birthDate: { extension, id: 'b' } }),
      '<birthDate id="b" value="1980"><extension url="http://x.example/a"><valueDecimal value="1"/></extension></birthDate>',
    );
    assert.equal(
      inside({ name: [{ given: ['Ann', null, 'Bea'], _given: [null, { id: 'g' }] }] }),
      '<name><given value="Ann"/><given id="g"/><given value="Bea"/></name>',
    );
  });

  it('writes what an attribute cannot hold as references', () => {
    assert.equal(
      inside({ language: '<a & "b">\t\r\n\u{1F48A}' }),
      '<language value="&lt;a &amp; &quot;b&quot;&gt;&#9;&#13;&#10;\u{1F48A}"/>',
    );
  });

  it('writes a narrative to the letter', () => {
    const div = `${DIV}\n  <p id="a">x &lt; y &#160;<!-- c --><br/></p>\n</div>`;
    const { text } = writeXml({ resourceType: 'Patient', text: { status: 'generated', div } }, registry);
    assert.ok(text.includes(`\n    ${div}\n`), text);
  });

  it('writes numbers as they are to be written', () => {
    const value = {
      resourceType: 'Observation',
      valueQuantity: { value: 1.5, _value: { extension: [{ url: 'a', valueDecimal: 2 }] } },
    };
    const exact = new Map([
      ['/valueQuantity/value', '1.50'],
      ['/valueQuantity/_value/extension/0/valueDecimal', '2.00'],
    ]);
    const { text } = writeXml(value, registry, { exact, layout: { isFlat: true } });
    assert.equal(
      text,
      '<?xml version="1.0" encoding="UTF-8"?><Observation xmlns="http://hl7.org/fhir"><valueQuantity><value value="1.50"><extension url="a"><valueDecimal value="2.00"/></extension></value></valueQuantity></Observation>',
    );
    assert.equal(
      writeJson(value, { exact, layout: { isFlat: true } }),
      '{"resourceType":"Observation","valueQuantity":{"value":1.50,"_value":{"extension":[{"url":"a","valueDecimal":2.00}]}}}',
    );
  });

  it('keeps a layout', () => {
    const value = { resourceType: 'Patient', name: [{ family: 'Test' }] };
    const layout = { unit: '\t', eol: '\r\n' };
    assert.equal(
      writeXml(value, registry, { layout }).text.replace(/^.*\r\n/, ''),
      '<Patient xmlns="http://hl7.org/fhir">\r\n\t<name>\r\n\t\t<family value="Test"/>\r\n\t</name>\r\n</Patient>\r\n',
    );
    const exact = new Map([['/none', '1']]);
    assert.equal(writeJson(value, { layout, exact }), writeJson(value, { layout }));
    assert.equal(writeJson(value, { exact }), `${JSON.stringify(value, null, 2)}\n`);
  });

  it('writes one element or attribute of a parent', () => {
    const kinds = kindsOfResource('Patient', registry)!;
    const layout = { indent: '  ', unit: '  ', eol: '\n' };
    const name = xmlElementOf('name', { id: 'n', given: ['Ann'] }, kinds.get('name'), registry, layout);
    assert.equal(name, '<name id="n">\n    <given value="Ann"/>\n  </name>');
    const id = kinds.get('name')!.inside().get('id');
    assert.equal(xmlElementOf('id', 'a"b', id, registry, layout), 'id="a&quot;b"');
    const beside = { id: 'd' };
    assert.equal(
      xmlElementOf('birthDate', '1980', kinds.get('birthDate'), registry, { ...layout, beside }),
      '<birthDate id="d" value="1980"/>',
    );
    const flat = { indent: '', unit: '', eol: '' };
    assert.equal(
      xmlElementOf('contained', { resourceType: 'Device' }, kinds.get('contained'), registry, flat),
      '<contained><Device/></contained>',
    );
  });
});

describe('converting', () => {
  it('leaves a text that is in the form already', () => {
    assert.deepEqual(converted(' {"a":', 'json', registry), { text: ' {"a":', left: [], asides: 0 });
  });

  it('says in which line a broken text must be mended', () => {
    const told = (text: string, to: 'json' | 'xml'): string => {
      const result = converted(text, to, registry);
      return 'problem' in result ? result.problem : assert.fail(result.text);
    };
    assert.match(
      told('{"resourceType": "Patient",\n"id": }', 'xml'),
      /^Line 2 must be mended before this can become XML\. /,
    );
    assert.match(told('{"resourceType": "Patient",\n"id": "a",\n"id": "b"}', 'xml'), /^Line 3 .*"id" stands twice/);
    // Where it was opened, and never closed.
    assert.match(told('<Patient xmlns="http://hl7.org/fhir">\n<name>\n</Patient>', 'json'), /^Line 2 .* JSON\. /);
    assert.match(told('{"id": "a"}', 'xml'), /no FHIR resource/);
  });

  it('keeps numbers as they are written', () => {
    const text =
      '{"resourceType": "Observation", "component": [{"valueQuantity": {"value": 1.50}}, {"valueQuantity": {"value": 1e3}}, {"valueQuantity": {"value": 12345678901234567890.123}}]}';
    const xml = converted(text, 'xml', registry);
    assert.ok('text' in xml);
    assert.deepEqual(xml.text.match(/<value value="[^"]*"/g), [
      '<value value="1.50"',
      '<value value="1e3"',
      '<value value="12345678901234567890.123"',
    ]);
    const json = converted(xml.text, 'json', registry);
    assert.ok('text' in json);
    assert.equal(json.text.replace(/\s/g, ''), text.replace(/\s/g, ''));
  });

  it('says what JSON does not have', () => {
    const text = `<?xml version="1.0"?><!-- a --><Patient xmlns="http://hl7.org/fhir"><?b c?>words<gender code="x" value="male"/><text>${DIV}<!-- kept --></div></text></Patient>`;
    const result = converted(text, 'json', registry);
    assert.ok('text' in result);
    assert.equal(result.asides, 2);
    assert.deepEqual(
      result.left.map(({ pointer }) => pointer),
      ['', '/gender'],
    );
    assert.deepEqual(JSON.parse(result.text), readXml(text, registry).value);
  });
});
