import assert from 'node:assert/strict';
import { createInboxes, type InboxNeeds, type Inboxes, PAGE } from '../../client/following/inboxes';
import type { MeshClient } from '../../mesh/client';
import { MeshError } from '../../mesh/errors';
import { knowledge } from '../knowledge';

const place = { name: 'A', endpoint: new URL('https://mesh.example'), mailbox: 'X26', environment: 'Integration' };
const NOW = new Date('2026-11-21T10:00:00Z');

/** A mailbox of messages that came an hour apart, the last of them at NOW. */
function mailbox(count: number) {
  const never = (): never => assert.fail('not expected');
  const asked: string[] = [];
  const ids = Array.from({ length: count }, (_, i) => `M${i + 1}`);
  let fail: MeshError | undefined;
  let wait = Promise.resolve();
  const client: MeshClient = {
    handshake: never,
    send: never,
    resume: never,
    whetherArrived: never,
    inboxPages: never,
    count: never,
    head: never,
    download: never,
    track: never,
    trackByLocalId: never,
    lookup: never,
    search: never,
    acknowledge: (id) => {
      ids.splice(ids.indexOf(id), 1);
      return Promise.resolve();
    },
    inbox: async () => {
      asked.push('list');
      if (fail) throw fail;
      const now = [...ids];
      await wait;
      return now;
    },
    open: (messageId) => {
      asked.push(messageId);
      const age = ids.length - 1 - ids.indexOf(messageId);
      return Promise.resolve({
        kind: 'data',
        messageId,
        messageType: 'DATA',
        workflowId: 'ANY',
        statusAt: new Date(NOW.getTime() - age * 3_600_000),
        chunk: { part: 1, of: 1 },
        parts: {
          async *[Symbol.asyncIterator]() {
            yield await Promise.resolve(Buffer.from('{}'));
          },
        },
      });
    },
  };
  return {
    client,
    asked,
    ids,
    failWith: (error: MeshError | undefined) => (fail = error),
    /** Answers only when what is returned is called. */
    hold() {
      let go!: () => void;
      wait = new Promise((resolve) => (go = resolve));
      return go;
    },
  };
}

function inboxesOf(client: MeshClient, more: Partial<InboxNeeds> = {}): Inboxes {
  return createInboxes({
    connect: () => Promise.resolve(client),
    progress: (_title, _place, work) => work(new AbortController().signal),
    knowledge,
    now: () => NOW,
    changed: { event: () => assert.fail('nobody listens'), fire: () => undefined },
    onReceived: () => Promise.resolve(),
    ...more,
  });
}

describe('the inboxes of a window', () => {
  it('know nothing of a mailbox that nobody has looked into', () => {
    const { messages, older, lookedAt, looking } = inboxesOf(mailbox(3).client).of(place);
    assert.deepEqual([messages, older, lookedAt, looking], [[], 0, undefined, false]);
  });

  it('download the newest, and more when that is wanted', async () => {
    const { client, asked } = mailbox(1000);
    const inboxes = inboxesOf(client);
    const first = await inboxes.look(place);
    assert.equal(first.messages[0]?.meshId, 'M1000');
    assert.deepEqual([first.messages.length, first.older, first.lookedAt], [PAGE, 950, NOW]);
    const more = await inboxes.look(place, { more: PAGE });
    assert.deepEqual([more.messages.length, more.older], [100, 900]);
    assert.equal(asked.filter((id) => id !== 'list').length, 100, 'nothing is asked for twice');
  });

  it('show what has come on top of what was shown', async () => {
    const { client, ids } = mailbox(60);
    const inboxes = inboxesOf(client);
    await inboxes.look(place);
    ids.push(...Array.from({ length: 70 }, (_, i) => `N${i}`));
    const { messages, older } = await inboxes.look(place);
    assert.deepEqual([messages.length, older], [PAGE + 70, 10]);
  });

  it('go further back for what came since an answer was waited for', async () => {
    const inboxes = inboxesOf(mailbox(300).client);
    const { messages } = await inboxes.look(place, { since: new Date(NOW.getTime() - 99 * 3_600_000) });
    assert.ok(messages.length >= 100, `${messages.length} downloaded`);
    assert.ok(messages.length < 110, `${messages.length} downloaded`);
  });

  it('hand on what they know, and how much of it is new', async () => {
    const { client, ids } = mailbox(2);
    const handed: [number, ...string[]][] = [];
    const inboxes = inboxesOf(client, {
      onReceived: (_place, received, { fresh }) => {
        handed.push([fresh, ...received.map(({ meshId }) => meshId)]);
        return Promise.resolve();
      },
    });
    await inboxes.look(place);
    await inboxes.look(place);
    ids.push('M3');
    await inboxes.look(place, { quiet: true });
    assert.deepEqual(handed, [
      [2, 'M2', 'M1'],
      [0, 'M2', 'M1'],
      [1, 'M3', 'M2', 'M1'],
    ]);
  });

  it('look once when quiet looks meet, and once more for a person, who wants what is there now', async () => {
    const { client, asked, ids, ...held } = mailbox(1);
    const inboxes = inboxesOf(client);
    const go = held.hold();
    const looks = [
      inboxes.look(place, { quiet: true }),
      inboxes.look(place, { quiet: true }),
      inboxes.look(place),
      inboxes.look(place),
    ];
    assert.equal(inboxes.of(place).looking, true);
    ids.push('M2');
    go();
    const states = await Promise.all(looks);
    assert.equal(asked.filter((what) => what === 'list').length, 2);
    assert.equal(states[3]?.messages.length, 2);
    assert.equal(inboxes.of(place).looking, false);
  });

  it('keep what they knew when a look fails, and say why', async () => {
    const { client, failWith } = mailbox(2);
    const inboxes = inboxesOf(client);
    await inboxes.look(place);
    failWith(new MeshError('network', 'Could not list the inbox: no way there.'));
    await assert.rejects(inboxes.look(place), MeshError);
    const state = await inboxes.look(place, { quiet: true });
    assert.equal(state.failure, 'Could not list the inbox: no way there.');
    assert.equal(state.messages.length, 2);
    failWith(undefined);
    assert.equal((await inboxes.look(place)).failure, undefined);
  });

  it('take a person who gives up at their word', async () => {
    const inboxes = inboxesOf(mailbox(1).client, { connect: () => Promise.resolve(undefined) });
    await assert.rejects(inboxes.look(place), (error) => error instanceof MeshError && error.kind === 'cancelled');
    assert.equal(inboxes.of(place).failure, undefined);
    assert.equal((await inboxes.look(place, { quiet: true })).lookedAt, undefined);
  });

  it('forget what was taken out', async () => {
    const inboxes = inboxesOf(mailbox(2).client);
    await inboxes.look(place);
    await inboxes.takeOut(place, 'M2');
    assert.deepEqual(
      inboxes.of(place).messages.map(({ meshId }) => meshId),
      ['M1'],
    );
    assert.equal((await inboxes.look(place)).messages.length, 1);
  });
});
