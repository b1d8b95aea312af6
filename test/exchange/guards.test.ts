import assert from 'node:assert/strict';
import { type Guarded, guardsOf, type Policies, type Policy, strictest, whyForbidden } from '../../exchange/guards';
import type { Place } from '../../exchange/place';
import { LIVE, TEST } from './departing';

const SANDBOX: Place = { ...TEST, sandbox: { mailbox: 'X26PHARMACY', password: 'password', sharedKey: 'key' } };
const TUNNEL: Place = { ...TEST, endpoint: new URL('https://localhost:8443') };

const message = (more: Partial<Guarded['outgoing']> = {}, to = 'X26XYZ'): Guarded => ({
  outgoing: { realNhsNumbers: 0, strangers: [], findings: [], ...more },
  to,
});
const synthetic = message();
const doubtful = message({ strangers: ['The name of the Patient in line 3 is none of the synthetic set.'] });
const wrong = message({
  findings: [
    {
      severity: 'error',
      rule: 'required',
      pointer: '',
      part: 'key',
      message: 'Something is missing.',
      span: { offset: 0, length: 0 },
      relatedSpans: [],
    },
  ],
});

const policies = (patients: Policy = 'confirm', live: Policy = 'confirm'): Policies => ({
  patients: strictest([{ value: patients, where: 'your settings' }]),
  live: strictest([{ value: live, where: 'the team’s file' }]),
});

describe('the words to be typed before a message leaves', () => {
  const words = (from: Place, ...messages: Guarded[]): string[] => guardsOf(from, messages).map(({ word }) => word);

  it('are none for a synthetic patient', () => assert.deepEqual(words(TEST, synthetic), []));
  it('are none for the sandbox of the window', () => assert.deepEqual(words(SANDBOX, doubtful), []));
  it('are REAL for another', () => assert.deepEqual(words(TEST, doubtful), ['REAL']));
  it('are REAL on this machine too: a tunnel leads away', () => assert.deepEqual(words(TUNNEL, doubtful), ['REAL']));
  it('are REAL for a patient who stands in the address alone', () =>
    assert.deepEqual(words(TEST, message({}, 'GPPROVIDER_0000000000_19560229_Testwell')), ['REAL']));
  it('are the name of the mailbox for live, whoever the patient is', () => {
    assert.deepEqual(words(LIVE, synthetic), ['Our live mailbox']);
    assert.deepEqual(words({ ...LIVE, name: ' Ours ' }, doubtful), ['Ours']);
  });
  it('are its id for a mailbox whose name is nothing to type: Enter alone passes nothing', () =>
    assert.deepEqual(words({ ...LIVE, name: ' \t' }, synthetic), [LIVE.mailbox]));
  it('are the name of the mailbox where the team says that it is live', () =>
    assert.deepEqual(words({ ...TEST, live: true }, synthetic), ['Integration']));
  it('are asked for once for several, with the count', () => {
    const [guard, ...others] = guardsOf(TEST, [doubtful, synthetic, doubtful]);
    assert.equal(guard?.title, '2 of 3 messages may be about a real patient');
    assert.deepEqual(others, []);
  });
});

describe('what may not leave at all', () => {
  const why = (from: Place, messages: Guarded[], said = policies()): string | undefined =>
    whyForbidden(from, messages, said)?.sentence;

  it('is nothing that a word lets through', () => {
    for (const from of [TEST, LIVE, SANDBOX]) assert.equal(why(from, [doubtful]), undefined);
    assert.equal(why(TEST, [wrong]), undefined, 'receivers must be tested with wrong messages');
  });

  it('is anything with errors, to live', () => {
    assert.match(why(LIVE, [synthetic, wrong]) ?? '', /has errors .*: correct/);
    assert.equal(whyForbidden(LIVE, [wrong], policies())?.because, 'errors');
  });

  it('is anything to live where a policy says so', () => {
    const said = policies('confirm', 'forbid');
    assert.equal(why(LIVE, [synthetic], said), 'Sending to LIVE MESH is forbidden by the team’s file.');
    assert.equal(why(TEST, [doubtful], said), undefined);
  });

  it('is a patient who may be real where a policy says so, and the sentence says why', () => {
    const said = policies('forbid');
    assert.equal(
      why(TEST, [doubtful], said),
      'This message may be about a real patient: sending that is forbidden by your settings. The name of the Patient in line 3 is none of the synthetic set.',
    );
    assert.match(why(TEST, [doubtful, synthetic], said) ?? '', /^1 of these 2 messages may be/);
    assert.equal(why(TEST, [synthetic], said), undefined);
    assert.equal(why(SANDBOX, [doubtful], said), undefined);
  });
});

describe('the strictest of several policies', () => {
  const places = (...values: unknown[]) => strictest(values.map((value, i) => ({ value, where: `place ${i}` })));
  it('is to ask where nobody says anything else', () =>
    assert.deepEqual(places(undefined, 'confirm'), { policy: 'confirm', by: [] }));
  it('is to forbid where one does, wherever it stands', () => {
    assert.deepEqual(places('confirm', 'forbid', undefined), { policy: 'forbid', by: ['place 1'] });
    assert.deepEqual(places('forbid', 'confirm', 'forbid'), { policy: 'forbid', by: ['place 0', 'place 2'] });
  });
  it('is to forbid where it cannot be read', () => assert.equal(places('forbidden').policy, 'forbid'));
});
