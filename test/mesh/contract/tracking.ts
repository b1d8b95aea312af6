// Where a sent message is.
import assert from 'node:assert/strict';
import { differing, NOTE, rejects } from './scene';
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

  it('tells the sender what became of a message after it was taken', async () => {
    const { sender, recipient, administer } = scene();
    for (const status of ['undeliverable', 'error']) {
      const { messageId } = await sender.send(NOTE);
      await administer(`message/${messageId}/event`, { status, code: '15', description: 'Not said' });
      assert.equal((await sender.track(messageId)).status, status);
      assert.deepEqual(await recipient.inbox(), []);
      await rejects(recipient.download(messageId), 'refused', { status: 410, code: 'Message already accepted' });
    }
  });

  it('puts a message that is accepted again into the inbox again', async () => {
    const { sender, recipient, administer } = scene();
    const { messageId } = await sender.send(NOTE);
    await recipient.acknowledge(messageId);
    await administer(`message/${messageId}/event`, { status: 'accepted' });
    assert.equal((await sender.track(messageId)).status, 'accepted');
    assert.deepEqual(await recipient.inbox(), [messageId]);
  });

  it('finds a message by its local id', async () => {
    const { sender, recipient } = scene();
    const { messageId } = await sender.send({ ...NOTE, localId: 'local id #1?', fileName: 'note.txt' });
    const found = await sender.trackByLocalId('local id #1?');
    assert.ok(typeof found === 'object');
    const { uploaded, expires, ...rest } = found;
    assert.deepEqual(rest, {
      messageId,
      status: 'accepted',
      localId: 'local id #1?',
      workflowId: 'TEST_WORKFLOW',
      fileName: 'note.txt',
      recipient: 'X26ABC2',
    });
    assert.ok(Math.abs(uploaded!.getTime() - Date.now()) < 5 * MINUTE, 'told in UTC, as this machine has it');
    assert.equal(expires!.getTime() - uploaded!.getTime(), 5 * DAY);
    assert.equal(await recipient.trackByLocalId('local id #1?'), undefined);
    assert.equal(await sender.trackByLocalId('local id #2?'), undefined);
  });

  const sent = { ...NOTE, localId: 'local/1' };
  differing(scene, 'slash in local id', {
    async real({ sender }) {
      await sender.send(sent);
      await rejects(sender.trackByLocalId('local/1'), 'server', { status: 404 });
    },
    async ours({ sender }) {
      const { messageId } = await sender.send(sent);
      const found = await sender.trackByLocalId('local/1');
      assert.ok(typeof found === 'object');
      assert.equal(found.messageId, messageId);
    },
  });

  it('does not say which of several messages has the local id', async () => {
    const { sender } = scene();
    for (let number = 0; number < 2; number++) await sender.send({ ...NOTE, localId: 'local 1' });
    assert.equal(await sender.trackByLocalId('local 1'), 'several');
  });

  it('knows whether a message arrived whose answer was lost', async () => {
    const sender = scene().client(0, {}, { wait: () => Promise.resolve() });
    const message = { ...NOTE, localId: 'local 1', fileName: 'note.txt' };
    const before = new Date();
    assert.deepEqual(await sender.whetherArrived(message, before), { arrived: false });
    const { messageId } = await sender.send(message);
    assert.deepEqual(await sender.whetherArrived(message, before), { arrived: true, messageId });
    const another = { ...message, fileName: 'another.txt' };
    assert.deepEqual(await sender.whetherArrived(another, before), { arrived: false });
    await sender.send(message);
    assert.equal((await sender.whetherArrived(message, before)).arrived, undefined);
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
