import assert from 'node:assert/strict';
import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  InsertTextFormat,
  InsertTextMode,
  type TextEdit,
} from 'vscode-languageserver/node';
import { readJson } from '../../core/document/json-document';
import { checkDocument } from '../../core/validate/check-document';
import { knowledge } from '../knowledge';
import { type Client, completeAt, cursorIn, EDITOR, startClient } from './client';

const PATIENT = 'https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Patient-1';
const COMPOSITION = 'https://fhir.nhs.uk/STU3/StructureDefinition/CareConnect-ITK-DM-EmergencySupply-Composition-1';
const HANDLING = 'https://fhir.nhs.uk/STU3/StructureDefinition/Extension-ITK-MessageHandling-2';
const claimed = (type: string, profile: string, rest: string): string =>
  `{ "resourceType": "${type}", "meta": { "profile": ["${profile}"] }, ${rest} }`;
const patient = (rest: string): string => claimed('Patient', PATIENT, rest);
const composition = (rest: string): string => claimed('Composition', COMPOSITION, rest);
const header = (rest: string): string =>
  `{ "resourceType": "Bundle", "type": "message", "entry": [{ "fullUrl": "urn:uuid:1", "resource": { "resourceType": "MessageHeader", ${rest} } }] }`;

const DOCUMENT = (resource: string): string => `{ "resourceType": "Bundle", "type": "document", "entry": [
  { "fullUrl": "urn:uuid:0", "resource": ${resource} },
  { "fullUrl": "urn:uuid:1", "resource": { "resourceType": "Patient", "name": [{ "family": "Testcase", "given": ["Wilma"] }],
    "identifier": [{ "system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9990000018" }] } },
  { "fullUrl": "urn:uuid:2", "resource": { "resourceType": "Organization", "name": "Nowhere Pharmacy", "identifier": [{ "value": "FZZ99" }] } },
  { "fullUrl": "urn:uuid:3", "resource": { "resourceType": "Encounter", "period": { "start": "2026-01-31" }, "status": "finished" } },
  { "fullUrl": "urn:uuid:4", "resource": { "resourceType": "MedicationDispense", "medicationReference": { "reference": "urn:uuid:5" } } },
  { "fullUrl": "urn:uuid:5", "resource": { "resourceType": "Medication", "code": { "text": "Example insulin" } } },
  { "resource": { "resourceType": "Patient", "id": "without-full-url" } }
] }`;

describe('completion', () => {
  let client: Client;
  before(async () => {
    client = await startClient();
  });
  after(() => client.stop());

  const complete = (marked: string, trigger?: string): ReturnType<typeof completeAt> =>
    completeAt(client, marked, trigger);

  describe('of names', () => {
    it('offers what may stand here and does not yet, choices spelt out', async () => {
      const { labels } = await complete('{ "resourceType": "Observation", "status": "final", | }');
      for (const name of ['code', 'valueString', 'valueQuantity', 'meta', 'extension'])
        assert.ok(labels.includes(name), name);
      for (const name of ['resourceType', 'status', 'value[x]', 'value', 'family'])
        assert.ok(!labels.includes(name), name);
    });

    it('offers no second form of a choice', async () => {
      const { labels } = await complete('{ "resourceType": "Observation", "valueString": "x", | }');
      assert.deepEqual(
        labels.filter((label) => label.startsWith('value')),
        [],
      );
    });

    it('offers what the profile allows: 0..0 never', async () => {
      const { labels } = await complete(composition('|'));
      for (const name of ['confidentiality', 'attester', 'event']) assert.ok(!labels.includes(name), name);
      assert.ok((await complete('{ "resourceType": "Composition", | }')).labels.includes('attester'));
    });

    it('puts required before must-support before the rest before what is rare', async () => {
      const { items } = await complete(composition('|'));
      const place = (name: string): number => {
        const sorted = [...items].sort((a, b) => (a.sortText! < b.sortText! ? -1 : 1));
        return sorted.findIndex((item) => item.label === name);
      };
      const order = ['extension', 'identifier', 'subject', 'custodian', 'class', 'implicitRules'];
      assert.deepEqual(
        [...order].sort((a, b) => place(a) - place(b)),
        order,
      );
      assert.ok(order.every((name) => place(name) >= 0));
    });

    it('tells type, cardinality, meaning and who says so', async () => {
      const { item: itemOf, documentation } = await complete(patient('"na|"'));
      const item = itemOf('name');
      assert.equal(item.kind, CompletionItemKind.Property);
      assert.match(item.detail!, /^HumanName \d\.\.\*$/);
      assert.match((await documentation('name'))!, /\[CareConnect-Patient-1 [\d.]+\]\(https:/);
    });

    it('replaces the half-typed name with its quotes and puts the cursor inside the value', async () => {
      const item = (await complete('{ "resourceType": "Patient", "na|" }')).item('name');
      const { range, newText } = item.textEdit as TextEdit;
      assert.deepEqual([range.start.character, range.end.character], [29, 33]);
      assert.match(newText, /^"name": \[\{ "use": "\$\{1\|official,.*"given": \["\$\{3:/);
      assert.equal(item.filterText, '"name"');
      assert.equal(item.insertTextFormat, InsertTextFormat.Snippet);
    });

    const NAME = '[{ "use": "official", "family": "Testwell", "given": ["Marmaduke"] }]';
    const ACCEPTED: [what: string, before: string, label: string, after: string][] = [
      [
        'in an object with nothing else',
        '{ "resourceType": "Patient", "name": [{ | }] }',
        'family',
        '{ "resourceType": "Patient", "name": [{ "family": "Testwell" }] }',
      ],
      ['half typed', '{ "resourceType": "Patient", "na|" }', 'name', `{ "resourceType": "Patient", "name": ${NAME} }`],
      [
        'half typed without a quote',
        '{ "resourceType": "Patient", na| }',
        'name',
        `{ "resourceType": "Patient", "name": ${NAME} }`,
      ],
      [
        'half typed without its second quote',
        '{ "resourceType": "Patient",\n  "act|\n}',
        'active',
        '{ "resourceType": "Patient",\n  "active": true\n}',
      ],
      [
        'half typed before another on its line',
        '{ "resourceType": "Patient", "na| "id": "1" }',
        'name',
        `{ "resourceType": "Patient", "name": ${NAME}, "id": "1" }`,
      ],
      [
        'where a comma is missing before',
        '{ "resourceType": "Patient"\n  | }',
        'active',
        '{ "resourceType": "Patient",\n  "active": true }',
      ],
      [
        'where a comma is missing after',
        '{ "resourceType": "Patient", "act|"\n "id": "1" }',
        'active',
        '{ "resourceType": "Patient", "active": true,\n "id": "1" }',
      ],
      [
        'where commas are missing on both sides',
        '{ "resourceType": "Patient" | "id": "1" }',
        'active',
        '{ "resourceType": "Patient", "active": true, "id": "1" }',
      ],
      ['as the first', '{ | "resourceType": "Patient" }', 'active', '{ "active": true, "resourceType": "Patient" }'],
      [
        'between two',
        '{ "resourceType": "Patient", |, "id": "1" }',
        'gender',
        '{ "resourceType": "Patient", "gender": "male", "id": "1" }',
      ],
      [
        'over a name that has its value',
        '{ "resourceType": "Patient", "gen|dre": "male" }',
        'gender',
        '{ "resourceType": "Patient", "gender": "male" }',
      ],
      [
        'over the name of the type of an entry',
        '{ "resourceType": "Bundle", "entry": [{ "resource": {"re|sourceType":"Patient"} }] }',
        'resourceType',
        '{ "resourceType": "Bundle", "entry": [{ "resource": {"resourceType":"Patient"} }] }',
      ],
      [
        'in an object that is not closed',
        '{ "resourceType": "Patient", "ge|',
        'gender',
        '{ "resourceType": "Patient", "gender": "male"',
      ],
      [
        'with a fixed value',
        composition('"extension": [{ | }]').replace('extension', 'relatesTo'),
        'code',
        composition('"relatesTo": [{ "code": "replaces" }]'),
      ],
    ];
    for (const [what, before, label, after] of ACCEPTED)
      it(`writes ${what}`, async () => {
        assert.equal((await complete(before)).accept(label), after);
      });

    it('leaves text that parses, whatever is accepted', async () => {
      const spots = [
        '{ "resourceType": "Patient", "|" }',
        '{ "resourceType": "Patient" | }',
        '{ | "resourceType": "Patient" }',
        '{\n\t"resourceType": "Patient",\n\t|\n\t"id": "1"\n}',
        '{\n\t"resourceType": "Patient"\n\t"|"\n\t"id": "1"\n}',
        composition('"section": [{ "title": "x" }, { "|" }]'),
        header('"extension": [{ | }]'),
      ];
      for (const spot of spots) {
        const completed = await complete(spot);
        assert.ok(completed.labels.length > 5, spot);
        for (const label of completed.labels) JSON.parse(completed.accept(label));
      }
    });

    it('says once what holds for all items, and documentation when it is asked for', async () => {
      const { text, offset } = cursorIn('{ "resourceType": "Patient", "na|" }');
      const { uri } = client.open(text);
      const position = { line: 0, character: offset };
      const ask = { textDocument: { uri }, position };
      const list = await client.connection.sendRequest<CompletionList>('textDocument/completion', ask);
      assert.deepEqual(list.itemDefaults, {
        insertTextFormat: InsertTextFormat.Snippet,
        insertTextMode: InsertTextMode.adjustIndentation,
        data: { uri, offset: 29 },
        editRange: { start: { line: 0, character: 29 }, end: { line: 0, character: 33 } },
      });
      const name = list.items.find(({ label }) => label === 'name');
      assert.deepEqual(Object.keys(name!).sort(), [
        'detail',
        'filterText',
        'kind',
        'label',
        'sortText',
        'textEditText',
      ]);
    });

    it('tells of an item while typing goes on', async () => {
      const { text, offset } = cursorIn('{ "resourceType": "Patient", | "active": true }');
      const document = client.open(text);
      const { item } = await completeAt(client, '{ "resourceType": "Patient", | "active": true }');
      await document.edit(offset, 0, '"nam');
      const told = await client.connection.sendRequest<CompletionItem>('completionItem/resolve', {
        ...item('name'),
        data: { uri: document.uri, offset },
      });
      assert.match((told.documentation as { value: string }).value, /name/);
      await document.close();
      const gone = { ...item('name'), data: { uri: document.uri, offset } };
      assert.deepEqual(await client.connection.sendRequest('completionItem/resolve', gone), gone);
    });

    it('says everything with each item to a client that knows no better', async () => {
      const simple = await startClient({ capabilities: {} });
      const { text, offset } = cursorIn('{\n  "resourceType": "Encounter",\n  "class": |\n}');
      const { uri } = simple.open(text);
      const ask = { textDocument: { uri }, position: { line: 2, character: offset - text.indexOf('  "class') } };
      const list = await simple.connection.sendRequest<CompletionList>('textDocument/completion', ask);
      simple.stop();
      assert.equal(list.itemDefaults, undefined);
      for (const { documentation, textEdit, insertTextFormat, data } of list.items) {
        assert.ok((documentation as { value: string }).value);
        assert.doesNotMatch((textEdit as TextEdit).newText, /\n/);
        assert.equal(insertTextFormat, InsertTextFormat.PlainText);
        assert.equal(data, undefined);
      }
    });

    it('writes a larger value over several lines where the text has several', async () => {
      const completed = await complete('{\r\n\t"resourceType": "Encounter",\r\n\t"class": |\r\n}');
      assert.equal(
        completed.accept('AMB'),
        '{\r\n\t"resourceType": "Encounter",\r\n\t"class": {\r\n\t\t"system": "http://hl7.org/fhir/v3/ActCode",\r\n\t\t"code": "AMB",\r\n\t\t"display": "ambulatory"\r\n\t}\r\n}',
      );
    });

    it('writes plain text for a client without snippets', async () => {
      const plain = await startClient({ capabilities: { ...EDITOR, textDocument: {} } });
      const completed = await completeAt(plain, '{ "resourceType": "Patient" | }');
      plain.stop();
      assert.equal(completed.item('active').insertTextFormat, InsertTextFormat.PlainText);
      for (const { textEdit } of completed.items) assert.doesNotMatch((textEdit as TextEdit).newText, /\$/);
      for (const label of completed.labels) JSON.parse(completed.accept(label));
    });

    it('offers resourceType where a resource begins', async () => {
      const { labels } = await complete('{ "resourceType": "Bundle", "entry": [{ "resource": { | } }] }');
      assert.equal(labels[0], 'resourceType');
    });

    it('offers the companions of primitive values once an underscore is typed', async () => {
      const { labels } = await complete('{ "resourceType": "Patient", "_|" }');
      assert.ok(labels.includes('_birthDate') && !labels.includes('_name'));
      assert.ok(!(await complete('{ "resourceType": "Patient", "|" }')).labels.includes('_birthDate'));
    });

    it('knows the header of a message by its place', async () => {
      const { labels } = await complete(header('|'));
      assert.deepEqual(labels.slice(0, 5), ['extension', 'event', 'sender', 'timestamp', 'source']);
      assert.ok(!labels.includes('destination'));
    });
  });

  describe('of values', () => {
    it('offers the codes of a value set with their displays', async () => {
      const { labels, item } = await complete('{ "resourceType": "Patient", "gender": "|" }');
      assert.deepEqual(labels, ['male', 'female', 'other', 'unknown']);
      assert.deepEqual(item('female').labelDetails, { description: 'Female' });
      assert.equal(item('female').filterText, '"female Female"');
    });

    const PLACES = [
      '"gender": |',
      '"gender":|',
      '"gender": "|"',
      '"gender": "ma|',
      '"gender": fe|',
      '"gender": "m|xle"',
      '"gender": |, "id": "1"',
      '"gender": |\n "id": "1"',
    ];
    for (const place of PLACES)
      it(`writes a code at ${JSON.stringify(place)}`, async () => {
        const completed = await complete(`{ "resourceType": "Patient", ${place}\n}`);
        assert.equal((JSON.parse(completed.accept('female')) as { gender: string }).gender, 'female');
      });

    it('offers codes where a Coding or CodeableConcept above is bound, of the system beside', async () => {
      const status = (rest: string): string =>
        patient(
          `"identifier": [{ "system": "https://fhir.nhs.uk/Id/nhs-number", "extension": [{ "url": "https://fhir.hl7.org.uk/STU3/StructureDefinition/Extension-CareConnect-NHSNumberVerificationStatus-1", "valueCodeableConcept": { "coding": [{ ${rest} }] } }] }]`,
        );
      const { labels, item } = await complete(status('"code": "|"'));
      assert.ok(labels.length > 5 && labels.includes('01'));
      assert.deepEqual(item('01').labelDetails, { description: 'Number present and verified · guide’s value' });
      assert.deepEqual((await complete(status('"code": "01", "display": "|"'))).labels, [
        'Number present and verified',
      ]);
      const { labels: systems } = await complete(status('"system": "|"'));
      assert.equal(systems.length, 1);
      assert.deepEqual((await complete(status(`"system": "${systems[0]!}", "code": "|"`))).labels, labels);
      assert.deepEqual((await complete(status('"system": "https://example.org", "code": "|"'))).labels, []);
    });

    const ADMITTER = '{ "system": "http://hl7.org/fhir/v3/ParticipationType", "code": "ADM", "display": "admitter" }';
    const AMBULATORY = '{ "system": "http://hl7.org/fhir/v3/ActCode", "code": "AMB", "display": "ambulatory" }';
    const MARRIED = '{ "system": "http://hl7.org/fhir/v3/MaritalStatus", "code": "M", "display": "Married" }';
    const INPATIENT =
      '{ "system": "http://hl7.org/fhir/medication-dispense-category", "code": "inpatient", "display": "Inpatient" }';
    const LOW = '{ "system": "http://hl7.org/fhir/v3/Confidentiality", "code": "L", "display": "low" }';
    const encounter = (rest: string): string => `{ "resourceType": "Encounter", "status": "finished", ${rest} }`;
    const dispense = (rest: string): string =>
      `{ "resourceType": "MedicationDispense", "medicationCodeableConcept": { "text": "x" }, ${rest} }`;
    const CODED: [what: string, marked: string, label: string, written: string][] = [
      [
        'an item of a list of CodeableConcept',
        encounter('"participant": [{ "type": [|] }]'),
        'ADM',
        `{ "coding": [${ADMITTER}] }`,
      ],
      [
        'a list of CodeableConcept',
        encounter('"participant": [{ "type": | }]'),
        'ADM',
        `[{ "coding": [${ADMITTER}] }]`,
      ],
      [
        'the codings of a CodeableConcept',
        encounter('"participant": [{ "type": [{ "coding": | }] }]'),
        'ADM',
        `[${ADMITTER}]`,
      ],
      ['a Coding', encounter('"class": |'), 'AMB', AMBULATORY],
      ['a Coding over a begun string', encounter('"class": "A|"'), 'AMB', AMBULATORY],
      ['a CodeableConcept', '{ "resourceType": "Patient", "maritalStatus": | }', 'M', `{ "coding": [${MARRIED}] }`],
      ['an item of the codings', dispense('"category": { "coding": [|] }'), 'inpatient', INPATIENT],
      [
        'a second item of the codings',
        dispense('"category": { "coding": [{ "code": "x" }, |] }'),
        'inpatient',
        INPATIENT,
      ],
      ['a list of Coding', '{ "resourceType": "Patient", "meta": { "security": | } }', 'L', `[${LOW}]`],
      ['a code', '{ "resourceType": "Patient", "gender": | }', 'female', '"female"'],
    ];
    for (const [what, marked, label, value] of CODED)
      it(`writes a code as the value of ${what}`, async () => {
        const completed = await complete(marked);
        const accepted = completed.accept(label);
        assert.equal(
          accepted,
          marked.replace(/"A\|"|\|/, () => value),
        );
        assert.deepEqual(checkDocument(readJson(accepted), knowledge()).findings, []);
      });

    it('finds a code by what is typed, also where an object takes its place', async () => {
      const { item } = await complete(encounter('"class": "am|"'));
      assert.equal(item('AMB').filterText, '"AMB ambulatory"');
    });

    it('offers only codes that what is fixed inside allows', async () => {
      const list = (name: string, rest: string): string =>
        claimed('List', `https://fhir.nhs.uk/STU3/StructureDefinition/CareConnect-ITK-${name}-1`, rest);
      const medicines = await complete(list('MedicationDispense-List', '"code": |'));
      const codes = medicines.items.filter((item) => item.kind === CompletionItemKind.EnumMember);
      assert.deepEqual(
        codes.map((item) => item.label),
        ['163541000000107'],
      );
      const accepted = JSON.parse(medicines.accept('163541000000107')) as unknown;
      const { findings } = checkDocument(readJson(JSON.stringify(accepted)), knowledge());
      assert.deepEqual(
        findings.filter(({ pointer }) => pointer.startsWith('/code')),
        [],
      );
      const { labels: allergies } = await complete(list('Allergy-List', '"code": |'));
      assert.ok(!allergies.includes('problems-uncategorised-data-related-to-problems'), allergies.join(', '));
    });

    it('writes no display where none is known', async () => {
      assert.equal(
        (await complete('{ "resourceType": "Condition", "severity": | }')).accept('24484000'),
        '{ "resourceType": "Condition", "severity": { "coding": [{ "system": "http://snomed.info/sct", "code": "24484000" }] } }',
      );
    });

    it('offers the events of ITK3 messages before the header says which it is', async () => {
      const { labels } = await complete(header('"event": { "code": "|" }'));
      assert.ok(labels.includes('ITK010D') && labels.includes('ITK008M'));
      assert.deepEqual((await complete(header('"event": { "system": | }'))).labels, [
        'https://fhir.nhs.uk/STU3/CodeSystem/ITK-MessageEvent-2',
      ]);
    });

    it('offers a fixed value alone', async () => {
      const { labels, item } = await complete(composition('"relatesTo": [{ "code": "|" }]'));
      assert.deepEqual(labels, ['replaces']);
      assert.equal(item('replaces').preselect, true);
    });

    it('offers what each slice fixes, while it is open which one this is, and only slices that may still come', async () => {
      const handling = (items: string): string =>
        header(`"extension": [{ "url": "${HANDLING}", "extension": [${items}] }]`);
      const { labels } = await complete(handling('{ "url": "|" }'));
      assert.deepEqual([...labels].sort(), [
        'BusAckRequested',
        'InfAckRequested',
        'LocalExtension',
        'MessageDefinition',
        'RecipientType',
        'SenderReference',
      ]);
      const { labels: fewer } = await complete(
        handling('{ "url": "BusAckRequested", "valueBoolean": true }, { "url": "|" }'),
      );
      assert.ok(!fewer.includes('BusAckRequested') && fewer.length === 5);
      assert.ok(
        (await complete(patient('"identifier": [{ "system": "|" }]'))).labels.includes(
          'https://fhir.nhs.uk/Id/nhs-number',
        ),
      );
      const { labels: sections } = await complete(
        composition('"section": [{ "code": { "coding": [{ "code": "|" }] } }]'),
      );
      assert.ok(sections.includes('886711000000101'));
    });

    it('offers the kinds of message by their definitions', async () => {
      const { labels } = await complete(
        header(
          `"extension": [{ "url": "${HANDLING}", "extension": [{ "url": "MessageDefinition", "valueReference": { "reference": "|" } }] }]`,
        ),
      );
      assert.equal(labels.length, 2);
      assert.match(labels[0]!, /ITK-DM-EmergencySupply-MessageDefinition-1$/);
    });

    it('offers booleans without quotes', async () => {
      assert.deepEqual((await complete('{ "resourceType": "Patient", "active": | }')).labels, ['true', 'false']);
      const inQuotes = await complete('{ "resourceType": "Patient", "active": "t|" }');
      assert.equal(inQuotes.accept('true'), '{ "resourceType": "Patient", "active": true }');
    });

    it('offers the profiles of this type that are not claimed yet', async () => {
      const { labels } = await complete('{ "resourceType": "Patient", "meta": { "profile": ["|"] } }');
      assert.deepEqual(labels, [PATIENT]);
      assert.deepEqual(
        (await complete(`{ "resourceType": "Patient", "meta": { "profile": ["${PATIENT}", "|"] } }`)).labels,
        [],
      );
    });

    it('offers profiles as a whole list where there is none', async () => {
      const written = `{ "resourceType": "Patient", "meta": { "profile": ["${PATIENT}"] } }`;
      for (const spot of ['|', '"|"', '"https:|"'])
        assert.equal(
          (await complete(`{ "resourceType": "Patient", "meta": { "profile": ${spot} } }`)).accept(PATIENT),
          written,
        );
    });

    it('offers nothing more where a list holds all that it may', async () => {
      const entry = (items: string): string =>
        composition(
          `"section": [{ "code": { "coding": [{ "system": "http://snomed.info/sct", "code": "886711000000101" }] }, "entry": [${items}] }]`,
        );
      const focus = (items: string): string => header(`"focus": [${items}]`);
      const coding = (items: string): string =>
        `{ "resourceType": "Patient", "meta": { "profile": ["${PATIENT}"] }, "maritalStatus": { "coding": [${items}] } }`;
      for (const list of [entry, focus, coding]) {
        assert.ok((await complete(list('|'))).labels.length > 0, list('|'));
        for (const items of ['{ "id": "1" }, |', '|, { "id": "1" }', '{ "id": "1" }, "|"'])
          assert.deepEqual((await complete(list(items))).labels, [], list(items));
      }
    });

    it('still offers what may stand instead of the item that is there', async () => {
      const event = '{ "resourceType": "Patient", "gender": "ma|le" }';
      assert.equal((await complete(event)).labels.length, 4);
      const { labels } = await complete(`{ "resourceType": "Patient", "meta": { "profile": ["htt|ps:"] } }`);
      assert.deepEqual(labels, [PATIENT]);
    });

    it('keeps its place behind a byte order mark', async () => {
      const value = await complete('\uFEFF{ "resourceType": "Patient", "gender": "ma|" }');
      assert.equal(value.accept('male'), '\uFEFF{ "resourceType": "Patient", "gender": "male" }');
      const name = await complete('\uFEFF{ "resourceType": "Patient", "act|": true }');
      assert.equal(name.accept('active'), '\uFEFF{ "resourceType": "Patient", "active": true }');
    });

    it('offers resource types, those of ITK3 messages first', async () => {
      const { labels } = await complete(
        '{ "resourceType": "Bundle", "entry": [{ "resource": { "resourceType": "|" } }] }',
      );
      assert.ok(labels.indexOf('Composition') < labels.indexOf('Account'));
      assert.equal(labels.length, new Set(labels).size);
      assert.ok((await complete('{ "resourceType": "|" }')).labels.includes('Bundle'));
      assert.ok((await complete('{ "resourceType": "Bun|" }')).labels.includes('Bundle'));
      assert.deepEqual((await complete('{ "resourceType": "AWS::|" }')).labels, []);
      assert.deepEqual((await complete('{ "targets": [{ "resourceType": "|" }] }')).labels, []);
    });

    it('writes brackets where an object or a list belongs', async () => {
      assert.equal(
        (await complete('{ "resourceType": "Patient", "name": | }')).accept('[{ }]'),
        '{ "resourceType": "Patient", "name": [{}] }',
      );
      assert.equal(
        (await complete('{ "resourceType": "Patient", "name": [|] }')).accept('{ }'),
        '{ "resourceType": "Patient", "name": [{}] }',
      );
      assert.equal(
        (await complete('{ "resourceType": "Patient", "name": [{}|] }')).accept('{ }'),
        '{ "resourceType": "Patient", "name": [{}, {}] }',
      );
    });

    it('pops up nothing where nothing fits', async () => {
      const spots: [string, string?][] = [
        ['{ "resourceType": "Patient", "name": [{ "family": "|" }] }', '"'],
        ['{ "resourceType": "Patient", "gender": "male"| }', '"'],
        ['{ "resourceType": "Patient", | }', ' '],
        ['{ "resourceType": "Patient", "name": [{} | ] }', ' '],
        ['{ "resourceType": "Patient", "gender": "male | " }', ' '],
        ['{ "resourceType": "Patient", "gender"| : "male" }', '"'],
        ['{ "resourceType": "Patient", "gender" | : "male" }'],
        ['{ "resourceType": "Patient", "gender": | "male" }'],
        ['{ "resourceType": "Patient" } |'],
        ['{ "resourceType": "Patient", "unheardOf": "|" }'],
        ['{ "resourceType": "Patient", "birthDate": |"2000-01-01" }', ':'],
      ];
      for (const [spot, trigger] of spots) assert.deepEqual((await complete(spot, trigger)).labels, [], spot);
    });

    it('comes up after the colon, its space, and the first quote', async () => {
      assert.equal(
        (await complete('{ "resourceType": "Patient", "gender":| }', ':')).accept('male'),
        '{ "resourceType": "Patient", "gender": "male" }',
      );
      assert.equal((await complete('{ "resourceType": "Patient", "gender": | }', ' ')).labels.length, 4);
      assert.equal((await complete('{ "resourceType": "Patient", "gender": "|" }', '"')).labels.length, 4);
    });

    it('sends of thousands of codes those that hold what is typed, and says that there are more', async () => {
      const type = (typed: string): string =>
        `{ "resourceType": "DocumentReference", "type": { "coding": [{ "code": "${typed}|" }] } }`;
      const some = await complete(type('1148'));
      assert.deepEqual([some.labels, some.isIncomplete], [['11488-4', '11485-0', '11486-8'], true]);
      assert.equal((await complete(type(''))).labels.length, 500);
    });
  });

  describe('of references', () => {
    it('offers the entries of fitting types, as what they are', async () => {
      const { labels, item, accept } = await complete(
        DOCUMENT('{ "resourceType": "Composition", "subject": { "reference": "|" } }'),
      );
      assert.equal(labels[0], 'Patient · Wilma TESTCASE · 999 000 0018');
      const { filterText, detail } = item(labels[0]);
      assert.equal(filterText, '"urn:uuid:1 Patient · Wilma TESTCASE · 999 000 0018"');
      assert.equal(detail, 'urn:uuid:1');
      assert.match(accept(labels[0]), /"subject": \{ "reference": "urn:uuid:1" \}/);
    });

    const TYPES: [place: string, resource: string, labels: string[]][] = [
      [
        'custodian',
        '{ "resourceType": "Composition", "custodian": { "reference": "|" } }',
        ['Organization · Nowhere Pharmacy · FZZ99'],
      ],
      [
        'encounter',
        '{ "resourceType": "Composition", "encounter": { "reference": "|" } }',
        ['Encounter · 2026-01-31 · finished'],
      ],
      [
        'a choice of reference',
        '{ "resourceType": "MedicationDispense", "medicationReference": { "reference": "|" } }',
        ['Medication · Example insulin'],
      ],
      [
        'partOf',
        '{ "resourceType": "Organization", "partOf": { "reference": "|" } }',
        ['Organization · Nowhere Pharmacy · FZZ99'],
      ],
    ];
    for (const [place, resource, labels] of TYPES)
      it(`${place}: ${labels.join(', ')}`, async () => {
        assert.deepEqual((await complete(DOCUMENT(resource))).labels, labels);
      });

    it('of any type: all but the resource itself, medicines by their names', async () => {
      const { labels } = await complete(
        DOCUMENT('{ "resourceType": "List", "entry": [{ "item": { "reference": "|" } }] }'),
      );
      assert.equal(labels.length, 5);
      assert.ok(labels.includes('MedicationDispense · Example insulin'));
    });

    it('writes a whole reference where none is begun', async () => {
      const one = await complete(DOCUMENT('{ "resourceType": "Composition", "custodian": | }'));
      assert.match(
        one.accept('Organization · Nowhere Pharmacy · FZZ99'),
        /"custodian": \{ "reference": "urn:uuid:2" \} \}/,
      );
      const many = await complete(DOCUMENT('{ "resourceType": "Composition", "author": | }'));
      assert.match(many.accept(many.labels[0]!), /"author": \[\{ "reference": "urn:uuid:1" \}\] \}/);
      const item = await complete(DOCUMENT('{ "resourceType": "Composition", "author": [ | ] }'));
      assert.match(item.accept(item.labels[0]!), /"author": \[ \{ "reference": "urn:uuid:1" \} \]/);
    });

    it('goes on while a colon is typed inside the reference', async () => {
      const marked = DOCUMENT('{ "resourceType": "Composition", "custodian": { "reference": "urn:|" } }');
      assert.equal((await complete(marked, ':')).labels.length, 1);
    });

    it('offers no entry of another bundle', async () => {
      const inner = DOCUMENT('{ "resourceType": "Composition" }');
      const outer = `{ "resourceType": "Bundle", "type": "message", "entry": [{ "fullUrl": "urn:uuid:9", "resource": { "resourceType": "MessageHeader", "focus": [{ "reference": "|" }] } }, { "fullUrl": "urn:uuid:8", "resource": ${inner} }] }`;
      assert.deepEqual((await complete(outer)).labels, ['Bundle · document · 7 entries']);
    });

    it('offers contained resources', async () => {
      const marked =
        '{ "resourceType": "MedicationDispense", "contained": [{ "resourceType": "Medication", "id": "m", "code": { "text": "Example insulin" } }], "medicationReference": { "reference": "|" } }';
      const { labels, accept } = await complete(marked);
      assert.deepEqual(labels, ['Medication · Example insulin']);
      assert.match(accept(labels[0]!), /"reference": "#m"/);
    });
  });
});
