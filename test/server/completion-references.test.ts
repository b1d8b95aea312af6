import assert from 'node:assert/strict';
import { completing, DOCUMENT, inExample } from './completing';

describe('completion of references', () => {
  const { complete } = completing();

  it('offers the entries of fitting types, as what they are', async () => {
    const { labels, item, accept } = await complete(
      DOCUMENT('{ "resourceType": "Composition", "subject": { "reference": "|" } }'),
    );
    assert.equal(labels[0], 'Patient · Wilma TESTCASE · 999 000 0018');
    const { filterText } = item(labels[0]);
    assert.equal(filterText, '"urn:uuid:1 Patient · Wilma TESTCASE · 999 000 0018"');
    assert.match(accept(labels[0]), /"subject": \{ "reference": "urn:uuid:1" \}/);
  });

  it('says of an item that does nothing else what it refers to', async () => {
    const { items } = await complete(inExample('List', 'entry.0', '|'));
    assert.match(items[0]!.detail!, /^MedicationDispense · /);
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
