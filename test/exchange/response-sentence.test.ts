import assert from 'node:assert/strict';
import { draftMessage } from '../../core/draft/message';
import { object } from '../../core/json';
import { readMessage } from '../../core/itk3/message';
import { type Answer, writeReply } from '../../core/itk3/reply';
import { readReceived } from '../../exchange/received';
import { type ResponseSentence, type SentAs, sentenceOfResponse } from '../../exchange/response-sentence';
import type { DownloadedMessage } from '../../mesh/client';
import { meaningOf } from '../../mesh/reports';
import { knowledge } from '../knowledge';

let count = 0;
const moment = {
  now: new Date('2026-01-31T09:30:00Z'),
  randomUUID: () => `11111111-2222-4333-8444-${String(++count).padStart(12, '0')}`,
  random: () => 0,
};
const asked = readMessage(draftMessage('emergency-supply', { knowledge: knowledge(), fresh: moment }))!;

const sentAs = (business = true): SentAs => ({
  attempt: { document: { name: 'draft.json' }, asks: { infrastructure: true, business } },
  at: moment.now,
  meshId: '20260131_S',
});

function download(body: string, rest: Partial<DownloadedMessage> = {}): DownloadedMessage {
  const chunk = { part: 1, of: 1 };
  const envelope = { kind: 'data', messageId: '20260131_A', messageType: 'DATA', from: 'X26SURGERY', chunk } as const;
  return { ...envelope, body: Buffer.from(body), ...rest } as DownloadedMessage;
}

/** @param change what else the answer says */
function read(answer: Answer, exchange?: SentAs, change = (text: string): string => text): ResponseSentence {
  const reply = writeReply(asked, answer, { odsCode: 'ZZZ99', mailbox: 'X26SURGERY' }, knowledge(), moment);
  const received = readReceived(download(change(JSON.stringify(reply))), knowledge());
  const sentence = sentenceOfResponse(received, exchange, asked, knowledge());
  assert.ok(sentence);
  return sentence;
}

describe('an acknowledgement as a sentence', () => {
  it('says who answers which message, and how', () => {
    assert.equal(
      read({ code: '20009' }, sentAs()).sentence,
      'The organisation ZZZ99 has rejected draft.json: 20009 Payload validation failure (infrastructure acknowledgement).',
    );
    assert.equal(
      read({ code: '20013' }, sentAs()).sentence,
      'The organisation ZZZ99 has received draft.json: 20013 Success (infrastructure acknowledgement).',
    );
    assert.equal(
      read({ code: '30001' }, sentAs()).sentence,
      'The organisation ZZZ99 has taken in draft.json: 30001 Patient known here (business acknowledgement).',
    );
    assert.match(read({ code: '20013' }).sentence, /has received the message 11111111: /);
    assert.equal(read({ code: '20009' }).headline, 'Rejected: 20009 Payload validation failure');
  });

  it('says for every code what it means and what its sender must do, and by whom', () => {
    for (const { code, outcome } of knowledge().responseCodes) {
      const { verdict, meaning, next, source } = read({ code }, sentAs());
      assert.equal(verdict, outcome === 'positive' ? 'accepted' : 'rejected', code);
      assert.match(meaning, /[a-z].*\.$/s, code);
      assert.match(next, /^[A-Z][^]*\.$/, code);
      assert.ok(source, code);
    }
  });

  for (const [code, next] of [
    ['10001', /^Correct the handling specification .* send it again with a new MessageHeader\.id/],
    ['10009', /^Find out which message it was/],
    ['20006', /^Correct the header/],
    ['20007', /^Do not send it again: the receiver has taken it before/],
    ['20008', /^Do not send it again/],
    ['20009', /new identifiers of the message and its document/],
    ['30002', /^Tell a person .* the patient is not known there/],
    ['30003', /^Tell a person .* the patient has left there/],
  ] as const)
    it(`advises on ${code}`, () => assert.match(read({ code }, sentAs()).next, next));

  it('waits for the business acknowledgement where one was asked for', () => {
    assert.match(read({ code: '20013' }, sentAs(true)).next, /^Wait for the business response, which was asked for/);
    assert.match(read({ code: '20013' }, sentAs(false)).next, /^Nothing more: no business response was asked for/);
    assert.match(read({ code: '20013' }).next, /^Wait for the business response if BusAckRequested was true/);
  });

  it('is unclear where the answer contradicts itself, and nothing is sent again then', () => {
    const wrong = read({ code: '30001' }, sentAs(), (text) => text.replace('"code":"ok"', '"code":"fatal-error"'));
    assert.equal(wrong.verdict, 'unclear');
    assert.match(
      wrong.conflict ?? '',
      /^The code 30001 is positive, but MessageHeader\.response\.code says fatal-error\.$/,
    );
    assert.match(wrong.next, /^Ask the receiver .* Do not send it again before that is known\.$/);
    assert.match(wrong.sentence, /does not say clearly what became of it/);
  });

  it('is unclear where two codes contradict each other', () => {
    const both = read({ code: '20013' }, sentAs(), (text) => {
      const value = JSON.parse(text) as { entry: { resource: { resourceType: string; issue: object[] } }[] };
      const outcome = value.entry.find(({ resource }) => resource.resourceType === 'OperationOutcome')!.resource;
      outcome.issue.push(JSON.parse(JSON.stringify(outcome.issue[0]).replace('20013', '20009')) as object);
      return JSON.stringify(value);
    });
    assert.equal(both.verdict, 'unclear');
    assert.match(both.conflict ?? '', /20013 is positive, but 20009 beside it is negative/);
  });

  it('goes by the code where the published sources contradict each other', () => {
    const known = knowledge().responseCodes.find(({ code }) => code === '20014')!;
    const published = read({ code: '20014' }, sentAs(), (text) => text.replace('"code":"fatal-error"', '"code":"ok"'));
    assert.equal(published.verdict, 'rejected');
    assert.equal(published.conflict, `The published sources contradict each other. ${known.conflict!}`);
  });

  it('says of a code that nobody has published what the answer says itself', () => {
    const odd = (verdict: string): ResponseSentence =>
      read({ code: '30002' }, sentAs(), (text) =>
        text.replace('"30002"', '"39999"').replace('"code":"fatal-error"', `"code":"${verdict}"`),
      );
    assert.equal(odd('fatal-error').verdict, 'rejected');
    assert.equal(odd('fatal-error').meaning, 'ITK3 2.10.0 lists no such code.');
    assert.match(odd('fatal-error').next, /^Tell a person/);
    assert.equal(odd('ok').verdict, 'accepted');
  });

  it('names a message whose identifier could not be read as what it is', () => {
    const unreadable = read({ code: '10009', answers: 'UNREADABLE-IN-ORIGINAL-MESSAGE' });
    assert.match(unreadable.sentence, /has rejected a message that it could not read: 10009 /);
    assert.deepEqual(unreadable.facts[0], { label: 'Answers', value: 'a message that could not be read' });
  });

  it('finds the element that the diagnostics name in the message that was sent', () => {
    const refused = read(
      { code: '20006', diagnostics: '1 error, the first is "kind" at Bundle.entry[0].resource.event.code.' },
      sentAs(),
    );
    assert.deepEqual(refused.element, {
      expression: 'Bundle.entry[0].resource.event.code',
      pointer: '/entry/0/resource/event/code',
      isThere: true,
    });
    assert.equal(read({ code: '20006', diagnostics: 'No.' }, sentAs()).element, undefined);
    assert.equal(read({ code: '30001', diagnostics: 'Patient.birthDate seen' }, sentAs()).element, undefined);
  });

  it('keeps what comes from outside on one line', () => {
    const { facts } = read({ code: '20006', diagnostics: 'one\ntwo\u2028three\u202e' });
    assert.deepEqual(
      facts.find(({ label }) => label === 'Diagnostics'),
      { label: 'Diagnostics', value: 'one two three' },
    );
  });

  it('is none of a message of its own', () => {
    const own = readReceived(download(JSON.stringify(object(asked.root.resource))), knowledge());
    assert.equal(sentenceOfResponse(own, undefined, undefined, knowledge()), undefined);
  });
});

describe('a report as a sentence', () => {
  const report = { code: 'EPL-151', linkedMessageId: '20260131_S', meaning: meaningOf('EPL-151'), at: moment.now };
  const received = readReceived(
    download('', { kind: 'report', messageType: 'REPORT', from: undefined, report }),
    knowledge(),
  );

  it('says which message nobody has received', () => {
    const read = sentenceOfResponse(received, sentAs(), asked, knowledge());
    assert.equal(read?.verdict, 'not delivered');
    assert.equal(read.headline, 'Not delivered: EPL-151');
    assert.equal(read.sentence, 'MESH could not deliver draft.json: EPL-151.');
    assert.match(read.meaning, /^The message was not delivered\. No mailbox fits/);
    assert.match(read.next, /^Nobody has received it/);
    assert.deepEqual(read.facts.at(-1), { label: 'MESH id', value: '20260131_A' });
  });

  it('names it by its MESH id where nobody knows it', () => {
    const read = sentenceOfResponse(received, undefined, undefined, knowledge());
    assert.equal(read?.sentence, 'MESH could not deliver the message 20260131_S: EPL-151.');
  });
});
