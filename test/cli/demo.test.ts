import assert from 'node:assert/strict';
import path from 'node:path';
import { itk3, sentences } from './terminal';

describe('itk3 demo', () => {
  it('checks, makes, sends, and reads both acknowledgements', async () => {
    const { code, stdout, stderr } = await itk3(['demo']);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    const milestones = [
      /emergency-supply-with-mistakes\.json:\d+:\d+ {2}error/,
      /\d+ errors.* in 1 file/,
      /Valid: 0 errors/,
      /http:\/\/127\.0\.0\.1:\d+/,
      /It travels as FHIR XML, \d+ KiB/,
      /workflow DIGMED_EMG_MED\./,
      /Infrastructure acknowledgement from X26SURGERY .*: accepted\n\s+20013 /,
      /Business acknowledgement from X26SURGERY .*: accepted\n\s+30001 /,
      /the inbox is empty/,
      /Status "acknowledged"/,
    ];
    let from = 0;
    for (const milestone of milestones) {
      const match = milestone.exec(stdout.slice(from));
      assert.ok(match, `${milestone.source} in\n${stdout.slice(from)}`);
      from += match.index + match[0].length;
    }
  });

  it('fails with a sentence where the examples are not', async () => {
    const { code, stderr } = await itk3(['demo'], { folder: path.resolve('out/nowhere/dist') });
    assert.equal(code, 2);
    assert.match(sentences(stderr).at(-1)!, /The demo stops here/);
  });
});
