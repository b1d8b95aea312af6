// A message that is built of what is offered, entry by entry and section by section.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { filled } from '../../core/draft/draft';
import { type EntryOffer, entryOffers } from '../../core/draft/entry';
import { sectionOffers } from '../../core/draft/section';
import { draftMessage } from '../../core/draft/message';
import type { Located } from '../../core/itk3/message';
import type { Loose } from '../loose';
import { drafting, example, faults, fresh, messageOf, only } from './drafting';

const PUBLISHED = '../shared/published/examples/emergency-supply/guide-1.3.0-example-1.json';
const make = fresh();

function offers(value: unknown, choose: (bundle: Located) => boolean): EntryOffer[] {
  const message = messageOf(value);
  const bundle = message.resources.find((one) => one.type === 'Bundle' && choose(one));
  assert.ok(bundle);
  return entryOffers(bundle, drafting({ message, fresh: make }));
}

const outer = (bundle: Located): boolean => bundle.bundle === undefined;
const inner = (bundle: Located): boolean => bundle.bundle !== undefined;
const needed = (all: EntryOffer[]): string[] => all.filter(({ isNeeded }) => isNeeded).map(({ role }) => role);

describe('the entries that are offered', () => {
  const started = (): Loose => ({ resourceType: 'Bundle', type: 'message', entry: [] });
  const documentOf = (value: Loose): Loose =>
    value.entry.find((entry: Loose) => entry.resource.resourceType === 'Bundle').resource;
  const without = (...types: string[]): Loose => {
    const value: Loose = example();
    const document = documentOf(value);
    document.entry = document.entry.filter((entry: Loose) => !types.includes(entry.resource.resourceType as string));
    return value;
  };

  it('of an empty message are header, sender and document', () => {
    const all = offers(started(), outer);
    assert.deepEqual(needed(all), ['header', 'sender', 'document']);
    assert.deepEqual(all.map(({ title }) => title).at(-1), 'Organization – to whom it is sent');
  });

  it('of a whole message are none that it needs', () => {
    assert.deepEqual(needed(offers(example(), outer)), []);
    assert.deepEqual(needed(offers(example(), inner)), []);
    const more = offers(example(), inner).map(({ role }) => role);
    assert.deepEqual(more, [
      'dispense',
      'medication',
      'allergy',
      'doctor',
      'pharmacistRole',
      'collector',
      'attachment',
    ]);
  });

  it('are those that the rest refers to, under the names by which it does', () => {
    for (const type of ['Patient', 'Encounter', 'Practitioner', 'MedicationDispense', 'Medication']) {
      const value = without(type);
      const [offer] = offers(value, inner);
      assert.deepEqual([offer!.type, offer!.isNeeded], [type, true]);
      documentOf(value).entry.push(filled(offer!.draft));
      assert.deepEqual(
        faults(value, 'error').filter((fault) => fault.includes('No entry')),
        [],
        type,
      );
    }
  });

  it('tell the pharmacy from the practice', () => {
    const value = without('Organization');
    assert.deepEqual(needed(offers(value, inner)), ['pharmacy', 'practice']);
    const [pharmacy, practice]: Loose[] = offers(value, inner).map(({ draft }) => filled(draft));
    assert.equal(pharmacy.fullUrl, 'urn:uuid:6722681c-599b-4624-a4c6-cadb50ba31c1');
    assert.equal(practice.fullUrl, 'urn:uuid:7617f9c5-92aa-4852-af0d-92fbf0ff709d');
    assert.equal(pharmacy.resource.identifier[0].value, 'FZZ99', 'as the sender says');
  });

  for (const file of ['examples/emergency-supply.json', PUBLISHED].filter((one) => fs.existsSync(one)))
    it(`are what is cut out of ${path.basename(file)}, under its name`, () => {
      const text = fs.readFileSync(file, 'utf8');
      const count = (documentOf(JSON.parse(text)).entry as unknown[]).length;
      assert.ok(count > 10);
      for (let i = 1; i < count; i++) {
        const value: Loose = JSON.parse(text);
        const [gone] = documentOf(value).entry.splice(i, 1);
        const [offer, ...others] = offers(value, inner).filter(({ isNeeded }) => isNeeded);
        assert.deepEqual([offer?.type, others.length], [gone.resource.resourceType, 0]);
        assert.equal((offer?.draft as Loose).fullUrl, gone.fullUrl);
      }
    });

  it('are none in a message of another kind', () => {
    const value: Loose = example();
    value.entry[0].resource.event.code = 'ITK003D';
    delete value.entry[0].resource.extension;
    delete documentOf(value).entry[0].resource.meta;
    assert.deepEqual(offers(value, inner), []);
  });

  it('make a message of nothing, which has nothing to find fault with', () => {
    const value = started();
    const take = (bundle: (one: Located) => boolean): boolean => {
      const [next] = offers(value, bundle).filter(({ isNeeded }) => isNeeded);
      if (next) (bundle === outer ? value : documentOf(value)).entry.push(filled(next.draft));
      return next !== undefined;
    };
    while (take(outer));
    while (take(inner));
    for (let more = true; more;) {
      const message = messageOf(value);
      const composition = only(message, 'Composition');
      const [next] = sectionOffers(composition, drafting({ message, fresh: make }));
      if (next) (composition.resource.section as unknown[]).push(filled(next.draft));
      more = next !== undefined;
    }
    while (take(inner));
    const around = { ...(draftMessage('emergency-supply', drafting()) as object), entry: value.entry };
    assert.deepEqual(faults(around, 'information'), []);
  });

  it('are total: whatever stands in the message', () => {
    for (const entry of [
      null,
      1,
      {},
      { resource: 1 },
      { resource: { resourceType: 'Composition', section: 1, subject: [] } },
    ])
      for (const type of ['message', 'document', 7]) {
        const value = {
          resourceType: 'Bundle',
          type,
          entry: [entry, { resource: { resourceType: 'Bundle', entry: [entry] } }],
        };
        for (const bundle of [outer, inner]) for (const offer of offers(value, bundle)) assert.ok(filled(offer.draft));
      }
  });
});
