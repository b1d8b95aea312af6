import assert from 'node:assert/strict';
import { readDocument, readValue } from '../../core/document/read-document';
import { draftMessage } from '../../core/draft/message';
import { readMessage } from '../../core/itk3/message';
import { writeReply } from '../../core/itk3/reply';
import { checkDocument } from '../../core/validate/check-document';
import { onTheWire, type Wire } from '../../exchange/wire';
import { knowledge } from '../knowledge';
import { draft } from './departing';

const { registry } = knowledge();

function leaving(text: string, format: 'json' | 'xml' = 'xml'): Wire {
  const wire = onTheWire(text, format, registry);
  assert.ok(!('problem' in wire), JSON.stringify(wire));
  return wire;
}

/** What is found, by its place in the message. */
function found(text: string): string[] {
  const { findings } = checkDocument(readDocument(text, registry), knowledge(), { now: Date.parse('2026-01-31') });
  return findings.map(({ rule, severity, pointer, message }) => [severity, rule, pointer, message].join(' ')).sort();
}

const fresh = { now: new Date('2026-01-31T09:30:00Z'), randomUUID: () => crypto.randomUUID(), random: () => 0 };
const kinds = knowledge().useCases.map(({ messageKind }) => messageKind);
const written = (value: unknown): string => JSON.stringify(value, null, 2);
const ask = draftMessage('emergency-supply', { knowledge: knowledge(), fresh });
const messages: [string, string][] = [
  ...kinds.map((kind): [string, string] => [kind, written(draftMessage(kind, { knowledge: knowledge(), fresh }))]),
  ...knowledge().responseCodes.map(({ code }): [string, string] => [
    `acknowledgement ${code}`,
    written(writeReply(readMessage(ask), { code }, { odsCode: 'ZZZ99', mailbox: 'X26SURGERY' }, knowledge(), fresh)),
  ]),
];

describe('a message on the wire', () => {
  it('is XML, whatever form it was written in', () => {
    const wire = leaving(draft());
    assert.match(wire.text, /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<Bundle xmlns="http:\/\/hl7\.org\/fhir">\n/);
    const { format, contentType, fileEnding, from, unconverted } = wire;
    assert.deepEqual([format, contentType, fileEnding, from], ['xml', 'application/fhir+xml', 'xml', 'json']);
    assert.equal(unconverted, undefined);
    const same = leaving(wire.text);
    assert.equal(same.text, wire.text);
    assert.equal(same.from, undefined);
  });

  it('is JSON where that is wanted', () => {
    const text = draft();
    assert.equal(leaving(text, 'json').text, text);
    const back = leaving(leaving(text).text, 'json');
    assert.deepEqual([back.contentType, back.fileEnding, back.from], ['application/fhir+json', 'json', 'xml']);
    assert.deepEqual(JSON.parse(back.text), JSON.parse(text));
  });

  for (const [what, text] of messages)
    it(`has the value and the findings that it was judged by: ${what}`, () => {
      const wire = leaving(text);
      assert.deepEqual(readValue(wire.text, registry), JSON.parse(text));
      assert.deepEqual(found(wire.text), found(text));
    });

  it('has the same findings where it has mistakes', () => {
    const wrong = draft()
      .replace('"gender": "male"', '"gender": "mail"')
      .replace(/"birthDate": "[^"]*"/, '"birthDate": "1956-02-30"')
      .replace('"resourceType": "Patient",', '"resourceType": "Patient", "nickname": "none", "active": true,')
      .replace(/\s*"timestamp": "[^"]*",/, '');
    assert.ok(found(wrong).length > 3, 'there is something to be lost');
    assert.deepEqual(found(leaving(wrong).text), found(wrong));
  });

  it('keeps numbers as they are written', () => {
    const text = draft().replace(/"value": \d+/, '"value": 1.50');
    assert.ok(text.includes('1.50'));
    assert.match(leaving(text).text, /<value value="1\.50"\/>/);
  });

  it('goes as it stands where it cannot be read: receivers are tested with that too', () => {
    for (const text of [draft().slice(0, 3000), draft().replace('"status"', '"status": "draft", "status"')]) {
      const wire = leaving(text);
      assert.equal(wire.text, text);
      assert.deepEqual([wire.format, wire.contentType, wire.from], ['json', 'application/fhir+json', undefined]);
      assert.match(
        wire.unconverted ?? '',
        /^Line \d+ is broken, so it cannot be converted: it leaves as it was written\.$/,
      );
    }
    const torn = leaving(draft()).text.slice(0, 3000);
    assert.deepEqual([leaving(torn, 'json').text, leaving(torn, 'json').format], [torn, 'xml']);
    assert.equal(leaving(torn).unconverted, undefined, 'nothing was to be done');
  });

  it('quotes nothing of the message where it goes as it stands', () => {
    const text = draft().replace('"family": "Testwell"', '"family": "Testwell", "family": "Testwell"');
    assert.match(leaving(text).unconverted ?? '', /^Line \d+ is broken/);
    assert.doesNotMatch(leaving(text).unconverted ?? '', /Testwell|family/);
  });

  it('does not go where the other form cannot say all of it, and the place is told', () => {
    const nothing = draft().replace('"gender": "male"', '"gender": null');
    const wire = onTheWire(nothing, 'xml', registry);
    assert.ok('problem' in wire);
    assert.match(wire.problem, /^FHIR XML cannot say all of it\. Line \d+, Bundle\.entry\[\d+\][^:]*\.gender: /);
    const { text, format, unconverted } = wire.asWritten;
    assert.deepEqual([text, format], [nothing, 'json']);
    assert.match(unconverted ?? '', /^FHIR XML cannot say what line \d+ holds: it leaves as it was written\.$/);
  });

  it('counts the comments that JSON cannot keep', () => {
    const commented = leaving(draft()).text.replace('<type ', '<!-- one --><type ');
    assert.equal(leaving(commented, 'json').asides, 1);
    assert.equal(leaving(commented).asides, undefined);
    assert.ok(leaving(commented).text.includes('<!-- one -->'));
  });

  it('names the encoding in which it leaves, whatever the file was in', () => {
    const { text } = leaving(draft());
    for (const encoding of ['ISO-8859-1', 'utf-16', 'windows-1252'])
      assert.equal(leaving(text.replace('UTF-8', encoding)).text, text);
    for (const kept of [text.replace('UTF-8', 'utf-8'), text.replace(' encoding="UTF-8"', ''), `\uFEFF${text}`])
      assert.equal(leaving(kept).text, kept);
  });
});
