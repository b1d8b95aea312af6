import assert from 'node:assert/strict';
import { keyOf, type Place } from '../../exchange/place';
import { beforeOf, type Earlier, explainBefore, sentBefore, tellBefore } from '../../exchange/sent-before';
import { at, TEST } from './departing';

const id = '0a000000-0000-4000-8000-000000000001';
const now = new Date(2026, 0, 31, 12, 0);

function earlier(place: Place, more: Partial<Earlier> = {}): Earlier {
  const attempt = { messageId: id, place: keyOf(place), to: 'X26XYZ' };
  return { attempt, at: new Date(2026, 0, 31, 9, 30), state: 'accepted', ...more };
}

describe('a message that was sent before', () => {
  const SANDBOX: Place = { ...TEST, sandbox: { mailbox: 'X26PHARMACY', password: 'password', sharedKey: 'key' } };
  const integration = (mailbox: string): Place => ({
    ...at('https://msg.intspineservices.nhs.uk/', 'Integration'),
    mailbox,
  });

  it('is known by its identifier, in whichever letters', () => {
    const one = earlier(TEST);
    assert.equal(sentBefore(id, TEST, [one]), one);
    assert.equal(sentBefore(id.toUpperCase(), TEST, [one]), one);
    assert.equal(sentBefore('0a000000-0000-4000-8000-000000000002', TEST, [one]), undefined);
    assert.equal(sentBefore(undefined, TEST, [one]), undefined);
  });

  it('counts in the environment that it was sent to, from whichever mailbox', () => {
    assert.equal(sentBefore(id, TEST, [earlier(SANDBOX)]), undefined);
    assert.equal(sentBefore(id, SANDBOX, [earlier(TEST)]), undefined);
    assert.ok(sentBefore(id, SANDBOX, [earlier(SANDBOX)]));
    assert.ok(sentBefore(id, integration('X26A'), [earlier(integration('X26B'))]));
    const hscn = at('https://msg.int.spine2.ncrs.nhs.uk/', 'Integration');
    assert.ok(sentBefore(id, hscn, [earlier(integration('X26B'))]), 'the same MESH by its other address');
  });

  it('is the last one, and none that was refused', () => {
    const [refused, last, first] = [earlier(TEST, { state: 'refused' }), earlier(TEST), earlier(TEST)];
    assert.equal(sentBefore(id, TEST, [refused, last, first]), last);
  });

  it('is forgotten with a sandbox that kept nothing', () => {
    const passing = earlier(SANDBOX, { passing: true });
    const [before, after] = [9, 10].map((hour) => new Date(2026, 0, 31, hour, 0)) as [Date, Date];
    assert.ok(sentBefore(id, SANDBOX, [passing], before));
    assert.equal(sentBefore(id, SANDBOX, [passing], after), undefined);
    assert.equal(sentBefore(id, SANDBOX, [passing]), undefined);
    assert.ok(sentBefore(id, SANDBOX, [earlier(SANDBOX)], after), 'one with a folder keeps it');
  });

  it('is told with what came of it', () => {
    const told = (state: string, at?: Date): string =>
      tellBefore(beforeOf({ ...earlier(TEST, { state }), ...(at && { at }) }, now));
    assert.match(told('rejected'), /sent at 09:30 to X26XYZ and was rejected: receivers refuse duplicates/);
    assert.match(told('waiting', new Date(2026, 0, 30, 9, 30)), /sent on 30 January at 09:30 to X26XYZ: receivers/);
    for (const state of ['unclear', 'departing'])
      assert.match(told(state), /^This message may have been sent at 09:30/);
  });

  it('is offered fresh identifiers unless it may be on its way', () => {
    assert.match(explainBefore(beforeOf(earlier(TEST), now)), /With fresh identifiers it is another message/);
    const unclear = beforeOf(earlier(TEST, { state: 'unclear' }), now);
    assert.equal(unclear.isSettled, false);
    assert.match(explainBefore(unclear), /ask MESH first.*so they are not offered/);
  });
});
