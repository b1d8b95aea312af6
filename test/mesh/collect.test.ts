import assert from 'node:assert/strict';
import { collect } from '../../mesh/collect';
import type { Failure } from '../../mesh/collect';
import type { DownloadedMessage, InboxPage, MeshClient } from '../../mesh/client';
import { MeshError } from '../../mesh/errors';

/** An inbox of pages of three, that writes down what is done to it. */
function inboxOf(waiting: string[], pageSize = 3) {
  const done: string[] = [];
  const fail = new Map<string, MeshError>();
  const act = (what: string) => {
    done.push(what);
    const error = fail.get(what);
    if (error) throw error;
  };
  const client: Pick<MeshClient, 'inboxPages' | 'download' | 'acknowledge'> = {
    async *inboxPages() {
      act('list');
      // As MESH does: a page starts where the one before ended, in the list as it then was.
      const all = [...waiting];
      for (let start = 0; start === 0 || start < all.length; start += pageSize) {
        const page: InboxPage = { messages: all.slice(start, start + pageSize) };
        if (start + pageSize < all.length) page.next = `/${start + pageSize}`;
        yield await Promise.resolve(page);
      }
    },
    async download(messageId) {
      act(`download ${messageId}`);
      const chunk = { part: 1, of: 1 };
      return Promise.resolve({ kind: 'data', messageType: 'DATA', messageId, chunk, body: Buffer.from(messageId) });
    },
    async acknowledge(messageId, options) {
      if (options?.signal?.aborted) throw new MeshError('cancelled', 'No.');
      act(`acknowledge ${messageId}`);
      waiting.splice(waiting.indexOf(messageId), 1);
      return Promise.resolve();
    },
  };
  const stored: string[] = [];
  const store = async (message: DownloadedMessage) => {
    await Promise.resolve();
    act(`store ${message.messageId}`);
    stored.push(message.body.toString());
  };
  return { client, store, done, stored, fail, waiting };
}

describe('collecting an inbox', () => {
  it('stores each message before it is acknowledged, one after the other', async () => {
    const { client, store, done, waiting } = inboxOf(['A', 'B']);
    assert.deepEqual(await collect(client, store), { collected: ['A', 'B'], failed: [] });
    assert.deepEqual(done, [
      'list',
      ...['download A', 'store A', 'acknowledge A'],
      ...['download B', 'store B', 'acknowledge B'],
    ]);
    assert.deepEqual(waiting, []);
  });

  it('goes on while MESH says that more wait, also for what came meanwhile', async () => {
    const inbox = inboxOf(['A', 'B', 'C', 'D']);
    const store = async (message: DownloadedMessage) => {
      if (message.messageId === 'C') inbox.waiting.push('E');
      await inbox.store(message);
    };
    assert.deepEqual((await collect(inbox.client, store)).collected, ['A', 'B', 'C', 'D', 'E']);
    assert.equal(inbox.done.filter((what) => what === 'list').length, 2);
  });

  it('finds nothing in an empty one', async () => {
    const { client, store } = inboxOf([]);
    assert.deepEqual(await collect(client, store), { collected: [], failed: [] });
  });

  it('leaves what fails where it is, tells it at once, and goes on with the others', async () => {
    const { client, store, fail, waiting, stored } = inboxOf(['A', 'B', 'C', 'D', 'E', 'F', 'G']);
    fail.set('download A', new MeshError('refused', 'Gone.'));
    fail.set('store C', new MeshError('network', 'The disk of the network is full.'));
    fail.set('acknowledge E', new MeshError('server', 'A fault of its own.'));
    const told: Failure[] = [];
    const { collected, failed } = await collect(client, store, { onFailure: (failure) => told.push(failure) });
    assert.deepEqual(collected, ['B', 'D', 'F', 'G']);
    assert.deepEqual(
      failed.map(({ messageId, at }) => `${at} ${messageId}`),
      ['download A', 'store C', 'acknowledge E'],
    );
    assert.deepEqual(told, failed);
    assert.deepEqual(waiting, ['A', 'C', 'E']);
    assert.deepEqual(stored, ['B', 'D', 'E', 'F', 'G']);
  });

  it('gets past a whole page of messages that fail', async () => {
    const { client, store, fail } = inboxOf(['A', 'B', 'C', 'D']);
    for (const id of ['A', 'B', 'C']) fail.set(`download ${id}`, new MeshError('refused', 'Gone.'));
    const { collected, failed } = await collect(client, store);
    assert.deepEqual([collected, failed.length], [['D'], 3]);
  });

  it('stops when the mailbox itself fails', async () => {
    for (const kind of ['network', 'timeout', 'authentication', 'cancelled', 'certificate', 'clock-skew'] as const) {
      const { client, store, fail, waiting, stored } = inboxOf(['A', 'B', 'C']);
      const error = new MeshError(kind, 'No.');
      fail.set('download B', error);
      const told: Failure[] = [];
      await assert.rejects(
        collect(client, store, { onFailure: (failure) => told.push(failure) }),
        (thrown) => thrown === error,
      );
      assert.deepEqual(told, [{ messageId: 'B', at: 'download', error }]);
      assert.deepEqual([stored, waiting], [['A'], ['B', 'C']]);
    }
  });

  it('stops between two messages when it is cancelled, and never between storing and acknowledging', async () => {
    const { client, store, waiting, stored } = inboxOf(['A', 'B']);
    const controller = new AbortController();
    const cancelling = async (message: DownloadedMessage) => {
      await store(message);
      controller.abort();
    };
    await assert.rejects(collect(client, cancelling, { signal: controller.signal }), { kind: 'cancelled' });
    assert.deepEqual([stored, waiting], [['A'], ['B']]);
  });

  it('takes no more than it is told', async () => {
    const { client, store, waiting } = inboxOf(['A', 'B', 'C', 'D', 'E']);
    assert.deepEqual((await collect(client, store, { limit: 4 })).collected, ['A', 'B', 'C', 'D']);
    assert.deepEqual(waiting, ['E']);
  });
});
