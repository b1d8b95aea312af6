import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { createMeshClient } from '../../mesh/client';
import type { ClientOptions, Mailbox, MeshClient } from '../../mesh/client';
import { MeshError } from '../../mesh/errors';
import type { MeshErrorKind } from '../../mesh/errors';
import { startSandbox } from '../../mesh/sandbox/sandbox';
import type { Sandbox } from '../../mesh/sandbox/sandbox';
import { createTransport } from '../../mesh/transport';
import type { MeshRequest, MeshResponse, Transport } from '../../mesh/transport';

const HOUR = 60 * 60 * 1000;
const PLAIN = { to: 'X26SURGERY', workflowId: 'DIGMED_EMG_MED', body: Buffer.from('hello') };

async function rejects(promise: Promise<unknown>, kind: MeshErrorKind, says: RegExp): Promise<MeshError> {
  let thrown: unknown;
  await assert.rejects(promise, (error) => {
    thrown = error;
    return true;
  });
  assert.ok(thrown instanceof MeshError, 'only MeshErrors come out');
  assert.equal(thrown.kind, kind, thrown.message);
  assert.match(thrown.message, says);
  return thrown;
}

describe('mesh client against the sandbox', () => {
  let sandbox: Sandbox;
  let pharmacy: MeshClient;
  let surgery: MeshClient;

  const clientOf = (index: number, change: Partial<Mailbox> = {}, options: ClientOptions = {}) =>
    createMeshClient({ endpoint: new URL(sandbox.url), ...sandbox.mailboxes[index]!, ...change }, options);

  beforeEach(async () => {
    sandbox = await startSandbox({ port: 0 });
    pharmacy = clientOf(0);
    surgery = clientOf(1);
  });
  afterEach(() => sandbox.close());

  it('shakes hands', async () => {
    await pharmacy.handshake();
    await surgery.handshake();
  });

  it('takes the endpoint with and without /messageexchange and the mailbox in any case', async () => {
    for (const path of ['', '/', '/messageexchange', '/messageexchange/']) {
      await clientOf(0, { endpoint: new URL(sandbox.url + path), mailbox: 'x26pharmacy' }).handshake();
    }
  });

  it('carries a message from one mailbox to the other, byte for byte', async () => {
    const body = Buffer.from(Array.from({ length: 1024 }, (_, index) => index % 256));
    const { messageId } = await pharmacy.send({
      to: 'x26surgery',
      workflowId: 'DIGMED_EMG_MED',
      subject: 'Für Zoë',
      fileName: 'message.json',
      localId: 'local 1/2',
      partnerId: 'partner',
      checksum: 'md5:00ff',
      contentType: 'application/fhir+json',
      body,
    });
    assert.match(messageId, /^\d{20}_[0-9A-F]{6}$/);
    assert.deepEqual(await surgery.inbox(), [messageId]);
    assert.deepEqual(await pharmacy.inbox(), []);

    const { statusAt, ...received } = await surgery.download(messageId);
    assert.equal(statusAt?.getMilliseconds(), 0, 'MESH counts seconds');
    assert.deepEqual(received, {
      kind: 'data',
      messageType: 'DATA',
      chunk: { part: 1, of: 1 },
      messageId,
      from: 'X26PHARMACY',
      to: 'X26SURGERY',
      workflowId: 'DIGMED_EMG_MED',
      localId: 'local 1/2',
      subject: 'Für Zoë',
      fileName: 'message.json',
      partnerId: 'partner',
      checksum: 'md5:00ff',
      contentType: 'application/fhir+json',
      statusCode: '00',
      statusEvent: 'TRANSFER',
      statusDescription: 'Transferred to recipient mailbox',
      body,
    });

    assert.equal((await pharmacy.track(messageId)).status, 'accepted');
    await surgery.acknowledge(messageId);
    await surgery.acknowledge(messageId);
    assert.deepEqual(await surgery.inbox(), []);
    const tracking = await pharmacy.track(messageId);
    assert.equal(tracking.status, 'acknowledged');
    assert.equal(tracking.localId, 'local 1/2');
    assert.equal(tracking.recipient, 'X26SURGERY');
    assert.equal(tracking.expires!.getTime() - tracking.uploaded!.getTime(), 5 * 24 * HOUR);
  });

  it('lists a long inbox page by page, in order', async () => {
    const sent: string[] = [];
    for (let number = 0; number < 25; number++) sent.push((await pharmacy.send(PLAIN)).messageId);
    assert.deepEqual(await surgery.inbox({ pageSize: 10 }), sent);
    assert.deepEqual(await surgery.inbox(), sent);
  });

  it('speaks version 2 and shows a fresh token with every request', async () => {
    const seen: MeshRequest[] = [];
    const network = createTransport();
    const transport: Transport = (request, signal) => {
      seen.push(request);
      return network(request, signal);
    };
    const client = clientOf(0, {}, { transport, clientVersion: 'test==1.2.3' });
    await client.handshake();
    const { messageId } = await client.send(PLAIN);
    await client.inbox();
    await client.track(messageId);
    assert.deepEqual(
      seen.map(({ method, url }) => `${method} ${url.pathname}`),
      [
        'POST /messageexchange/X26PHARMACY',
        'POST /messageexchange/X26PHARMACY/outbox',
        'GET /messageexchange/X26PHARMACY/inbox',
        'GET /messageexchange/X26PHARMACY/outbox/tracking',
      ],
    );
    assert.ok(seen.every(({ headers }) => headers.Accept === 'application/vnd.mesh.v2+json'));
    assert.equal(seen[0]!.headers['Mex-ClientVersion'], 'test==1.2.3');
    assert.equal(new Set(seen.map(({ headers }) => headers.Authorization)).size, seen.length);
  });

  describe('refusals', () => {
    it('wrong password, wrong shared key', async () => {
      for (const change of [{ password: 'not-the-password' }, { sharedKey: 'not-the-key' }]) {
        const error = await rejects(
          clientOf(0, change).handshake(),
          'authentication',
          /^Could not use mailbox X26PHARMACY: .*password or shared key/,
        );
        assert.equal(error.status, 403);
        assert.doesNotMatch(JSON.stringify(error) + String(error.stack), /not-the|NHSMESH X/);
      }
    });

    it('a mailbox the server does not know', async () => {
      const error = await rejects(
        clientOf(0, { mailbox: 'NOSUCH' }).inbox(),
        'authentication',
        /does not know mailbox NOSUCH/,
      );
      assert.equal(error.code, 'EPL-151');
    });

    const becomeStrict = async () => {
      await sandbox.close();
      sandbox = await startSandbox({ port: 0, strict: true });
    };

    it('a token shown twice', async () => {
      await becomeStrict();
      const client = clientOf(0, {}, { randomUUID: () => 'always-the-same' });
      await client.handshake();
      await rejects(client.handshake({ again: true }), 'authentication', /did not accept/);
    });

    it('a clock three hours off, either way', async () => {
      await becomeStrict();
      for (const [hours, says] of [
        [3, /clock is 180 minutes ahead of/],
        [-3, /clock is 180 minutes behind/],
      ] as const) {
        const now = () => new Date(Date.now() + hours * HOUR);
        await rejects(clientOf(0, {}, { now }).handshake(), 'clock-skew', says);
      }
      const slightlyOff = clientOf(0, {}, { now: () => new Date(Date.now() - 1.9 * HOUR) });
      await slightlyOff.handshake();
    });

    it('an unknown recipient', async () => {
      const error = await rejects(pharmacy.send({ ...PLAIN, to: 'NOSUCH' }), 'unknown-recipient', /recipient NOSUCH/);
      assert.equal(error.status, 417);
      assert.equal(error.code, '12');
    });

    it('an unknown patient, without saying who', async () => {
      const to = 'GPPROVIDER_9990000018_19700101_Testperson';
      const error = await rejects(pharmacy.send({ ...PLAIN, to }), 'unknown-recipient', /GPPROVIDER_\*\*\*/);
      assert.doesNotMatch(String(error.stack), /9990000018|19700101|Testperson/);
    });

    it('an unknown message', async () => {
      for (const call of [surgery.download('NOPE'), surgery.acknowledge('NOPE'), surgery.track('NOPE')]) {
        await rejects(call, 'unknown-message', /NOPE: /);
      }
    });

    it('somebody else’s message', async () => {
      const { messageId } = await pharmacy.send(PLAIN);
      await rejects(pharmacy.download(messageId), 'refused', /does not belong/);
      await rejects(pharmacy.acknowledge(messageId), 'refused', /does not belong/);
      await rejects(surgery.track(messageId), 'unknown-message', /no such message/);
    });

    it('https to a server of plain http', async () => {
      const endpoint = new URL(sandbox.url.replace('http:', 'https:'));
      await rejects(clientOf(0, { endpoint }).handshake(), 'certificate', /does not speak https/);
    });

    it('a server that is gone', async () => {
      await sandbox.close();
      const error = await rejects(
        pharmacy.handshake(),
        'network',
        /nothing listens at 127\.0\.0\.1:\d+\. .*sandbox is running/,
      );
      assert.equal(error.code, 'ECONNREFUSED');
    });
  });
});

describe('mesh client', () => {
  const MAILBOX: Mailbox = {
    endpoint: new URL('https://mesh.example'),
    mailbox: 'X26PHARMACY',
    password: 'password-of-mine',
    sharedKey: 'key-of-mine',
  };

  const answer = (status: number, body: unknown = '', headers: Record<string, string> = {}): MeshResponse => ({
    status,
    headers,
    body: Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  });

  /** A client whose server gives these answers in turn; `asked` is what it was asked. */
  function scripted(...answers: MeshResponse[]): { client: MeshClient; asked: MeshRequest[] } {
    const asked: MeshRequest[] = [];
    const transport: Transport = (request) => {
      asked.push(request);
      const next = answers.shift();
      return next ? Promise.resolve(next) : Promise.reject(new Error('asked more often than expected'));
    };
    return { client: createMeshClient(MAILBOX, { transport }), asked };
  }

  describe('refuses a mailbox that cannot be right', () => {
    const cases: [string, Partial<Mailbox>, RegExp][] = [
      ['plain http beyond this machine', { endpoint: new URL('http://mesh.example') }, /plain http is only for/],
      ['another scheme', { endpoint: new URL('ftp://mesh.example') }, /not an http address/],
      ['a password in the address', { endpoint: new URL('https://user:secret@mesh.example') }, /user name or password/],
      ['an id with a colon', { mailbox: 'X26:A' }, /its id may hold/],
      ['an id with a slash', { mailbox: '../X26' }, /its id may hold/],
      ['no password', { password: '' }, /password is empty/],
      ['no shared key', { sharedKey: '' }, /shared key is empty/],
    ];
    for (const [what, change, says] of cases) {
      it(what, () => {
        assert.throws(
          () => createMeshClient({ ...MAILBOX, ...change }),
          (error) =>
            error instanceof MeshError &&
            error.kind === 'invalid-request' &&
            says.test(error.message) &&
            !error.message.includes('secret'),
        );
      });
    }
  });

  it('sends nothing when the message cannot be right', async () => {
    const { client, asked } = scripted();
    await rejects(client.send({ ...PLAIN, body: Buffer.alloc(0) }), 'invalid-request', /is empty/);
    await rejects(client.send({ ...PLAIN, subject: 'a\nb' }), 'invalid-request', /Mex-Subject/);
    for (const id of ['', '.', '..']) await rejects(client.download(id), 'invalid-request', /message id/);
    assert.deepEqual(asked, []);
  });

  it('understands the answers of version 1', async () => {
    const { client } = scripted(
      answer(202, { messageID: 'ID1' }),
      answer(200, { messages: ['A', 'B'] }),
      answer(200, { messageId: 'A' }),
      answer(200, {
        messageId: 'ID1',
        status: 'Undeliverable',
        uploadTimestamp: '20261121015953',
        expiryTime: '20261126015953',
        localId: '',
        failureDiagnostic: 'Not collected',
      }),
    );
    assert.deepEqual(await client.send(PLAIN), { messageId: 'ID1' });
    assert.deepEqual(await client.inbox(), ['A', 'B']);
    await client.acknowledge('A');
    assert.deepEqual(await client.track('ID1'), {
      messageId: 'ID1',
      status: 'undeliverable',
      uploaded: new Date('2026-11-21T01:59:53Z'),
      expires: new Date('2026-11-26T01:59:53Z'),
      statusDescription: 'Not collected',
    });
  });

  it('reads times without a zone as UTC', async () => {
    const { client } = scripted(
      answer(200, {
        message_id: 'ID',
        status: 'accepted',
        upload_timestamp: '2026-11-21T01:59:53.522633',
        expiry_time: 'one day',
      }),
    );
    assert.deepEqual(await client.track('ID'), {
      messageId: 'ID',
      status: 'accepted',
      uploaded: new Date('2026-11-21T01:59:53.522Z'),
    });
  });

  it('joins the parts of a message as bytes', async () => {
    const headers = { 'mex-messageid': 'ID', 'mex-chunk-range': '1:3', 'mex-content-type': 'text/plain' };
    const { client, asked } = scripted(
      answer(206, Buffer.from([0xc3]), headers),
      answer(206, Buffer.from([0xa9, 0xff]), { 'mex-chunk-range': '2:3' }),
      answer(200, gzipSync('stays as it is').subarray(0, 4), { 'mex-chunk-range': '3:3' }),
    );
    const message = await client.download('ID');
    assert.equal(message.body.toString('hex'), 'c3a9ff1f8b0800');
    assert.equal(message.contentType, 'text/plain');
    assert.deepEqual(
      asked.map(({ url }) => url.pathname.split('/inbox/')[1]),
      ['ID', 'ID/2', 'ID/3'],
    );
    assert.equal(new Set(asked.map(({ headers: sent }) => sent.Authorization)).size, 3);
  });

  it('reads a report: no parts, no body', async () => {
    const headers = { 'mex-messagetype': 'REPORT', 'mex-chunk-range': '1:0', 'mex-linkedmsgid': 'LOST' };
    const { client } = scripted(answer(200, '', headers));
    const report = await client.download('REPORT1');
    assert.equal(report.messageType, 'REPORT');
    assert.equal(report.kind === 'report' && report.report.linkedMessageId, 'LOST');
    assert.equal(report.body.length, 0);
  });

  it('does not read parts without end', async () => {
    const part = () => answer(206, 'x', { 'mex-chunk-range': '1:2' });
    const { client, asked } = scripted(part(), part(), part());
    await rejects(client.download('ID'), 'server', /another part came/);
    assert.equal(asked.length, 2);
  });

  it('encodes ids in paths', async () => {
    const { client, asked } = scripted(answer(200, 'x'), answer(200));
    await client.download('a/b?c#d');
    await client.acknowledge('../other');
    assert.equal(asked[0]!.url.pathname, '/messageexchange/X26PHARMACY/inbox/a%2Fb%3Fc%23d');
    assert.equal(asked[1]!.url.pathname, '/messageexchange/X26PHARMACY/inbox/..%2Fother/status/acknowledged');
  });

  describe('follows links.next', () => {
    const page = (next: unknown, ...messages: string[]) => answer(200, { messages, links: { next } });

    it('as it stands, through an empty page', async () => {
      const next = '/messageexchange/X26PHARMACY/inbox?continue_from=a%3D%3D';
      const { client, asked } = scripted(page(next, 'A'), page(`${next}x`), page(undefined, 'B', 'A'));
      assert.deepEqual(await client.inbox(), ['A', 'B']);
      assert.equal(asked[1]!.url.href, `https://mesh.example${next}`);
    });

    for (const next of ['https://elsewhere.example/inbox', '//elsewhere.example/inbox', 'http://mesh.example/inbox']) {
      it(`never to another server: ${next}`, async () => {
        const { client, asked } = scripted(page(next, 'A'));
        await rejects(client.inbox(), 'server', /another server/);
        assert.equal(asked.length, 1);
      });
    }

    it('not in circles', async () => {
      const { client } = scripted(page('/x?p=1'), page('/x?p=2'), page('/x?p=1'));
      await rejects(client.inbox(), 'server', /back to itself/);
    });
  });

  it('says so when an answer is not MESH’s', async () => {
    for (const body of ['', '<html>', 'null', '[]', '{"messages":"A"}']) {
      const { client } = scripted(answer(200, body), answer(200, body), answer(202, body));
      await rejects(client.inbox(), 'server', /no list of messages.*is a MESH server/);
      await rejects(client.track('ID'), 'server', /no tracking record/);
      await rejects(client.send(PLAIN), 'server', /It may have arrived all the same/);
    }
  });

  it('is cancelled, whatever the transport then says', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    let asked = 0;
    const transport: Transport = (_request, given) =>
      new Promise((_resolve, reject) => {
        assert.equal(given, signal);
        signal.addEventListener('abort', () => reject(new Error('socket hang up')));
        if (++asked === 2) controller.abort();
      });
    const client = createMeshClient(MAILBOX, { transport });
    const calls = [client.handshake({ signal }), client.send(PLAIN, { signal })];
    await rejects(calls[0]!, 'cancelled', /it was cancelled\.$/);
    await rejects(calls[1]!, 'cancelled', /It may have arrived all the same/);
  });

  it('lets no secret and no patient out of an error, even when the server repeats them', async () => {
    const to = 'GPPROVIDER_9990000018_19700101_Testperson';
    const message = { ...PLAIN, to, subject: 'About Testperson', fileName: 'Testperson.json', localId: 'tp-local' };
    const secret =
      /password-of-mine|key-of-mine|NHSMESH X|:\d{12}:|[0-9a-f]{64}|9990000018|19700101|Testperson|tp-local/;
    const echoing: Transport = ({ headers, url }) => {
      const echo = [...Object.values(headers), url.href, MAILBOX.password, MAILBOX.sharedKey].join('\n');
      const hash = String(headers.Authorization).split(':').pop();
      const bodies = [
        {
          detail: [
            {
              event: echo,
              code: 'x',
              msg: `${hash} ${MAILBOX.password} ${message.subject} ${message.fileName} ${message.localId} ${echo}`,
            },
          ],
        },
        { errorEvent: '', errorCode: MAILBOX.password, errorDescription: echo },
        { detail: [{ loc: ['header', MAILBOX.sharedKey], msg: echo, input: echo }] },
        { detail: echo },
        echo,
      ];
      return Promise.resolve(answer(statuses[turn % statuses.length]!, bodies[turn++ % bodies.length]));
    };
    const statuses = [400, 403, 404, 417, 418, 500];
    let turn = 0;
    const client = createMeshClient(MAILBOX, { transport: echoing });
    for (let round = 0; round < 30; round++) {
      await assert.rejects(client.send(message), (error) => {
        assert.ok(error instanceof MeshError);
        assert.doesNotMatch(`${error.stack} ${JSON.stringify(error)}`, secret);
        return true;
      });
    }
    const failing: Transport = (request) => Promise.reject(Object.assign(new Error(JSON.stringify(request)), request));
    await assert.rejects(createMeshClient(MAILBOX, { transport: failing }).send(message), (error) => {
      assert.ok(error instanceof MeshError);
      assert.doesNotMatch(`${error.stack} ${JSON.stringify(error)}`, secret);
      return true;
    });
  });
});
