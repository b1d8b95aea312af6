// MESH as it may answer, and requests as they may come: the client rejects with a MeshError and nothing else, and the sandbox
// goes on.
import assert from 'node:assert/strict';
import { createServer, connect, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { MeshError } from '../../../mesh/errors';
import { startSandbox, type Sandbox } from '../../../mesh/sandbox/sandbox';
import { createPractice } from '../../../mesh/sandbox/receiver';
import { createTransport, type MeshResponse } from '../../../mesh/transport';
import { knowledge } from '../../knowledge';
import { OPERATIONS, watchedClient } from '../../mesh/secrets/operations';
import { ask, V2 } from '../../mesh/wire';
import { mutateBytes, mutateText } from '../mutate-text';
import { mutate } from '../mutate-value';
import { oddWord } from '../odd';
import { sentence } from '../oracles';
import type { Random } from '../random';
import { exampleText } from '../sources';
import { bytesCase, stepsCase, type Target } from '../target';

const BODIES = [
  { message_id: '20261201_1', messageID: '20261201_1' },
  {
    messages: ['1', '2'],
    links: { self: '/messageexchange/A/inbox', next: '/messageexchange/A/inbox?continue_from=x' },
    approx_inbox_count: 2,
  },
  { count: 1, internal_id: 'x', allResultsIncluded: true },
  {
    status: 'accepted',
    message_id: '1',
    local_id: 'a',
    workflow_id: 'w',
    upload_timestamp: '2026-12-01T12:00:00Z',
    expiry_time: '20261201120000',
  },
  { query_id: 'q', results: [{ address: 'A', description: 'b', endpoint_type: 'MESH' }] },
  { detail: [{ event: 'SEND', code: '12', msg: 'No' }] },
  { errorEvent: 'SEND', errorCode: '12', errorDescription: 'No', messageID: '1' },
  { detail: [{ loc: ['header', 'mex-to'], msg: 'missing', type: 'missing' }] },
];
const HEADERS: Record<string, string> = {
  'content-type': 'application/json',
  date: 'Tue, 01 Dec 2026 12:00:00 GMT',
  'mex-messageid': '20261201_1',
  'mex-messagetype': 'DATA',
  'mex-from': 'X26SURGERY',
  'mex-to': 'X26PHARMACY',
  'mex-workflowid': 'DIGMED_EMG_MED_ACK',
  'mex-chunk-range': '1:2',
  'mex-statuscode': '00',
  'mex-statustimestamp': '20261201120000',
  'mex-linkedmsgid': '1',
  'retry-after': '1',
};
const STATUSES = [
  200, 200, 200, 200, 202, 202, 206, 206, 204, 300, 302, 400, 401, 403, 404, 410, 413, 417, 423, 429, 500, 503,
];

function anyAnswer(random: Random): MeshResponse {
  const value: unknown = structuredClone(random.pick(BODIES));
  for (let left = random.below(4); left > 0; left--) mutate(value, random);
  let text = JSON.stringify(value);
  if (random.chance(0.3)) text = mutateText(text, random);
  const headers = Object.fromEntries(
    Object.entries(HEADERS).flatMap(([name, was]) => {
      if (random.chance(0.2)) return [];
      return [
        [name, random.chance(0.2) ? headerOf(random.chance(0.5) ? oddWord(random) : mutateText(was, random)) : was],
      ];
    }),
  );
  if (random.chance(0.1)) headers['mex-messagetype'] = 'REPORT';
  if (random.chance(0.2))
    headers['mex-chunk-range'] = random.pick(['1:1', '2:2', '1:0', '0:0', '1:99999999', '-1:2', '1:', 'a']);
  return { status: random.pick(STATUSES), headers, body: Buffer.from(random.chance(0.1) ? oddWord(random) : text) };
}

/** As one travels. */
const headerOf = (text: string): string =>
  text
    .replace(/[^\t\x20-\x7e\x80-\xff]/g, '?')
    .slice(0, 4000)
    .trim();

/** A page that leads to itself would go on for ever, and so may a server: such a run is cut off. */
const MOST_REQUESTS = 60;

async function carriedOut(name: string, doing: () => Promise<unknown>): Promise<void> {
  try {
    await doing();
  } catch (error) {
    assert.ok(error instanceof MeshError, `${name} rejects with ${String(error)}`);
    sentence(error.message);
  }
}

export const meshAnswers: Target = {
  name: 'mesh-answers',
  cases: 120,
  make(random) {
    const name = random.pick(Object.keys(OPERATIONS));
    const answers = Array.from({ length: 1 + random.below(4) }, () => anyAnswer(random));
    return stepsCase(answers, async (some) => {
      const ended = new AbortController();
      let count = 0;
      const client = watchedClient(() => {
        if (++count > MOST_REQUESTS) ended.abort();
        const { headers, ...rest } = some[(count - 1) % Math.max(1, some.length)] ?? {
          status: 200,
          headers: {},
          body: Buffer.alloc(0),
        };
        return ended.signal.aborted
          ? Promise.reject(new DOMException('Cancelled', 'AbortError'))
          : Promise.resolve({ ...rest, headers: { ...headers } });
      });
      await carriedOut(name, () => OPERATIONS[name]!(client, ended.signal));
    });
  },
};

const onTheWire = ({ status, headers, body }: MeshResponse, random: Random): Buffer => {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const isZipped = random.chance(0.2);
  const content = isZipped ? gzipSync(body) : body;
  const length = random.chance(0.9) ? content.length : random.pick([0, 1, -1, 999_999]);
  const head = [
    `HTTP/1.1 ${status} x`,
    ...lines,
    `Content-Length: ${length}`,
    ...(isZipped ? ['Content-Encoding: gzip'] : []),
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), content]);
};

/** Whatever is asked, these bytes come back. */
async function answering(answer: Buffer, use: (url: URL) => Promise<void>): Promise<void> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await use(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  } finally {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
}

export const meshBytes: Target = {
  name: 'mesh-bytes',
  cases: 10,
  make(random) {
    const name = random.pick(Object.keys(OPERATIONS));
    let answer = onTheWire(anyAnswer(random), random);
    for (let left = random.below(3); left > 0; left--) answer = mutateBytes(answer, random);
    return bytesCase(answer, (some) =>
      answering(some, async (endpoint) => {
        const ended = new AbortController();
        const transport = createTransport({ maximumBytes: 1_000_000 });
        let count = 0;
        const client = watchedClient(
          (request, signal) => {
            if (++count > MOST_REQUESTS) ended.abort();
            return transport(request, signal);
          },
          { endpoint },
        );
        await carriedOut(name, () => OPERATIONS[name]!(client, ended.signal));
      }),
    );
  },
};

let running: Promise<{ sandbox: Sandbox; log: string[] }> | undefined;

function theSandbox(): Promise<{ sandbox: Sandbox; log: string[] }> {
  return (running ??= (async () => {
    const log: string[] = [];
    const receiver = createPractice(knowledge(), { odsCode: 'ZZZ99' });
    return { log, sandbox: await startSandbox({ port: 0, receiver, log: (line) => log.push(line) }) };
  })());
}

const PATHS = [
  '/messageexchange/X26PHARMACY',
  '/messageexchange/X26PHARMACY/outbox',
  '/messageexchange/X26PHARMACY/outbox/1/2',
  '/messageexchange/X26PHARMACY/inbox',
  '/messageexchange/X26PHARMACY/inbox?max_results=1&continue_from=x',
  '/messageexchange/X26PHARMACY/inbox/1',
  '/messageexchange/X26PHARMACY/inbox/1/status/acknowledged',
  '/messageexchange/X26PHARMACY/outbox/tracking?messageID=1',
  '/messageexchange/endpointlookup/X26/DIGMED_EMG_MED',
  '/',
  '/messages/1',
  '/messageexchange/admin/reset',
];

interface Asked {
  request: string;
  headers: Record<string, string>;
  body: string;
}

function anyRequest(random: Random): Asked {
  const headers: Record<string, string> = {
    'Mex-To': 'X26SURGERY',
    'Mex-WorkflowID': 'DIGMED_EMG_MED',
    'Mex-LocalID': 'x',
    'Mex-Chunk-Range': random.pick(['1:1', '1:2', '2:2', '0:1', 'x', '1:1000000000']),
    ...V2,
  };
  for (const name of Object.keys(headers)) {
    if (random.chance(0.2)) Reflect.deleteProperty(headers, name);
    else if (random.chance(0.15)) headers[name] = headerOf(oddWord(random));
  }
  if (random.chance(0.2)) headers['Content-Encoding'] = random.pick(['gzip', 'deflate', 'x']);
  const path = random.pick(PATHS);
  const odd = random.chance(0.3)
    ? encodeURI(mutateText(path, random).replace(/\p{Surrogate}/gu, '?')).replace(/^[^/]?/, '/')
    : path;
  return {
    request: `${random.pick(['GET', 'POST', 'PUT', 'HEAD'])} ${odd}`,
    headers,
    body: random.chance(0.5) ? mutateText(exampleText(), random) : oddWord(random),
  };
}

async function goesOn(): Promise<void> {
  const { sandbox, log } = await theSandbox();
  await sandbox.settled();
  const { status } = await ask(sandbox, 'GET /messageexchange/X26PHARMACY/inbox', V2);
  assert.equal(status, 200, 'The sandbox does not answer any more');
  const failed = log.filter((line) => /failed/.test(line));
  log.length = 0;
  assert.deepEqual(failed, []);
}

const stopSandbox = async (): Promise<void> => {
  await (await running)?.sandbox.close();
  running = undefined;
};

export const sandboxRequests: Target = {
  name: 'sandbox-requests',
  cases: 20,
  make(random) {
    const requests = Array.from({ length: 1 + random.below(4) }, () => anyRequest(random));
    return stepsCase(requests, async (some) => {
      const { sandbox } = await theSandbox();
      for (const { request, headers, body } of some) {
        const isRead = /^(?:GET|HEAD)/.test(request);
        const { status } = await ask(sandbox, request, headers, isRead ? undefined : body);
        assert.ok(status >= 200 && status < 500, `${request.slice(0, 300)} is answered with ${status}`);
      }
      await goesOn();
      // What was taken in would fill the memory of a long run.
      await ask(sandbox, 'DELETE /messageexchange/admin/reset', V2);
    });
  },
  close: stopSandbox,
};

export const sandboxBytes: Target = {
  name: 'sandbox-bytes',
  cases: 15,
  make(random) {
    const { request, headers, body } = anyRequest(random);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const head = [`${request} HTTP/1.1`, 'Host: 127.0.0.1', ...lines, `Content-Length: ${Buffer.byteLength(body)}`];
    let all: Buffer = Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
    for (let left = 1 + random.below(3); left > 0; left--) all = mutateBytes(all, random);
    return bytesCase(all, async (some) => {
      const { sandbox } = await theSandbox();
      await new Promise<void>((resolve) => {
        const socket = connect(sandbox.port, '127.0.0.1', () => socket.end(some));
        socket.on('error', () => undefined);
        socket.on('close', () => resolve());
        socket.resume();
      });
      await goesOn();
    });
  },
  close: stopSandbox,
};
