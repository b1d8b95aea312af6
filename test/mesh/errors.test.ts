import assert from 'node:assert/strict';
import { mask, maskAddress, MeshError } from '../../mesh/errors';
import type { Attempt } from '../../mesh/errors';
import { errorFromFailure } from '../../mesh/failures';
import { errorFromResponse, readErrorBody } from '../../mesh/refusals';

const NOW = new Date('2026-11-21T02:00:00Z');
const ATTEMPT: Attempt = {
  action: 'send the message',
  mailbox: 'X26PHARMACY',
  host: 'mesh.example',
  recipient: 'NOSUCH',
  secrets: ['hunter22', 'hunter22-and-more'],
};

function answered(status: number, body: unknown, attempt = ATTEMPT, date = NOW.toUTCString()): MeshError {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return errorFromResponse({ status, headers: { date }, body: Buffer.from(text) }, attempt, NOW);
}

const v1 = (errorEvent: string, errorCode: string, errorDescription: string) => ({
  errorEvent,
  errorCode,
  errorDescription,
});
const v2 = (event: string, code: string, msg: string) => ({ detail: [{ event, code, msg }] });

describe('mesh errors', () => {
  describe('masks', () => {
    const cases: [string, string][] = [
      ['to GPPROVIDER_9990000018_19700101_Van Test', 'to GPPROVIDER_***'],
      ['{"to":"GPPROVIDER_9990000018_19700101_O\'Test"}', '{"to":"GPPROVIDER_***"}'],
      ['gpprovider%5F9990000018%5F19700101%5FTest', 'GPPROVIDER_***'],
      ['NHSMESH X26:a:0:1:b is no good', 'NHSMESH *** is no good'],
      ['number 9990000018, or 999 000 0018', 'number ***, or ***'],
      ['20200529155357895317_3573F8 at 127.0.0.1:8700', '20200529155357895317_3573F8 at 127.0.0.1:8700'],
    ];
    for (const [text, expected] of cases) it(text, () => assert.equal(mask(text), expected));

    it('secrets, the longest first', () => {
      assert.equal(mask('hunter22-and-more, hunter22', ATTEMPT.secrets), '***, ***');
    });

    it('is done by the error itself, in message and code, and twice does no harm', () => {
      const error = new MeshError('refused', 'To GPPROVIDER_9990000018_19700101_Test', { code: '9990000018' });
      assert.equal(error.message, 'To GPPROVIDER_***');
      assert.equal(error.code, '***');
      assert.equal(mask(`To ${maskAddress('GPPROVIDER_1_2_Test')}. Check.`), 'To GPPROVIDER_***. Check.');
    });
  });

  it('is an Error with a name', () => {
    const error = answered(500, '');
    assert.ok(error instanceof Error);
    assert.equal(error.name, 'MeshError');
    assert.equal(error.cause, undefined);
  });

  describe('understands every shape of body', () => {
    const shapes: [string, string, ReturnType<typeof readErrorBody>][] = [
      ['v1', JSON.stringify(v1('SEND', '08', 'X')), { event: 'SEND', code: '08', description: 'X', fields: [] }],
      ['v1 without code', JSON.stringify(v1('', '', 'X')), { description: 'X', fields: [] }],
      ['v2', JSON.stringify(v2('SEND', '08', 'X')), { event: 'SEND', code: '08', description: 'X', fields: [] }],
      [
        'validation',
        '{"detail":[{"type":"missing","loc":["header","mex-to"],"msg":"Field required"}]}',
        { description: 'Field required', fields: ['mex-to'] },
      ],
      ['framework', '{"detail":"Not Found"}', { description: 'Not Found', fields: [] }],
      [
        'internal',
        '{"message":"An internal error occurred."}',
        { description: 'An internal error occurred.', fields: [] },
      ],
      ['empty', '', { fields: [] }],
      ['SOAP', '<soap:Fault>no</soap:Fault>', { fields: [] }],
      ['the word null', 'null', { fields: [] }],
      ['texts that are no texts', '{"detail":[null,{"code":7,"msg":{}}],"errorCode":[1]}', { fields: [] }],
    ];
    for (const [what, body, expected] of shapes) {
      it(what, () => assert.deepEqual(readErrorBody(Buffer.from(body)), expected));
    }
  });

  describe('says what a refusal means', () => {
    const message = { ...ATTEMPT, action: 'download message ID', messageId: 'ID', recipient: undefined };
    const cases: [what: string, error: MeshError, kind: MeshError['kind'], says: RegExp, code?: string][] = [
      [
        'wrong password, v2',
        answered(403, v2('', '', 'Invalid Authentication Token')),
        'authentication',
        /password or shared key of mailbox X26PHARMACY/,
      ],
      [
        'wrong password, v1',
        answered(403, v1('', '', 'Invalid Authentication Token')),
        'authentication',
        /password or shared key/,
      ],
      ['forbidden without a body', answered(403, ''), 'authentication', /password or shared key/],
      [
        'unknown own mailbox',
        answered(403, v2('SEND', 'EPL-151', 'No mailbox matched')),
        'authentication',
        /does not know mailbox X26PHARMACY/,
        'EPL-151',
      ],
      [
        'somebody else’s message',
        answered(403, v2('', '', 'Forbidden'), message),
        'refused',
        /does not belong to mailbox X26PHARMACY/,
      ],
      [
        'unknown recipient',
        answered(417, v2('SEND', '12', 'Unregistered to address')),
        'unknown-recipient',
        /recipient NOSUCH/,
        '12',
      ],
      [
        'unknown message',
        answered(404, v2('RECEIVE', '20', 'Message does not exist'), message),
        'unknown-message',
        /no such message/,
        '20',
      ],
      ['nothing to track', answered(404, v2('', '', 'Not Found'), message), 'unknown-message', /no such message/],
      ['not a MESH server', answered(404, '{"detail":"Not Found"}', message), 'server', /is a MESH server/],
      [
        'gone',
        answered(410, v2('SEND', 'Message already accepted', 'x')),
        'refused',
        /no longer there/,
        'Message already accepted',
      ],
      [
        'workflow not registered',
        answered(417, v2('SEND', '17', 'x')),
        'refused',
        /workflow id is not registered/,
        '17',
      ],
      [
        'a missing header',
        answered(400, '{"detail":[{"loc":["header","mex-to"],"msg":"Field required"}]}'),
        'invalid-request',
        /wrong: mex-to\./,
      ],
      ['too large', answered(413, ''), 'invalid-request', /too large/],
      ['throttled', answered(429, ''), 'server', /Wait/],
      ['a redirect', answered(302, ''), 'server', /points to another address/],
      ['a fault of the server', answered(502, '<html>hunter22</html>'), 'server', /fault of its own \(status 502\)/],
      ['an unknown status', answered(418, ''), 'refused', /status 418/],
    ];
    for (const [what, error, kind, says, code] of cases) {
      it(what, () => {
        assert.equal(error.kind, kind);
        assert.match(error.message, says);
        assert.match(error.message, /^Could not (send the message|download message ID): /);
        assert.equal(error.code, code);
      });
    }

    it('tells clock skew by the Date header, in both directions and only beyond two hours', () => {
      const at = (date: string) => answered(403, v2('', '', 'Invalid Authentication Token'), ATTEMPT, date);
      const behind = at('Sat, 21 Nov 2026 05:00:00 GMT');
      assert.equal(behind.kind, 'clock-skew');
      assert.match(behind.message, /180 minutes behind mesh\.example/);
      const ahead = at('Fri, 20 Nov 2026 23:30:00 GMT');
      assert.equal(ahead.kind, 'clock-skew');
      assert.match(ahead.message, /150 minutes ahead of/);
      assert.equal(at('Sat, 21 Nov 2026 04:00:00 GMT').kind, 'authentication');
      assert.equal(at('not a date').kind, 'authentication');
    });

    it('quotes an answer no table knows, without secrets and patients', () => {
      const error = answered(417, v2('SEND', '99', 'hunter22 GPPROVIDER_9990000018_19700101_Test\nNHSMESH X:1'));
      assert.equal(
        error.message,
        'Could not send the message: MESH does not take the message. The server said: *** GPPROVIDER_***',
      );
    });

    it('never quotes a page that is not MESH’s', () => {
      assert.doesNotMatch(answered(502, '<p>hunter22 Testperson</p>').message, /hunter22|Testperson/);
    });

    it('knows a code even when the password is part of it', () => {
      const error = answered(417, v2('SEND', '12', 'x'), { ...ATTEMPT, secrets: ['1'] });
      assert.equal(error.kind, 'unknown-recipient');
      assert.equal(error.code, '12');
      assert.equal(answered(417, v2('SEND', 'constructor', 'x')).kind, 'refused');
    });

    it('does not take a code that looks like something else', () => {
      assert.equal(answered(417, v2('SEND', 'hunter22', 'x')).code, '***');
      assert.equal(answered(417, v2('SEND', 'x'.repeat(41), 'x')).code, undefined);
    });

    it('does not show the patient in a recipient', () => {
      const attempt = { ...ATTEMPT, recipient: 'GPPROVIDER_9990000018_19700101_Test' };
      const error = answered(417, v2('SEND', '12', 'Unregistered to address'), attempt);
      assert.match(error.message, /recipient GPPROVIDER_\*\*\*\. Check/);
      assert.doesNotMatch(error.message, /999|1970|Test/);
    });
  });

  describe('says what a failure of the network means', () => {
    const cases: [code: string, kind: MeshError['kind'], says: RegExp][] = [
      ['ECONNREFUSED', 'network', /nothing listens at mesh\.example/],
      ['ENOTFOUND', 'network', /cannot be found/],
      ['ECONNRESET', 'network', /broke the connection/],
      ['ETIMEDOUT', 'timeout', /did not answer/],
      ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate', /CA file/],
      ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate', /CA file/],
      ['CERT_HAS_EXPIRED', 'certificate', /server's certificate .* has expired/],
      ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate', /another name/],
      ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'certificate', /your client certificate/],
      ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'certificate', /1\.2 or later/],
      ['ERR_SSL_WRONG_VERSION_NUMBER', 'certificate', /does not speak https/],
      ['ERR_OSSL_PEM_NO_START_LINE', 'certificate', /cannot be read/],
      ['HPE_INVALID_CONSTANT', 'server', /web server/],
      ['ERR_BODY_TOO_LARGE', 'server', /larger/],
    ];
    for (const [code, kind, says] of cases) {
      it(code, () => {
        const error = errorFromFailure(Object.assign(new Error('hunter22'), { code }), ATTEMPT);
        assert.equal(error.kind, kind);
        assert.equal(error.code, code);
        assert.match(error.message, says);
        assert.doesNotMatch(error.message, /hunter22/);
      });
    }

    it('repeats no code that it does not know: it may be anything', () => {
      const failed = (code: string, text = '') => errorFromFailure(Object.assign(new Error(text), { code }), ATTEMPT);
      const cases: [MeshError, MeshError['kind'], RegExp][] = [
        [failed('Testperson'), 'network', /exchange with mesh\.example failed/],
        [failed('ESOMETHING_NEW'), 'network', /exchange with mesh\.example failed/],
        [failed('EPROTO'), 'certificate', /no secure connection/],
        [failed('EPROTO', 'x:SSL routines:y:testperson:'), 'certificate', /no secure connection/],
        [failed('ERR_SSL_TESTPERSON'), 'certificate', /no secure connection/],
      ];
      for (const [error, kind, says] of cases) {
        assert.equal(error.kind, kind);
        assert.equal(error.code, undefined);
        assert.match(error.message, says);
      }
    });

    it('knows the words of other builds of OpenSSL', () => {
      for (const code of ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'ERR_SSL_SSL/TLS_ALERT_UNKNOWN_CA']) {
        const error = errorFromFailure(Object.assign(new Error(), { code }), ATTEMPT);
        assert.match(error.message, /your client certificate comes from an authority/);
      }
      for (const text of [
        'sslv3 alert handshake failure',
        'ssl/tls alert handshake failure',
        'SSLV3_ALERT_HANDSHAKE_FAILURE',
      ]) {
        const failure = Object.assign(new Error(`1:error:2:SSL routines:f:${text}:s.c:3`), { code: 'EPROTO' });
        assert.match(errorFromFailure(failure, ATTEMPT).message, /your client certificate is missing/);
      }
    });

    it('finds the reason of a broken TLS handshake where Node hides it', () => {
      const text =
        'write EPROTO 80:error:0A000410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:../ssl.c:1';
      const error = errorFromFailure(Object.assign(new Error(text), { code: 'EPROTO' }), ATTEMPT);
      assert.equal(error.code, 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE');
      assert.match(error.message, /your client certificate is missing/);
    });

    it('cancelled, took too long, and things that are no errors', () => {
      assert.equal(errorFromFailure(new DOMException('', 'AbortError'), ATTEMPT).kind, 'cancelled');
      assert.equal(errorFromFailure(new DOMException('', 'TimeoutError'), ATTEMPT).kind, 'timeout');
      for (const odd of [undefined, null, 'hunter22', 7, { code: { hunter22: 1 } }]) {
        const error = errorFromFailure(odd, ATTEMPT);
        assert.equal(error.kind, 'network');
        assert.doesNotMatch(error.message, /hunter22/);
      }
    });

    it('leaves a MeshError as it is', () => {
      const error = new MeshError('refused', 'No.');
      assert.equal(errorFromFailure(error, ATTEMPT), error);
    });
  });
});
