// The practice's answers to what a pharmacy may send, as ITK3 2.10.0 asks for them.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readResponse } from '../../core/itk3/response';
import { draftMessage } from '../../core/draft/message';
import { validate } from '../../core/validate/validate';
import type { GpSystem, Reply } from '../../mesh/sandbox/receiver-contract';
import { createPractice } from '../../mesh/sandbox/receiver';
import { knowledge } from '../knowledge';
import type { Loose } from '../loose';

const fresh = { now: new Date('2026-01-31T09:30:00Z'), randomUUID, random: () => 0 };
const message = (): Loose => draftMessage('emergency-supply', { knowledge: knowledge(), fresh });
const practice = (): GpSystem => createPractice(knowledge(), { odsCode: 'ZZZ99' });

async function ask(receiver: GpSystem, body: string): Promise<Reply[]> {
  const envelope = { messageId: 'M1', from: 'X26PHARMACY', to: 'X26SURGERY', workflowId: 'DIGMED_EMG_MED' };
  return receiver.receive({
    ...envelope,
    fileName: 'M1.dat',
    contentType: 'application/fhir+json',
    body: Buffer.from(body),
  });
}

async function codes(receiver: GpSystem, body: unknown): Promise<(string | undefined)[]> {
  const replies = await ask(receiver, typeof body === 'string' ? body : JSON.stringify(body));
  return replies.map((reply) => readResponse(JSON.parse(reply.body.toString()), knowledge())?.code);
}

const flag = (m: Loose, url: string): Loose =>
  m.entry[0].resource.extension[0].extension.find((e: Loose) => e.url === url);

describe('the practice', () => {
  it('accepts and then files a good message', async () => {
    const sent = message();
    const replies = await ask(practice(), JSON.stringify(sent));
    assert.deepEqual(
      replies.map((r) => [r.to, r.workflowId]),
      [
        ['X26PHARMACY', 'DIGMED_EMG_MED_ACK'],
        ['X26PHARMACY', 'DIGMED_EMG_MED_ACK'],
      ],
    );
    for (const reply of replies) {
      const value: unknown = JSON.parse(reply.body.toString());
      assert.deepEqual(validate(value, knowledge()).findings, []);
      assert.equal(readResponse(value, knowledge())!.answers, sent.entry[0].resource.id);
    }
    assert.deepEqual(await codes(practice(), message()), ['20013', '30001']);
  });

  it('refuses acknowledgements that are not asked for as the guide wants, unless none is asked for', async () => {
    const quiet = message();
    flag(quiet, 'BusAckRequested').valueBoolean = false;
    assert.deepEqual(await codes(practice(), quiet), ['10008']);
    flag(quiet, 'InfAckRequested').valueBoolean = false;
    assert.deepEqual(await codes(practice(), quiet), []);
    const broken = message();
    flag(broken, 'InfAckRequested').valueBoolean = false;
    delete broken.entry[2].resource.entry[0].resource.status;
    assert.deepEqual(await codes(practice(), broken), []);
  });

  it('always answers what it cannot read', async () => {
    for (const body of [
      '',
      '<Bundle xmlns="http://hl7.org/fhir"/>',
      '{',
      '{}',
      '{"resourceType":"Bundle","type":"message"}',
    ])
      assert.deepEqual(await codes(practice(), body), ['10009'], body);
  });

  it('refuses a handling specification that is missing or wrong, and always says so', async () => {
    const without = message();
    delete without.entry[0].resource.extension;
    assert.deepEqual(await codes(practice(), without), ['10001']);
    const wrong = message();
    flag(wrong, 'RecipientType').valueCoding.code = 'FX';
    assert.deepEqual(await codes(practice(), wrong), ['10010']);
    const other = message();
    flag(other, 'MessageDefinition').valueReference.reference = 'https://fhir.nhs.uk/STU3/MessageDefinition/Other-1';
    assert.deepEqual(await codes(practice(), other), ['10004']);
    const nameless = message();
    flag(nameless, 'SenderReference').valueString = '--';
    assert.deepEqual(await codes(practice(), nameless), ['10007']);
  });

  it('refuses a wrong header', async () => {
    const wrong = message();
    delete wrong.entry[0].resource.timestamp;
    assert.deepEqual(await codes(practice(), wrong), ['20006']);
  });

  it('refuses a kind of message that it does not take', async () => {
    const other = message();
    other.entry[0].resource.event.code = 'ITK009D';
    other.entry[0].resource.event.display = 'ITK Digital Medicine Immunization Document';
    assert.deepEqual(await codes(practice(), other), ['10004']);
  });

  it('refuses a wrong payload, without a word about the patient', async () => {
    const wrong = message();
    const patient = wrong.entry[2].resource.entry.map((e: Loose) => e.resource).find((r: Loose) => r.birthDate);
    patient.birthDate = '1956-02-30';
    patient.gender = 'Testwell';
    const [reply, ...more] = await ask(practice(), JSON.stringify(wrong));
    assert.equal(more.length, 0);
    const text = reply!.body.toString();
    const read = readResponse(JSON.parse(text), knowledge())!;
    assert.equal(read.code, '20009');
    assert.match(read.diagnostics!, /2 errors, the first is "(binding|primitive-form)" at Bundle\.entry\[2\]/);
    const ofThePatient = [String(patient.identifier[0].value), '1956', 'Testwell', 'Marmaduke'];
    for (const word of ofThePatient) assert.ok(!text.includes(word));
  });

  it('knows a message and a document that it has accepted before', async () => {
    const receiver = practice();
    const sent = message();
    assert.deepEqual(await codes(receiver, sent), ['20013', '30001']);
    assert.deepEqual(await codes(receiver, sent), ['20007']);
    const again = structuredClone(sent);
    const header = randomUUID();
    again.entry[0].fullUrl = `urn:uuid:${header}`;
    again.entry[0].resource.id = header;
    assert.deepEqual(await codes(receiver, again), ['20008']);
  });

  it('takes a message again that it refused before', async () => {
    const receiver = practice();
    const sent = message();
    const wrong = structuredClone(sent);
    delete wrong.entry[2].resource.entry[0].resource.status;
    assert.deepEqual(await codes(receiver, wrong), ['20009']);
    assert.deepEqual(await codes(receiver, sent), ['20013', '30001']);
  });

  it('does not answer an acknowledgement', async () => {
    const [reply] = await ask(practice(), JSON.stringify(message()));
    assert.deepEqual(await codes(practice(), reply!.body.toString()), []);
  });
});
