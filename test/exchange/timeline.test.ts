import assert from 'node:assert/strict';
import type { Entry } from '../../exchange/journal';
import { readLine, withoutPatient, writeLine } from '../../exchange/journal-line';
import { awaitedSince, type Exchange, isFinished, needsLook, nextChange } from '../../exchange/timeline';
import { accepted, after, answered, attempt, departing, exchange, lost, MINUTE, refused, SENT_AT } from './journalled';

const statesOf = ({ steps }: Exchange): string => steps.map(({ name, state }) => `${name} ${state}`).join(', ');
const asked = (arrived: boolean | undefined, meshId?: string): Entry => ({
  at: after(2),
  what: 'asked',
  ...(arrived !== undefined && { arrived }),
  ...(meshId !== undefined && { meshId }),
});
const tracked = (status: string, code?: string): Entry => ({ at: after(3), what: 'tracked', status, code });

describe('the timeline of a message', () => {
  it('goes from sent to the business acknowledgement', () => {
    const done = exchange([departing(), accepted(), answered('20013'), answered('30001')]);
    assert.equal(statesOf(done), 'sent done, accepted done, collected done, infrastructure done, business done');
    assert.deepEqual(
      [done.state, done.headline, done.next, done.meshId],
      ['accepted', 'Accepted: 30001 Patient known here', undefined, '20260131_S'],
    );
    assert.deepEqual(
      done.steps.map(({ answer }) => answer),
      [undefined, undefined, undefined, '20260131_20013', '20260131_30001'],
    );
    assert.ok(isFinished(done));
  });

  it('is on its way until something is known', () => {
    const leaving = exchange([departing()]);
    assert.deepEqual([leaving.state, statesOf(leaving)], ['departing', 'sent waiting']);
    const forgotten = exchange([departing()], 31);
    assert.deepEqual([forgotten.state, needsLook(forgotten)], ['unclear', true]);
  });

  it('says that nothing was sent, and why', () => {
    const not = exchange([departing(), refused('Could not send the message: refused.')]);
    assert.deepEqual([not.state, statesOf(not)], ['refused', 'sent failed']);
    assert.equal(not.steps[0]?.says, 'Not sent. Could not send the message: refused.');
  });

  for (const [what, more, state, says] of [
    ['the answer was lost', [lost()], 'unclear', /^Not known whether MESH has it\. The network broke\./],
    ['MESH cannot tell', [lost(), asked(undefined)], 'unclear', /^Not known/],
    ['MESH does not have it', [lost(), asked(false)], 'refused', undefined],
    ['MESH has it', [lost(), asked(true, 'M7')], 'waiting', /^Accepted by MESH$/],
    ['an answer proves it', [lost(), answered('20013')], 'waiting', /^With MESH: it was answered/],
    ['an answer proves it after a wrong no', [lost(), asked(false), answered('20013')], 'waiting', /^With MESH/],
    ['a late no does not take it back', [lost(), answered('20013'), asked(false)], 'waiting', /^With MESH/],
    ['it was accepted after all', [lost(), accepted('M8')], 'waiting', /^Accepted by MESH$/],
  ] as const)
    it(`is ${state} when ${what}`, () => {
      const one = exchange([departing(), ...more]);
      assert.equal(one.state, state, JSON.stringify(one));
      const step = one.steps.find(({ name }) => name === 'accepted');
      if (says) assert.match(step?.says ?? '', says);
      else assert.equal(step, undefined);
    });

  const begun: Entry = { at: after(0), what: 'begun', meshId: 'M9', taken: 2, of: 5 };
  it('tells what MESH has of a message that broke off', () => {
    const part = exchange([departing(), begun, refused('The network broke.')]);
    assert.deepEqual([part.state, part.headline, part.meshId], ['unclear', 'Sent in part only', 'M9']);
    assert.match(
      part.steps[1]?.says ?? '',
      /MESH has 2 of 5 parts for certain\. The network broke\. MESH calls it M9\./,
    );
    assert.equal(exchange([departing(), begun, lost()]).headline, 'Not known whether it was sent');
    assert.equal(exchange([departing(), begun, lost(), tracked('uploading')]).headline, 'Sent in part only');
    assert.equal(exchange([departing(), begun, lost(), tracked('accepted')]).state, 'waiting');
    assert.equal(exchange([departing(), begun, accepted('M9')]).state, 'waiting');
  });

  it('waits for what was asked for, and says from when that is too long', () => {
    const waiting = exchange([departing(), accepted()]);
    assert.equal(waiting.state, 'waiting');
    assert.equal(waiting.headline, 'Waiting for the business acknowledgement');
    assert.equal(nextChange([waiting], new Date(after(10)))?.toISOString(), after(60));
    assert.equal(exchange([departing(), accepted()], 59).state, 'waiting');
    const late = exchange([departing(), accepted()], 60);
    assert.equal(late.state, 'overdue');
    assert.equal(late.headline, 'Overdue: no infrastructure acknowledgement');
    assert.match(late.next ?? '', /^Tell a person/);
    assert.equal(nextChange([late], new Date(after(60)))?.toISOString(), after(120));
    assert.ok(needsLook(late));
  });

  it('measures the business acknowledgement from the infrastructure one', () => {
    const entries = [departing(), accepted(), answered('20013', { at: after(30) })];
    const waiting = exchange(entries, 149);
    assert.equal(waiting.headline, '20013 Success, waiting for the business acknowledgement');
    const late = exchange(entries, 150);
    assert.deepEqual([late.state, late.headline], ['overdue', 'Overdue: no business acknowledgement']);
    assert.match(late.next ?? '', /Tell a person/);
  });

  it('can be overdue at once', () => {
    const none = { collected: 0, infrastructure: 0, business: 0 };
    assert.equal(exchange([departing(), accepted()], 0, none).state, 'overdue');
  });

  it('ends with a negative infrastructure acknowledgement', () => {
    const no = exchange([departing(), accepted(), answered('20006')], 10_000);
    assert.equal(statesOf(no), 'sent done, accepted done, collected done, infrastructure failed, business not asked');
    assert.deepEqual([no.state, no.headline], ['rejected', 'Rejected: 20006 ITK header validation failure']);
    assert.equal(nextChange([no], new Date(after(10))), undefined);
  });

  it('ends with a business acknowledgement, even if no other has come', () => {
    const done = exchange([departing(), accepted(), answered('30001')], 10_000);
    assert.deepEqual([done.state, done.headline], ['accepted', 'Accepted: 30001 Patient known here']);
    assert.match(done.steps[3]?.says ?? '', /proves that the receiver has the message/);
    assert.equal(done.steps[3]?.at, undefined);
    const no = exchange([departing(), accepted(), answered('30002')], 10_000);
    assert.equal(no.state, 'rejected');
  });

  it('is the same in whatever order the answers come, and however often', () => {
    const told = (...codes: string[]): unknown => {
      const { state, headline, steps } = exchange([departing(), accepted(), ...codes.map((code) => answered(code))]);
      return { state, headline, steps };
    };
    const once = told('20013', '30001');
    assert.deepEqual(told('30001', '20013'), once);
    assert.deepEqual(told('20013', '20013', '30001', '30001'), once);
    const lines = [departing(), accepted(), answered('20013')];
    assert.deepEqual(exchange([...lines, ...lines]), exchange(lines), 'doubled lines are no harm');
  });

  it('counts a second, different answer of the receiver, and believes the refusal', () => {
    const two = exchange([departing(), accepted(), answered('20013'), answered('20007')]);
    assert.deepEqual([two.state, two.answers.length], ['rejected', 2]);
  });

  it('asks for no answer that the message did not ask for', () => {
    const technical = { asks: { infrastructure: true, business: false } };
    const done = exchange([departing(technical), accepted(), answered('20013')]);
    assert.equal(done.state, 'accepted');
    assert.match(statesOf(done), /business not asked$/);
    const none = { asks: { infrastructure: false, business: false } };
    const gone = exchange([departing(none), accepted()]);
    assert.deepEqual([gone.state, gone.headline], ['waiting', 'Waiting for the collection by the recipient']);
    const collected = exchange([departing(none), accepted(), tracked('acknowledged')]);
    assert.deepEqual(
      [collected.state, collected.headline],
      ['accepted', 'Collected; no acknowledgement was asked for'],
    );
    const refusal = exchange([departing(none), accepted(), answered('10002')]);
    assert.equal(refusal.state, 'rejected', 'whose flags cannot be read is answered all the same');
  });

  it('knows by tracking that it was collected, or will never be', () => {
    const collected = exchange([departing(), accepted(), tracked('acknowledged')]);
    assert.match(statesOf(collected), /collected done, infrastructure waiting/);
    const expired = exchange([departing(), accepted(), tracked('undeliverable', '14')]);
    assert.deepEqual([expired.state, expired.headline], ['undelivered', 'Not delivered: 14']);
    assert.match(expired.steps.at(-1)?.says ?? '', /did not collect the message in five days/);
  });

  it('is not delivered when MESH reports that', () => {
    const report: Entry = { at: after(9), what: 'undelivered', meshId: 'R1', code: 'EPL-151' };
    const no = exchange([departing(), accepted(), report]);
    assert.deepEqual([no.state, no.report, no.steps.at(-1)?.answer], ['undelivered', 'R1', 'R1']);
    assert.equal(statesOf(no), 'sent done, accepted done, undelivered failed');
    assert.equal(
      exchange([departing(), accepted(), report, answered('20013')]).state,
      'waiting',
      'an answer knows better',
    );
  });

  it('is unclear after an answer that does not say whether all is well', () => {
    const one = exchange([departing(), accepted(), answered('99999', { layer: undefined, accepted: undefined })]);
    assert.deepEqual([one.state, one.headline], ['unclear', 'Unclear: 99999']);
    assert.match(one.next ?? '', /^Read the response/);
  });

  it('expects nothing more of a sandbox that has stopped, and raises no alarm', () => {
    const ended: Entry = { at: after(6), what: 'ended' };
    for (const [entries, headline] of [
      [[departing()], 'Not answered: the sandbox has stopped'],
      [[departing(), lost()], 'Not answered: the sandbox has stopped'],
      [[departing(), accepted()], 'Not answered: the sandbox has stopped'],
      [[departing(), accepted(), answered('20013')], '20013 Success: the sandbox has stopped'],
    ] as const) {
      const one = exchange([...entries, ended], 10_000);
      assert.deepEqual([one.state, one.headline, needsLook(one)], ['ended', headline, false]);
    }
    const done = exchange([departing(), accepted(), answered('20013'), answered('30001'), ended], 10_000);
    assert.equal(done.state, 'accepted');
    assert.equal(exchange([departing(), accepted(), answered('20006'), ended]).state, 'rejected');
  });

  it('believes the time of an answer only where it can be true', () => {
    const at = (timestamp: string): Date | undefined =>
      exchange([departing(), accepted(), answered('20013', { timestamp })]).steps[3]?.at;
    assert.equal(at(after(3))?.toISOString(), after(3));
    assert.equal(at(after(-60))?.toISOString(), after(5));
    assert.equal(at(after(60))?.toISOString(), after(5));
    assert.equal(at('yesterday')?.toISOString(), after(5));
  });

  it('says by what an answer was matched when that is less than certain', () => {
    const step = (by: 'reference' | 'elimination'): string =>
      exchange([departing(), accepted(), answered('10009', { by })]).steps[3]?.says ?? '';
    assert.match(step('reference'), /by the sender’s reference only/);
    assert.match(step('elimination'), /names no message/);
  });

  it('is nothing without its first line', () => {
    assert.throws(() => exchange([accepted()]));
  });
});

describe('a line of the journal', () => {
  it('comes back as it was written, each whole whatever stands before it', () => {
    const entries = [
      departing({}, { by: 7, passing: true }),
      accepted(),
      lost(),
      refused(),
      answered('20013'),
      asked(false),
    ];
    const text = `{"torn${entries.map(writeLine).join('')}{"at":"2026-01-31`;
    assert.deepEqual(
      text.split('\n').flatMap((line) => readLine(line) ?? []),
      JSON.parse(JSON.stringify(entries)),
    );
  });

  for (const line of [
    '',
    '[]',
    'null',
    '{}',
    '{"what":"accepted","meshId":"M"}',
    '{"at":"never","what":"accepted","meshId":"M"}',
    '{"at":"2026-01-31T09:30:00Z","what":"accepted"}',
    '{"at":"2026-01-31T09:30:00Z","what":"constructor"}',
    '{"at":"2026-01-31T09:30:00Z","what":"departing","attempt":{}}',
    '{"at":"2026-01-31T09:30:00Z","what":"from a later version"}',
  ])
    it(`is not ${line || 'empty'}`, () => assert.equal(readLine(line), undefined));

  it('holds nothing of a patient, whatever a local id or a file is called', () => {
    const kept = withoutPatient(
      attempt({
        localId: 'Testwell 9990142017',
        fileName: 'Testwell.json',
        to: 'GPPROVIDER_9990142017_19560229_Testwell',
      }),
    );
    assert.doesNotMatch(JSON.stringify(kept), /Testwell|9990142017/);
    assert.deepEqual(withoutPatient(attempt()), attempt());
  });
});

describe('what becomes overdue next', () => {
  it('is the earliest of all', () => {
    const [one, other] = [exchange([departing(), accepted()]), exchange([departing()])];
    assert.equal(nextChange([one, other], SENT_AT)?.getTime(), SENT_AT.getTime() + 30 * MINUTE + 1);
    assert.equal(nextChange([], SENT_AT), undefined);
  });
});

describe('since when answers are waited for', () => {
  const sentFrom = (place: string, minutes: number, ...more: Entry[]): Exchange =>
    exchange([{ ...departing({ place }), at: after(minutes) }, accepted(), ...more], 10);

  it('is since the oldest message of that mailbox that is not finished', () => {
    const newest = [
      sentFrom('here', 4),
      sentFrom('here', 3),
      sentFrom('elsewhere', 2),
      sentFrom('here', 1, answered('20013'), answered('30001')),
    ];
    assert.equal(awaitedSince(newest, 'here')?.toISOString(), after(3));
    assert.equal(awaitedSince(newest, 'elsewhere')?.toISOString(), after(2));
    assert.equal(awaitedSince(newest, 'nowhere'), undefined);
  });

  it('is not at all when all is answered, or was refused', () => {
    const refusedThere = exchange([departing({ place: 'here' }), refused()]);
    assert.equal(awaitedSince([sentFrom('here', 2, answered('30003')), refusedThere], 'here'), undefined);
  });
});
