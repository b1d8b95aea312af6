// Where a sent message is.
import assert from 'node:assert/strict';
import { NOTE, rejects } from './scene';
import type { TheScene } from './scene';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export function tracking(scene: TheScene): void {
  it('says what was written on a message, when it came and until when it waits', async () => {
    const { sender } = scene();
    const { messageId } = await sender.send({ ...NOTE, localId: 'local 1', fileName: 'note.txt' });
    const { uploaded, expires, ...found } = await sender.track(messageId);
    assert.deepEqual(found, {
      messageId,
      status: 'accepted',
      localId: 'local 1',
      workflowId: 'TEST_WORKFLOW',
      fileName: 'note.txt',
      recipient: 'X26ABC2',
    });
    assert.ok(Math.abs(uploaded!.getTime() - Date.now()) < 5 * MINUTE, 'told in UTC, as this machine has it');
    assert.equal(expires!.getTime() - uploaded!.getTime(), 5 * DAY);
  });

  it('tells the sender that a message was collected', async () => {
    const { sender, recipient } = scene();
    const { messageId } = await sender.send(NOTE);
    await recipient.download(messageId);
    assert.equal((await sender.track(messageId)).status, 'accepted');
    await recipient.acknowledge(messageId);
    assert.equal((await sender.track(messageId)).status, 'acknowledged');
  });

  it('tells nobody but the sender', async () => {
    const { sender, recipient, third } = scene();
    const { messageId } = await sender.send(NOTE);
    for (const other of [recipient, third]) await rejects(other.track(messageId), 'unknown-message', { status: 404 });
  });

  it('does not know a message that was not sent', async () => {
    await rejects(scene().sender.track('NONE'), 'unknown-message', { status: 404 });
  });
}
