import assert from 'node:assert/strict';
import { UNREADABLE } from '../../core/itk3/reply';
import type { Acknowledgement } from '../../core/itk3/response';
import { digestOf, idInJournal } from '../../exchange/attempt';
import { correlate } from '../../exchange/correlate';
import type { Received } from '../../exchange/received';
import type { Exchange } from '../../exchange/timeline';
import { knowledge } from '../knowledge';
import { accepted, after, answered, attempt, departing, exchange, lost, refused } from './journalled';

const PLACE = attempt().place;
const [A, B] = ['a0000000-0000-4000-8000-00000000000a', 'b0000000-0000-4000-8000-00000000000b'];
let count = 0;

function received(code: string, rest: Partial<Acknowledgement> = {}, meshId = `20260131_R${++count}`): Received {
  const known = knowledge().responseCodes.find((one) => one.code === code);
  const acknowledgement: Acknowledgement = {
    answers: A,
    senderReference: 'None',
    responder: 'ZZZ99',
    timestamp: undefined,
    code,
    display: undefined,
    meaning: undefined,
    layer: known?.layer,
    accepted: known && known.outcome === 'positive',
    diagnostics: undefined,
    conflict: undefined,
    contradiction: undefined,
    ...rest,
  };
  return { meshId, bytes: 1, kind: 'ITK Response', from: 'X26SURGERY', acknowledgement };
}

const sent = (id: string, messageId: string | undefined, ...more: Parameters<typeof exchange>[0]): Exchange =>
  exchange([departing({ id: `10000000-0000-4000-8000-00000000000${id}`, messageId }), ...more]);

const matched = (answer: Received, exchanges: readonly Exchange[], place = PLACE): string | undefined => {
  const match = correlate(answer, place, exchanges);
  if (!match) return undefined;
  const how = match.news.what === 'answered' ? match.news.by : 'report';
  return `${match.exchange.attempt.id.at(-1)} ${match.known ? 'known' : how}`;
};

describe('an answer and what was sent', () => {
  it('belong together by the id that the answer names', () => {
    const all = [sent('2', B, accepted('M2')), sent('1', A, accepted('M1'))];
    assert.equal(matched(received('20013'), all), '1 identifier');
    assert.equal(matched(received('20013', { answers: B.toUpperCase() }), all), '2 identifier');
    assert.equal(matched(received('20013', { answers: 'C' }), all), undefined);
    assert.equal(matched(received('20013', { answers: undefined }), all), undefined);
  });

  it('belong together by an id that is no UUID, which the journal does not hold', () => {
    const all = [sent('1', idInJournal('Testwell 1'), accepted())];
    assert.equal(matched(received('20013', { answers: 'Testwell 1' }), all), '1 identifier');
    assert.doesNotMatch(JSON.stringify(all), /Testwell/);
  });

  it('do not belong together in another mailbox', () => {
    assert.equal(matched(received('20013'), [sent('1', A, accepted())], 'sandbox'), undefined);
  });

  it('belong together by the sender’s reference where the id leads nowhere, if that is one message’s only', () => {
    const senderReference = digestOf('ward 7/42');
    const referring = (id: string, messageId: string): Exchange =>
      exchange([departing({ id: `10000000-0000-4000-8000-00000000000${id}`, messageId, senderReference }), accepted()]);
    const echo = { senderReference: 'ward 7/42' };
    assert.equal(matched(received('20013', { ...echo, answers: 'C' }), [referring('1', A)]), '1 reference');
    assert.equal(matched(received('20013', { ...echo, answers: undefined }), [referring('1', A)]), '1 reference');
    assert.equal(
      matched(received('20013', { ...echo, answers: B }), [referring('1', A), referring('2', B)]),
      '2 identifier',
    );
    assert.equal(
      matched(received('20013', { ...echo, answers: 'C' }), [referring('1', A), referring('2', B)]),
      undefined,
    );
    const lay = (minutes: number): Received => ({
      ...received('20013', { ...echo, answers: 'C' }),
      at: new Date(after(minutes)),
    });
    assert.equal(matched(lay(-60), [referring('1', A)]), undefined, 'it lay there before the message left');
    assert.equal(matched(lay(-1), [referring('1', A)]), '1 reference', 'clocks differ');
    const none = exchange([departing({ messageId: A, senderReference: digestOf('None') }), accepted()]);
    assert.equal(matched(received('20013', { answers: 'C' }), [none]), undefined, 'None is no reference');
  });

  it('belong together when the answer could not read whom it answers, only where no other can be meant', () => {
    const unread = received('10009', { answers: UNREADABLE });
    const [one, two] = [sent('1', A, accepted('M1')), sent('2', B, accepted('M2'))];
    assert.equal(matched(unread, [one]), '1 elimination');
    const claims = received('30001', { answers: UNREADABLE });
    assert.equal(matched(claims, [one]), undefined, 'what could not be read was not taken in');
    assert.equal(matched(unread, [two, one]), undefined);
    assert.equal(matched(unread, [sent('2', B, accepted(), answered('20013')), one]), '1 elimination');
    assert.equal(matched({ ...unread, from: 'X26OTHER' }, [one]), undefined);
    assert.equal(matched(unread, [sent('1', A, refused())]), undefined);
  });

  it('are told once', () => {
    const answer = received('20013');
    assert.equal(matched(answer, [sent('1', A, accepted(), answered('20013', { meshId: answer.meshId }))]), '1 known');
  });

  it('of a message sent twice: the oldest that lacks such an answer, and certainly arrived', () => {
    const again = sent('2', A, accepted('M2'));
    assert.equal(matched(received('20013'), [again, sent('1', A, accepted('M1'))]), '1 identifier');
    assert.equal(matched(received('20007'), [again, sent('1', A, accepted('M1'), answered('20013'))]), '2 identifier');
    assert.equal(matched(received('30001'), [again, sent('1', A, accepted('M1'), answered('20006'))]), '2 identifier');
    assert.equal(matched(received('20013'), [again, sent('1', A, lost())]), '2 identifier', 'one may not have arrived');
    assert.equal(matched(received('20013'), [again, sent('1', A, refused())]), '2 identifier');
    assert.equal(matched(received('20013'), [sent('1', A, refused())]), '1 identifier', 'an answer knows better');
  });

  it('of a message sent to a sandbox that has stopped since: the one that was sent to the next', () => {
    const stopped = sent('1', A, accepted('M1'), { at: after(2), what: 'ended' });
    assert.equal(stopped.state, 'ended');
    assert.equal(matched(received('20013'), [sent('2', A, accepted('M2')), stopped]), '2 identifier');
    const answers = [accepted('M1'), answered('20007'), { at: after(6), what: 'ended' } as const];
    const refusal = sent('1', A, ...answers);
    assert.equal(refusal.state, 'rejected');
    assert.equal(matched(received('20007'), [sent('2', A, accepted('M2')), refusal]), '2 identifier');
    assert.equal(matched(received('20013'), [stopped]), undefined, 'nobody is there who could answer it');
  });

  it('of a message answered twice the same way: no second arrival is made of it', () => {
    const twice = [sent('2', A, lost()), sent('1', A, accepted('M1'), answered('20013'))];
    assert.equal(matched(received('20013'), twice), '1 identifier');
    assert.equal(matched(received('20007'), twice), '2 identifier', 'but a receiver that knew it had it twice');
  });

  it('belong together by MESH’s own id in a report', () => {
    const report: Received = {
      meshId: 'R1',
      bytes: 0,
      kind: 'Not delivered',
      report: { code: 'EPL-151', linkedMessageId: 'M1', meaning: 'No.' },
    };
    const all = [sent('2', B, accepted('M2')), sent('1', A, accepted('M1'))];
    assert.equal(matched(report, all), '1 report');
    assert.equal(matched({ ...report, report: { code: '14', meaning: 'No.' } }, [sent('1', A)]), undefined);
  });

  it('keep nothing of what an answer calls a code and is none', () => {
    const code = 'Testwell 9990142017';
    const match = correlate(received(code), PLACE, [sent('1', A, accepted())]);
    assert.doesNotMatch(JSON.stringify(match?.news), /Testwell|999/);
  });

  it('keep of the time that an answer names nothing but the time', () => {
    const timestamp = 'Jan 31 2026 09:31:00 GMT (Testwell 9990142017)';
    const match = correlate(received('20013', { timestamp }), PLACE, [sent('1', A, accepted())]);
    assert.match(JSON.stringify(match?.news), /"timestamp":"2026-01-31T09:31:00.000Z"/);
    assert.doesNotMatch(JSON.stringify(match?.news), /Testwell|9990142017/);
  });

  it('are no business of other messages', () => {
    const other: Received = { meshId: 'M', bytes: 1, kind: 'Message', text: '{}' };
    assert.equal(matched(other, [sent('1', A, accepted())]), undefined);
  });
});
