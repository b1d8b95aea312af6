// What every case of the contract starts from: a server with empty mailboxes, and a client for each of three.
import assert from 'node:assert/strict';
import { createCipheriv } from 'node:crypto';
import type { Credentials } from '../../../mesh/authorization';
import { createMeshClient } from '../../../mesh/client';
import type { ClientOptions, Mailbox, MeshClient, OutgoingMessage } from '../../../mesh/client';
import { MeshError } from '../../../mesh/errors';
import type { MeshErrorKind } from '../../../mesh/errors';
import { createTransport } from '../../../mesh/transport';
import type { TlsOptions, Transport } from '../../../mesh/transport';
import { DIFFERENCES } from './differences';
import type { Difference } from './differences';

/**
 * A MESH server. Its mailboxes are those of NHS England's sandbox: X26ABC1 sends, X26ABC2 receives, X26ABC3 (of another
 * organisation) is a stranger.
 */
export interface Peer {
  endpoint: URL;
  mailboxes: readonly [sender: Credentials, recipient: Credentials, third: Credentials];
  tls?: TlsOptions;
  /** A size of parts that it takes. */
  partSize: number;
  /** In what it does not do as NHS England's sandbox does: none for that itself. */
  differs: ReadonlySet<Difference>;
  stop(): Promise<void>;
}

export interface Scene {
  peer: Peer;
  sender: MeshClient;
  recipient: MeshClient;
  third: MeshClient;
  /** Another client of a mailbox, with something changed. */
  client: (index: 0 | 1 | 2, change?: Partial<Mailbox>, options?: ClientOptions) => MeshClient;
  /** POST to what both sandboxes have below `/messageexchange/admin`, and real MESH has not. */
  administer: (path: string, value: unknown) => Promise<string>;
}

/** Cases reach their scene through this: it is made anew for each of them. */
export type TheScene = () => Scene;

export function sceneOf(peer: Peer): Scene {
  const client: Scene['client'] = (index, change, options) =>
    createMeshClient({ endpoint: peer.endpoint, tls: peer.tls, ...peer.mailboxes[index], ...change }, options);
  const transport = createTransport({ tls: peer.tls });
  return {
    peer,
    sender: client(0),
    recipient: client(1),
    third: client(2),
    client,
    async administer(path, value) {
      const url = new URL(`/messageexchange/admin/${path}`, peer.endpoint);
      const headers = { 'Content-Type': 'application/json' };
      const { status, body } = await transport({
        method: 'POST',
        url,
        headers,
        body: Buffer.from(JSON.stringify(value)),
      });
      assert.equal(status, 200, `${path}: ${body.toString()}`);
      return body.toString();
    },
  };
}

/** A case in which the two servers differ: each has its own behaviour, and both are held. */
export function differing(
  scene: TheScene,
  name: Difference,
  behaviour: Record<'real' | 'ours', (scene: Scene) => Promise<void>>,
): void {
  withCase.add(name);
  const { real, ours } = DIFFERENCES[name];
  it(`differs, ${name}: ${real} | ${ours}`, () => behaviour[scene().peer.differs.has(name) ? 'ours' : 'real'](scene()));
}

/** The differences that have a case. */
export const withCase = new Set<Difference>();

/** The least that can be sent. */
export const NOTE: OutgoingMessage = { to: 'X26ABC2', workflowId: 'TEST_WORKFLOW', body: Buffer.from('a note') };

export async function rejects(
  promise: Promise<unknown>,
  kind: MeshErrorKind,
  detail: { status?: number; code?: string } = {},
): Promise<MeshError> {
  const error: unknown = await promise.then(
    () => assert.fail(`expected an error of kind ${kind}, but it went well`),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof MeshError, `only MeshErrors come out, not ${String(error)}`);
  assert.equal(error.kind, kind, error.message);
  for (const [name, value] of Object.entries(detail)) assert.equal(error[name as 'status' | 'code'], value, name);
  return error;
}

/** A network that changes the token of every request on its way out. Without a token nothing is sent in its place. */
export function withToken(tls: TlsOptions | undefined, change: (token: string) => string | undefined): Transport {
  const network = createTransport({ tls });
  return (request, signal) => {
    const { Authorization: token = '', ...headers } = request.headers;
    const changed = change(token);
    if (changed !== undefined) headers.Authorization = changed;
    return network({ ...request, headers }, signal);
  };
}

/** Bytes of every value, without a pattern that compression would find; the same at each run. */
export function noise(length: number): Buffer {
  const key = Buffer.alloc(16, 'noise');
  return createCipheriv('aes-128-ctr', key, key).update(Buffer.alloc(length));
}
