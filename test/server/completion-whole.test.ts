// Whole messages, entries and sections, offered where they are missing.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { readJson } from '../../core/document/json-document';
import { checkDocument } from '../../core/validate/check-document';
import { knowledge } from '../knowledge';
import { completing, inExample, resourcesIn, withoutEntry, withoutName } from './completing';

describe('completion of whole parts of a message', () => {
  const { complete } = completing();

  const errorsIn = (text: string): string[] =>
    checkDocument(readJson(text), knowledge(), { now: Date.now() })
      .findings.filter(({ severity }) => severity === 'error')
      .map(({ message }) => message);

  const MISSING: [type: string, title: RegExp][] = [
    ['Patient', /^Patient – /],
    ['Encounter', /^Encounter – /],
    ['Practitioner', /^Practitioner – the pharmacist/],
    ['MedicationDispense', /^MedicationDispense – /],
    ['Medication', /^Medication – /],
    ['AllergyIntolerance', /^AllergyIntolerance – /],
  ];
  for (const [type, title] of MISSING)
    it(`the missing ${type} comes first, as what refers to it names it`, async () => {
      const { labels, accept } = await complete(withoutEntry(type));
      assert.match(labels[0]!, title);
      const accepted = accept(labels[0]!);
      assert.equal(resourcesIn(accepted).filter((located) => located.type === type).length, 1);
      assert.deepEqual(errorsIn(accepted), []);
    });

  const sections = (): unknown[] =>
    resourcesIn(fs.readFileSync('examples/emergency-supply.json', 'utf8')).find(({ type }) => type === 'Composition')!
      .resource.section as unknown[];

  it('every section that is not there yet, and none that is', async () => {
    const { labels, accept } = await complete(
      inExample('Composition', 'section', `${JSON.stringify(sections().slice(0, 2)).slice(0, -1)}, | ]`),
    );
    assert.ok(!labels.includes('Allergies and Adverse Reactions') && !labels.includes('Contact with professionals'));
    for (const title of ['GP Practice', 'History', 'Plan and requested actions'])
      assert.ok(labels.includes(title), title);
    assert.match(accept('GP Practice'), /<th>GP practice identifier<\/th>/);
  });

  it('the sections that every document has, with their list', async () => {
    const { accept } = await complete(withoutName('Composition', 'section'));
    const [written] = resourcesIn(accept('section')).filter(({ type }) => type === 'Composition');
    assert.equal((written!.resource.section as unknown[]).length, 3);
  });

  it('a resource whose fullUrl is there takes its id', async () => {
    const { accept, labels } = await complete(inExample('Bundle', 'entry.1.resource', '|'));
    const [sender] = resourcesIn(accept(labels[0]!)).filter(({ type }) => type === 'Organization');
    assert.equal(`urn:uuid:${String(sender!.resource.id)}`, sender!.fullUrl);
  });

  const STRANGE: [what: string, text: string][] = [
    ['a bundle that is no message', '{ "resourceType": "Bundle", "type": "collection", "entry": [ | ] }'],
    [
      'a message of another kind',
      '{ "resourceType": "Bundle", "type": "message", "entry": [{ "fullUrl": "urn:uuid:1", "resource": { "resourceType": "MessageHeader", "event": { "system": "https://fhir.nhs.uk/STU3/CodeSystem/ITK-MessageEvent-2", "code": "ITK007C" } } }, | ] }',
    ],
    [
      'a document of another kind',
      '{ "resourceType": "Bundle", "type": "document", "entry": [{ "fullUrl": "urn:uuid:1", "resource": { "resourceType": "Composition", "title": "x" } }, | ] }',
    ],
    ['a Composition of another kind', '{ "resourceType": "Composition", "section": [ | ] }'],
  ];
  for (const [what, text] of STRANGE)
    it(`nothing of ours in ${what}`, async () => {
      const { labels } = await complete(text);
      assert.ok(labels.length > 0);
      assert.deepEqual(
        labels.filter((label) => !/^\{/.test(label)),
        [],
      );
    });

  for (const text of ['|', '{|}', '\n|\n', '{ | }'])
    it(`whole messages in ${JSON.stringify(text)}`, async () => {
      const { labels, accept } = await complete(text);
      assert.match(labels[0]!, /^Whole message: Emergency supply/);
      assert.deepEqual(errorsIn(accept(labels[0]!)), []);
      assert.match(accept('Empty message'), /"type": "message",\s+"entry": \[\]/);
    });
});
