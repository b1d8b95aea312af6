import assert from 'node:assert/strict';
import fs from 'node:fs';
import { jsonEditsOf } from '../../core/document/json-edits';
import { applyTextEdits } from '../../core/document/text-edits';
import { valueAt } from '../../core/document/pointer';
import { type Message, readMessage } from '../../core/itk3/message';
import { writeReply } from '../../core/itk3/reply';
import { renewIdentifiers, replaceDocument, whyNotReplaced } from '../../core/refactor/identifiers';
import { validate } from '../../core/validate/validate';
import { knowledge } from '../knowledge';

const TEXT = fs.readFileSync('examples/emergency-supply.json', 'utf8');
const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const NOW = Date.parse('2026-12-01T12:00:00Z');
const DOCUMENT = '/entry/2/resource';
const COMPOSITION = `${DOCUMENT}/entry/0/resource`;

const message = (text = TEXT): Message => readMessage(JSON.parse(text))!;
const findings = (value: unknown) =>
  validate(value, knowledge(), { now: NOW }).findings.filter((f) => f.severity !== 'hint');

function counting(): () => string {
  let count = 0;
  return () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`;
}

describe('renewing the identifiers of a message', () => {
  it('leaves no UUID as it was, and every reference leading where it led', () => {
    const before = message();
    const after = JSON.stringify(renewIdentifiers(before, counting()), null, 2);
    const old = new Set(TEXT.match(UUID));
    assert.deepEqual(
      after.match(UUID)!.filter((uuid) => old.has(uuid)),
      [],
    );
    // One for one: where two were the same, they still are, and where not, not.
    const pairs = new Map(TEXT.match(UUID)!.map((uuid, i) => [uuid, after.match(UUID)![i]]));
    assert.equal(new Set(pairs.values()).size, pairs.size);
    assert.equal(
      TEXT.trim().replace(UUID, (uuid) => pairs.get(uuid)!),
      after,
    );
    assert.deepEqual(findings(JSON.parse(after)), []);
  });

  it('touches nothing else of the text', () => {
    const text = TEXT.replace('"type": "message"', '"type"  :   "message"');
    const edits = jsonEditsOf(text, (value) => renewIdentifiers(readMessage(value)!, counting()));
    assert.equal(applyTextEdits(text, edits).replace(UUID, ''), text.replace(UUID, ''));
  });

  it('leaves what names another message or document', () => {
    let count = 0;
    const response = readMessage(
      writeReply(message(), { code: '20013' }, { odsCode: 'ZZZ99', mailbox: 'X26SURGERY' }, knowledge(), {
        now: new Date(NOW),
        randomUUID: () => `00000000-0000-4000-9000-${String(++count).padStart(12, '0')}`,
      }),
    )!;
    const asked = (value: unknown) => valueAt(value, '/entry/0/resource/response/identifier');
    assert.equal(asked(renewIdentifiers(response, counting())), asked(response.root.resource));
    const replaced = readMessage(replaceDocument(message(), knowledge(), counting()))!;
    const target = (value: unknown) => valueAt(value, `${COMPOSITION}/relatesTo/0/targetIdentifier/value`);
    assert.equal(typeof target(replaced.root.resource), 'string');
    assert.equal(target(renewIdentifiers(replaced, counting())), target(replaced.root.resource));
  });

  it('leaves ids that are no UUIDs', () => {
    const text = '{ "resourceType": "Patient", "id": "1", "identifier": [{ "value": "9990000000" }] }';
    assert.deepEqual(renewIdentifiers(message(text), counting()), JSON.parse(text));
  });
});

describe('replacing a document', () => {
  it('names the old one, and has identifiers of its own', () => {
    const after = replaceDocument(message(), knowledge(), counting());
    const { system, value } = valueAt(message().root.resource, `${COMPOSITION}/identifier`) as Record<string, unknown>;
    assert.deepEqual(valueAt(after, `${COMPOSITION}/relatesTo`), [
      { code: 'replaces', targetIdentifier: { system, value } },
    ]);
    assert.notEqual(valueAt(after, `${COMPOSITION}/identifier/value`), value);
    assert.deepEqual(findings(after), []);
  });

  it('of one that replaces another names the last only', () => {
    const first = replaceDocument(message(), knowledge(), counting());
    const second = replaceDocument(readMessage(first)!, knowledge(), () => '00000000-0000-4000-8000-00000000ffff');
    const relations = valueAt(second, `${COMPOSITION}/relatesTo`) as unknown[];
    assert.equal(relations.length, 1);
    assert.equal(
      valueAt(second, `${COMPOSITION}/relatesTo/0/targetIdentifier/value`),
      valueAt(first, `${COMPOSITION}/identifier/value`),
    );
  });

  it('says why it cannot be', () => {
    assert.equal(whyNotReplaced(message(), knowledge()), undefined);
    assert.match(whyNotReplaced(message('{ "resourceType": "Patient" }'), knowledge())!, /no document of a known kind/);
    const without = JSON.parse(TEXT) as { entry: { resource: { entry: { resource: object }[] } }[] };
    Object.assign(without.entry[2]!.resource.entry[0]!.resource, { identifier: { value: 'x' } });
    assert.match(whyNotReplaced(readMessage(without)!, knowledge())!, /no whole Composition\.identifier/);
    assert.equal(replaceDocument(readMessage(without)!, knowledge(), counting()), without);
  });
});
