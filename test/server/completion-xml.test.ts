import assert from 'node:assert/strict';
import { InsertTextFormat, type TextEdit } from 'vscode-languageserver/node';
import { readDocument } from '../../core/document/read-document';
import { checkDocument } from '../../core/validate/check-document';
import { knowledge } from '../knowledge';
import { completeAt, EDITOR, startClient } from './client';
import { completing, HANDLING } from './completing';
import { messageXml, patientXml } from './completing-xml';

describe('completion in FHIR XML', () => {
  const { complete } = completing('xml');

  it('offers the elements that may stand and do not yet, choices spelt out, lists once more', async () => {
    const { labels } = await complete(
      '<Observation xmlns="http://hl7.org/fhir"><status value="final"/><category/>|</Observation>',
    );
    for (const name of ['code', 'category', 'valueString', 'valueQuantity']) assert.ok(labels.includes(name), name);
    for (const name of ['status', 'resourceType', 'value[x]', 'url']) assert.ok(!labels.includes(name), name);
  });

  it('offers what fits at the place in STU3’s order first, and says of the rest where it belongs', async () => {
    const { labels, item } = await complete(
      patientXml('<name/>\n  |\n  <birthDate value="2000-01-01"/>\n  <address/>'),
    );
    assert.deepEqual(labels.slice(0, 3), ['telecom', 'gender', 'name']);
    assert.equal(item('gender').detail, 'code 0..1');
    assert.equal(item('active').detail, 'boolean 0..1 · belongs before name');
    assert.equal(item('deceasedBoolean').detail, 'boolean 0..1 · belongs after birthDate');
    assert.ok(labels.indexOf('active') > labels.indexOf('gender'));
  });

  const ACCEPTED: [what: string, before: string, label: string, after: string][] = [
    [
      'half typed',
      patientXml('<na|'),
      'name',
      patientXml(
        '<name>\n    <use value="official"/>\n    <family value="Testwell"/>\n    <given value="Marmaduke"/>\n  </name>',
      ),
    ],
    ['without a bracket yet', patientXml('gen|'), 'gender', patientXml('<gender value="male"/>')],
    ['with nothing yet', patientXml('|'), 'active', patientXml('<active value="true"/>')],
    [
      'half typed before another',
      patientXml('<ge|\n  <birthDate value="2000-01-01"/>'),
      'gender',
      patientXml('<gender value="male"/>\n  <birthDate value="2000-01-01"/>'),
    ],
    ['with its tag closed', patientXml('<ge|/>'), 'gender', patientXml('<gender value="male"/>')],
    ['with an end tag of its own', patientXml('<ge|></ge>'), 'gender', patientXml('<gender value="male"/>')],
    [
      'whose end tag is there already',
      patientXml('<na|\n    <family value="Testwell"/>\n  </name>'),
      'name',
      patientXml('<name>\n    <family value="Testwell"/>\n  </name>'),
    ],
    ['over a name with a value', patientXml('<gen|dre value="male"/>'), 'gender', patientXml('<gender value="male"/>')],
    [
      'over the name of what has something in it, at both ends',
      patientXml('<na|>\n    <family value="Testwell"/>\n  </na>'),
      'name',
      patientXml('<name>\n    <family value="Testwell"/>\n  </name>'),
    ],
    [
      'between the tags of an element, on lines of its own',
      patientXml('<name>|</name>'),
      'family',
      patientXml('<name>\n    <family value="Testwell"/>\n  </name>'),
    ],
    [
      'behind another on its line',
      patientXml('<active value="true"/>|'),
      'gender',
      patientXml('<active value="true"/>\n  <gender value="male"/>'),
    ],
    [
      'before another on its line',
      patientXml('|<birthDate value="2000-01-01"/>'),
      'gender',
      patientXml('<gender value="male"/>\n  <birthDate value="2000-01-01"/>'),
    ],
    [
      'on a single line',
      '<Patient xmlns="http://hl7.org/fhir"><name>|</name></Patient>',
      'use, family, given',
      '<Patient xmlns="http://hl7.org/fhir"><name><use value="official"/><family value="Testwell"/><given value="Marmaduke"/></name></Patient>',
    ],
    [
      'with the prefix of the elements around',
      '<f:Patient xmlns:f="http://hl7.org/fhir">\n  |\n</f:Patient>',
      'contact',
      '<f:Patient xmlns:f="http://hl7.org/fhir">\n  <f:contact></f:contact>\n</f:Patient>',
    ],
    [
      'as Windows ends its lines',
      patientXml('|').replaceAll('\n', '\r\n'),
      'maritalStatus',
      patientXml(
        '<maritalStatus>\n    <coding>\n      <system value="http://hl7.org/fhir/v3/MaritalStatus"/>\n      <code value="A"/><display value="Annulled"/>\n    </coding>\n  </maritalStatus>',
      ).replaceAll('\n', '\r\n'),
    ],
    [
      'a resource in its wrapper',
      messageXml('<entry>\n    <resource>|</resource>\n  </entry>'),
      'Patient',
      messageXml('<entry>\n    <resource>\n      <Patient></Patient>\n    </resource>\n  </entry>'),
    ],
    [
      'an extension with its url',
      patientXml('<birthDate value="2000-01-01">|</birthDate>'),
      'extension',
      patientXml(
        '<birthDate value="2000-01-01">\n    <extension url="urn:example">\n      <valueString value="Example value[x]"/>\n    </extension>\n  </birthDate>',
      ),
    ],
    ['an attribute', patientXml('<gender |/>'), 'value', patientXml('<gender value="male"/>')],
    ['an attribute half typed', patientXml('<gender va|/>'), 'value', patientXml('<gender value="male"/>')],
    [
      'the last attribute of a tag that is not closed',
      patientXml('<gender |'),
      'value',
      patientXml('<gender value="male"/>'),
    ],
    [
      'the url of an extension',
      patientXml('<extension |></extension>'),
      'url',
      patientXml('<extension url=""></extension>'),
    ],
    ['a value', patientXml('<gender value="|"/>'), 'female', patientXml('<gender value="female"/>')],
    ['over a value', patientXml('<gender value="ma|le"/>'), 'female', patientXml('<gender value="female"/>')],
    [
      'over a value in single quotes',
      patientXml("<gender value='m|'/>"),
      'female',
      patientXml("<gender value='female'/>"),
    ],
    ['a value without its quotes', patientXml('<gender value=|/>'), 'male', patientXml('<gender value="male"/>')],
    [
      'a value half typed without quotes',
      patientXml('<gender value=m|/>'),
      'male',
      patientXml('<gender value="male"/>'),
    ],
    ['a value that is not closed', patientXml('<gender value="ma|'), 'male', patientXml('<gender value="male"/>')],
    ['a value whose tag is not closed', patientXml('<gender value="|"'), 'male', patientXml('<gender value="male"/>')],
    ['a boolean', patientXml('<active value="|"/>'), 'true', patientXml('<active value="true"/>')],
    [
      'an end tag',
      patientXml('<name>\n    <family value="Testwell"/>\n  </|'),
      '</name>',
      patientXml('<name>\n    <family value="Testwell"/>\n  </name>'),
    ],
    [
      'an end tag half typed, in a narrative too',
      patientXml('<text><div xmlns="http://www.w3.org/1999/xhtml"><p>Nothing</p|</div></text>'),
      '</p>',
      patientXml('<text><div xmlns="http://www.w3.org/1999/xhtml"><p>Nothing</p></div></text>'),
    ],
    [
      'the name of the root',
      '<Pa|tient xmlns="http://hl7.org/fhir"></Patient>',
      'Person',
      '<Person xmlns="http://hl7.org/fhir"></Person>',
    ],
    ['the namespace of the root', '<Bundle |/>', 'xmlns', '<Bundle xmlns="http://hl7.org/fhir"/>'],
    [
      'a code with all that belongs to it',
      '<Encounter xmlns="http://hl7.org/fhir">\n\t<class>|</class>\n</Encounter>',
      'AMB',
      '<Encounter xmlns="http://hl7.org/fhir">\n\t<class>\n\t\t<system value="http://hl7.org/fhir/v3/ActCode"/>\n\t\t<code value="AMB"/>\n\t\t<display value="ambulatory"/>\n\t</class>\n</Encounter>',
    ],
  ];
  for (const [what, before, label, after] of ACCEPTED)
    it(`writes ${what}`, async () => {
      assert.equal((await complete(before)).accept(label), after);
    });

  it('puts the cursor into what a person has to fill in', async () => {
    const item = (await complete(patientXml('<na|'))).item('name');
    const { range, newText } = item.textEdit as TextEdit;
    assert.deepEqual([range.start.character, range.end.character], [2, 5]);
    assert.match(
      newText,
      /^<name>\n {2}<use value="\$\{1\|official,[^|]*\|\}"\/>\n {2}<family value="\$\{2:Testwell\}"\/>/,
    );
    assert.equal(item.filterText, '<name');
    assert.equal(item.insertTextFormat, InsertTextFormat.Snippet);
  });

  it('writes on one line, and without tab stops, for a client that knows no better', async () => {
    const plain = await startClient({ capabilities: { ...EDITOR, textDocument: {} } });
    const { item } = await completeAt(plain, patientXml('|'), undefined, 'xml');
    plain.stop();
    const { newText } = item('name').textEdit as TextEdit;
    assert.equal(newText, '<name><use value="official"/><family value="Testwell"/><given value="Marmaduke"/></name>');
  });

  it('tells type, cardinality and meaning of an element, also while typing goes on', async () => {
    const { item, documentation } = await complete(patientXml('<|'));
    assert.match(item('name').detail!, /^HumanName 0\.\.\*$/);
    assert.match((await documentation('name'))!, /name/i);
    assert.match((await (await complete(patientXml('<gender value="|"/>'))).documentation('male'))!, /Male/);
  });

  it('offers the parts of the handling extension and their values as JSON does', async () => {
    const header = (inside: string): string =>
      messageXml(
        `<entry>\n<resource><MessageHeader><extension url="${HANDLING}">${inside}</extension></MessageHeader></resource></entry>`,
      );
    const { labels } = await complete(header('<extension url="|"/>'));
    assert.deepEqual([...labels].sort(), [
      'BusAckRequested',
      'InfAckRequested',
      'LocalExtension',
      'MessageDefinition',
      'RecipientType',
      'SenderReference',
    ]);
    const { accept } = await complete(header('|'));
    assert.match(accept('BusAckRequested'), /<extension url="BusAckRequested">\s*<valueBoolean value="true"\/>/);
  });

  it('escapes what it writes', async () => {
    const { labels, accept } = await complete(
      `<Bundle xmlns="http://hl7.org/fhir"><type value="document"/>
  <entry><fullUrl value="urn:uuid:1"/><resource><Organization><name value="Fish &amp; &quot;Chips&quot;"/></Organization></resource></entry>
  <entry><resource><Encounter><serviceProvider><reference value="urn:uuid:1"/><display value="|"/></serviceProvider></Encounter></resource></entry></Bundle>`,
    );
    assert.deepEqual(labels, ['Fish & "Chips"']);
    assert.match(accept(labels[0]!), /<display value="Fish &amp; &quot;Chips&quot;"\/>/);
  });

  for (const text of ['|', '<|', 'Bun|', '<?xml version="1.0" encoding="UTF-8"?>\n|', '<!-- a draft -->\n<Bun|'])
    it(`whole messages in ${JSON.stringify(text)}`, async () => {
      const { labels, accept } = await complete(text);
      assert.match(labels[0]!, /^Whole message: Emergency supply/);
      const whole = accept(labels[0]!);
      const { findings } = checkDocument(readDocument(whole, knowledge().registry), knowledge(), { now: Date.now() });
      assert.deepEqual(
        findings.filter(({ severity }) => severity === 'error'),
        [],
      );
      assert.match(
        accept('Empty message'),
        /^(<\?xml|<!--)[^]*<Bundle xmlns="http:\/\/hl7.org\/fhir">\n[^]*<type value="message"\/>/,
      );
    });

  const NOTHING: [spot: string, trigger?: string][] = [
    [patientXml('<!-- <na| -->')],
    [patientXml('<text><div xmlns="http://www.w3.org/1999/xhtml"><p>a| b</p></div></text>')],
    [patientXml('<text><div xmlns="http://www.w3.org/1999/xhtml"><|</div></text>')],
    [patientXml('<unheardOf>|</unheardOf>')],
    [patientXml('<gender value="male"|/>')],
    [patientXml('<gender value="male"/|>')],
    [patientXml('<family>Testwell|</family>')],
    ['|<Patient xmlns="http://hl7.org/fhir"/>'],
    ['<Patient xmlns="http://hl7.org/fhir"/>|'],
    ['<?xml version="1.0"?|><Patient xmlns="http://hl7.org/fhir"/>'],
    ['<project xmlns="http://maven.apache.org/POM/4.0.0"><na|</project>'],
    ['<project><name value="|"/></project>'],
    ['<proj|'],
    ['<List><item>|</item><name>a</name></List>'],
    // Characters that ask for something elsewhere.
    [patientXml('| '), ' '],
    [patientXml('<name> |</name>'), ' '],
    [patientXml('<gender value="a |"/>'), ' '],
    [patientXml('<gender value="male"|/>'), '"'],
    [patientXml('<gender/|'), '/'],
    [patientXml('<extension url="urn:x/|"/>'), '/'],
    [patientXml('a:|'), ':'],
    ['<|', '<'],
  ];
  for (const [spot, trigger] of NOTHING)
    it(`pops up nothing in ${JSON.stringify(spot)} after ${trigger ?? 'being asked'}`, async () => {
      assert.deepEqual((await complete(spot, trigger)).labels, []);
    });

  const POPS: [spot: string, trigger: string, label: string][] = [
    [patientXml('<|'), '<', 'name'],
    [patientXml('<gender |/>'), ' ', 'value'],
    [patientXml('<gender value="|"/>'), '"', 'male'],
    [patientXml('<name></|'), '/', '</name>'],
    [patientXml('<identifier><system value="https://|"/></identifier>'), '/', 'https://fhir.nhs.uk/Id/nhs-number'],
  ];
  for (const [spot, trigger, label] of POPS)
    it(`comes up in ${JSON.stringify(spot)} after ${trigger}`, async () => {
      assert.ok((await complete(spot, trigger)).labels.includes(label));
    });
});

describe('completion in FHIR JSON', () => {
  const { complete } = completing('xml');

  it('is asked for nothing by what is typed for XML, and goes on in a url', async () => {
    const json = async (marked: string, trigger: string): Promise<string[]> => (await complete(marked, trigger)).labels;
    assert.deepEqual(await json('{ "resourceType": "Patient", "gender": "<|" }', '<'), []);
    assert.deepEqual(await json('{ "resourceType": "Patient", /| }', '/'), []);
    assert.deepEqual(await json('{ "resourceType": "Patient", "gender": "x/|" }', '/'), []);
  });
});
