// The inbox: what waits there, in which order, and how it is taken out.
import assert from 'node:assert/strict';
import type { DownloadedMessage, InboxPage } from '../../../mesh/client';
import { collect } from '../../../mesh/collect';
import { differing, noise, NOTE, rejects } from './scene';
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
    assert.deepEqual(await scene().recipient.inbox({ limit: 12 }), sent.slice(0, 12));
  });

  it('gives a long inbox page by page, with the count of all', async () => {
    const sent = await send(scene(), 25);
    const pages = [];
    for await (const { messages, approximateCount, next } of scene().recipient.inboxPages({ pageSize: 10 })) {
      pages.push({ messages, approximateCount, more: next !== undefined });
    }
    assert.deepEqual(
      pages,
      [
        [0, 10],
        [10, 20],
        [20, 25],
      ].map(([from, to]) => ({ messages: sent.slice(from, to), approximateCount: 25, more: to !== 25 })),
    );
  });

  /** The first page, and the first of the second after the last of the first was acknowledged. */
  const between = async (scene: Scene) => {
    const sent = await send(scene, 15);
    const pages = scene.recipient.inboxPages({ pageSize: 10 })[Symbol.asyncIterator]();
    const first = (await pages.next()).value as InboxPage;
    assert.deepEqual(first.messages, sent.slice(0, 10));
    await scene.recipient.acknowledge(sent[9]!);
    const second = (await pages.next()).value as InboxPage;
    return sent.indexOf(second.messages[0]!);
  };
  differing(scene, 'acknowledging between pages', {
    async real(scene) {
      assert.equal(await between(scene), 0);
    },
    async ours(scene) {
      assert.equal(await between(scene), 10);
    },
  });

  it('counts what waits', async () => {
    const { recipient, third } = scene();
    assert.equal(await recipient.count(), 0);
    const [id = ''] = await send(scene(), 3);
    assert.equal(await recipient.count(), 3);
    await recipient.acknowledge(id);
    assert.equal(await recipient.count(), 2);
    assert.equal(await third.count(), 0);
  });

  it('filters by workflow, in all six ways', async () => {
    const { sender, recipient } = scene();
    const workflows = ['WF_LAB', 'WF_LAB_ACK', 'OTHER'];
    const sent = new Map<string, string>();
    for (const workflowId of workflows) sent.set((await sender.send({ ...NOTE, workflowId })).messageId, workflowId);
    const filters = {
      WF_LAB: ['WF_LAB'],
      '!WF_LAB': ['WF_LAB_ACK', 'OTHER'],
      'WF*': ['WF_LAB', 'WF_LAB_ACK'],
      '!WF*': ['OTHER'],
      '*ACK*': ['WF_LAB_ACK'],
      '!*ACK*': ['WF_LAB', 'OTHER'],
      'WF_LAB ': ['WF_LAB'],
      NONE: [],
    };
    for (const [workflowFilter, expected] of Object.entries(filters)) {
      const found = await recipient.inbox({ workflowFilter });
      assert.deepEqual(
        found.map((id) => sent.get(id)),
        expected,
        workflowFilter,
      );
    }
  });

  it('filters over pages', async () => {
    const { sender, recipient } = scene();
    const wanted: string[] = [];
    for (let number = 0; number < 24; number++) {
      const workflowId = number % 2 === 0 ? 'WF_LAB' : 'OTHER';
      const { messageId } = await sender.send({ ...NOTE, workflowId });
      if (workflowId === 'WF_LAB') wanted.push(messageId);
    }
    assert.deepEqual(await recipient.inbox({ workflowFilter: 'WF_*', pageSize: 10 }), wanted);
  });

  it('shows the outside of a message to its recipient and its sender', async () => {
    const { sender, recipient } = scene();
    const { messageId } = await sender.send({ ...NOTE, localId: 'local 1', subject: 'A subject' });
    for (const client of [recipient, sender]) {
      const { from, to, localId, subject, ...seen } = await client.head(messageId);
      assert.deepEqual([from, to, localId, subject], ['X26ABC1', 'X26ABC2', 'local 1', 'A subject']);
      assert.equal(seen.messageId, messageId);
    }
    await recipient.acknowledge(messageId);
    assert.equal((await recipient.head(messageId)).messageId, messageId);
  });

  it('shows it to nobody else', async () => {
    const [id = ''] = await send(scene(), 1);
    await rejects(scene().third.head(id), 'unknown-message', { status: 404 });
    await rejects(scene().recipient.head('NONE'), 'unknown-message', { status: 404 });
  });

  it('refuses a page of a size that is none', async () => {
    for (const pageSize of [9, 5001]) await rejects(scene().recipient.inbox({ pageSize }), 'invalid-request');
    await rejects(scene().recipient.inbox({ workflowFilter: 'W' }), 'invalid-request');
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

  const again = async (scene: Scene) => {
    const [id = ''] = await send(scene, 1);
    await scene.recipient.acknowledge(id);
    return scene.recipient.download(id);
  };
  differing(scene, 'acknowledged message', {
    async real(scene) {
      assert.deepEqual((await again(scene)).body, NOTE.body);
    },
    async ours(scene) {
      await rejects(again(scene), 'refused', { status: 410 });
    },
  });

  it('acknowledges again and again', async () => {
    const [id = ''] = await send(scene(), 1);
    for (let again = 0; again < 3; again++) await scene().recipient.acknowledge(id);
    assert.deepEqual(await scene().recipient.inbox(), []);
  });

  it('collects a long inbox, each message once and in order', async () => {
    const sent = await send(scene(), 25);
    const { recipient } = scene();
    const stored: string[] = [];
    const store = ({ messageId, body }: DownloadedMessage) => {
      assert.deepEqual(body, NOTE.body);
      stored.push(messageId);
    };
    assert.deepEqual(await collect(recipient, store, { pageSize: 10 }), { collected: sent, failed: [] });
    assert.deepEqual(stored, sent);
    assert.deepEqual(await recipient.inbox(), []);
  });

  it('leaves what could not be stored', async () => {
    const [first = '', second = '', third = ''] = await send(scene(), 3);
    const { sender, recipient } = scene();
    const full = new Error('the disk is full');
    const store = ({ messageId }: DownloadedMessage) => {
      if (messageId === second) throw full;
    };
    assert.deepEqual(await collect(recipient, store), {
      collected: [first, third],
      failed: [{ messageId: second, at: 'store', error: full }],
    });
    assert.deepEqual(await recipient.inbox(), [second]);
    assert.equal((await sender.track(second)).status, 'accepted');
  });

  it('stops in the middle of a message when it is cancelled', async () => {
    const { sender, recipient, peer } = scene();
    const body = noise(peer.partSize * 2);
    const { messageId } = await sender.send({ ...NOTE, body }, { partSize: peer.partSize });
    const stop = new AbortController();
    const { parts } = await recipient.open(messageId, { signal: stop.signal });
    let count = 0;
    const read = async () => {
      for await (const part of parts) {
        count += part.length;
        stop.abort();
      }
    };
    await rejects(read(), 'cancelled');
    assert.equal(count, peer.partSize);
    assert.deepEqual(await recipient.inbox(), [messageId]);
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
