import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Before } from '../../exchange/sent-before';
import { summary } from '../../exchange/summary';
import { at, depart, draft, LIVE, TEST, withRealNumber } from './departing';

const told = (message: string, before?: Before): string => summary(depart(message, { before }));

describe('the summary before a message leaves the machine', () => {
  it('tells everything on the outside, and what leaves', () => {
    const departure = depart(draft());
    const lines = summary(departure).split('\n');
    for (const line of [
      'Environment: mesh.example',
      'From: Integration (X26ABC)',
      'To: X26XYZ',
      'Workflow: DIGMED_EMG_MED',
      'Subject: Imaginary Pharmacy Emergency Medication Supply Record for Marmaduke Testwell, NHS Number: 9990142017, seen at Imaginary Pharmacy, ODS code: FZZ99, version 1',
      'Local id: FZZ99',
      'Acknowledgements asked for: infrastructure and business',
      'Found: no problems',
      `SHA-256: ${createHash('sha256').update(departure.wire.text).digest('hex')}`,
    ])
      assert.ok(lines.includes(line), line);
    assert.match(summary(departure), /^Content: FHIR XML, \d+ kB, converted from FHIR JSON$/m);
    assert.doesNotMatch(summary(departure), /· Content/, 'nothing is to be said of it');
  });

  it('says what is odd about the form that leaves', () => {
    const json = summary(depart(draft(), { from: { ...TEST, format: 'json' } }));
    assert.match(json, /^Content: FHIR JSON, \d+ kB$/m);
    assert.match(
      json,
      /^· Content: ITK3 messages travel as XML: a receiver that reads no JSON will refuse this one\.$/m,
    );
    const broken = summary(depart(draft().slice(0, 3000)));
    assert.match(broken, /^Content: FHIR JSON, 3 kB, as it stands$/m);
    assert.match(broken, /^· Content: Line \d+ is broken, so it cannot be converted: it leaves as it was written\.$/m);
    const { wire } = depart(draft());
    const commented = wire.text.replace('<type ', '<!-- one --><?two two?><type ');
    const asides = summary(depart(commented, { from: { ...TEST, format: 'json' } }));
    assert.match(asides, /^Content: FHIR JSON, \d+ kB, converted from FHIR XML$/m);
    assert.match(asides, /^· Content: Without 2 comments and instructions, which JSON cannot keep\.$/m);
  });

  it('leaves to the dry run why the workflow is not the one that the guide prints', () =>
    assert.doesNotMatch(told(draft()), /DIGIMED/));

  it('tells of doubts about the patient’s address where that is taken', () => {
    const to = 'GPPROVIDER_9990142017_19560229_Testwell';
    const lines = summary(depart(draft(), { to, byMessage: true }));
    assert.match(lines, new RegExp(`^To: the patient’s practice, ${to}$`, 'm'), 'whole: is it right?');
    assert.match(lines, /· .*does not name DIGMED_EMG_MED/);
    assert.doesNotMatch(told(draft()), /does not name DIGMED_EMG_MED/);
  });

  it('tells what is odd about an address given by hand', () =>
    assert.match(summary(depart(draft(), { doubts: ['Odd.'] })), /^· To: Odd\.$/m));

  it('names the environment, and says first that it is live', () => {
    const told = (address: string, environment: string): string =>
      summary(depart(draft(), { from: at(address, environment) }));
    assert.match(told('https://msg.intspineservices.nhs.uk', 'Integration'), /^Environment: Integration \(msg\.int/m);
    assert.match(summary(depart(draft(), { from: LIVE })), /^LIVE: .*\n[^]*^Environment: LIVE \(mesh-sync/m);
    assert.match(
      summary(depart(draft(), { from: { ...at('https://mesh.example', 'Ours'), live: true } })),
      /^LIVE: .*\n[^]*^Environment: LIVE, Ours \(mesh\.example\)$/m,
    );
    assert.doesNotMatch(told('https://mesh.example', 'Ours'), /LIVE/);
  });

  it('says first that the patient may be real, and which fact says so', () => {
    assert.match(
      told(withRealNumber(draft())),
      /^This may be about a real patient\. 1 NHS number in it is outside the test range/,
    );
    const other = draft().replaceAll('"Testwell"', '"Realname"');
    assert.match(told(other), /^This may be about a real patient\. The name of the Patient in line \d+ is none of the/);
    assert.doesNotMatch(told(other).split('\n')[0] ?? '', /Realname/);
    assert.doesNotMatch(told(draft()), /real patient/);
  });

  it('warns of an invented patient where messages are about real people', () => {
    assert.match(summary(depart(draft(), { from: LIVE })), /test data must not be sent to live/);
    assert.doesNotMatch(summary(depart(withRealNumber(draft()), { from: LIVE })), /test data/);
  });

  it('says whether the message was sent before, or may have been', () => {
    const before = { at: 'at 09:30', to: 'X26XYZ', isSettled: true, outcome: 'and was rejected' };
    assert.match(told(draft(), before), /· A message .* was sent at 09:30 to X26XYZ and was rejected: .* \(20007\)/);
    assert.match(told(draft(), { ...before, isSettled: false }), /^This message may have been sent at 09:30 to X26XYZ/);
    assert.doesNotMatch(told(draft()), /sent at/);
  });

  it('says what the terminology server has not said yet', () =>
    assert.match(summary(depart(draft(), { pending: 'Not known yet' })), /^Found: no problems\. Not known yet$/m));
});
