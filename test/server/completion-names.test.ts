import assert from 'node:assert/strict';
import { CompletionItemKind, InsertTextFormat, type TextEdit } from 'vscode-languageserver/node';
import { completing, patient, composition, header } from './completing';

describe('completion of names', () => {
  const { complete } = completing();

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
