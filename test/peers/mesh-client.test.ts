// NHS England's mesh-client (Python) against our sandbox. The script tells what it saw, the expectations stand here.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { oursAsPeer, secure } from '../mesh/contract/ours';
import { noise, sceneOf } from '../mesh/contract/scene';
import type { Peer, Scene } from '../mesh/contract/scene';
import { runScript, startRealSandbox } from './processes';
import type { RealSandbox } from './processes';

const SENT = { from: 'X26ABC1', to: 'X26ABC2', type: 'DATA', same: true };

/** Step of mesh_client_contract.py to what it must have seen: at NHS England's own sandbox, and so at ours. */
const EXPECTED: Record<string, unknown> = {
  receive_from_another_client: {
    same: [true, true],
    ranges: ['1:3', '1:3'],
    subjects: ['plain', 'compressed'],
    types: ['text/csv', 'text/csv'],
  },
  ping: { status: 'running' },
  handshake: { said: ['hello', 'hello'] },
  handshake_with_a_wrong_password: { status: 403 },
  // The client asks for gzip, and version 2 of the API then compresses what is stored plain.
  send_whole: { ...SENT, statuses: [200], encodings: ['gzip'] },
  send_whole_gzipped: { ...SENT, statuses: [200], encodings: ['gzip'] },
  send_in_parts: { ...SENT, statuses: [206, 206, 200], encodings: ['gzip', 'gzip', 'gzip'] },
  send_in_parts_gzipped: { ...SENT, statuses: [206, 206, 200], encodings: ['gzip', 'gzip', 'gzip'] },
  send_with_every_header: {
    workflow_id: 'TEST_WORKFLOW',
    filename: 'note one.json',
    local_id: 'local 1',
    subject: 'A subject',
    partner_id: 'partner',
    checksum: 'md5:00ff',
    content_type: 'application/fhir+json',
    encrypted: true,
    compressed: true,
  },
  send_to_nobody: {
    error: 'Unregistered to address',
    detail: [{ event: 'SEND', code: '12', msg: 'Unregistered to address' }],
  },
  list_and_count: { in_order: true, count: 3 },
  list_with_filters: {
    WF_LAB: ['WF_LAB'],
    '!WF_LAB': ['WF_LAB_ACK', 'OTHER'],
    'WF*': ['WF_LAB', 'WF_LAB_ACK'],
    '!WF*': ['OTHER'],
    '*ACK*': ['WF_LAB_ACK'],
    '!*ACK*': ['WF_LAB', 'OTHER'],
  },
  page: { first: true, all: true, filtered: true },
  read_and_acknowledge: { content: 'one', left: true },
  track: {
    local_id: 'local 1',
    workflow_id: 'TEST_WORKFLOW',
    filename: 'note.txt',
    recipient: 'X26ABC2',
    recipient_ods_code: 'X26',
    status_success: true,
    statuses: ['accepted', 'acknowledged'],
  },
  look_up: {
    'X26/TEST_WORKFLOW': [{ mailbox_id: 'X26ABC2', mailbox_name: 'TESTMB2' }],
    'X27/TEST_WORKFLOW_ACK': [{ mailbox_id: 'X26ABC3', mailbox_name: 'TESTMB3' }],
    'X99/TEST_WORKFLOW': [],
  },
};

function meshClientAgainst(name: string, start: () => Promise<Peer>): void {
  describe(`mesh-client 5.0.2 against ${name}`, () => {
    let peer: Peer;
    let seen: Map<string, unknown>;
    let ended: string;
    let folder: string;
    before(async () => {
      folder = mkdtempSync(path.join(tmpdir(), 'itk3-peers-'));
      peer = await start();
      await sendOurs(sceneOf(peer));
      const { lines, errors, code } = await runScript('mesh_client_contract.py', {
        MESH_URL: peer.endpoint.origin,
        MESH_SHARED_KEY: peer.mailboxes[0].sharedKey,
        MESH_PART_SIZE: String(peer.partSize),
        ...filesOf(peer, folder),
      });
      const told = lines.map((line) => JSON.parse(line) as { step: string });
      seen = new Map(told.map(({ step, ...facts }) => [step, facts]));
      ended = `${String(code)} ${errors}`;
    });
    after(() => peer.stop());
    after(() => rmSync(folder, { recursive: true }));

    for (const [step, expected] of Object.entries(EXPECTED)) {
      it(step.replaceAll('_', ' '), () => assert.deepEqual(seen.get(step), expected, ended));
    }
    it('send to another client', async () => {
      const { sent, digest } = seen.get('send_to_another_client') as { sent: string; digest: string };
      const { from, contentType, chunk, body } = await sceneOf(peer).third.download(sent);
      assert.deepEqual(
        { from, contentType, of: chunk.of, digest: digestOf(body) },
        { from: 'X26ABC1', contentType: 'text/csv', of: 3, digest },
      );
    });
    it('nothing else', () => {
      assert.deepEqual([...seen.keys()].sort(), [...Object.keys(EXPECTED), 'send_to_another_client'].sort());
      assert.equal(ended.trim(), '0');
    });
  });
}

const digestOf = (body: Buffer) => createHash('sha256').update(body).digest('hex');

async function sendOurs({ peer, sender }: Scene): Promise<void> {
  const body = noise(peer.partSize * 2.5);
  const outside = { to: 'X26ABC3', workflowId: 'TEST_WORKFLOW2', localId: digestOf(body), contentType: 'text/csv' };
  for (const [subject, compress] of [
    ['plain', false],
    ['compressed', true],
  ] as const) {
    await sender.send({ ...outside, subject, body }, { partSize: peer.partSize, compress });
  }
}

/** Python's TLS reads certificates and keys from files only. */
function filesOf({ tls }: Peer, folder: string): Record<string, string> {
  const texts = { MESH_CA: tls?.ca, MESH_CERTIFICATE: tls?.cert, MESH_KEY: tls?.key };
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) => {
      if (text === undefined) return [];
      const file = path.join(folder, `${name}.pem`);
      writeFileSync(file, text, { mode: 0o600 });
      return [[name, file]];
    }),
  );
}

meshClientAgainst('our sandbox', () => oursAsPeer());
meshClientAgainst('our sandbox over TLS, asking for client certificates', async () =>
  oursAsPeer({ secure: await secure() }),
);

meshClientAgainst('our sandbox, strict', () => oursAsPeer({ strict: true }));

describe('what is expected', () => {
  let sandbox: RealSandbox;
  before(async () => {
    sandbox = await startRealSandbox();
  });
  after(() => sandbox.stop());
  meshClientAgainst("NHS England's own sandbox", () => sandbox.peer());
});
