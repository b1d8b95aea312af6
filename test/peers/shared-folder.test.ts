// Our sandbox and NHS England's, one after the other, over one folder: what one has stored the other reads.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { oursAsPeer } from '../mesh/contract/ours';
import { noise, sceneOf } from '../mesh/contract/scene';
import type { Scene } from '../mesh/contract/scene';
import { startRealSandbox } from './processes';

const SENT = {
  to: 'X26ABC2',
  workflowId: 'TEST_WORKFLOW',
  fileName: 'naïve.txt',
  localId: 'local 1',
  subject: 'A subject',
  partnerId: 'partner',
  checksum: 'md5:00ff',
  contentType: 'text/csv',
};
const BODY = noise(250_000);

/** What one sandbox leaves in its folder: a message as it came, one in compressed parts, one that was collected. */
async function fill({ sender, recipient }: Scene): Promise<string[]> {
  const options = { partSize: 100_000, compress: true };
  const whole = await sender.send({ ...SENT, body: BODY });
  const parts = await sender.send({ ...SENT, localId: 'local 2', body: BODY }, options);
  const collected = await sender.send({ ...SENT, localId: 'local 3', body: BODY });
  await recipient.acknowledge(collected.messageId);
  return [whole.messageId, parts.messageId, collected.messageId];
}

async function find({ sender, recipient }: Scene, [whole = '', parts = '', collected = '']: string[]): Promise<void> {
  assert.deepEqual(await recipient.inbox(), [whole, parts]);
  for (const id of [whole, parts]) {
    const { body, ...outside } = await recipient.download(id);
    assert.ok(body.equals(BODY));
    assert.deepEqual(
      Object.fromEntries(Object.keys(SENT).map((field) => [field, outside[field as keyof typeof SENT]])),
      id === whole ? SENT : { ...SENT, localId: 'local 2' },
    );
    assert.equal(outside.from, 'X26ABC1');
  }
  assert.deepEqual(await Promise.all([whole, parts, collected].map(async (id) => (await sender.track(id)).status)), [
    'accepted',
    'accepted',
    'acknowledged',
  ]);
  const tracked = await sender.trackByLocalId('local 2');
  assert.ok(typeof tracked === 'object');
  assert.equal(tracked.messageId, parts);
  await recipient.acknowledge(whole);
}

describe('one folder for both sandboxes', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'itk3-peers-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const withOurs = async <T>(use: (scene: Scene) => Promise<T>): Promise<T> => {
    const peer = await oursAsPeer({ folder });
    return use(sceneOf(peer)).finally(() => peer.stop());
  };
  const withTheirs = async <T>(use: (scene: Scene) => Promise<T>): Promise<T> => {
    const sandbox = await startRealSandbox(folder);
    return use(sceneOf(await sandbox.peer())).finally(() => sandbox.stop());
  };
  const left = async ({ recipient }: Scene) => (await recipient.inbox()).length;

  it('what ours has stored NHS England’s reads, and the other way round', async () => {
    const ids = await withOurs(fill);
    await withTheirs((scene) => find(scene, ids));
    assert.equal(await withOurs(left), 1);
  });

  it('what NHS England’s has stored ours reads, and the other way round', async () => {
    const ids = await withTheirs(fill);
    await withOurs((scene) => find(scene, ids));
    assert.equal(await withTheirs(left), 1);
  });
});
