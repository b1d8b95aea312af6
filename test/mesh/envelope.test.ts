import assert from 'node:assert/strict';
import { envelopeHeaders, readChunkRange, readEnvelope } from '../../mesh/envelope';
import type { Envelope } from '../../mesh/envelope';
import { MeshError } from '../../mesh/errors';

const PLAIN: Envelope = { to: 'x26surgery', workflowId: 'DIGMED_EMG_MED' };

describe('mesh envelope', () => {
  it('writes what is given and the defaults', () => {
    assert.deepEqual(envelopeHeaders(PLAIN), {
      'Mex-To': 'X26SURGERY',
      'Mex-WorkflowID': 'DIGMED_EMG_MED',
      'Content-Type': 'application/octet-stream',
      'Mex-Chunk-Range': '1:1',
    });
  });

  it('writes every header', () => {
    const headers = envelopeHeaders(
      {
        to: ' X26SURGERY ',
        workflowId: 'W',
        fileName: 'naïve.json',
        localId: 'local-1',
        subject: 'Für Zoë',
        partnerId: 'p',
        checksum: 'sha256:9f86-d0/8 1',
        contentType: 'application/fhir+json',
        encrypted: false,
        compressed: true,
      },
      { part: 1, of: 3 },
    );
    assert.deepEqual(headers, {
      'Mex-To': 'X26SURGERY',
      'Mex-WorkflowID': 'W',
      'Mex-FileName': 'naïve.json',
      'Mex-LocalID': 'local-1',
      'Mex-Subject': 'Für Zoë',
      'Mex-PartnerID': 'p',
      'Mex-Content-Checksum': 'sha256:9f86-d0/8 1',
      'Content-Type': 'application/fhir+json',
      'Mex-Chunk-Range': '1:3',
      'Mex-Content-Encrypted': 'N',
      'Mex-Content-Compressed': 'Y',
    });
  });

  it('leaves the case of a GPPROVIDER address alone', () => {
    const to = 'GPPROVIDER_9990000018_19700101_Testperson';
    assert.equal(envelopeHeaders({ ...PLAIN, to })['Mex-To'], to);
  });

  describe('refuses before anything goes out, naming the header and not the value', () => {
    const cases: [what: string, change: Partial<Envelope>, says: RegExp][] = [
      ['no recipient', { to: '  ' }, /^Mex-To is missing/],
      ['no workflow', { workflowId: '' }, /^Mex-WorkflowID is missing/],
      ['a recipient of 101 characters', { to: 'Q'.repeat(101) }, /^Mex-To is longer than 100/],
      ['a subject of 501 characters', { subject: 'Q'.repeat(501) }, /^Mex-Subject is longer than 500/],
      ['a line end in the subject', { subject: 'QQ\r\nMex-To: QQ' }, /^Mex-Subject holds a control character/],
      ['a tab in the file name', { fileName: 'QQ\tQQ' }, /^Mex-FileName holds a control character/],
      ['a C1 control character', { subject: 'QQ\u0085QQ' }, /^Mex-Subject holds a control character/],
      ['a line end in the content type', { contentType: 'QQ\nQQ' }, /^Content-Type holds a control character/],
      ['a character beyond Latin-1', { subject: 'QQ \u0142' }, /^Mex-Subject holds a character outside Latin-1/],
      ['a character beyond ASCII in an id', { localId: 'QQ é' }, /^Mex-LocalID holds a character outside ASCII/],
      ['a checksum in base64', { checksum: 'QQ+=' }, /^Mex-Content-Checksum may hold .* hexadecimal/],
      ['a web address as recipient', { to: 'https://QQ' }, /^Mex-To is a web address/],
    ];
    for (const [what, change, says] of cases) {
      it(what, () => {
        assert.throws(
          () => envelopeHeaders({ ...PLAIN, ...change }),
          (error: unknown) => {
            assert.ok(error instanceof MeshError);
            assert.equal(error.kind, 'invalid-request');
            assert.match(error.message, says);
            assert.match(error.message, /Nothing was sent\.$/);
            assert.doesNotMatch(error.message, /QQ/);
            return true;
          },
        );
      });
    }

    it('takes the longest values that are allowed', () => {
      const headers = envelopeHeaders({ ...PLAIN, to: 'Q'.repeat(100), subject: 'é'.repeat(500) });
      assert.equal(headers['Mex-Subject']?.length, 500);
    });
  });

  it('reads a delivered message', () => {
    const envelope = readEnvelope({
      'mex-from': 'X26PHARMACY',
      'mex-to': 'X26SURGERY',
      'mex-workflowid': 'W',
      'mex-chunk-range': '1:2',
      'mex-messageid': 'ID',
      'mex-messagetype': 'DATA',
      'mex-subject': '',
      'mex-statuscode': '00',
      'mex-statustimestamp': '20261121015953',
      'mex-content-type': 'text/plain',
      'content-type': 'application/octet-stream',
    });
    assert.deepEqual(envelope, {
      kind: 'data',
      messageType: 'DATA',
      chunk: { part: 1, of: 2 },
      messageId: 'ID',
      from: 'X26PHARMACY',
      to: 'X26SURGERY',
      workflowId: 'W',
      contentType: 'text/plain',
      statusCode: '00',
      statusAt: new Date('2026-11-21T01:59:53Z'),
    });
  });

  it('reads a report, which has no parts and no sender', () => {
    const envelope = readEnvelope({
      'mex-messagetype': 'REPORT',
      'mex-chunk-range': '1:0',
      'mex-linkedmsgid': 'LOST',
      'mex-statuscode': '14',
      'mex-statusevent': 'SEND',
      'mex-statusdescription': 'Message not collected by recipient after 5 days',
      'mex-statustimestamp': '20261121015953',
    });
    assert.equal(envelope.messageType, 'REPORT');
    assert.deepEqual(envelope.chunk, { part: 1, of: 0 });
    assert.ok(envelope.kind === 'report');
    const { meaning, ...report } = envelope.report;
    assert.deepEqual(report, {
      linkedMessageId: 'LOST',
      code: '14',
      event: 'SEND',
      description: 'Message not collected by recipient after 5 days',
      at: new Date('2026-11-21T01:59:53Z'),
    });
    assert.match(meaning, /^The message was not delivered\. .*five days/);
    assert.equal(envelope.from, undefined);
  });

  it('reads chunk ranges and nothing else', () => {
    assert.deepEqual(readChunkRange(' 2:10 '), { part: 2, of: 10 });
    for (const wrong of ['', '1', 'a:b', '1:2:3', '-1:2', '1:1e9']) assert.equal(readChunkRange(wrong), undefined);
  });
});
