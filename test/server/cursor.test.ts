// Wherever the cursor stands and whatever the text looks like there, what is accepted fits in.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import fc from 'fast-check';
import { cursorAt, textWith } from '../../server/completion/json-cursor';
import { tokens } from '../../core/document/json-tokens';
import { type Client, completerOf, startClient } from './client';

const VALUE = {
  resourceType: 'Bundle',
  id: 'ü€😀',
  type: 'document',
  entry: [
    {
      fullUrl: 'urn:uuid:1',
      resource: {
        resourceType: 'Composition',
        status: 'final',
        title: 'a "quoted" \\ text: {[,]}',
        author: [{ reference: 'urn:uuid:2' }],
        section: [{ title: 'x', code: { coding: [{ system: 'http://snomed.info/sct', code: '1' }] }, entry: [] }],
      },
    },
    {
      fullUrl: 'urn:uuid:2',
      resource: {
        resourceType: 'Patient',
        active: true,
        gender: 'male',
        name: [{ family: 'Ünique', given: ['A', 'B'] }],
        multipleBirthInteger: 2,
        contact: {},
      },
    },
  ],
};
const LAYOUTS: Record<string, string> = {
  'two spaces': JSON.stringify(VALUE, null, 2),
  'tabs, lines end as on Windows': JSON.stringify(VALUE, null, '\t').replaceAll('\n', '\r\n'),
  'a single line': JSON.stringify(VALUE),
  'a byte order mark': `\uFEFF${JSON.stringify(VALUE, null, 2)}`,
};

const read = (text: string): unknown => JSON.parse(text.replace(/^\uFEFF/, ''));

describe('a cursor', function () {
  // Hundreds of places, each a request of its own.
  this.timeout(30_000);

  let client: Client;
  before(async () => {
    client = await startClient();
  });
  after(() => client.stop());

  for (const [layout, text] of Object.entries(LAYOUTS)) {
    it(`anywhere in whole text leaves it whole, whatever is accepted: ${layout}`, async () => {
      const completeIn = completerOf(client, text);
      await fc.assert(
        fc.asyncProperty(fc.nat(text.length), fc.nat(), async (offset, which) => {
          const { labels, accept } = await completeIn(offset);
          if (labels.length > 0) read(accept(labels[which % labels.length]!));
        }),
        { numRuns: 150 },
      );
      assert.deepEqual(client.log, []);
    });

    it(`where a comma is missing puts it there: ${layout}`, async () => {
      let count = 0;
      const all = [...tokens(text)];
      for (const [i, { kind, offset, end }] of all.entries()) {
        if (kind !== 'comma') continue;
        const broken = text.slice(0, offset) + text.slice(end);
        const places = new Set([offset, Math.min(offset + 1, all[i + 1]!.offset - 1), all[i + 1]!.offset - 1]);
        for (const place of places) {
          const { labels, accept } = await completerOf(client, broken)(place);
          for (const label of labels.slice(0, 2)) read(accept(label));
          count += labels.length;
        }
      }
      assert.ok(count > 50);
    });

    it(`in a half-typed property writes the whole: ${layout}`, async () => {
      const all = [...tokens(text)];
      for (const [i, name] of all.entries()) {
        const [colon, value] = [all[i + 1], all[i + 2]];
        if (colon?.kind !== 'colon' || value?.kind === 'open' || name.offset < text.indexOf('"id"')) continue;
        if (text.slice(name.offset, name.end) === '"resourceType"') continue;
        for (const typed of ['', '"', '"x', 'x']) {
          const half = text.slice(0, name.offset) + typed + text.slice(value!.end);
          const { labels, accept } = await completerOf(client, half)(name.offset + typed.length);
          assert.ok(labels.length > 0, half.slice(name.offset - 20, name.offset + 20));
          read(accept(labels[0]!));
          const begun = text.slice(0, colon.end) + typed + text.slice(value!.end);
          const values = await completerOf(client, begun)(colon.end + typed.length);
          if (values.labels.length > 0) read(values.accept(values.labels[0]!));
        }
      }
    });
  }

  it('anywhere in our example has a place that parses with something in it, or none', () => {
    const text = fs.readFileSync('examples/emergency-supply.json', 'utf8');
    let places = 0;
    for (let offset = 0; offset < text.length; offset += 7) {
      const cursor = cursorAt(text, offset);
      if (!cursor) continue;
      places++;
      read(textWith(text, cursor, 'x'));
    }
    assert.ok(places > 3000);
  });

  it('at the end of text that stops anywhere, or before a character too many or too few, fails nowhere', async () => {
    const text = LAYOUTS['tabs, lines end as on Windows']!;
    for (let offset = 0; offset <= text.length; offset += 3) {
      await completerOf(client, text.slice(0, offset))(offset);
      await completerOf(client, text.slice(0, offset) + text.slice(offset + 1))(offset);
      await completerOf(client, `${text.slice(0, offset)}"${text.slice(offset)}`)(offset + 1);
    }
    assert.deepEqual(client.log, []);
  });

  it('behind a text that is not closed still knows where it is', async () => {
    const { labels } = await completerOf(client, '{ "resourceType": "Patient", "id": "x\n  "ge" }')(43);
    assert.ok(labels.includes('gender'));
  });
});
