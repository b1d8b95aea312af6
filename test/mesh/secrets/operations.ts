// Everything a client can do, once each, with planted secrets in every place that takes one.
import { createMeshClient } from '../../../mesh/client';
import type { ClientOptions, Mailbox, MeshClient } from '../../../mesh/client';
import type { Transport } from '../../../mesh/transport';
import type { Detector } from './detector';
import { ADDRESS, BODY, CREDENTIALS, OUTSIDE } from './planted';

export const MESSAGE = { to: ADDRESS, workflowId: 'DIGMED_EMG_MED', ...OUTSIDE, body: Buffer.from(BODY) };
const NOW = new Date('2026-11-21T02:00:00Z');
export const MESSAGE_ID = '20261121020000000001_ABCDEF';

type Operation = (client: MeshClient, signal?: AbortSignal) => Promise<unknown>;

/** The compiler asks for a row for each function of the client. */
export const OPERATIONS: Record<keyof MeshClient, Operation> = {
  handshake: (client, signal) => client.handshake({ signal }),
  send: (client, signal) => client.send(MESSAGE, { signal }),
  inbox: (client, signal) => client.inbox({ signal }),
  download: (client, signal) => client.download(MESSAGE_ID, { signal }),
  acknowledge: (client, signal) => client.acknowledge(MESSAGE_ID, { signal }),
  track: (client, signal) => client.track(MESSAGE_ID, { signal }),
};

export const MAILBOX: Mailbox = {
  endpoint: new URL('https://mesh.example'),
  mailbox: 'X26PHARMACY',
  password: CREDENTIALS.password,
  sharedKey: CREDENTIALS.sharedKey,
};

/** A client whose every token is a secret from the moment it is made. It makes the same one again and again. */
export function watchedClient(
  detector: Detector,
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
      ...options,
      transport: watched,
    },
  );
}
