import assert from 'node:assert/strict';
import { createMeshClient } from '../../mesh/client';
import type { ClientOptions, Mailbox, MeshClient } from '../../mesh/client';
import { MeshError } from '../../mesh/errors';
import type { MeshErrorKind } from '../../mesh/errors';
import type { MeshRequest, MeshResponse, Transport } from '../../mesh/transport';
import { answer, failure } from './stand-in';

const MAILBOX: Mailbox = {
  endpoint: new URL('https://mesh.example'),
  mailbox: 'X26PHARMACY',
  password: 'password-of-mine',
  sharedKey: 'key-of-mine',
};
const RESET = failure({ code: 'ECONNRESET' });

interface Scripted {
  client: MeshClient;
  asked: MeshRequest[];
  waits: number[];
}

/** A client whose server gives these answers in turn, an error being none. It does not wait. */
function scripted(answers: (MeshResponse | Error)[], options: ClientOptions = {}): Scripted {
  const asked: MeshRequest[] = [];
  const waits: number[] = [];
  const transport: Transport = (request) => {
    asked.push(request);
    const next = answers.shift() ?? new Error('asked more often than expected');
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  };
  const wait = (milliseconds: number) => {
    waits.push(milliseconds);
    return Promise.resolve();
  };
  return { client: createMeshClient(MAILBOX, { transport, wait, random: () => 0, ...options }), asked, waits };
}

async function rejects(promise: Promise<unknown>, kind: MeshErrorKind, says: RegExp): Promise<MeshError> {
  const error: unknown = await promise.then(
    () => assert.fail('it went well'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof MeshError, String(error));
  assert.equal(error.kind, kind, error.message);
  assert.match(error.message, says);
  return error;
}

const paths = (asked: MeshRequest[]) =>
  asked.map(({ method, url }) => `${method} ${url.pathname.slice(17)}${url.search}`);
const part = (status: number, text: string, range: string) =>
  answer(status, Buffer.from(text), { 'mex-messageid': 'ID', 'mex-chunk-range': range });

describe('trying again', () => {
  const page = answer(200, { messages: [] });

  it('takes a fresh token and waits twice as long each time', async () => {
    const { client, asked, waits } = scripted([RESET, answer(503), failure({ name: 'TimeoutError' }), page]);
    assert.deepEqual(await client.inbox(), []);
    assert.equal(new Set(asked.map(({ headers }) => headers.Authorization)).size, 4);
    assert.deepEqual(waits, [500, 1000, 2000]);
  });

  it('ends, and says how often', async () => {
    const { client, asked } = scripted([RESET, RESET, RESET, RESET]);
    await rejects(client.inbox(), 'network', /broke the connection.*It was tried 4 times\.$/);
    assert.equal(asked.length, 4);
    const never = scripted([RESET], { retries: 0 });
    assert.doesNotMatch((await rejects(never.client.inbox(), 'network', /./)).message, /tried/);
  });

  it('waits by chance between half and the whole', async () => {
    const { client, waits } = scripted([RESET, RESET, page], { random: () => 0.999999 });
    await client.inbox();
    assert.deepEqual(
      waits.map((pause) => Math.round(pause)),
      [250, 500],
    );
  });

  it('waits as MESH asks, up to a minute; longer is for the person to know', async () => {
    const slow = (seconds: string) => answer(429, '', { 'retry-after': seconds });
    const { client, waits } = scripted([slow('7'), slow('60'), page]);
    await client.inbox();
    assert.deepEqual(waits, [7000, 60_000]);
    const impatient = scripted([slow('61')]);
    const error = await rejects(impatient.client.inbox(), 'server', /too many requests\. Wait 61 seconds, then try/);
    assert.equal(error.retryAfter, 61_000);
    assert.deepEqual(impatient.waits, []);
  });

  const passing = [425, 429, 502, 503, 504].map((status) => [String(status), answer(status)] as const);
  const lost = ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN'].map((code) => [code, failure({ code })] as const);
  for (const [what, fault] of [...passing, ...lost]) {
    it(`helps against ${what}`, async () => {
      const { client, asked } = scripted([fault, page]);
      await client.inbox();
      assert.equal(asked.length, 2);
    });
  }

  const lasting = [400, 401, 403, 404, 410, 417, 500, 501].map((status) => [String(status), answer(status)] as const);
  const sure = [
    'ECONNREFUSED',
    'ENOTFOUND',
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'EPROTO',
    'HPE_INVALID',
  ];
  for (const [what, fault] of [...lasting, ...sure.map((code) => [code, failure({ code })] as const)]) {
    it(`is not for ${what}`, async () => {
      const { client, asked } = scripted([fault]);
      await assert.rejects(client.inbox(), MeshError);
      assert.equal(asked.length, 1);
    });
  }

  it('is not for what was cancelled', async () => {
    const { client, asked } = scripted([failure({ name: 'AbortError' })]);
    await rejects(client.inbox(), 'cancelled', /cancelled/);
    assert.equal(asked.length, 1);
  });

  it('is for whatever does no harm when done twice', async () => {
    const tracking = answer(200, { message_id: 'ID', status: 'accepted' });
    const calls: [call: (client: MeshClient) => Promise<unknown>, good: MeshResponse][] = [
      [(client) => client.handshake(), answer(200)],
      [(client) => client.count(), answer(200, { count: 0 })],
      [(client) => client.head('ID'), answer(200)],
      [(client) => client.download('ID'), answer(200, 'x')],
      [(client) => client.acknowledge('ID'), answer(200)],
      [(client) => client.track('ID'), tracking],
      [(client) => client.trackByLocalId('L'), tracking],
      [(client) => client.lookup('A1', 'W'), answer(200, { results: [] })],
      [(client) => client.search('W'), answer(200, { results: [] })],
    ];
    for (const [call, good] of calls) {
      const { client, asked } = scripted([RESET, good]);
      await call(client);
      assert.equal(asked.length, 2);
      assert.equal(asked[0]!.url.href, asked[1]!.url.href);
    }
  });

  it('can be cancelled while it really waits', async () => {
    const controller = new AbortController();
    const transport: Transport = () => {
      setImmediate(() => controller.abort());
      return Promise.resolve(answer(503, '', { 'retry-after': '60' }));
    };
    const client = createMeshClient(MAILBOX, { transport });
    await rejects(client.inbox({ signal: controller.signal }), 'cancelled', /list the inbox.*cancelled/);
  });
});

describe('shaking hands', () => {
  it('is done once an hour at most, unless it is asked for again or went wrong', async () => {
    let time = Date.parse('2026-11-21T12:00:00Z');
    const { client, asked } = scripted([answer(403), ...Array.from({ length: 4 }, () => answer(200))], {
      now: () => new Date(time),
    });
    const hands = async (minutes: number, again?: boolean) => {
      time += minutes * 60_000;
      await client.handshake({ again });
      return asked.length;
    };
    await assert.rejects(client.handshake(), MeshError);
    assert.deepEqual(
      [await hands(0), await hands(59), await hands(0, true), await hands(59), await hands(1), await hands(-5)],
      [2, 2, 3, 3, 4, 5],
    );
  });
});

describe('the inbox', () => {
  const page = (next: string | undefined, ...messages: string[]) =>
    answer(200, { messages, links: { next }, approx_inbox_count: 12 });

  it('is filtered and limited; what a filter holds is encoded wholly', async () => {
    const { client, asked } = scripted([page(undefined, 'A'), page('/x?p=2', 'A', 'B', 'C')]);
    await client.inbox({ workflowFilter: "!*W'F/ (ACK)*", pageSize: 10 });
    assert.deepEqual(await client.inbox({ limit: 2 }), ['A', 'B']);
    assert.deepEqual(paths(asked), [
      'GET X26PHARMACY/inbox?max_results=10&workflow_filter=%21%2AW%27F%2F%20(ACK)%2A',
      'GET X26PHARMACY/inbox?max_results=10',
    ]);
  });

  it('comes page by page, and no page is asked for before it is wanted', async () => {
    const { client, asked } = scripted([page('/x?p=2', 'A'), page(undefined, 'B')]);
    const pages = [];
    for await (const one of client.inboxPages()) {
      pages.push(one);
      assert.equal(asked.length, pages.length);
    }
    assert.deepEqual(pages, [
      { messages: ['A'], approximateCount: 12, next: '/x?p=2' },
      { messages: ['B'], approximateCount: 12 },
    ]);
  });

  it('goes on over pages until the limit is reached', async () => {
    const { client, asked } = scripted([page('/x?p=2', 'A', 'B'), page('/x?p=3', 'C', 'D')]);
    assert.deepEqual(await client.inbox({ limit: 3, pageSize: 50 }), ['A', 'B', 'C']);
    assert.equal(asked.length, 2);
  });

  it('is not asked for what makes no sense', async () => {
    const { client, asked } = scripted([]);
    for (const pageSize of [9, 5001, 10.5]) await rejects(client.inbox({ pageSize }), 'invalid-request', /10 to 5000/);
    for (const workflowFilter of ['W', 'W'.repeat(256)])
      await rejects(client.inbox({ workflowFilter }), 'invalid-request', /2 to 255/);
    await rejects(client.inbox({ workflowFilter: 'W\ud800' }), 'invalid-request', /half a character/);
    for (const limit of [0, -1, NaN]) await rejects(client.inbox({ limit }), 'invalid-request', /limit/);
    assert.deepEqual(asked, []);
  });

  it('is counted', async () => {
    const { client, asked } = scripted([answer(200, { count: 7, internalID: 'x' }), answer(200, '<html>')]);
    assert.equal(await client.count(), 7);
    await rejects(client.count(), 'server', /no count of messages/);
    assert.equal(paths(asked)[0], 'GET X26PHARMACY/count');
  });
});

describe('looking up mailboxes', () => {
  it('finds those of an organisation, in both shapes', async () => {
    const { client, asked } = scripted([
      answer(200, { results: [{ mailbox_id: 'X26A', mailbox_name: 'A' }, { mailbox_id: '' }, null] }),
      answer(200, { query_id: 'x', results: [{ address: 'X26B', description: 'B', endpoint_type: 'MESH' }] }),
      answer(200, { results: [] }),
      answer(200, '[]'),
    ]);
    assert.deepEqual(await client.lookup('A/1', 'W #1'), [{ mailbox: 'X26A', name: 'A' }]);
    assert.deepEqual(await client.search('W'), [{ mailbox: 'X26B', name: 'B' }]);
    assert.deepEqual(await client.search('W'), []);
    await rejects(client.search('W'), 'server', /no list of mailboxes/);
    assert.deepEqual(paths(asked).slice(0, 2), ['GET endpointlookup/A%2F1/W%20%231', 'GET workflowsearch/W']);
    for (const call of [client.lookup('', 'W'), client.lookup('A1', '..'), client.search('\ud800')])
      await rejects(call, 'invalid-request', /(ODS code|workflow id) is not one/);
    assert.equal(asked.length, 4);
  });
});

describe('the outside of a message', () => {
  it('is read without the inside', async () => {
    const headers = {
      'mex-messageid': 'ID',
      'mex-from': 'X26SURGERY',
      'mex-content-encrypted': 'Y',
      'mex-chunk-range': '1:3',
    };
    const { client, asked } = scripted([answer(200, '', headers)]);
    assert.deepEqual(await client.head('ID'), {
      kind: 'data',
      messageType: 'DATA',
      messageId: 'ID',
      from: 'X26SURGERY',
      encrypted: true,
      chunk: { part: 1, of: 3 },
    });
    assert.deepEqual(paths(asked), ['HEAD X26PHARMACY/inbox/ID']);
  });

  it('of one that is not there', async () => {
    const { client } = scripted([answer(404)]);
    await rejects(client.head('ID'), 'unknown-message', /^Could not look at message ID: MESH knows no such message/);
  });

  it('an id that is none is not repeated', async () => {
    const { client } = scripted([answer(404)]);
    await rejects(client.head('Testperson, born 1970'), 'unknown-message', /^Could not look at the message: /);
  });
});

describe('a message in parts that is downloaded', () => {
  it('is opened part by part, and no part is asked for before it is wanted', async () => {
    const { client, asked } = scripted([part(206, 'a', '1:3'), part(206, 'b', '2:3'), part(200, 'c', '3:3')]);
    const { parts, ...envelope } = await client.open('ID');
    assert.equal(envelope.messageId, 'ID');
    const read: string[] = [];
    for await (const one of parts) {
      read.push(one.toString());
      assert.equal(asked.length, read.length);
    }
    assert.deepEqual(read, ['a', 'b', 'c']);
  });

  it('is downloaded anew when it is read a second time', async () => {
    const both = [part(206, 'a', '1:2'), part(200, 'b', '2:2')];
    const { client, asked } = scripted([...both, ...both]);
    const { parts } = await client.open('ID');
    const read = async () => {
      const texts: string[] = [];
      for await (const one of parts) texts.push(one.toString());
      return texts.join('');
    };
    assert.deepEqual([await read(), await read()], ['ab', 'ab']);
    assert.deepEqual(
      paths(asked),
      ['', '/2', '', '/2'].map((end) => `GET X26PHARMACY/inbox/ID${end}`),
    );
  });

  it('a part that broke off is asked for again as a whole', async () => {
    const { client, asked } = scripted([part(206, 'a', '1:2'), RESET, answer(502), part(200, 'b', '2:2')]);
    assert.equal((await client.download('ID')).body.toString(), 'ab');
    assert.deepEqual(
      paths(asked).slice(1),
      Array.from({ length: 3 }, () => 'GET X26PHARMACY/inbox/ID/2'),
    );
  });

  it('ends with the last part, whatever its status', async () => {
    const { client } = scripted([part(206, 'a', '1:2'), part(206, 'b', '2:2')]);
    assert.equal((await client.download('ID')).body.toString(), 'ab');
  });

  it('ends by the status where no part says how many there are', async () => {
    const { client } = scripted([answer(206, 'a'), answer(206, 'b'), answer(200, 'c')]);
    assert.equal((await client.download('ID')).body.toString(), 'abc');
  });

  it('is not taken for whole when it is not', async () => {
    const cases: [MeshResponse[], RegExp][] = [
      [[part(206, 'a', '1:3'), part(200, 'b', '2:3')], /fewer parts than it says/],
      [[part(206, 'a', '1:3'), part(206, 'c', '3:3')], /another part came/],
      [[part(206, 'a', '1:2'), part(206, 'b', '2:1')], /more parts than it says/],
      [[part(206, 'b', '2:2')], /another part came/],
      [[part(206, 'a', '1:2'), part(206, 'b', '2:3')], /do not agree how many/],
    ];
    for (const [answers, says] of cases) await rejects(scripted(answers).client.download('ID'), 'server', says);
    await rejects(
      scripted([
        part(206, 'a', '1:2'),
        answer(404, { detail: [{ event: 'RECEIVE', code: '20', msg: 'x' }] }),
      ]).client.download('ID'),
      'unknown-message',
      /no such message/,
    );
  });
});

describe('a message too large to be held in memory', () => {
  it('is not downloaded as one, and can be opened part by part', async () => {
    // One and the same for all of them: it is their sum that counts.
    const hundred = Buffer.alloc(100 * 1024 * 1024);
    const parts = Array.from({ length: 6 }, (_, index) =>
      answer(index < 5 ? 206 : 200, hundred, { 'mex-chunk-range': `${index + 1}:6` }),
    );
    const { client } = scripted([...parts]);
    await rejects(client.download('ID'), 'invalid-request', /^Could not download message ID: it has more than 512 MiB/);
    const anew = scripted(parts);
    let bytes = 0;
    for await (const one of (await anew.client.open('ID')).parts) bytes += one.length;
    assert.equal(bytes, 6 * hundred.length);
  });
});

describe('whether a message arrived', () => {
  const SINCE = new Date('2026-11-21T12:00:00.400Z');
  const OURS = { localId: 'A1001', workflowId: 'W', fileName: 'f.json' };
  const DATE = 'Sat, 21 Nov 2026 12:05:00 GMT';
  const found = (change: Record<string, unknown> = {}, date = DATE) =>
    answer(
      200,
      {
        messageId: 'ID',
        status: 'Accepted',
        localId: 'A1001',
        workflowId: 'W',
        fileName: 'f.json',
        uploadTimestamp: '20261121120001',
        ...change,
      },
      { date },
    );
  const ask = (response: MeshResponse, ours: Partial<typeof OURS> = OURS) =>
    scripted([response, response], { now: () => new Date('2026-11-21T12:05:00Z') }).client.whetherArrived(
      { workflowId: 'W', ...ours },
      SINCE,
    );
  const ARRIVED = { arrived: true, messageId: 'ID' };
  const NOT = { arrived: false };

  it('it did when the one MESH knows is as ours and came since', async () => {
    assert.deepEqual(await ask(found()), ARRIVED);
    assert.deepEqual(await ask(found({ status: 'Acknowledged' })), ARRIVED);
    assert.deepEqual(await ask(found({ status: 'Undeliverable' })), ARRIVED);
  });

  it('seconds that were cut off do not make it older', async () => {
    assert.deepEqual(await ask(found({ uploadTimestamp: '20261121120000' })), ARRIVED);
  });

  it('it did not when MESH knows none', async () => {
    assert.deepEqual(await ask(answer(404, { detail: [{ event: '', code: '', msg: 'Not Found' }] })), NOT);
  });

  it('is asked for a second time before it is said that it did not: MESH may still be busy with it', async () => {
    const none = answer(404, { detail: [{ event: '', code: '', msg: 'Not Found' }] });
    const { client, waits } = scripted([none, found(), none, none], { now: () => new Date('2026-11-21T12:05:00Z') });
    assert.deepEqual(await client.whetherArrived(OURS, SINCE), ARRIVED);
    assert.deepEqual(await client.whetherArrived(OURS, SINCE), NOT);
    assert.deepEqual(waits, [3000, 3000]);
  });

  it('it did not when the one MESH knows is another', async () => {
    assert.deepEqual(await ask(found({ uploadTimestamp: '20261121115930' })), NOT);
    assert.deepEqual(await ask(found({ workflowId: 'W_ACK' })), NOT);
    assert.deepEqual(await ask(found({ fileName: 'g.json' })), NOT);
    assert.deepEqual(await ask(found({ status: 'Uploading', uploadTimestamp: '20261121115930' })), NOT);
  });

  it('a file name beyond ASCII may come back in another writing, so it says nothing', async () => {
    assert.deepEqual(await ask(found({ fileName: 'Zo\u00c3\u00ab.json' }), { ...OURS, fileName: 'Zoë.json' }), ARRIVED);
  });

  it('the server’s clock is the one that counts', async () => {
    const ahead = 'Sat, 21 Nov 2026 12:15:00 GMT';
    assert.deepEqual(await ask(found({ uploadTimestamp: '20261121120501' }, ahead)), NOT);
    assert.deepEqual(await ask(found({ uploadTimestamp: '20261121121001' }, ahead)), ARRIVED);
    const behind = 'Sat, 21 Nov 2026 11:55:00 GMT';
    assert.deepEqual(await ask(found({ uploadTimestamp: '20261121115001' }, behind)), ARRIVED);
    assert.deepEqual(await ask(found({ uploadTimestamp: '20261121114901' }, behind)), NOT);
    assert.deepEqual(await ask(found({}, 'no date')), ARRIVED);
  });

  it('a file name the sender did not give says nothing', async () => {
    assert.deepEqual(await ask(found({ fileName: 'ID.dat' }), { localId: 'A1001' }), ARRIVED);
  });

  it('cannot be told from a local id that is not unique, or not there', async () => {
    for (const [response, ours, says] of [
      [answer(300), OURS, /Several messages.*same local id.*ask the recipient/],
      [answer(300), { localId: ' ' }, /no local id/],
      [answer(300), {}, /no local id/],
      [answer(404, '{"detail":"Not Found"}'), { localId: 'A1001/7' }, /local id with a slash/],
      [answer(404), { localId: 'A1001/7' }, /local id with a slash/],
      [found({ uploadTimestamp: '', fileName: '' }), OURS, /does not say since when/],
      [found({ status: 'Uploading' }), OURS, /does not have the whole of it yet/],
    ] as const) {
      const arrival = await ask(response, ours);
      assert.ok(arrival.arrived === undefined);
      assert.match(arrival.why, says);
      assert.doesNotMatch(arrival.why, /A1001/);
    }
  });

  it('is told by the file name where MESH gives no time', async () => {
    assert.deepEqual(await ask(found({ uploadTimestamp: '' })), ARRIVED);
  });

  it('is an error where MESH cannot be asked', async () => {
    await rejects(ask(answer(500)), 'server', /^Could not track a message by its local id: /);
    await rejects(ask(answer(200, '<html>')), 'server', /no tracking record/);
    for (const echo of ['A1001', 'f.json', '9990000018', 'Testperson, born 1970'])
      await rejects(
        ask(found({ messageId: echo })),
        'server',
        /^Could not track a .*: the answer gives no message id\./,
      );
    const error = await rejects(ask(answer(404, '{"detail":"Not Found"}')), 'server', /is a MESH server/);
    assert.doesNotMatch(error.message, /A1001/);
  });

  it('the same by hand', async () => {
    const { client, asked } = scripted([answer(300), answer(404), found()]);
    assert.equal(await client.trackByLocalId('a b/c'), 'several');
    assert.equal(await client.trackByLocalId('A1'), undefined);
    const tracking = await client.trackByLocalId('A1001');
    assert.ok(typeof tracking === 'object');
    assert.equal(tracking.messageId, 'ID');
    assert.equal(paths(asked)[0], 'GET X26PHARMACY/outbox/tracking/a%20b%2Fc');
    const error = await rejects(client.trackByLocalId('..'), 'invalid-request', /the local id is not one/);
    assert.equal(error.sent, undefined);
  });
});
