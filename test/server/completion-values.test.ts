import assert from 'node:assert/strict';
import { completing, patient, composition, header, PATIENT, HANDLING } from './completing';

describe('completion of values', () => {
  const { complete } = completing();

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
