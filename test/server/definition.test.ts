import assert from 'node:assert/strict';
import fs from 'node:fs';
import type { Location, LocationLink } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { readJson } from '../../core/document/json-document';
import { join } from '../../core/document/pointer';
import { knowing } from '../knowledge';
import { askAt } from './ask';
import { type Client, EDITOR, startClient } from './client';
import { ACKNOWLEDGEMENT, behind, IDS, MESSAGE, RELATIVE } from './messages';

const LINKS = { ...EDITOR, textDocument: { ...EDITOR.textDocument, definition: { linkSupport: true } } };
const METHOD = 'textDocument/definition';

const PATIENT = 'https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Patient-1';
const STATUSES = 'https://fhir.hl7.org.uk/STU3/CodeSystem/CareConnect-NHSNumberVerificationStatus-1';
const patient = (rest: string): string =>
  `{ "resourceType": "Patient", "meta": { "profile": ["${PATIENT}"] }, ${rest} }`;

describe('definition', () => {
  let client: Client;
  before(async () => {
    client = await startClient({
      capabilities: LINKS,
      initializationOptions: { client: { definitionDocuments: true } },
    });
  });
  after(() => client.stop());

  describe('of a reference', () => {
    /** The text that led there, where it led to, and the beginning of the whole. */
    async function led(marked: string): Promise<string[]> {
      const { answer, document, said } = await askAt<LocationLink[]>(client, marked, METHOD);
      return (answer ?? []).map((link) => {
        assert.equal(link.targetUri, document.uri);
        const whole = said(link.targetRange).slice(0, 12);
        return `${said(link.originSelectionRange!)} > ${said(link.targetSelectionRange)} in ${whole}`;
      });
    }
    const urn = (id: string): string => `"urn:uuid:${id}"`;

    it('is the entry, at its fullUrl', async () =>
      assert.deepEqual(await led(behind(MESSAGE, '"focus": [{ "reference": "urn')), [
        `${urn(IDS.document)} > ${urn(IDS.document)} in { "fullUrl":`,
      ]));
    it('is the same from the name of the element', async () => {
      assert.deepEqual(await led(behind(MESSAGE, '"focu')), [`"focus" > ${urn(IDS.document)} in { "fullUrl":`]);
      assert.deepEqual(await led(behind(MESSAGE, '"custo')), [`"custodian" > ${urn(IDS.sender)} in { "fullUrl":`]);
    });
    it('is in the bundle of the reference', async () => {
      const [inner, outer] = await Promise.all(
        ['"custodian": { "reference": "u', '"sender": { "reference": "u'].map((landmark) =>
          askAt<LocationLink[]>(client, behind(MESSAGE, landmark), METHOD),
        ),
      );
      assert.ok(inner!.answer![0]!.targetRange.start.line > outer!.answer![0]!.targetRange.start.line);
    });
    it('is the Encounter of a sender’s reference', async () =>
      assert.deepEqual(await led(behind(MESSAGE, '"valueString": "urn:')), [
        `${urn(IDS.encounter)} > ${urn(IDS.encounter)} in { "fullUrl":`,
      ]));
    it('is a contained resource, or one without fullUrl, at its type', async () => {
      assert.deepEqual(await led(behind(RELATIVE, '"reference": "#')), ['"#l1" > "Location" in { "resourceT']);
      assert.deepEqual(await led(behind(RELATIVE, '"Organization/')), [
        '"Organization/o1" > "Organization" in { "resource"',
      ]);
    });
    it('is reached from the display beside it', async () =>
      assert.deepEqual(await led(behind(RELATIVE, '"display": "An')), [
        '"Anna" > "https://example.org/fhir/Patient/p1" in { "fullUrl":',
      ]));
    it('is a plain place for clients that know no links', async () => {
      const plain = await startClient();
      const { answer, said } = await askAt<Location[]>(plain, behind(RELATIVE, '"reference": "#'), METHOD);
      plain.stop();
      assert.deepEqual(
        answer?.map(({ range }) => said(range)),
        ['"Location"'],
      );
    });
    it('is the message that an acknowledgement answers, and the activity of its sender, where that is open', async () => {
      const answered = client.open(MESSAGE);
      for (const [landmark, id] of [
        ['"response": { "identifier": "1', IDS.header],
        ['"valueString": "urn:', IDS.encounter],
      ] as const) {
        const { answer } = await askAt<LocationLink[]>(client, behind(ACKNOWLEDGEMENT, landmark), METHOD);
        const there = answer!.find(({ targetUri }) => targetUri === answered.uri)!;
        assert.equal(answered.spanText(there.targetSelectionRange), urn(id));
      }
      await answered.close();
    });
    it('is the outcome within an acknowledgement', async () => {
      const outcome = urn('88888888-aaaa-4aaa-8aaa-888888888888');
      const [found] = await led(behind(ACKNOWLEDGEMENT, '"details": { "reference": "urn:'));
      assert.equal(found, `${outcome} > ${outcome} in { "fullUrl":`);
    });
    it('is nothing where it leads nowhere', async () =>
      assert.deepEqual(await led(RELATIVE.replace('"#l1"', '"#l|2"')), []));
  });

  describe('of what the standards define', () => {
    /** The page, and its row. */
    async function page(marked: string): Promise<string[]> {
      const { answer } = await askAt<LocationLink[]>(client, marked, METHOD);
      return Promise.all(
        (answer ?? []).map(async ({ targetUri, targetRange: { start } }) => {
          const text = await client.connection.sendRequest<string>('itk3/definition', { uri: targetUri });
          const [name] = text.split('\n');
          const line = TextDocument.create('', '', 1, text).getText({ start, end: { ...start, character: 200 } });
          return `${name}: ${line.trim().replace(/^• +/, '').split(/ {2,}/).slice(0, 2).join(' ')}`;
        }),
      );
    }

    for (const [what, marked, expected] of [
      [
        'a profile',
        patient('"active": true').replace('Patient-1', 'Pat|ient-1'),
        'CareConnect-Patient-1: CareConnect-Patient-1',
      ],
      ['a type', '{ "resourceType": "Pat|ient" }', 'Patient: Patient'],
      [
        'an extension',
        patient(
          `"extension": [{ "url": "${PATIENT.replace('CareConnect-Patient', 'Extension-CareConnect-Ethnic|Category')}" }]`,
        ),
        'Extension-CareConnect-EthnicCategory-1: Extension-CareConnect-EthnicCategory-1',
      ],
      [
        'a code system',
        `{ "resourceType": "Basic", "code": { "coding": [{ "system": "${STATUSES}|" }] } }`,
        'Care Connect NHS Number Verification Status: Care Connect NHS Number Verification Status',
      ],
      [
        'a code',
        `{ "resourceType": "Basic", "code": { "coding": [{ "system": "${STATUSES}", "code": "0|2" }] } }`,
        'Care Connect NHS Number Verification Status: 02 Number present but not traced',
      ],
      [
        'a display',
        `{ "resourceType": "Basic", "code": { "coding": [{ "system": "${STATUSES}", "code": "02", "display": "N|" }] } }`,
        'Care Connect NHS Number Verification Status: 02 Number present but not traced',
      ],
      [
        'a code without system',
        '{ "resourceType": "Patient", "gender": "fem|ale" }',
        'AdministrativeGender: female Female',
      ],
      ['a name in a profile', patient('"birth|Date": "2000-01-01"'), 'CareConnect-Patient-1: birthDate 0..1'],
      [
        'a name in a slice',
        patient('"identifier": [{ "system": "https://fhir.nhs.uk/Id/nhs-number", "val|ue": "9" }]'),
        'CareConnect-Patient-1: value 1..1',
      ],
      ['a name of a data type', patient('"address": [{ "postal|Code": "ZZ99 3WZ" }]'), 'Address: postalCode 0..1'],
      [
        'a name without profile',
        '{ "resourceType": "Patient", "birth|Date": "2000-01-01" }',
        'Patient: birthDate 0..1',
      ],
      ['a choice', '{ "resourceType": "Patient", "deceased|Boolean": true }', 'Patient: deceased[x] 0..1'],
    ] as const)
      it(`is our page of ${what}`, async () => assert.deepEqual(await page(marked), [expected]));

    it('is the kind of message that a MessageDefinition names', async () => {
      const url = 'https://fhir.nhs.uk/STU3/MessageDefinition/ITK-DM-EmergencySupply-MessageDefinition-1';
      const [found] = await page(`{ "resourceType": "Basic", "subject": { "reference": "${url}|" } }`);
      assert.match(found!, /^Emergency supply of medicines/);
    });
    it('is our page of what a package of one’s own defines', async () => {
      const url = 'https://example.org/StructureDefinition/Own-Patient';
      const own = await startClient({
        capabilities: LINKS,
        initializationOptions: { client: { definitionDocuments: true } },
        knowledge: knowing([
          {
            resourceType: 'StructureDefinition',
            url,
            name: 'OwnPatient',
            kind: 'resource',
            type: 'Patient',
            baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
            derivation: 'constraint',
            differential: { element: [{ id: 'Patient.gender', path: 'Patient.gender', min: 1 }] },
          },
        ]),
      });
      const { answer } = await askAt<LocationLink[]>(
        own,
        `{ "resourceType": "Patient", "meta": { "profile": ["${url}|"] } }`,
        METHOD,
      );
      const text = await own.connection.sendRequest<string>('itk3/definition', { uri: answer?.[0]?.targetUri });
      own.stop();
      assert.match(text, /^OwnPatient\n=+\nProfile of Patient/);
      assert.match(text, /\n• {3}gender +1\.\.1 /);
    });
    it('is nothing of what is not known, or a text of one’s own', async () => {
      for (const value of ['"https://example.org/Prof|ile"', '"http://snomed.info/s|ct"', '"so|me"'])
        assert.deepEqual(await page(`{ "resourceType": "Patient", "language": ${value} }`), []);
      assert.deepEqual(await page('{ "resourceType": "Patient", "birthDate": "20|00" }'), []);
      assert.deepEqual(await page('{ "name": "o|ther" }'), []);
    });
    it('is nothing in clients that cannot show it', async () => {
      const plain = await startClient();
      const { answer } = await askAt(plain, '{ "resourceType": "Pat|ient" }', METHOD);
      plain.stop();
      assert.equal(answer, null);
    });
  });

  it('is there for every name of a whole message, once for each element, and for every reference', async () => {
    const text = fs.readFileSync('examples/emergency-supply.json', 'utf8');
    const document = client.open(text);
    const source = readJson(text);
    const plain = TextDocument.create('', 'json', 1, text);
    const seen = new Set<string>();
    const missed: string[] = [];
    let references = 0;
    const check = async (pointer: string, part: 'key' | 'value', expected: RegExp): Promise<void> => {
      const position = plain.positionAt(source.spanOf(pointer, part).offset + 2);
      const textDocument = { uri: document.uri };
      const links = await client.connection.sendRequest<LocationLink[] | null>(METHOD, { textDocument, position });
      if (!links?.[0] || !expected.test(links[0].targetUri)) missed.push(`${part} of ${pointer}`);
    };
    const visit = async (value: unknown, pointer: string): Promise<void> => {
      if (typeof value !== 'object' || value === null) return;
      for (const [name, inside] of Object.entries(value)) {
        const at = join(pointer, name);
        const element = at.replace(/\/\d+(?=\/|$)/g, (index) => (at.startsWith(`/entry${index}`) ? index : ''));
        if (name === 'reference' && String(inside).startsWith('urn:')) {
          references += 1;
          await check(at, 'value', /^file:/);
        } else if (!Array.isArray(value) && !seen.has(element)) await check(at, 'key', /^(file|itk3-definition):/);
        seen.add(element);
        await visit(inside, at);
      }
    };
    await visit(source.value, '');
    assert.deepEqual(missed, []);
    assert.ok(references > 20 && seen.size > 200, `${references} references, ${seen.size} elements`);
  });
  it('asks of a page that is not there are answered with nothing', async () => {
    for (const params of [{ uri: 'itk3-definition:/x.txt?nonsense' }, { uri: 'itk3-definition:/x?%' }, { uri: 1 }, {}])
      assert.equal(await client.connection.sendRequest('itk3/definition', params), null);
  });
});
