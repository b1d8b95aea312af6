import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { createMeshClient } from '../../mesh/client';
import type { Content, Mailbox, MeshClient, SendOptions, Upload } from '../../mesh/client';
import { MeshError } from '../../mesh/errors';
import type { Transport } from '../../mesh/transport';
import { answer, contentOf, failure, standIn } from './stand-in';
import type { Fault, StandIn } from './stand-in';

const MAILBOX: Mailbox = {
  endpoint: new URL('https://mesh.example'),
  mailbox: 'X26PHARMACY',
  password: 'password-of-mine',
  sharedKey: 'key-of-mine',
};
const ENVELOPE = { to: 'X26SURGERY', workflowId: 'W' };
const TEN = Buffer.from('0123456789');

/** A client that does not wait; `waits` is how long it would have. */
function clientOf(transport: Transport): { client: MeshClient; waits: number[] } {
  const waits: number[] = [];
  const wait = (milliseconds: number, signal?: AbortSignal) => {
    signal?.throwIfAborted();
    waits.push(milliseconds);
    return Promise.resolve();
  };
  return { client: createMeshClient(MAILBOX, { transport, wait, random: () => 0 }), waits };
}

async function failed(promise: Promise<unknown>): Promise<MeshError> {
  const error: unknown = await promise.then(
    () => assert.fail('it went well'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof MeshError, String(error));
  return error;
}

/** A source that gives its bytes in pieces of this size, and counts. */
function source(bytes: Buffer, piece: number, announced = bytes.length) {
  const counted = { given: 0, reads: 0, open: 0 };
  const content: Content = {
    bytes: announced,
    async *read() {
      counted.reads++;
      counted.open++;
      try {
        for (let start = 0; start < bytes.length; start += piece) {
          const next = bytes.subarray(start, start + piece);
          counted.given += next.length;
          yield await Promise.resolve(next);
        }
      } finally {
        counted.open--;
      }
    },
  };
  return { content, counted };
}

const paths = ({ requests }: StandIn) => requests.map(({ method, url }) => `${method} ${url.pathname.slice(17)}`);

describe('a message in parts', () => {
  it('goes as the specification says: one first POST with everything, the others with their number', async () => {
    const mesh = standIn();
    const { client } = clientOf(mesh.transport);
    const told: unknown[] = [];
    const message = { ...ENVELOPE, subject: 'S', localId: 'L', fileName: 'F', contentType: 'text/plain', body: TEN };
    const sent = await client.send(message, { partSize: 4, onProgress: (progress) => told.push(progress) });
    assert.deepEqual(sent, { messageId: 'ID1' });
    assert.deepEqual(paths(mesh), [
      'POST X26PHARMACY/outbox',
      'POST X26PHARMACY/outbox/ID1/2',
      'POST X26PHARMACY/outbox/ID1/3',
    ]);
    const headers = mesh.requests.map(({ headers: all }) => {
      const { Authorization, Accept, 'User-Agent': agent, ...rest } = all;
      assert.equal(Accept, 'application/vnd.mesh.v2+json');
      assert.ok(Authorization && agent);
      return rest;
    });
    assert.deepEqual(headers, [
      {
        'Mex-To': 'X26SURGERY',
        'Mex-WorkflowID': 'W',
        'Mex-FileName': 'F',
        'Mex-LocalID': 'L',
        'Mex-Subject': 'S',
        'Content-Type': 'application/octet-stream',
        'Mex-Content-Type': 'text/plain',
        'Mex-Chunk-Range': '1:3',
      },
      { 'Content-Type': 'application/octet-stream', 'Mex-Chunk-Range': '2:3' },
      { 'Content-Type': 'application/octet-stream', 'Mex-Chunk-Range': '3:3' },
    ]);
    assert.deepEqual(
      mesh.requests.map(({ body }) => body!.toString()),
      ['0123', '4567', '89'],
    );
    assert.deepEqual(told, [
      { messageId: 'ID1', part: 1, of: 3, bytes: 4 },
      { messageId: 'ID1', part: 2, of: 3, bytes: 8 },
      { messageId: 'ID1', part: 3, of: 3, bytes: 10 },
    ]);
  });

  it('is gzipped part by part, with the same encoding throughout', async () => {
    const mesh = standIn();
    await clientOf(mesh.transport).client.send({ ...ENVELOPE, body: TEN }, { partSize: 4, compress: true });
    assert.deepEqual(
      mesh.requests.map(({ headers, body }) => `${headers['Content-Encoding']} ${gunzipSync(body!).toString()}`),
      ['gzip 0123', 'gzip 4567', 'gzip 89'],
    );
  });

  it('is none when it fits into one', async () => {
    for (const compress of [false, true]) {
      const mesh = standIn();
      const message = { ...ENVELOPE, contentType: 'text/plain', body: source(TEN, 3).content };
      await clientOf(mesh.transport).client.send(message, { partSize: 10, compress });
      const [{ headers, body }] = mesh.requests as [(typeof mesh.requests)[0]];
      assert.equal(mesh.requests.length, 1);
      assert.equal(headers['Mex-Chunk-Range'], '1:1');
      assert.equal(headers['Content-Type'], 'text/plain');
      assert.equal(headers['Mex-Content-Type'], undefined);
      assert.equal(headers['Content-Encoding'], compress ? 'gzip' : undefined);
      assert.deepEqual(compress ? gunzipSync(body!) : body, TEN);
    }
  });

  it('is read no further ahead than the part that is on its way', async () => {
    const bytes = Buffer.alloc(1000, 'x');
    const { content, counted } = source(bytes, 7);
    const mesh = standIn();
    const ahead: number[] = [];
    const transport: Transport = (request) => {
      ahead.push(counted.given - bytes.length - mesh.requests.length * 100);
      return mesh.transport(request);
    };
    await clientOf(transport).client.send({ ...ENVELOPE, body: content }, { partSize: 100 });
    assert.equal(ahead.length, 10);
    for (const far of ahead) assert.ok(far <= 100 + 7, `${far} bytes`);
    assert.equal(counted.reads, 2);
    assert.equal(counted.open, 0);
  });

  describe('is refused before anything is sent', () => {
    const cases: [what: string, body: Content, options: SendOptions, says: RegExp][] = [
      ['when it is empty', Buffer.alloc(0), {}, /is empty/],
      ['when its source is empty', source(Buffer.alloc(0), 1).content, {}, /is empty/],
      [
        'when its source gives less than it says',
        source(TEN, 3, 11).content,
        { partSize: 4 },
        /gives 10 bytes, and announced 11/,
      ],
      ['when its source gives more than it says', source(TEN, 3, 9).content, { partSize: 4 }, /more bytes than the 9/],
      ['when a short source fits into one part', source(TEN, 3, 11).content, {}, /gives 10 bytes/],
      ['when a long source fits into one part', source(TEN, 3, 9).content, {}, /more bytes/],
      ['when its source does not know its length', source(TEN, 3, NaN).content, {}, /how many bytes/],
      [
        'when its source fails',
        {
          bytes: 10,
          read: () => {
            throw new TypeError('famly Testwell');
          },
        },
        {},
        /cannot be read\. Check the file\.$/,
      ],
      [
        'when its source gives no bytes',
        {
          bytes: 10,
          read: () =>
            (async function* () {
              yield await Promise.resolve('0123456789' as unknown as Buffer);
            })(),
        },
        {},
        /does not give bytes/,
      ],
      ['when a part would be nothing', TEN, { partSize: 0 }, /1 to 100000000 bytes/],
      ['when a part would be too large', TEN, { partSize: 100_000_001 }, /1 to 100000000 bytes/],
      ['when a part would not be whole', TEN, { partSize: 2.5 }, /1 to 100000000 bytes/],
    ];
    for (const [what, body, options, says] of cases) {
      it(what, async () => {
        const mesh = standIn();
        const error = await failed(clientOf(mesh.transport).client.send({ ...ENVELOPE, body }, options));
        assert.equal(error.kind, 'invalid-request');
        assert.equal(error.sent, 'no');
        assert.match(error.message, says);
        assert.doesNotMatch(error.message, /Testwell/);
        assert.deepEqual(mesh.requests, []);
      });
    }

    it('when it is cancelled while the source hangs', async () => {
      const controller = new AbortController();
      const body: Content = {
        bytes: 10,
        read: () => ({
          [Symbol.asyncIterator]: () => ({
            next() {
              controller.abort();
              return new Promise(() => undefined);
            },
          }),
        }),
      };
      const { client } = clientOf(standIn().transport);
      const error = await failed(client.send({ ...ENVELOPE, body }, { signal: controller.signal }));
      assert.equal(error.kind, 'cancelled');
      assert.equal(error.sent, 'no');
    });
  });

  it('never becomes a mixture when its file changes under way', async () => {
    const mesh = standIn();
    const bytes = Buffer.from(TEN);
    const transport: Transport = (request) => {
      if (mesh.requests.length === 1) bytes.fill('x');
      return mesh.transport(request);
    };
    const { content } = source(bytes, 2);
    const error = await failed(clientOf(transport).client.send({ ...ENVELOPE, body: content }, { partSize: 4 }));
    assert.match(error.message, /changed while it was being sent.*MESH has 2 of 3 parts/);
    assert.equal(error.sent, 'no');
    assert.deepEqual([...mesh.messages[0]!.parts.keys()], [1, 2]);
    const { client } = clientOf(mesh.transport);
    assert.match((await failed(client.resume(error.upload!, bytes))).message, /not the content that was being sent/);
    await client.resume(error.upload!, TEN);
    assert.deepEqual(contentOf(mesh.messages[0]!), TEN);
  });

  it('is not broken off by a display that fails', async () => {
    const mesh = standIn();
    const onProgress = () => assert.fail('no display');
    await clientOf(mesh.transport).client.send({ ...ENVELOPE, body: TEN }, { partSize: 4, onProgress });
    assert.deepEqual(contentOf(mesh.messages[0]!), TEN);
  });

  describe('that broke off', () => {
    const LOST = [1, 2, 3, 4].map(() => ({ code: 'ECONNRESET' }));

    it('says where it stands, in plain JSON without content', async () => {
      const mesh = standIn(['none', 'none', ...LOST]);
      const message = { ...ENVELOPE, subject: 'Testperson', body: TEN };
      const error = await failed(clientOf(mesh.transport).client.send(message, { partSize: 3, compress: true }));
      const { digest, ...upload } = error.upload!;
      assert.deepEqual(upload, { messageId: 'ID1', bytes: 10, partSize: 3, of: 4, taken: 2, compress: true });
      assert.match(digest, /^[0-9a-f]{64}$/);
      assert.equal(error.sent, 'no');
      assert.match(
        error.message,
        /broke the connection.*tried 4 times\. MESH has 2 of 4 parts: sending can go on from there\.$/,
      );
    });

    it('goes on after a restart, and sends nothing that MESH has', async () => {
      const mesh = standIn(['none', 'none', ...LOST]);
      const first = await failed(clientOf(mesh.transport).client.send({ ...ENVELOPE, body: TEN }, { partSize: 3 }));
      const upload = JSON.parse(JSON.stringify(first.upload)) as Upload;
      mesh.requests.length = 0;
      const told: unknown[] = [];
      const options: SendOptions = { partSize: 9, compress: true, onProgress: (progress) => told.push(progress) };
      const { client } = clientOf(mesh.transport);
      assert.deepEqual(await client.resume(upload, source(TEN, 4).content, options), { messageId: 'ID1' });
      assert.deepEqual(paths(mesh), ['POST X26PHARMACY/outbox/ID1/3', 'POST X26PHARMACY/outbox/ID1/4']);
      assert.deepEqual(told, [
        { messageId: 'ID1', part: 3, of: 4, bytes: 9 },
        { messageId: 'ID1', part: 4, of: 4, bytes: 10 },
      ]);
      assert.deepEqual(contentOf(mesh.messages[0]!), TEN);
    });

    it('does not go on with another content, nor from a record that cannot be right', async () => {
      const mesh = standIn(['none', 'none', ...LOST]);
      const { client } = clientOf(mesh.transport);
      const { upload } = await failed(client.send({ ...ENVELOPE, body: TEN }, { partSize: 3 }));
      mesh.requests.length = 0;
      for (const other of ['0123456788', '1123456789', '012345678', '01234567890', '']) {
        const error = await failed(client.resume(upload!, Buffer.from(other)));
        assert.equal(error.kind, 'invalid-request');
        assert.equal(error.sent, 'no');
      }
      for (const damage of [{ taken: 4 }, { taken: 0 }, { of: 3 }, { partSize: 4 }, { bytes: NaN }, { messageId: 7 }]) {
        const error = await failed(client.resume({ ...upload!, ...damage } as Upload, TEN));
        assert.match(error.message, /record of what was sent is damaged/);
      }
      for (const id of ['..', '.'])
        assert.equal((await failed(client.resume({ ...upload!, messageId: id }, TEN))).kind, 'invalid-request');
      assert.deepEqual(mesh.requests, []);
    });

    it('is whole when only the last answer was lost', async () => {
      const mesh = standIn(['none', 'none', { code: 'ECONNRESET', after: true }]);
      const { client } = clientOf(mesh.transport);
      assert.deepEqual(await client.send({ ...ENVELOPE, body: TEN }, { partSize: 4 }), { messageId: 'ID1' });
      assert.deepEqual(paths(mesh).slice(2), [
        'POST X26PHARMACY/outbox/ID1/3',
        'POST X26PHARMACY/outbox/ID1/3',
        'GET X26PHARMACY/outbox/tracking',
      ]);
      assert.deepEqual(contentOf(mesh.messages[0]!), TEN);
    });

    it('is whole also when MESH then knows no such upload any more', async () => {
      const mesh = standIn(['none', { code: 'ECONNRESET', after: true }, { answer: 404 }]);
      const { client } = clientOf(mesh.transport);
      assert.deepEqual(await client.send({ ...ENVELOPE, body: TEN }, { partSize: 6 }), { messageId: 'ID1' });
      assert.equal(paths(mesh).at(-1), 'GET X26PHARMACY/outbox/tracking');
    });

    it('is unknown when all answers to the last part were lost, and going on finds it whole', async () => {
      const mesh = standIn(['none', 'none', { name: 'TimeoutError', after: true }, ...LOST]);
      const { client } = clientOf(mesh.transport);
      const error = await failed(client.send({ ...ENVELOPE, body: TEN }, { partSize: 4 }));
      assert.equal(error.sent, 'unknown');
      assert.match(
        error.message,
        /It was tried 4 times\. It may have arrived all the same\. MESH has 2 of 3 parts for certain: go on from there, which sends nothing twice\.$/,
      );
      mesh.faults.length = 0;
      assert.deepEqual(await client.resume(error.upload!, TEN), { messageId: 'ID1' });
      assert.equal(mesh.messages.length, 1);
    });

    it('is not taken for unsent when only its last part is in doubt, and going on fails before that goes out', async () => {
      const mesh = standIn(['none', { name: 'TimeoutError', after: true }, ...LOST]);
      const { client } = clientOf(mesh.transport);
      const { upload } = await failed(client.send({ ...ENVELOPE, body: TEN }, { partSize: 6 }));
      assert.ok(mesh.messages[0]!.whole);
      mesh.requests.length = 0;
      const unreadable = { bytes: 10, read: () => assert.fail('no such file') };
      const cancelled = { signal: AbortSignal.abort() };
      for (const going of [
        client.resume(upload!, Buffer.from('9876543210')),
        client.resume(upload!, unreadable),
        client.resume(upload!, TEN, cancelled),
        client.resume({ ...upload!, of: 7 }, TEN),
      ]) {
        const error = await failed(going);
        assert.equal(error.sent, 'unknown', error.message);
        assert.match(error.message, /It may have arrived all the same/);
      }
      assert.deepEqual(mesh.requests, []);
    });

    it('stays unknown when it was perhaps taken and then nobody listens', async () => {
      const mesh = standIn(['none', 'none', { name: 'TimeoutError', after: true }, { code: 'ECONNREFUSED' }]);
      const error = await failed(clientOf(mesh.transport).client.send({ ...ENVELOPE, body: TEN }, { partSize: 4 }));
      assert.equal(error.code, 'ECONNREFUSED');
      assert.equal(error.sent, 'unknown');
    });

    it('is not believed to be whole without MESH’s word', async () => {
      const locked: Fault = { answer: 423 };
      const cases: [Fault[], string][] = [
        [['none', locked], 'a part locked at the first try'],
        [['none', { code: 'ECONNRESET' }, locked, { answer: 500 }], 'no tracking'],
        [['none', { code: 'ECONNRESET' }, locked, { answer: 200, body: '{"message_id":"ID1","status":"odd"}' }], 'odd'],
      ];
      for (const [faults, what] of cases) {
        const error = await failed(
          clientOf(standIn(faults).transport).client.send({ ...ENVELOPE, body: TEN }, { partSize: 6 }),
        );
        assert.equal(error.status, 423, what);
        assert.equal(error.sent, 'unknown', what);
        assert.equal(error.upload?.taken, 1, what);
      }
    });

    it('cannot go on when MESH has forgotten it', async () => {
      for (const status of [404, 406]) {
        const mesh = standIn(['none', { answer: status }]);
        const error = await failed(clientOf(mesh.transport).client.send({ ...ENVELOPE, body: TEN }, { partSize: 6 }));
        assert.equal(error.upload, undefined);
        assert.equal(error.sent, 'no');
        assert.match(error.message, /Send the message anew\.$/);
      }
    });

    it('cannot go on where its parts are too large', async () => {
      const mesh = standIn(['none', { answer: 413 }]);
      const error = await failed(clientOf(mesh.transport).client.send({ ...ENVELOPE, body: TEN }, { partSize: 6 }));
      assert.deepEqual([error.upload, error.sent], [undefined, 'no']);
      assert.match(error.message, /Send it in smaller parts\.$/);
    });

    it('is refused to another mailbox', async () => {
      const forbidden = '{"detail":[{"event":"","code":"","msg":"Forbidden"}]}';
      const mesh = standIn(['none', { answer: 403, body: forbidden }]);
      const error = await failed(clientOf(mesh.transport).client.send({ ...ENVELOPE, body: TEN }, { partSize: 6 }));
      assert.equal(error.kind, 'refused');
    });

    it('is cancelled at once, also between two tries', async () => {
      const controller = new AbortController();
      const { signal } = controller;
      const mesh = standIn(['none', { answer: 503 }]);
      const wait = (_milliseconds: number, given?: AbortSignal) => {
        controller.abort();
        return given === signal ? Promise.reject(new Error('aborted')) : Promise.resolve();
      };
      const client = createMeshClient(MAILBOX, { transport: mesh.transport, wait });
      const error = await failed(client.send({ ...ENVELOPE, body: TEN }, { partSize: 4, signal }));
      assert.equal(error.kind, 'cancelled');
      assert.equal(error.sent, 'no');
      assert.equal(error.upload?.taken, 1);
      assert.equal(mesh.requests.length, 2);
    });
  });
});

describe('whatever befalls a message', function () {
  this.timeout(60_000);
  const fault = fc.oneof(
    { weight: 4, arbitrary: fc.constant<Fault>('none') },
    {
      weight: 5,
      arbitrary: fc.record({
        code: fc.constantFrom('ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'EPROTO', 'ENETUNREACH'),
        after: fc.boolean(),
      }),
    },
    { weight: 1, arbitrary: fc.record({ code: fc.constantFrom('ECONNREFUSED', 'ENOTFOUND', 'CERT_HAS_EXPIRED') }) },
    { weight: 2, arbitrary: fc.record({ name: fc.constant('TimeoutError' as const), after: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ answer: fc.constantFrom(500, 502, 503, 504), after: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ answer: fc.constantFrom(403, 425, 429, 417) }) },
  ) as fc.Arbitrary<Fault>;

  it('it is begun once, never mixed up, and arrives whole or says how to go on', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 120 }),
        fc.integer({ min: 1, max: 60 }),
        fc.boolean(),
        fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined }),
        fc.array(fault, { maxLength: 40 }),
        async (bytes, partSize, compress, piece, faults) => {
          const content = Buffer.from(bytes);
          const body = piece === undefined ? content : source(content, piece).content;
          const mesh = standIn(faults);
          const { client } = clientOf(mesh.transport);
          let taken = await client.send({ ...ENVELOPE, body }, { partSize, compress }).catch((error: unknown) => error);
          for (let turn = 0; taken instanceof MeshError && taken.upload; turn++) {
            if (turn === 5) mesh.faults.length = 0;
            assert.ok(turn < 7, 'going on does not come to an end');
            checkWord(taken, mesh);
            const upload = JSON.parse(JSON.stringify(taken.upload)) as Upload;
            taken = await client.resume(upload, body).catch((error: unknown) => error);
          }
          assert.equal(mesh.firstPosts().length, 1, 'one first POST');
          const tokens = mesh.requests.map(({ headers }) => headers.Authorization);
          assert.equal(new Set(tokens).size, tokens.length, 'a token for each request');
          for (const message of mesh.messages) {
            for (const [number, part] of message.parts) {
              const plain = compress ? gunzipSync(part) : part;
              assert.deepEqual(plain, content.subarray((number - 1) * partSize, number * partSize));
            }
          }
          if (taken instanceof MeshError) {
            checkWord(taken, mesh);
            // Nothing to go on with: only the first POST can end like that.
            assert.equal(mesh.requests.length, 1);
          } else {
            const [message] = mesh.messages;
            assert.deepEqual(taken, { messageId: message!.id });
            assert.ok(message!.whole);
            assert.deepEqual(contentOf(message!), content);
          }
        },
      ),
      { numRuns: 400, seed: 5 },
    );
  });

  function checkWord(error: MeshError, { messages }: StandIn): void {
    assert.ok(error.sent === 'no' || error.sent === 'unknown', 'every error of a send says whether it was sent');
    if (messages.some(({ whole }) => whole))
      assert.equal(error.sent, 'unknown', 'a message that arrived is not denied');
  }
});

describe('a message in one piece that failed', () => {
  const refused = (code: string) => failure({ code });
  const cases: [what: string, outcome: MeshError['sent'], fault: Error | ReturnType<typeof answer>][] = [
    ['was refused', 'no', answer(403)],
    ['was too large', 'no', answer(413)],
    ['came to an address that points elsewhere', 'no', answer(307)],
    ['named an unknown recipient', 'no', answer(417, { detail: [{ event: 'SEND', code: '12', msg: 'x' }] })],
    ['came too early', 'no', answer(425)],
    ['was one of too many', 'no', answer(429)],
    ['met a fault of the server', 'unknown', answer(500)],
    ['met a gateway without an answer', 'unknown', answer(502)],
    ['met a server that is not available', 'unknown', answer(503)],
    ['met a gateway that gave up', 'unknown', answer(504)],
    ['got an unforeseen success', 'unknown', answer(204)],
    ['got an answer without an id', 'unknown', answer(202, '<html>')],
    ['got an echo for an id', 'unknown', answer(202, { message_id: 'TP-local' })],
    ['got a number like a patient’s for an id', 'unknown', answer(202, { message_id: '9990000018' })],
    ['found nobody listening', 'no', refused('ECONNREFUSED')],
    ['found no such host', 'no', refused('ENOTFOUND')],
    ['found no name server', 'no', refused('EAI_AGAIN')],
    ['could not connect in time', 'no', Object.assign(refused('ETIMEDOUT'), { syscall: 'connect' })],
    ['found no way', 'no', Object.assign(refused('ENETUNREACH'), { syscall: 'connect' })],
    [
      'was reset before it was connected',
      'no',
      Object.assign(refused('ECONNRESET'), { circumstances: { connected: false } }),
    ],
    [
      'was cancelled before it was connected',
      'no',
      Object.assign(failure({ name: 'AbortError' }), { circumstances: { connected: false } }),
    ],
    [
      'was reset once connected',
      'unknown',
      Object.assign(refused('ECONNRESET'), { circumstances: { connected: true } }),
    ],
    ['lost its way', 'unknown', refused('ENETUNREACH')],
    ['lost its connection', 'unknown', refused('ECONNRESET')],
    ['took too long', 'unknown', failure({ name: 'TimeoutError' })],
    ['was cancelled', 'unknown', failure({ name: 'AbortError' })],
    ['found no trusted server', 'no', refused('SELF_SIGNED_CERT_IN_CHAIN')],
    ['found a server of another name', 'no', refused('ERR_TLS_CERT_ALTNAME_INVALID')],
    ['found an expired server', 'no', refused('CERT_HAS_EXPIRED')],
    ['showed no certificate', 'no', refused('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED')],
    ['showed a certificate of a wrong authority', 'no', refused('ERR_SSL_TLSV1_ALERT_UNKNOWN_CA')],
    ['had no key that can be read', 'no', refused('ERR_OSSL_PEM_NO_START_LINE')],
    [
      'met a server that speaks no TLS',
      'no',
      Object.assign(refused('ERR_SSL_PACKET_LENGTH_TOO_LONG'), { circumstances: { connected: false } }),
    ],
    [
      'failed in the handshake in a way never heard of',
      'no',
      Object.assign(refused('ERR_SSL_NEVER_HEARD_OF'), { circumstances: { connected: false } }),
    ],
    ['met a record that cannot be deciphered', 'unknown', refused('ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC')],
    ['got an answer that is no HTTP', 'unknown', refused('HPE_INVALID_CONSTANT')],
    ['got an answer without end', 'unknown', refused('ERR_BODY_TOO_LARGE')],
    ['failed in a way never heard of', 'unknown', new Error('?')],
  ];
  for (const [what, outcome, fault] of cases) {
    it(`${outcome === 'no' ? 'was certainly not taken' : 'may have been taken'} when it ${what}`, async () => {
      let posts = 0;
      const transport: Transport = () => {
        posts++;
        return fault instanceof Error ? Promise.reject(fault) : Promise.resolve(fault);
      };
      const { client, waits } = clientOf(transport);
      const error = await failed(client.send({ ...ENVELOPE, localId: 'TP-local', body: TEN }));
      assert.equal(error.sent, outcome);
      assert.equal(/It may have arrived all the same: look before/.test(error.message), outcome === 'unknown');
      assert.equal(error.upload, undefined);
      assert.equal(posts, 1, 'never twice');
      assert.deepEqual(waits, []);
    });
  }

  it('was certainly not taken when it was cancelled before it went', async () => {
    const mesh = standIn();
    const signal = AbortSignal.abort();
    const error = await failed(clientOf(mesh.transport).client.send({ ...ENVELOPE, body: TEN }, { signal }));
    assert.deepEqual([error.kind, error.sent, mesh.requests.length], ['cancelled', 'no', 0]);
  });

  it('was certainly not taken when a header cannot be right', async () => {
    const { client } = clientOf(standIn().transport);
    assert.equal((await failed(client.send({ ...ENVELOPE, subject: 'a\tb', body: TEN }))).sent, 'no');
  });

  it('says nothing of the kind when it was no send', async () => {
    const { client } = clientOf(() => Promise.resolve(answer(500)));
    assert.equal((await failed(client.track('ID'))).sent, undefined);
  });
});
