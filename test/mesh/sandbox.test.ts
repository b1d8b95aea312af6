import assert from 'node:assert/strict';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';
import { authorizationHeader } from '../../mesh/authorization';
import { createMeshClient } from '../../mesh/client';
import { MeshError } from '../../mesh/errors';
import type { GpSystem, ReceivedMessage, Receiver, Reply } from '../../mesh/sandbox/receiver-contract';
import { startSandbox } from '../../mesh/sandbox/sandbox';
import type { Sandbox, SandboxOptions } from '../../mesh/sandbox/sandbox';
import { createTransport } from '../../mesh/transport';
import type { MeshResponse } from '../../mesh/transport';

const V1 = { Accept: 'application/vnd.mesh.v1+json' };
const V2 = { Accept: 'application/vnd.mesh.v2+json' };
const OUTSIDE = { 'Mex-To': 'X26SURGERY', 'Mex-WorkflowID': 'W', 'Content-Type': 'text/plain' };
const HANDSHAKE = { 'Mex-ClientVersion': 'test==1', 'Mex-OSName': 'os', 'Mex-OSVersion': '1' };
const PHARMACY = 'X26PHARMACY';
const SURGERY = 'X26SURGERY';
const system = (receive: Receiver): GpSystem => ({ scenarioOf: () => undefined, receive });

describe('mesh sandbox', () => {
  const open: Sandbox[] = [];
  afterEach(async () => {
    for (const sandbox of open.splice(0)) await sandbox.close();
  });

  async function start(options: SandboxOptions = {}): Promise<Sandbox> {
    const sandbox = await startSandbox({ port: 0, ...options });
    open.push(sandbox);
    return sandbox;
  }

  const clientOf = (sandbox: Sandbox, index: number) =>
    createMeshClient({ endpoint: new URL(sandbox.url), ...sandbox.mailboxes[index]! });

  let nonce = 0;
  /** One request as it stands on the wire, authorised for the mailbox unless a header says otherwise. */
  function ask(
    sandbox: Sandbox,
    request: string,
    headers: Record<string, string> = {},
    body?: Buffer,
  ): Promise<MeshResponse> {
    const [method = 'GET', path = '/'] = request.split(' ');
    const mailbox = path.split('/')[2] ?? '';
    const token = {
      mailbox,
      password: 'password',
      sharedKey: 'TestKey',
      nonce: `n${nonce++}`,
      count: 0,
      time: new Date(),
    };
    return createTransport()({
      method: method as 'GET',
      url: new URL(sandbox.url + path),
      headers: { Authorization: authorizationHeader(token), ...headers },
      body,
    });
  }

  const jsonOf = (response: MeshResponse): unknown => JSON.parse(response.body.toString());

  async function sendOne(sandbox: Sandbox, headers: Record<string, string> = {}, body = Buffer.from('hello')) {
    const response = await ask(
      sandbox,
      `POST /messageexchange/${PHARMACY}/outbox`,
      { ...V2, ...OUTSIDE, ...headers },
      body,
    );
    assert.equal(response.status, 202, response.body.toString());
    return (jsonOf(response) as { message_id: string }).message_id;
  }

  describe('shapes of both versions', () => {
    it('handshake', async () => {
      const sandbox = await start();
      const path = `/messageexchange/${PHARMACY}`;
      for (const method of ['POST', 'GET']) {
        const v2 = await ask(sandbox, `${method} ${path}`, { ...V2, ...HANDSHAKE });
        assert.equal(v2.status, 200);
        assert.equal(v2.body.length, 0);
        for (const accept of [V1, {}, { Accept: '*/*' }, { Accept: 'application/json' }]) {
          const v1 = await ask(sandbox, `${method} ${path}`, { ...accept, ...HANDSHAKE });
          assert.deepEqual(jsonOf(v1), { mailboxId: PHARMACY });
        }
      }
      const headers = { ...V2, 'Mex-ClientVersion': 'test==1', 'Mex-OSVersion': '1' };
      const refused = await ask(sandbox, `POST ${path}`, headers);
      assert.equal(refused.status, 400);
      assert.deepEqual(jsonOf(refused), {
        detail: [{ type: 'missing', loc: ['header', 'mex-osname'], msg: 'Field required' }],
      });
    });

    it('an Accept that names no version', async () => {
      const response = await ask(await start(), `GET /messageexchange/${PHARMACY}`, {
        Accept: 'application/vnd.mesh.vX+json',
      });
      assert.equal(response.status, 400);
      assert.deepEqual(jsonOf(response), {
        errorEvent: '',
        errorCode: '',
        errorDescription: 'Accept header api format incorrect',
      });
    });

    it('refusals', async () => {
      const sandbox = await start();
      const request = `GET /messageexchange/${PHARMACY}/inbox`;
      const headers = { Authorization: 'nonsense' };
      const v2 = await ask(sandbox, request, { ...V2, ...headers });
      assert.equal(v2.status, 403);
      assert.equal(v2.headers['content-type'], 'application/vnd.mesh.v2+json');
      assert.deepEqual(jsonOf(v2), {
        detail: [{ event: '', code: '', msg: 'Error reading from Authorization header' }],
      });
      const v1 = await ask(sandbox, request, { ...V1, ...headers });
      assert.equal(v1.headers['content-type'], 'application/json');
      assert.deepEqual(jsonOf(v1), {
        errorEvent: '',
        errorCode: '',
        errorDescription: 'Error reading from Authorization header',
      });
    });

    it('send, inbox, count, acknowledge', async () => {
      const sandbox = await start();
      const sent = await ask(
        sandbox,
        `POST /messageexchange/${PHARMACY}/outbox`,
        { ...V1, ...OUTSIDE },
        Buffer.from('x'),
      );
      assert.equal(sent.status, 202);
      const { messageID: first } = jsonOf(sent) as { messageID: string };
      const second = await sendOne(sandbox);
      const path = `/messageexchange/${SURGERY}`;
      assert.deepEqual(jsonOf(await ask(sandbox, `GET ${path}/inbox`, V1)), { messages: [first, second] });
      assert.deepEqual(jsonOf(await ask(sandbox, `GET ${path}/inbox`, V2)), {
        messages: [first, second],
        links: { self: `${path}/inbox` },
        approx_inbox_count: 2,
      });
      assert.deepEqual(jsonOf(await ask(sandbox, `GET ${path}/count`, V2)), { count: 2 });
      const count = jsonOf(await ask(sandbox, `GET ${path}/count`, V1)) as Record<string, unknown>;
      assert.deepEqual(Object.keys(count), ['count', 'internalID', 'allResultsIncluded']);
      const v1 = await ask(sandbox, `PUT ${path}/inbox/${first.toLowerCase()}/status/acknowledged`, V1);
      assert.deepEqual(jsonOf(v1), { messageId: first });
      const v2 = await ask(sandbox, `PUT ${path}/inbox/${first}/status/acknowledged`, V2);
      assert.equal(v2.status, 200);
      assert.equal(v2.body.length, 0);
    });

    it('tracking by message id and by local id', async () => {
      const sandbox = await start();
      const id = await sendOne(sandbox, { 'Mex-LocalID': 'a/b #1' });
      const path = `/messageexchange/${PHARMACY}/outbox/tracking`;
      const v1 = jsonOf(await ask(sandbox, `GET ${path}?messageID=${id}`, V1)) as Record<string, unknown>;
      assert.equal(v1.status, 'Accepted');
      assert.equal(v1.downloadTimestamp, '');
      assert.equal(v1.localId, 'a/b #1');
      assert.equal(v1.fileSize, 5);
      const byLocalId = `GET ${path}/${encodeURIComponent('a/b #1')}`;
      assert.deepEqual(jsonOf(await ask(sandbox, byLocalId, V2)), v1);
      await sendOne(sandbox, { 'Mex-LocalID': 'a/b #1' });
      assert.equal((await ask(sandbox, byLocalId, V2)).status, 300);
      assert.equal((await ask(sandbox, `GET ${path}/none`, V2)).status, 404);
      assert.equal((await ask(sandbox, `GET ${path}?localID=x`, V2)).status, 400);
    });

    it('routes and methods that are not there', async () => {
      const sandbox = await start();
      const missing = await ask(sandbox, 'GET /messageexchange/admin/nothing/here', V2);
      assert.equal(missing.status, 404);
      assert.deepEqual(jsonOf(missing), { detail: 'Not Found' });
      const method = await ask(sandbox, `PUT /messageexchange/${PHARMACY}/outbox`, V2);
      assert.equal(method.status, 405);
      assert.equal(method.headers.allow, 'POST');
      assert.deepEqual(jsonOf(method), { detail: 'Method Not Allowed' });
      assert.equal((await ask(sandbox, 'GET /messageexchange/%zz', V2)).status, 404);
      const ping = await ask(sandbox, 'GET /messageexchange/_ping');
      assert.equal((jsonOf(ping) as { status: string }).status, 'running');
    });
  });

  describe('authorisation', () => {
    const NOW = new Date('2026-11-21T02:00:00Z');
    const token = { mailbox: PHARMACY, password: 'password', sharedKey: 'TestKey', nonce: 'n', count: 0, time: NOW };
    const shake = async (sandbox: Sandbox, change: Partial<typeof token>, path = PHARMACY) => {
      const Authorization = authorizationHeader({ ...token, ...change });
      const headers = { ...V1, ...HANDSHAKE, Authorization };
      const response = await ask(sandbox, `POST /messageexchange/${path}`, headers);
      const { errorDescription } = jsonOf(response) as { errorDescription?: string };
      return `${response.status} ${errorDescription ?? ''}`;
    };

    it('is checked for real', async () => {
      const sandbox = await start({ now: () => NOW, strict: true });
      assert.equal(await shake(sandbox, {}), '200 ');
      assert.equal(await shake(sandbox, {}), '403 Invalid Authentication Token');
      assert.equal(await shake(sandbox, { count: 1 }), '200 ');
      assert.equal(await shake(sandbox, { count: 2 }, PHARMACY.toLowerCase()), '200 ');
      assert.equal(await shake(sandbox, { nonce: 'a', password: 'x' }), '403 Invalid Authentication Token');
      assert.equal(await shake(sandbox, { nonce: 'b', mailbox: SURGERY }), '403 Mailbox id does not match token');
      const early = new Date('2026-11-20T23:59:00Z');
      assert.equal(await shake(sandbox, { nonce: 'c', time: early }), '403 Invalid Authentication Token');
      assert.equal(await shake(sandbox, { nonce: 'd' }, 'NOSUCH'), '403 No mailbox matched');
    });

    it('answers with its own clock in the Date header', async () => {
      const response = await ask(await start({ now: () => NOW }), 'GET /health');
      assert.equal(response.headers.date, 'Sat, 21 Nov 2026 02:00:00 GMT');
    });
  });

  describe('what it asks of a message', () => {
    const cases: [what: string, headers: Record<string, string>, status: number, says: RegExp][] = [
      ['an unknown recipient', { 'Mex-To': 'NOSUCH' }, 417, /"code":"12"/],
      ['an empty recipient', { 'Mex-To': ' ' }, 400, /"code":"08"/],
      ['a long recipient', { 'Mex-To': 'X'.repeat(101) }, 400, /string_too_long.*mex-to.*"max_length":100/],
      ['a web address', { 'Mex-To': 'https://x' }, 400, /"code":"06"/],
      ['a tab', { 'Mex-Subject': 'a\tb' }, 400, /"code":"06"/],
      ['a tab in the overall type', { 'Mex-Content-Type': 'a\tb' }, 400, /"code":"06"/],
      ['a checksum in base64', { 'Mex-Content-Checksum': 'a=' }, 400, /Invalid checksum/],
      ['another encoding', { 'Content-Encoding': 'br' }, 422, /UnsupportedContentEncoding/],
      ['a second part first', { 'Mex-Chunk-Range': '2:2' }, 417, /InvalidHeaderChunks/],
      ['a range of words', { 'Mex-Chunk-Range': 'a:b' }, 417, /InvalidHeaderChunks/],
    ];
    for (const [what, headers, status, says] of cases) {
      it(what, async () => {
        const sandbox = await start();
        const all = { ...V2, ...OUTSIDE, ...headers };
        const response = await ask(sandbox, `POST /messageexchange/${PHARMACY}/outbox`, all, Buffer.from('x'));
        assert.equal(response.status, status);
        assert.match(response.body.toString(), says);
        assert.deepEqual(await clientOf(sandbox, 1).inbox(), []);
      });
    }

    it('no recipient and no workflow: both are named', async () => {
      const response = await ask(await start(), `POST /messageexchange/${PHARMACY}/outbox`, V2, Buffer.from('x'));
      assert.equal(response.status, 400);
      assert.match(response.body.toString(), /mex-to.*mex-workflowid/);
    });

    it('no content', async () => {
      const response = await ask(await start(), `POST /messageexchange/${PHARMACY}/outbox`, { ...V2, ...OUTSIDE });
      assert.equal(response.status, 417);
      assert.match(response.body.toString(), /"event":"COLLECT","code":"02"/);
    });

    it('not more than one request may hold; the sender hears it and the next request is served', async () => {
      const sandbox = await start({ maximumBytes: 100_000 });
      const request = `POST /messageexchange/${PHARMACY}/outbox`;
      const response = await ask(sandbox, request, { ...V2, ...OUTSIDE }, Buffer.alloc(5_000_000));
      assert.equal(response.status, 413);
      assert.match(response.body.toString(), /"event":"SEND".*larger than one MESH request/);
      assert.equal((await ask(sandbox, request, { ...V2, ...OUTSIDE }, Buffer.alloc(100_000))).status, 202);
    });
  });

  describe('download', () => {
    const path = `/messageexchange/${SURGERY}/inbox`;

    it('of plain content: version 2 compresses for who wants it, version 1 never', async () => {
      const sandbox = await start();
      const id = await sendOne(sandbox);
      const plain = await ask(sandbox, `GET ${path}/${id}`, V2);
      assert.equal(plain.headers['content-type'], 'text/plain; charset=utf-8');
      assert.equal(plain.headers['mex-content-compressed'], undefined);
      assert.equal(plain.headers['mex-chunk-range'], '1:1');
      const v2 = await ask(sandbox, `GET ${path}/${id}`, { ...V2, 'Accept-Encoding': 'gzip' });
      assert.equal(v2.headers['mex-content-compressed'], 'Y');
      assert.equal(v2.body.toString(), 'hello');
      const v1 = await ask(sandbox, `GET ${path}/${id}`, { ...V1, 'Accept-Encoding': 'gzip' });
      assert.equal(v1.headers['mex-content-compressed'], undefined);
      assert.equal(v1.headers['content-type'], 'application/octet-stream');
      assert.equal(v1.body.toString(), 'hello');
    });

    it('of compressed content: as it was stored for who wants it, decompressed otherwise', async () => {
      const sandbox = await start();
      const stored = gzipSync('hello');
      const id = await sendOne(sandbox, { 'Content-Encoding': 'gzip' }, stored);
      for (const headers of [V1, V2]) {
        assert.equal((await ask(sandbox, `GET ${path}/${id}`, headers)).body.toString(), 'hello');
        const wire = await wireBody(sandbox, `${path}/${id}`, headers);
        assert.deepEqual(wire, stored);
        assert.equal(gunzipSync(wire).toString(), 'hello');
      }
    });

    /** The body as it is on the wire: the transport would decompress it. */
    async function wireBody(sandbox: Sandbox, at: string, headers: Record<string, string>): Promise<Buffer> {
      const token = { mailbox: SURGERY, password: 'password', sharedKey: 'TestKey', nonce: `w${nonce++}`, count: 0 };
      const authorization = authorizationHeader({ ...token, time: new Date() });
      const lines = [`GET ${at} HTTP/1.1`, 'Host: 127.0.0.1', 'Connection: close', `Authorization: ${authorization}`];
      const socket = connect(sandbox.port, '127.0.0.1');
      socket.end([...lines, 'Accept-Encoding: gzip', `Accept: ${headers.Accept}`, '', ''].join('\r\n'));
      const chunks: Buffer[] = [];
      for await (const chunk of socket as AsyncIterable<Buffer>) chunks.push(chunk);
      const all = Buffer.concat(chunks);
      assert.match(all.toString('latin1'), /content-encoding: gzip/);
      return all.subarray(all.indexOf('\r\n\r\n') + 4);
    }

    it('by part: the first is the whole, there is no second', async () => {
      const sandbox = await start();
      const id = await sendOne(sandbox);
      assert.equal((await ask(sandbox, `GET ${path}/${id}/1`, V2)).status, 200);
      for (const part of ['2', '0', 'x'])
        assert.equal((await ask(sandbox, `GET ${path}/${id}/${part}`, V2)).status, 404);
    });

    it('head: for recipient and sender, not for others', async () => {
      const sandbox = await start({
        mailboxes: ['X26A', 'X26B', 'X26C'].map((mailbox) => ({
          mailbox,
          name: mailbox,
          odsCode: 'X26',
          password: 'password',
          sharedKey: 'TestKey',
          answered: false,
        })),
      });
      const sent = await ask(
        sandbox,
        'POST /messageexchange/X26A/outbox',
        { ...V2, ...OUTSIDE, 'Mex-To': 'X26B', 'Mex-Subject': 'About' },
        Buffer.from('x'),
      );
      const { message_id: id } = jsonOf(sent) as { message_id: string };
      for (const [mailbox, status] of [
        ['X26A', 200],
        ['X26B', 200],
        ['X26C', 404],
      ] as const) {
        const response = await ask(sandbox, `HEAD /messageexchange/${mailbox}/inbox/${id}`, V2);
        assert.equal(response.status, status);
        assert.equal(response.headers['mex-subject'], status === 200 ? 'About' : undefined);
        assert.equal(response.body.length, 0);
      }
      assert.equal((await ask(sandbox, `GET /messageexchange/X26A/inbox/${id}`, V2)).status, 403);
    });
  });

  describe('inbox', () => {
    it('filters by workflow', async () => {
      const sandbox = await start();
      for (const workflow of ['A_ONE', 'A_ONE_ACK', 'B_TWO']) await sendOne(sandbox, { 'Mex-WorkflowID': workflow });
      const all = await clientOf(sandbox, 1).inbox();
      for (const [filter, expected] of [
        ['A_ONE', [0]],
        ['!A_ONE', [1, 2]],
        ['A_*', [0, 1]],
        ['!A_*', [2]],
        ['*_ACK*', [1]],
        ['!*_ACK*', [0, 2]],
        ['a_one', []],
      ] as const) {
        const search = `workflow_filter=${encodeURIComponent(filter)}`;
        const page = jsonOf(await ask(sandbox, `GET /messageexchange/${SURGERY}/inbox?${search}`, V1));
        assert.deepEqual(page, { messages: expected.map((index) => all[index]) }, filter);
      }
    });

    it('goes on from the same place when what came before was acknowledged meanwhile', async () => {
      const sandbox = await start();
      const sent: string[] = [];
      for (let number = 0; number < 12; number++) sent.push(await sendOne(sandbox));
      const path = `/messageexchange/${SURGERY}/inbox?max_results=10`;
      const first = jsonOf(await ask(sandbox, `GET ${path}`, V2)) as { messages: string[]; links: { next: string } };
      assert.deepEqual(first.messages, sent.slice(0, 10));
      assert.match(first.links.next, /^\/messageexchange\/X26SURGERY\/inbox\?max_results=10&continue_from=.*%3D%3D$/);
      for (const id of first.messages) await clientOf(sandbox, 1).acknowledge(id);
      const second = jsonOf(await ask(sandbox, `GET ${first.links.next}`, V2));
      assert.deepEqual(second, { messages: sent.slice(10), links: { self: path }, approx_inbox_count: 2 });
      const v1 = jsonOf(await ask(sandbox, `GET ${path}&continue_from=${sent[9]!}`, V1));
      assert.deepEqual(v1, { messages: sent.slice(10) });
    });

    it('refuses parameters out of range', async () => {
      const sandbox = await start();
      for (const search of [
        'max_results=9',
        'max_results=5001',
        'max_results=ten',
        'continue_from=short',
        `continue_from=${'z'.repeat(30)}`,
        'workflow_filter=x',
      ]) {
        const response = await ask(sandbox, `GET /messageexchange/${SURGERY}/inbox?${search}`, V2);
        assert.equal(response.status, 400, search);
        assert.match(response.body.toString(), new RegExp(`"loc":\\["query","${search.split('=')[0]!}"\\]`));
      }
    });
  });

  describe('receiver', () => {
    const acknowledging = ({ from, workflowId, body, localId }: ReceivedMessage): Reply[] => [
      {
        to: from,
        workflowId: `${workflowId}_ACK`,
        contentType: 'text/plain',
        subject: 'first',
        body: Buffer.from(body),
      },
      {
        to: from,
        workflowId: `${workflowId}_ACK`,
        contentType: 'text/plain',
        subject: 'second',
        localId,
        body: Buffer.from('2'),
      },
    ];
    const message = { to: SURGERY, workflowId: 'DIGMED_EMG_MED', localId: 'ref', body: Buffer.from('hello') };

    it('gets the message, and its replies arrive in their order', async () => {
      const received: Parameters<Receiver>[0][] = [];
      const sandbox = await start({
        receiver: system((incoming) => {
          received.push(incoming);
          return acknowledging(incoming);
        }),
      });
      const pharmacy = clientOf(sandbox, 0);
      const { messageId } = await pharmacy.send({
        ...message,
        subject: 'About',
        fileName: 'f.json',
        contentType: 'a/b',
      });
      await sandbox.settled();
      assert.deepEqual(received, [
        {
          messageId,
          from: PHARMACY,
          to: SURGERY,
          workflowId: 'DIGMED_EMG_MED',
          localId: 'ref',
          subject: 'About',
          fileName: 'f.json',
          contentType: 'a/b',
          body: Buffer.from('hello'),
        },
      ]);
      assert.equal((await pharmacy.track(messageId)).status, 'acknowledged');
      assert.deepEqual(await clientOf(sandbox, 1).inbox(), []);
      const replies = await Promise.all((await pharmacy.inbox()).map((id) => pharmacy.download(id)));
      assert.deepEqual(
        replies.map(({ from, workflowId, subject, localId, body }) => [
          from,
          workflowId,
          subject,
          localId,
          body.toString(),
        ]),
        [
          [SURGERY, 'DIGMED_EMG_MED_ACK', 'first', undefined, 'hello'],
          [SURGERY, 'DIGMED_EMG_MED_ACK', 'second', 'ref', '2'],
        ],
      );
    });

    it('is called after the sender has been answered', async () => {
      let answered = false;
      let wasAnswered: boolean | undefined;
      let release: () => void = () => undefined;
      const gate = new Promise<void>((resolve) => (release = resolve));
      const sandbox = await start({
        receiver: system(async () => {
          await gate;
          wasAnswered = answered;
          return [];
        }),
      });
      await clientOf(sandbox, 0).send(message);
      answered = true;
      release();
      await sandbox.settled();
      assert.equal(wasAnswered, true);
    });

    it('gets compressed content decompressed', async () => {
      let body = '';
      const sandbox = await start({
        receiver: system((incoming) => {
          body = incoming.body.toString();
          return [];
        }),
      });
      await sendOne(sandbox, { 'Content-Encoding': 'gzip' }, gzipSync('unfolded'));
      await sandbox.settled();
      assert.equal(body, 'unfolded');
    });

    it('is not asked about its own replies, nor about messages for other mailboxes', async () => {
      let calls = 0;
      const sandbox = await start({
        receiver: system(({ to }) => {
          calls++;
          return [{ to, workflowId: 'LOOP', contentType: 'text/plain', body: Buffer.from('x') }];
        }),
      });
      await clientOf(sandbox, 0).send(message);
      await clientOf(sandbox, 1).send({ ...message, to: PHARMACY });
      await sandbox.settled();
      assert.equal(calls, 1);
      assert.equal((await clientOf(sandbox, 1).inbox()).length, 1);
      assert.equal((await clientOf(sandbox, 0).inbox()).length, 1);
    });

    const broken: [string, Receiver][] = [
      [
        'throws',
        () => {
          throw new TypeError('hello Testperson');
        },
      ],
      ['rejects', () => Promise.reject(new TypeError('hello Testperson'))],
      [
        'replies to nobody',
        () => [{ to: 'NOSUCH', workflowId: 'W', contentType: 'text/plain', body: Buffer.from('x') }],
      ],
      [
        'replies with a line end in a header',
        () => [{ to: PHARMACY, workflowId: 'W\n', subject: 'a\nb', contentType: 'text/plain', body: Buffer.from('x') }],
      ],
    ];
    for (const [what, receiver] of broken) {
      it(`that ${what} harms nothing: the message waits, and nothing is sent back`, async () => {
        const lines: string[] = [];
        const sandbox = await start({ receiver: system(receiver), log: (line) => lines.push(line) });
        const id = await sendOne(sandbox);
        await sandbox.settled();
        assert.deepEqual(await clientOf(sandbox, 1).inbox(), [id]);
        assert.deepEqual(await clientOf(sandbox, 0).inbox(), []);
        assert.ok(
          lines.some((line) => line.startsWith(`receiver failed on message ${id} (`)),
          lines.join('\n'),
        );
        assert.doesNotMatch(lines.join('\n'), /Testperson|hello/);
      });
    }
  });

  it('lets no web page look in, neither under its origin nor under a name that leads here', async () => {
    const sandbox = await start();
    const inbox = `GET /messageexchange/${PHARMACY}/inbox`;
    const strangers: Record<string, string>[] = [
      { Origin: 'http://page.example' },
      { Origin: 'null' },
      { Host: 'page.example' },
    ];
    for (const headers of strangers) {
      const response = await ask(sandbox, inbox, { ...V2, ...headers });
      assert.equal(response.status, 403, JSON.stringify(headers));
      assert.match(response.body.toString(), /called 127\.0\.0\.1 or localhost/);
    }
    for (const host of [`localhost:${sandbox.port}`, `127.0.0.1:${sandbox.port}`])
      assert.equal((await ask(sandbox, inbox, { ...V2, Host: host })).status, 200, host);
  });

  it('is settled although a stranger has not finished sending', async () => {
    const sandbox = await start({ receiver: system(() => []) });
    const socket = connect(sandbox.port, '127.0.0.1');
    try {
      const head = [`POST /messageexchange/${PHARMACY}/outbox HTTP/1.1`, 'Host: 127.0.0.1', 'Content-Length: 100'];
      await new Promise<void>((resolve) => socket.write(`${head.join('\r\n')}\r\n\r\nhalf`, () => resolve()));
      await sendOne(sandbox);
      await sandbox.settled();
      assert.deepEqual(await clientOf(sandbox, 1).inbox(), []);
    } finally {
      socket.destroy();
    }
  });

  it('logs method, route and status, and nothing of what was sent', async () => {
    const lines: string[] = [];
    const sandbox = await start({ log: (line) => lines.push(line) });
    const id = await sendOne(sandbox, { 'Mex-Subject': 'Testperson', 'Mex-LocalID': 'ref-77' });
    await clientOf(sandbox, 1).download(id);
    await ask(sandbox, `GET /messageexchange/${PHARMACY}/outbox/tracking/ref-77`, V2);
    await ask(sandbox, 'GET /GPPROVIDER_9990000018_19700101_Testperson');
    await ask(sandbox, 'GET /messageexchange/GPPROVIDER_9990000018_19700101_Testperson');
    await sandbox.settled();
    assert.deepEqual(lines, [
      'POST /messageexchange/{mailbox}/outbox 202',
      'GET /messageexchange/{mailbox}/inbox/{id} 200',
      'GET /messageexchange/{mailbox}/outbox/tracking/{localId} 200',
      'GET (unknown route) 404',
      'GET /messageexchange/{mailbox} 403',
    ]);
  });

  describe('start and stop', () => {
    it('listens on loopback alone, at the port it says', async () => {
      const sandbox = await start();
      assert.equal(sandbox.url, `http://127.0.0.1:${sandbox.port}`);
      assert.deepEqual(
        sandbox.mailboxes.map(({ mailbox }) => mailbox),
        [PHARMACY, SURGERY],
      );
    });

    it('says which port is in use and what to do', async () => {
      const taken = createServer();
      await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
      const { port } = taken.address() as AddressInfo;
      try {
        await assert.rejects(startSandbox({ port }), (error) => {
          assert.ok(error instanceof MeshError);
          assert.equal(error.code, 'EADDRINUSE');
          assert.equal(
            error.message,
            `The sandbox cannot listen on port ${port}: it is in use, perhaps by another sandbox. Stop that one, or choose another port.`,
          );
          return true;
        });
      } finally {
        await new Promise((resolve) => taken.close(resolve));
      }
    });

    it('says so when the port is none', async () => {
      for (const port of [-1, 70000, 1.5, NaN]) {
        await assert.rejects(
          startSandbox({ port }),
          (error) => error instanceof MeshError && /not a port number/.test(error.message),
        );
      }
    });

    it('ends open connections when it is closed, and may be closed again', async () => {
      const sandbox = await start();
      const socket = connect(sandbox.port, '127.0.0.1');
      socket.write(
        'POST /messageexchange/X26PHARMACY/outbox HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10\r\n\r\nhal',
      );
      await new Promise((resolve) => socket.once('connect', resolve));
      const ended = new Promise((resolve) => socket.once('close', resolve));
      socket.on('error', () => undefined);
      await sandbox.close();
      await ended;
      await sandbox.close();
      await assert.rejects(ask(sandbox, 'GET /health'), { code: 'ECONNREFUSED' });
    });
  });
});
