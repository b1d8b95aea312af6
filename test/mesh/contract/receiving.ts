// The inbox: what waits there, in which order, and how it is taken out.
import assert from 'node:assert/strict';
import { NOTE, rejects } from './scene';
import type { Scene, TheScene } from './scene';

async function send({ sender }: Scene, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 0; number < count; number++) ids.push((await sender.send(NOTE)).messageId);
  return ids;
}

export function receiving(scene: TheScene): void {
  it('lists an empty inbox', async () => {
    assert.deepEqual(await scene().recipient.inbox(), []);
  });

  it('lists what waits, oldest first, to its owner alone', async () => {
    const sent = await send(scene(), 3);
    const { sender, recipient, third } = scene();
    assert.deepEqual(await recipient.inbox(), sent);
    assert.deepEqual([await sender.inbox(), await third.inbox()], [[], []]);
  });

  it('follows the links of a long inbox to its end', async () => {
    const sent = await send(scene(), 25);
    assert.deepEqual(await scene().recipient.inbox({ pageSize: 10 }), sent);
    assert.deepEqual(await scene().recipient.inbox(), sent);
  });

  it('refuses a page of a size that is none', async () => {
    await rejects(scene().recipient.inbox({ pageSize: 9 }), 'invalid-request', { status: 400 });
    await rejects(scene().recipient.inbox({ pageSize: 5001 }), 'invalid-request', { status: 400 });
  });

  it('stops listing when it is cancelled', async () => {
    await rejects(scene().recipient.inbox({ signal: AbortSignal.abort() }), 'cancelled');
  });

  it('downloads as often as wanted until it is acknowledged', async () => {
    const [id = ''] = await send(scene(), 1);
    const { recipient } = scene();
    assert.deepEqual(await recipient.download(id), await recipient.download(id));
    assert.deepEqual(await recipient.inbox(), [id]);
  });

  it('takes an acknowledged message, and it alone, out of the inbox', async () => {
    const [first = '', second = '', last = ''] = await send(scene(), 3);
    await scene().recipient.acknowledge(second);
    assert.deepEqual(await scene().recipient.inbox(), [first, last]);
  });

  it('acknowledges again and again', async () => {
    const [id = ''] = await send(scene(), 1);
    for (let again = 0; again < 3; again++) await scene().recipient.acknowledge(id);
    assert.deepEqual(await scene().recipient.inbox(), []);
  });

  it("gives nobody another's message", async () => {
    const [id = ''] = await send(scene(), 1);
    const { sender, third, recipient } = scene();
    for (const other of [sender, third]) {
      await rejects(other.download(id), 'refused', { status: 403 });
      await rejects(other.acknowledge(id), 'refused', { status: 403 });
    }
    assert.deepEqual(await recipient.inbox(), [id]);
  });

  it('does not know a message that is not there', async () => {
    const { recipient } = scene();
    await rejects(recipient.download('NONE'), 'unknown-message', { status: 404, code: '20' });
    await rejects(recipient.acknowledge('NONE'), 'unknown-message', { status: 404, code: '20' });
  });
}
