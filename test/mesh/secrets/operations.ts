// Everything a client can do, once each, with planted secrets in every place that takes one.
import { createMeshClient } from '../../../mesh/client';
import type { ClientOptions, Content, Mailbox, MeshClient, Upload } from '../../../mesh/client';
import type { Transport } from '../../../mesh/transport';
import { detector } from './expect';
import { ADDRESS, BODY, CREDENTIALS, OUTSIDE } from './planted';

export const MESSAGE = { to: ADDRESS, workflowId: 'DIGMED_EMG_MED', ...OUTSIDE, body: Buffer.from(BODY) };
export const MESSAGE_ID = '20261121020000000001_ABCDEF';

const NOW = new Date('2026-11-21T02:00:00Z');

type Operation = (client: MeshClient, signal?: AbortSignal) => Promise<unknown>;

/** The compiler asks for a row for each function of the client. */
const FUNCTIONS: Record<keyof MeshClient, Operation> = {
  handshake: (client, signal) => client.handshake({ signal }),
  send: (client, signal) => client.send(MESSAGE, { signal }),
  resume: (client, signal) => resumed(client, signal),
  whetherArrived: (client, signal) => client.whetherArrived(MESSAGE, NOW, { signal }),
  inbox: (client, signal) => client.inbox({ signal, pageSize: 20, workflowFilter: 'DIGMED*' }),
  inboxPages: (client, signal) => drained(client.inboxPages({ signal })),
  count: (client, signal) => client.count({ signal }),
  head: (client, signal) => client.head(MESSAGE_ID, { signal }),
  download: (client, signal) => client.download(MESSAGE_ID, { signal }),
  open: async (client, signal) => drained((await client.open(MESSAGE_ID, { signal })).parts),
  acknowledge: (client, signal) => client.acknowledge(MESSAGE_ID, { signal }),
  track: (client, signal) => client.track(MESSAGE_ID, { signal }),
  trackByLocalId: (client, signal) => client.trackByLocalId(OUTSIDE.localId, { signal }),
  lookup: (client, signal) => client.lookup('X26', 'DIGMED_EMG_MED', { signal }),
  search: (client, signal) => client.search('DIGMED_EMG_MED', { signal }),
};

const PART_SIZE = 40;

export const OPERATIONS: Record<string, Operation> = {
  ...FUNCTIONS,
  'send, gzipped': (client, signal) => client.send(MESSAGE, { signal, compress: true }),
  'send in parts': (client, signal) => client.send(MESSAGE, { signal, partSize: PART_SIZE }),
  'send in parts, from a source': (client, signal) =>
    client.send({ ...MESSAGE, body: sourceOf(MESSAGE.body) }, { signal, partSize: PART_SIZE, compress: true }),
};

function sourceOf(bytes: Buffer): Content {
  return { bytes: bytes.length, read: () => read(bytes) };
}

// eslint-disable-next-line @typescript-eslint/require-await -- what a file gives, without a file
async function* read(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes.subarray(0, 11);
  yield bytes.subarray(11);
}

/** The state of a send that broke off, as an error carries it; then on from there. */
async function resumed(client: MeshClient, signal?: AbortSignal): Promise<unknown> {
  return client.resume(await brokenOff(), MESSAGE.body, { signal });
}

let upload: Promise<Upload> | undefined;
const brokenOff = () => (upload ??= breakOff());

async function breakOff(): Promise<Upload> {
  const transport = takingFirstPart(() => Promise.resolve({ status: 400, headers: {}, body: Buffer.alloc(0) }));
  const client = createMeshClient(MAILBOX, { transport });
  let state: Upload | undefined;
  await client.send(MESSAGE, { partSize: PART_SIZE }).catch((error: unknown) => {
    state = (error as { upload?: Upload }).upload;
  });
  if (!state) throw new Error('A send in parts that breaks off tells its state');
  return state;
}

async function drained(all: AsyncIterable<unknown>): Promise<void> {
  const items = all[Symbol.asyncIterator]();
  while (!(await items.next()).done);
}

/** MESH takes the first of several parts; all else is as it was. */
function takingFirstPart(transport: Transport): Transport {
  return (request, signal) =>
    /^1:([2-9]|\d\d)/.test(request.headers['Mex-Chunk-Range'] ?? '')
      ? Promise.resolve({ status: 202, headers: {}, body: Buffer.from(JSON.stringify({ message_id: MESSAGE_ID })) })
      : transport(request, signal);
}

export const MAILBOX: Mailbox = {
  endpoint: new URL('https://mesh.example'),
  mailbox: 'X26PHARMACY',
  password: CREDENTIALS.password,
  sharedKey: CREDENTIALS.sharedKey,
};

/** A client whose every token is a secret from the moment it is made. It makes the same one again and again. */
export function watchedClient(
  transport: Transport,
  mailbox: Partial<Mailbox> = {},
  options: ClientOptions = {},
): MeshClient {
  const watched: Transport = (request, signal) => {
    detector.plant('token', (request.headers.Authorization ?? '').split(':').at(-1) ?? '');
    return transport(request, signal);
  };
  return createMeshClient(
    { ...MAILBOX, ...mailbox },
    {
      now: () => NOW,
      randomUUID: () => '0b5f5f0e-4a57-4c1c-8a35-6f6c1c7a9d11',
      wait: () => Promise.resolve(),
      ...options,
      transport: takingFirstPart(watched),
    },
  );
}
