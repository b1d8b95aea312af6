import assert from 'node:assert/strict';
import { mask, maskAddress, MeshError } from '../../mesh/errors';
import type { Attempt } from '../../mesh/errors';
import { errorFromFailure } from '../../mesh/failures';
import { knownFields, readErrorBody } from '../../mesh/error-body';
import { errorFromResponse } from '../../mesh/refusals';

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
      ['message 2DD6EA9990000018E0B749A348DC6F6E', 'message 2DD6EA9990000018E0B749A348DC6F6E'],
      ['request 2c001608-5f09-4840-9611-b9990000018a', 'request 2c001608-5f09-4840-9611-b9990000018a'],
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

  it('name each part of a request once, however often the server does', () => {
    const detail = Array.from({ length: 5_000 }, () => ({ loc: ['header', 'mex-to'], msg: 'x', type: 'missing' }));
    const body = readErrorBody({ body: Buffer.from(JSON.stringify({ detail })) });
    assert.deepEqual(knownFields(body), ['mex-to']);
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
      it(what, () => assert.deepEqual(readErrorBody({ body: Buffer.from(body) }), expected));
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
      [
        'forbidden without a body',
        answered(403, ''),
        'authentication',
        /without a word.*password or shared key.*firewall/,
      ],
      [
        'forbidden by a page',
        answered(403, '<html>Invalid Authentication Token</html>'),
        'authentication',
        /without a word/,
      ],
      [
        'another mailbox in the token',
        answered(403, v2('', '', 'Mailbox id does not match token')),
        'authentication',
        /by another id than X26PHARMACY/,
      ],
      [
        'no header that can be read',
        answered(403, v1('', '', 'Error reading from Authorization header')),
        'authentication',
        /did not reach mesh\.example whole.*proxy/,
      ],
      [
        'a wrong password where the server tells no time',
        answered(403, v2('', '', 'Invalid Authentication Token'), ATTEMPT, ''),
        'authentication',
        /this machine’s clock/,
      ],
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
      ['throttled', answered(429, ''), 'server', /too many requests\. Wait some minutes/],
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

    it('quotes nothing that a server says: it may repeat anything', () => {
      const said = 'hunter22 GPPROVIDER_9990000018_19700101_Test\nNHSMESH X:1 Testperson';
      for (const body of [
        v2('SEND', '99', said),
        v1(said, said, said),
        { detail: said },
        { message: said },
        { detail: [{ loc: ['header', 'Testperson'], msg: said }] },
        `<soap:Fault>${said}</soap:Fault>`,
        said,
      ]) {
        for (const status of [400, 403, 404, 406, 417, 418, 423, 500])
          assert.doesNotMatch(answered(status, body).message, /hunter22|Test|999|X:1/);
      }
      assert.equal(
        answered(417, v2('SEND', '99', said)).message,
        'Could not send the message: MESH does not take the message. Its code is 99: the MESH service desk can say what it means.',
      );
    });

    it('knows a code even when the password is part of it', () => {
      const error = answered(417, v2('SEND', '12', 'x'), { ...ATTEMPT, secrets: ['1'] });
      assert.equal(error.kind, 'unknown-recipient');
      assert.equal(error.code, '12');
      assert.equal(answered(417, v2('SEND', 'constructor', 'x')).kind, 'refused');
    });

    it('takes a code that no table knows only when it has the form of one', () => {
      for (const [given, expected] of [
        ['99', '99'],
        ['EPL-199', 'EPL-199'],
        ['hunter22', undefined],
        ['Testperson', undefined],
        ['1', undefined],
        ['9990000018', undefined],
      ] as const)
        assert.equal(answered(417, v2('SEND', given, 'x')).code, expected);
    });

    it('knows every code of the specification', () => {
      const numbers = Array.from({ length: 20 }, (_, index) => String(index + 1).padStart(2, '0'));
      const codes = [...numbers, '100', 'EPL-150', 'EPL-151', 'EPL-152', 'EPL-153', 'EPL-154'];
      const sentences = codes.map((code) => answered(417, v2('SEND', code, 'x')).message);
      assert.equal(new Set(sentences).size, codes.length);
      for (const sentence of sentences) assert.doesNotMatch(sentence, /does not take the message|service desk can say/);
    });

    it('tells the own mailbox from the recipient where the code is the same', () => {
      assert.equal(answered(403, v2('SEND', 'EPL-151', 'x')).kind, 'authentication');
      assert.equal(answered(417, v2('SEND', 'EPL-151', 'x')).kind, 'unknown-recipient');
    });

    describe('tells how long to wait', () => {
      const asked = (after: string, status = 429) =>
        errorFromResponse(
          { status, headers: { date: NOW.toUTCString(), 'retry-after': after }, body: Buffer.alloc(0) },
          ATTEMPT,
          new Date(NOW.getTime() + 5_000_000),
        );
      const cases: [after: string, milliseconds: number | undefined, says: RegExp][] = [
        ['0', 0, /Wait a second,/],
        ['90', 90_000, /Wait 90 seconds, then/],
        ['300', 300_000, /Wait 5 minutes, then/],
        ['Sat, 21 Nov 2026 02:03:00 GMT', 180_000, /Wait 3 minutes/],
        ['Sat, 21 Nov 2026 01:00:00 GMT', undefined, /Wait some minutes/],
        ['999999', undefined, /Wait some minutes/],
        ['Testperson', undefined, /Wait some minutes/],
      ];
      for (const [after, milliseconds, says] of cases) {
        it(after, () => {
          const error = asked(after);
          assert.equal(error.retryAfter, milliseconds);
          assert.match(error.message, says);
        });
      }
      it('before it is ready', () => assert.match(asked('', 425).message, /is not ready\. Wait a minute, then/));
    });

    describe('keeps what MESH calls the request', () => {
      const uuid = '2c001608-5f09-4840-9611-bea43e666a30';
      const cases: [what: string, body: unknown, headers: Record<string, string>, expected: string | undefined][] = [
        ['by the body', { internal_id: '20200601122152994285_D59900' }, {}, '20200601122152994285_D59900'],
        ['beside the detail', { ...v2('', '12', 'x'), internal_id: uuid }, {}, uuid],
        ['by a header', '', { 'x-request-id': uuid }, uuid],
        ['not a name', { internal_id: 'Testperson' }, {}, undefined],
        ['not a birth date', { internal_id: '19700101' }, {}, undefined],
        ['not a number', { internal_id: '9990000018' }, {}, undefined],
        ['not a secret', { internal_id: 'abcdef0123456789' }, {}, undefined],
        ['not a secret in hexadecimal', { internal_id: Buffer.from('hunter22').toString('hex') }, {}, undefined],
        ['nothing else', { internal_id: 7 }, { 'x-request-id': '' }, undefined],
      ];
      for (const [what, body, headers, expected] of cases) {
        it(what, () => {
          const attempt = { ...ATTEMPT, secrets: [...ATTEMPT.secrets, 'abcdef0123456789'] };
          const text = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
          assert.equal(errorFromResponse({ status: 500, headers, body: text }, attempt, NOW).requestId, expected);
        });
      }
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
