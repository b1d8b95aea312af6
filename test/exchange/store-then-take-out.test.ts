import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { storeThenTakeOut, type TakingOut } from '../../exchange/store-then-take-out';
import type { DownloadedMessage } from '../../mesh/client';
import { MeshError } from '../../mesh/errors';

const message: DownloadedMessage = {
  kind: 'data',
  messageType: 'DATA',
  messageId: '20261121_AB12CD',
  chunk: { part: 1, of: 1 },
  body: Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x0d, 0x0a, 0x7d]),
};

describe('a message that is taken out of a real mailbox', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'itk3-take-out-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** A mailbox with one message in it. */
  function mailbox(more: Partial<TakingOut> = {}) {
    const file = path.join(folder, 'kept.json');
    const found: { there: boolean; storedBefore?: boolean } = { there: true };
    const steps: TakingOut = {
      download: () => Promise.resolve(message),
      fileFor: () => Promise.resolve(file),
      takeOut: () => {
        found.there = false;
        found.storedBefore = existsSync(file);
        return Promise.resolve();
      },
      ...more,
    };
    return { file, found, steps };
  }

  it('is on the disk, byte for byte, before MESH is told', async () => {
    const { file, found, steps } = mailbox();
    assert.deepEqual(await storeThenTakeOut(steps), { outcome: 'taken out', file });
    assert.deepEqual(found, { there: false, storedBefore: true });
    assert.deepEqual(readFileSync(file), message.body);
  });

  it('stays when it cannot be stored', async () => {
    const { found, steps } = mailbox({ fileFor: () => Promise.resolve(path.join(folder, 'nowhere', 'kept.json')) });
    const why = 'The message could not be stored (ENOENT).';
    assert.deepEqual(await storeThenTakeOut(steps), { outcome: 'not stored', why });
    assert.deepEqual(found, { there: true });
  });

  it('stays when the person gives up, at whatever question', async () => {
    for (const none of ['download', 'fileFor'] as const) {
      const { file, found, steps } = mailbox({ [none]: () => Promise.resolve(undefined) });
      assert.deepEqual(await storeThenTakeOut(steps), { outcome: 'given up' }, none);
      assert.deepEqual([found, existsSync(file)], [{ there: true }, false], none);
    }
  });

  it('stays stored when MESH does not answer', async () => {
    const timeout = new MeshError('timeout', 'MESH did not answer.');
    const { file, steps } = mailbox({ takeOut: () => Promise.reject(timeout) });
    await assert.rejects(storeThenTakeOut(steps), timeout);
    assert.deepEqual(readFileSync(file), message.body);
  });
});
