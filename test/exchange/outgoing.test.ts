import assert from 'node:assert/strict';
import { acknowledgementsAsked, countFindings, errorsIn, type Outgoing, readOutgoing } from '../../exchange/outgoing';
import { type Departure, realPatients, summary } from '../../exchange/summary';
import type { Exchange } from '../../exchange/timeline';
import { whenOf } from '../../exchange/when';
import { accepted, departing, exchange, lost, SENT_AT } from './journalled';
import type { Severity } from '../../core/finding';
import { addressOf } from '../../core/itk3/addressing';
import { checkDigit } from '../../core/nhs/nhs-number';
import { draftMessage } from '../../core/draft/message';
import type { PlacedFinding } from '../../core/validate/check-document';
import { knowledge } from '../knowledge';

let count = 0;
const fresh = {
  now: new Date('2026-01-31T09:30:00Z'),
  randomUUID: () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`,
  // The first of everyone and everything: those of the examples.
  random: () => 0,
};

function text(): string {
  return JSON.stringify(draftMessage('emergency-supply', { knowledge: knowledge(), fresh }), null, 2);
}

function read(message: string): Outgoing {
  const outgoing = readOutgoing(message, knowledge());
  assert.ok(outgoing);
  return outgoing;
}

describe('a message about to be sent', () => {
  it('tells what it is and what it asks for', () => {
    const outgoing = read(text());
    assert.equal(outgoing.message.root.type, 'Bundle');
    assert.equal(acknowledgementsAsked(outgoing.handling), 'infrastructure and business');
    assert.equal(outgoing.messageId, /"MessageHeader",\s*"id": "([^"]+)"/.exec(outgoing.text)?.[1]);
    assert.deepEqual(errorsIn(outgoing.findings), []);
    assert.equal(outgoing.realNhsNumbers, 0);
  });

  for (const [what, other] of [
    ['another JSON', '{ "name": "itk3-toolkit" }'],
    ['a resource that is no message', '{ "resourceType": "Patient" }'],
    ['nothing', ''],
    ['no JSON', 'MSH|^~\\&|'],
  ] as const)
    it(`is not ${what}`, () => assert.equal(readOutgoing(other, knowledge()), undefined));

  it('may stop in the middle: receivers must be tested with that too', () => {
    const outgoing = read(text().slice(0, 3000));
    assert.ok(errorsIn(outgoing.findings).length > 0);
  });

  it('follows the severities of the settings', () => {
    const wrong = text().replace('"gender": "male"', '"gender": "mail"');
    assert.equal(errorsIn(read(wrong).findings).length, 1);
    const lenient = readOutgoing(wrong, knowledge(), { binding: 'off' });
    assert.deepEqual(
      lenient?.findings.filter((f) => f.severity !== 'hint'),
      [],
    );
  });

  it('follows the exceptions beside it, and counts them', () => {
    const wrong = text().replace('"gender": "male"', '"gender": "mail"');
    const exceptions = '{ "exceptions": [{ "rule": "binding", "path": "Patient.gender", "reason": "a test" }] }';
    const { findings, excepted } = readOutgoing(wrong, knowledge(), {}, exceptions)!;
    assert.deepEqual([errorsIn(findings), excepted], [[], 1]);
    assert.equal(errorsIn(readOutgoing(wrong, knowledge(), {}, '')!.findings).length, 1);
  });
});

describe('NHS numbers outside the test range', () => {
  // Valid by modulus 11, and of the range that was never given to anybody.
  const real = '0000000000';

  it('are found in identifiers, whatever their check digit', () => {
    const message = text();
    const number = /"(999\d{7})"/.exec(message)?.[1] ?? '';
    assert.equal(read(message.replaceAll(number, real)).realNhsNumbers, 1);
    assert.equal(read(message.replaceAll(number, '0000000001')).realNhsNumbers, 1);
  });

  // Beginning as no number that was given to anybody does.
  const digits = `000123456${String(checkDigit('000123456'))}`;
  const [first, second, third] = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)];
  for (const written of [
    digits,
    `NHS${digits}`,
    `NHS no. 1: ${first} ${second} ${third}`,
    `${first}-${second}-${third}`,
    `${first}\u00a0${second}\u00a0${third}`,
    `${first}\\u00a0${second}&#160;${third}`,
    `\\u0030${digits.slice(1)}`,
  ])
    it(`are found in narrative written ${JSON.stringify(written)}`, () =>
      assert.equal(read(text().replace('</table>', `</table>${written}`)).realNhsNumbers, 1));

  it('are found in identifiers of other systems, as numbers, and in properties written twice', () => {
    const message = text();
    const patient = '"resourceType": "Patient",';
    const countWith = (more: string): number => read(message.replace(patient, `${patient} ${more},`)).realNhsNumbers;
    assert.equal(countWith('"x": { "system": "http://fhir.nhs.net/Id/nhs-number", "value": "0001234560" }'), 1);
    assert.equal(countWith('"x": { "system": "https://fhir.nhs.uk/Id/nhs-number", "value": 4000000000 }'), 1);
    assert.equal(countWith(`"x": "${digits}", "x": "other"`), 1);
    assert.equal(countWith(`"x": "${digits}", "y": "${first} ${second} ${third}"`), 1, 'the same number');
  });

  it('are found in a message that stops in the middle', () => {
    const message = text().slice(0, 3000);
    assert.equal(read(`${message} ${digits}`).realNhsNumbers, 1);
  });

  it('are found in the address', () => {
    const outgoing = read(text());
    assert.equal(realPatients({ outgoing, to: `GPPROVIDER_${real}_19560229_Testwell` }), 1);
    assert.equal(realPatients({ outgoing, to: 'GPPROVIDER_9990142017_19560229_Testwell' }), 0);
    assert.equal(realPatients({ outgoing, to: 'X26SURGERY' }), 0);
  });

  for (const other of [
    '0113 496 0001 and 3442311000001102',
    `0${digits} and +44 ${first} ${second} ${third}`,
    `00000000-0000-4000-8000-00${digits}`,
    `00000000-0000-4000-8000-ff${digits}`,
  ])
    it(`are not seen in ${other}`, () =>
      assert.equal(read(text().replace('</table>', `</table>${other}`)).realNhsNumbers, 0));

  it('are not seen in codes', () => {
    const code = `"code": "${digits}"`;
    const message = text().replace('"resourceType": "Patient",', `"resourceType": "Patient", ${code},`);
    assert.equal(read(message).realNhsNumbers, 0);
  });
});

describe('the summary before a message leaves the machine', () => {
  const from = {
    name: 'Integration',
    endpoint: new URL('https://mesh.example/'),
    mailbox: 'X26ABC',
    environment: 'mesh.example',
  };
  const depart = (message: string, more: Partial<Departure> = {}): Departure => {
    const outgoing = read(message);
    const addressed = addressOf(outgoing.message, knowledge(), fresh);
    return { outgoing, from, to: 'X26XYZ', workflowId: 'DIGMED_EMG_MED', addressed, ...more };
  };
  const told = (message: string, before?: Exchange): string => summary(depart(message, { before }));

  it('tells everything on the outside, and that receivers expect XML', () => {
    const lines = told(text()).split('\n');
    for (const line of [
      'From: Integration (X26ABC)',
      'To: X26XYZ',
      'Environment: mesh.example',
      'Workflow: DIGMED_EMG_MED',
      'Subject: Imaginary Pharmacy Emergency Medication Supply Record for Marmaduke Testwell, NHS Number: 9990142017, seen at Imaginary Pharmacy, ODS code: FZZ99, version 1',
      'Local id: FZZ99',
      'Acknowledgements asked for: infrastructure and business',
      'Checked: no problems',
    ])
      assert.ok(lines.includes(line), line);
    assert.match(told(text()), /Content: \d+ kB of JSON/);
    assert.match(told(text()), /travel as XML/);
  });

  it('says why the workflow is not the one that the guide prints, unless another was given', () => {
    assert.match(told(text()), /· .*misspelt as DIGIMED_FLU_VAC/);
    assert.doesNotMatch(summary(depart(text(), { workflowId: 'OTHER' })), /DIGIMED/);
  });

  it('tells of doubts about the patient’s address where that is taken', () => {
    const to = 'GPPROVIDER_9990142017_19560229_Testwell';
    const lines = summary(depart(text(), { to, byMessage: true }));
    assert.match(lines, new RegExp(`^To: ${to}$`, 'm'), 'whole: the sender must see whether it is right');
    assert.match(lines, /· .*does not name DIGMED_EMG_MED/);
    assert.doesNotMatch(told(text()), /does not name DIGMED_EMG_MED/);
  });

  it('tells what is odd about an address given by hand', () =>
    assert.match(summary(depart(text(), { doubts: ['Odd.'] })), /^· To: Odd\.$/m));

  it('names the environment, and says first that it is live', () => {
    const at = (address: string): string => summary(depart(text(), { from: { ...from, endpoint: new URL(address) } }));
    assert.match(at('https://msg.intspineservices.nhs.uk'), /^Environment: Integration \(msg\.int/m);
    assert.match(at('https://mesh-sync.spineservices.nhs.uk'), /^LIVE: .*\n[^]*^Environment: LIVE \(mesh-sync/m);
    assert.match(at('https://localhost:8443'), /^Environment: localhost:8443 \(this machine\)$/m);
    assert.doesNotMatch(at('https://mesh.example'), /LIVE/);
  });

  it('says first that the patient may be real', () => {
    const message = text();
    const number = /"(999\d{7})"/.exec(message)?.[1] ?? '';
    assert.match(told(message.replaceAll(number, '0000000000')), /^This may be about a real patient: 1 NHS number/);
    assert.doesNotMatch(told(message), /real patient/);
  });

  it('says whether the message was sent before, or may have been', () => {
    const message = text();
    const when = whenOf(SENT_AT);
    const certainly = told(message, exchange([departing(), accepted()]));
    assert.ok(certainly.includes(`was sent ${when} to X26SURGERY: receivers refuse duplicates`), certainly);
    const perhaps = told(message, exchange([departing(), lost()]));
    assert.ok(perhaps.startsWith(`This message may have been sent ${when} to X26SURGERY: look before`), perhaps);
    assert.doesNotMatch(told(message), /been sent|was sent/);
  });
});

describe('the count of findings', () => {
  const finding = (severity: Severity): PlacedFinding => ({
    severity,
    rule: 'required',
    pointer: '',
    part: 'key',
    message: 'Something is missing.',
    span: { offset: 0, length: 0 },
    relatedSpans: [],
  });
  for (const [severities, sentence] of [
    [[], 'No problems'],
    [['hint'], 'No problems'],
    [['warning'], 'No errors, 1 warning'],
    [['error', 'error'], '2 errors'],
    [['error', 'warning', 'warning'], '1 error, 2 warnings'],
  ] as const)
    it(sentence, () => assert.equal(countFindings({ findings: severities.map(finding), excepted: 0 }), sentence));

  it('tells what was excepted', () =>
    assert.equal(countFindings({ findings: [finding('error')], excepted: 2 }), '1 error, 2 excepted'));
});
