// Hover over XML says what it says over JSON, and where only XML has something to hover on.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import type { Hover } from 'vscode-languageserver/node';
import { parentOf, valueAt } from '../../core/document/pointer';
import { isObject } from '../../core/json';
import { type Client, hoverAt as hoverIn, startClient } from './client';
import { ACKNOWLEDGEMENT, RELATIVE } from './messages';
import { openTwins, pointersIn, type Twin } from './twins';

const MESSAGES: Record<string, string> = {
  'our example': fs.readFileSync('examples/emergency-supply.json', 'utf8'),
  'an acknowledgement': ACKNOWLEDGEMENT,
  'a bundle with contained resources': RELATIVE,
  'a patient with companions': `{ "resourceType": "Patient", "birthDate": "1980-02-03", "_birthDate": { "id": "b",
    "extension": [{ "url": "http://hl7.org/fhir/StructureDefinition/patient-birthTime", "valueDateTime": "1980-02-03T01:02:03Z" }] },
    "name": [{ "given": ["Anna", null], "_given": [null, { "id": "g" }] }] }`,
};

describe('hover over XML', () => {
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  after(() => client.stop());

  async function hoverAt({ document, positionAt }: Twin, offset: number): Promise<string | undefined> {
    const params = { textDocument: { uri: document.uri }, position: positionAt(offset) };
    const hover = await client.connection.sendRequest<Hover | null>('textDocument/hover', params);
    return hover ? (hover.contents as { value: string }).value : undefined;
  }

  for (const [title, text] of Object.entries(MESSAGES))
    it(`says what it says over JSON, on every name and value of ${title}`, async function () {
      // Each of hundreds of places is a request of its own.
      this.timeout(60_000);
      const { json, xml } = openTwins(client, text);
      const root = json.source.value;
      for (const pointer of pointersIn(root)) {
        const value = valueAt(root, pointer);
        const owner = valueAt(root, parentOf(pointer));
        const isNamed = isObject(owner) && !pointer.endsWith('/resourceType') && pointer !== '';
        // Of a list and its items only the items have names in XML.
        if (isNamed && !Array.isArray(value)) {
          const [onJson, onXml] = await Promise.all([
            hoverAt(json, json.source.spanOf(pointer, 'key').offset + 1),
            hoverAt(xml, xml.source.spanOf(pointer, 'key').offset),
          ]);
          if (pointer.split('/').at(-1)!.startsWith('_')) continue;
          assert.equal(withoutValues(onXml), withoutValues(onJson), `${pointer}, its name`);
        }
        if (typeof value === 'object') {
          if (isObject(value) && !isObject(owner) && pointer !== '')
            assert.match((await hoverAt(xml, xml.source.spanOf(pointer, 'key').offset)) ?? '', /^\*\*\w/, pointer);
          continue;
        }
        const quote = typeof value === 'string' ? 1 : 0;
        const [onJson, onXml] = await Promise.all([
          hoverAt(json, json.source.spanOf(pointer, 'value').offset + quote),
          hoverAt(xml, xml.source.spanOf(pointer, 'value').offset + (pointer.endsWith('/div') ? '<div '.length : 1)),
        ]);
        assert.ok(onXml, `${pointer}, its value`);
        assert.equal(onXml, onJson, `${pointer}, its value`);
      }
      assert.deepEqual(client.log, []);
    });

  /** How a value is written is the form's own. */
  function withoutValues(markdown: string | undefined): string | undefined {
    return markdown
      ?.split('\n\n')
      .map((text) => text.replace(/^(Example:|Must hold|Always|- In days:) `.*/, '$1'))
      .join('\n\n');
  }

  const NS = 'xmlns="http://hl7.org/fhir"';
  const NAME = /^\*\*Patient\.name\*\* · `HumanName`/;
  const DIV = '<div xmlns="http://www.w3.org/1999/xhtml"><p>well</p></div>';
  const FOUND: [what: string, marked: string, says: RegExp, span: string][] = [
    ['the start tag', `<Patient ${NS}><na|me><family value="A"/></name></Patient>`, NAME, 'name'],
    ['its bracket', `<Patient ${NS}>|<name><family value="A"/></name></Patient>`, NAME, 'name'],
    ['the end tag', `<Patient ${NS}><name><family value="A"/></na|me></Patient>`, NAME, 'name'],
    ['the bracket of the end tag', `<Patient ${NS}><name><family value="A"/>|</name></Patient>`, NAME, 'name'],
    ['its stroke', `<Patient ${NS}><name><family value="A"/><|/name></Patient>`, NAME, 'name'],
    [
      'a prefix',
      `<f:Patient xmlns:f="http://hl7.org/fhir"><|f:name><f:family value="A"/></f:name></f:Patient>`,
      NAME,
      'f:name',
    ],
    ['the root', `<Pat|ient ${NS}/>`, /^\*\*Patient\*\*/, 'Patient'],
    ['the root’s end tag', `<Patient ${NS}><active value="true"/></Pat|ient>`, /^\*\*Patient\*\*/, 'Patient'],
    [
      'the name of an attribute',
      `<Patient ${NS}><gender val|ue="female"/></Patient>`,
      /administrative|female/i,
      'value="female"',
    ],
    ['a value in single quotes', `<Patient ${NS}><gender value='fe|male'/></Patient>`, /female/i, "'female'"],
    [
      'a narrative',
      `<Patient ${NS}><text><status value="generated"/>${DIV.replace('ell', 'e|ll')}</text></Patient>`,
      /^well/,
      DIV,
    ],
    [
      'its tag',
      `<Patient ${NS}><text><status value="generated"/>${DIV.replace('div', 'd|iv')}</text></Patient>`,
      /^\*\*Patient\.text\.div\*\*/,
      'div',
    ],
    [
      'the url of an extension',
      `<Patient ${NS}><extension u|rl="http://x.example/a"/></Patient>`,
      /^\*\*Patient\.extension\.url\*\*/,
      'url',
    ],
    [
      'a line that is broken',
      `<Patient ${NS}>\n<gen|der value="female\n</Patient>`,
      /^\*\*Patient\.gender\*\*/,
      'gender',
    ],
  ];
  for (const [what, marked, says, span] of FOUND)
    it(`tells of ${what}`, async () => {
      const found = await hoverIn(client, marked);
      assert.match(found?.markdown ?? '', says);
      assert.equal(found?.span, span);
    });

  for (const [what, marked] of [
    ['a comment', `<Patient ${NS}><!-- na|me --></Patient>`],
    ['a namespace', `<Patient xml|ns="http://hl7.org/fhir"/>`],
    ['the blank between elements', `<Patient ${NS}>\n| <active value="true"/></Patient>`],
    ['the declaration', `<?xml ver|sion="1.0"?><Patient ${NS}/>`],
  ] as const)
    it(`says nothing on ${what}`, async () => assert.equal(await hoverIn(client, marked), null));

  it('writes examples as XML', async () => {
    const found = await hoverIn(client, MESSAGE_WITH_NAME.replace('<family', '<fam|ily'));
    assert.match(found!.markdown, /Example: `<family value="[^"]+"\/>`/);
    assert.doesNotMatch(found!.markdown, /Example: `"/);
  });
  const MESSAGE_WITH_NAME = `<Patient ${NS}><name><family value="A"/></name></Patient>`;
});
