// Who runs a sandbox is told when something has come into an inbox of it.
import assert from 'node:assert/strict';
import { createMeshClient } from '../../mesh/client';
import { DEFAULT_MAILBOXES } from '../../mesh/sandbox/accounts';
import { startSandbox } from '../../mesh/sandbox/sandbox';
import type { Sandbox } from '../../mesh/sandbox/sandbox';

describe('mesh sandbox, delivering', () => {
  let sandbox: Sandbox;
  let delivered: string[];
  beforeEach(async () => {
    delivered = [];
    sandbox = await startSandbox({ port: 0, onDeliver: (mailbox) => delivered.push(mailbox) });
  });
  afterEach(() => sandbox.close());

  const clientOf = (wanted: string) => {
    const account = DEFAULT_MAILBOXES.find(({ mailbox }) => mailbox === wanted);
    assert.ok(account);
    return createMeshClient({ ...account, endpoint: new URL(sandbox.url) });
  };
  const letter = { to: 'X26SURGERY', workflowId: 'DIGMED_EMG_MED' };

  it('tells of a message once', async () => {
    const { messageId } = await clientOf('X26PHARMACY').send({ ...letter, body: Buffer.from('{}') });
    assert.deepEqual(delivered, ['X26SURGERY']);
    await clientOf('X26SURGERY').acknowledge(messageId);
    assert.deepEqual(delivered, ['X26SURGERY']);
  });

  it('tells of a message in parts when the last of them is there', async () => {
    const told: string[][] = [];
    const onProgress = (): void => void told.push([...delivered]);
    const client = clientOf('X26PHARMACY');
    await client.send({ ...letter, body: Buffer.alloc(3, 'a') }, { partSize: 1, onProgress });
    assert.deepEqual(told.at(0), []);
    assert.deepEqual(delivered, ['X26SURGERY']);
  });

  it('tells of a report', async () => {
    sandbox.play('EPL-151');
    await clientOf('X26PHARMACY').send({ ...letter, body: Buffer.from('{}') });
    await sandbox.settled();
    assert.ok(delivered.includes('X26PHARMACY'), delivered.join());
  });
});
