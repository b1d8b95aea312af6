import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { dryRun } from '../../exchange/dry-run';
import { depart, draft, LIVE, withRealNumber } from './departing';

const to = 'GPPROVIDER_9990142017_19560229_Testwell';

describe('a dry run', () => {
  it('tells what would be sent: the outside, the headers, size and digest', () => {
    const departure = depart(draft());
    const { text } = departure.wire;
    const lines = dryRun('one.json', departure).split('\n');
    for (const line of [
      'DRY RUN of one.json: nothing was sent.',
      'Headers of POST mesh.example/messageexchange/X26ABC/outbox',
      `  SHA-256  ${createHash('sha256').update(text).digest('hex')}`,
      `  Bytes    ${Buffer.byteLength(text)}`,
      '  Form     FHIR XML',
    ])
      assert.ok(lines.includes(line), line);
    for (const header of [
      /^ {2}Mex-To +X26XYZ$/,
      /^ {2}Mex-WorkflowID +DIGMED_EMG_MED$/,
      /^ {2}Mex-LocalID +FZZ99$/,
      /^ {2}Mex-FileName +[0-9a-f-]{36}\.xml$/,
      /^ {2}Content-Type +application\/fhir\+xml$/,
    ])
      assert.ok(
        lines.some((line) => header.test(line)),
        String(header),
      );
    assert.doesNotMatch(lines.join('\n'), /authorization/i);
  });

  it('leaves the patient out unless asked for whole', () => {
    const departure = depart(draft(), { to, byMessage: true });
    const masked = dryRun('one.json', departure);
    assert.doesNotMatch(masked, /9990142017|Testwell|19560229|Marmaduke/);
    assert.match(masked, /Mex-Subject +\*\*\* \(\d+ characters\)/);
    const whole = dryRun('one.json', departure, { whole: true });
    assert.match(whole, new RegExp(`Mex-To +${to}`));
    assert.match(whole, /Mex-Subject .*Marmaduke Testwell/);
  });

  it('quotes nothing of the message in what was found, unless whole', () => {
    const departure = depart(draft().replace('"gender": "male"', '"gender": "Marmaduke"'));
    const masked = dryRun('one.json', departure);
    assert.match(masked, /error in line \d+: binding$/m);
    assert.doesNotMatch(masked, /Marmaduke/);
    assert.match(dryRun('one.json', departure, { whole: true }), /error in line \d+: binding\. .*Marmaduke/);
  });

  it('says which words must be typed, and why', () => {
    assert.match(dryRun('one.json', depart(withRealNumber(draft()))), /typed\n {2}REAL {2}This message may be about/);
    assert.match(dryRun('one.json', depart(draft(), { from: LIVE })), /typed\n {2}the name of the mailbox {2}This/);
    const forbidden = 'Sending to LIVE MESH is forbidden by your settings.';
    const told = dryRun('one.json', depart(draft(), { from: LIVE }), { forbidden });
    assert.ok(told.includes(`It would not be sent: ${forbidden}`));
    assert.doesNotMatch(told, /typed/, 'no word helps then');
    assert.doesNotMatch(dryRun('one.json', depart(draft())), /typed/);
  });

  it('says why the workflow is not the one that the guide prints, unless another was given', () => {
    assert.match(dryRun('one.json', depart(draft())), /misspelt as DIGIMED_FLU_VAC/);
    assert.doesNotMatch(dryRun('one.json', depart(draft(), { workflowId: 'OTHER' })), /DIGIMED/);
  });

  it('says where MESH takes no such header', () =>
    assert.match(dryRun('one.json', depart(draft(), { workflowId: 'W'.repeat(400) })), /It cannot be sent +Mex-Workf/));
});
