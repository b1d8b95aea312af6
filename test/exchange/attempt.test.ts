import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { draftMessage } from '../../core/draft/message';
import { addressOf } from '../../core/itk3/addressing';
import { attemptOf, idInJournal, isAsItWent } from '../../exchange/attempt';
import { readOutgoing } from '../../exchange/outgoing';
import type { Place } from '../../exchange/place';
import { onTheWire, USUAL_FORMAT } from '../../exchange/wire';
import { knowledge } from '../knowledge';

let count = 0;
const fresh = {
  now: new Date('2026-01-31T09:30:00Z'),
  randomUUID: () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`,
  random: () => 0,
};
const from: Place = {
  name: 'Our test',
  endpoint: new URL('https://mesh.example/'),
  mailbox: 'X26ABC',
  environment: 'Integration',
};
const named = { id: 'a', document: { name: 'one.json' } };

function draft(): string {
  return JSON.stringify(draftMessage('emergency-supply', { knowledge: knowledge(), fresh }), null, 2);
}

function attempted(text: string, to = 'X26XYZ', format = USUAL_FORMAT) {
  const outgoing = readOutgoing(text, knowledge(), { now: new Date('2026-01-31T09:30:00Z') });
  assert.ok(outgoing);
  const addressed = addressOf(outgoing.message, knowledge(), fresh);
  const wire = onTheWire(text, format, knowledge().registry);
  assert.ok(!('problem' in wire));
  const attempt = attemptOf({ outgoing, from, to, workflowId: 'W', addressed, wire }, named);
  return { outgoing, addressed, wire, attempt };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('what the journal is told of a message', () => {
  it('is enough to find it again', () => {
    const text = draft();
    const { outgoing, addressed, wire, attempt } = attempted(text);
    assert.deepEqual(attempt, {
      id: 'a',
      document: { name: 'one.json' },
      place: 'https://mesh.example/ X26ABC',
      from: { mailbox: 'X26ABC', name: 'Our test', environment: 'Integration' },
      to: 'X26XYZ',
      workflowId: 'W',
      localId: addressed.localId,
      fileName: `${addressed.fileName}.xml`,
      messageId: outgoing.messageId,
      senderReference: sha256(outgoing.handling?.senderReference ?? ''),
      kind: 'ITK Digital Medicine Emergency Supply Document',
      bytes: Buffer.byteLength(wire.text),
      digest: sha256(wire.text),
      written: sha256(text),
      asks: { infrastructure: true, business: true },
    });
  });

  it('is by what left, and by what that was made from', () => {
    const text = draft();
    const { wire, attempt } = attempted(text);
    assert.ok(isAsItWent(text, attempt) && isAsItWent(wire.text, attempt));
    assert.ok(!isAsItWent(`${text} `, attempt));
    const { attempt: unchanged } = attempted(text, undefined, 'json');
    assert.equal(unchanged.digest, sha256(text));
    assert.ok(!('written' in unchanged) && unchanged.fileName.endsWith('.json'));
  });

  it('holds nothing of the patient, wherever the message has it', () => {
    const text = draft()
      .replace(/("SenderReference",\s*"valueString": )"[^"]*"/, '$1"Testwell 9990142017"')
      .replace(/("MessageHeader",\s*"id": )"[^"]*"/, '$1"testwell-9990142017"')
      .replace(/("display": ")ITK Digital Medicine/, '$19990142017 ITK Digital Medicine');
    const { outgoing, attempt } = attempted(text, 'GPPROVIDER_9990142017_19560229_Testwell');
    assert.equal(outgoing.messageId, 'testwell-9990142017');
    assert.equal(attempt.to, 'GPPROVIDER_***');
    assert.equal(attempt.messageId, `sha256:${sha256('testwell-9990142017')}`);
    assert.doesNotMatch(JSON.stringify(attempt), /9990142017|testwell|19560229/i);
  });

  it('goes without what the message does not say', () => {
    const { attempt } = attempted('{ "resourceType": "Bundle", "type": "message" }');
    assert.deepEqual(attempt.asks, { infrastructure: false, business: false });
    for (const name of ['messageId', 'senderReference', 'kind']) assert.ok(!(name in attempt), name);
  });

  it('names a message by its UUID, in whichever letters that is written', () =>
    assert.equal(
      idInJournal('0A000000-0000-4000-8000-000000000001'),
      idInJournal('0a000000-0000-4000-8000-000000000001'),
    ));
});
