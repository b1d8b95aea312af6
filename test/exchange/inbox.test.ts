import assert from 'node:assert/strict';
import { readInbox } from '../../exchange/inbox';
import { LARGEST } from '../../exchange/outgoing';
import { detailOf, labelOf, type Received } from '../../exchange/received';
import { receivedText } from '../../exchange/received-text';
import { createShelf, type Shelf } from '../../exchange/shelf';
import type { MeshClient } from '../../mesh/client';
import { MeshError } from '../../mesh/errors';
import { knowledge } from '../knowledge';

const place = { name: 'A', endpoint: new URL('https://mesh.example'), mailbox: 'X26', environment: 'mesh.example' };

// eslint-disable-next-line @typescript-eslint/require-await -- as they come from the network
async function* partsOf(...parts: string[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part);
}

/** A mailbox with three messages, of which the second does what it is told. */
function mailbox(second: () => AsyncIterable<Buffer>, asked: string[] = []): MeshClient {
  const never = (): never => assert.fail('not expected');
  return {
    handshake: never,
    send: never,
    resume: never,
    whetherArrived: never,
    inboxPages: never,
    count: never,
    head: never,
    download: never,
    acknowledge: never,
    track: never,
    trackByLocalId: never,
    lookup: never,
    search: never,
    inbox: () => Promise.resolve(['M1', 'M2', 'M3']),
    open: async (messageId) => {
      asked.push(messageId);
      return Promise.resolve({
        kind: 'data',
        messageId,
        messageType: 'DATA',
        workflowId: 'ANY',
        chunk: { part: 1, of: 1 },
        parts: messageId === 'M2' ? second() : partsOf('{', '}'),
      });
    },
  };
}

const now = () => new Date('2026-11-21T10:00:00Z');

const IDS = ['M3', 'M2', 'M1'];

/** What is on the shelf then. */
async function read(client: MeshClient, shelf: Shelf = createShelf()): Promise<Received[]> {
  await readInbox(shelf, place, client, { knowledge: knowledge(), now, limit: () => 50 });
  return IDS.flatMap((id) => shelf.get(place, id) ?? []);
}

describe('an inbox', () => {
  it('lists a message that cannot be had with the reason, beside the others', async () => {
    const asked: string[] = [];
    const client = mailbox(() => {
      throw new MeshError('refused', 'Could not download message M2: it is no longer there.');
    }, asked);
    const shelf = createShelf();
    const messages = await read(client, shelf);
    assert.deepEqual(
      messages.map(({ meshId, kind }) => [meshId, kind]),
      [
        ['M3', 'ANY'],
        ['M2', 'Unreadable'],
        ['M1', 'ANY'],
      ],
    );
    const [, broken] = messages;
    assert.ok(broken);
    assert.equal(labelOf(broken), 'Unreadable');
    assert.match(detailOf(broken), /no longer there/);
    assert.match(receivedText(broken).text, /no longer there/);
    await read(client, shelf);
    assert.deepEqual(asked, ['M3', 'M2', 'M1', 'M2'], 'only what failed is asked for again');
  });

  it('puts the parts of a message together', async () => {
    const messages = await read(mailbox(() => partsOf('{ "a": ', '1 }')));
    assert.equal(messages[1]?.text, '{ "a": 1 }');
  });

  it('reads no further than the window can look at, and does not ask for it again', async () => {
    const part = 'x'.repeat(LARGEST / 2);
    let parts = 0;
    const asked: string[] = [];
    const client = mailbox(async function* endless() {
      for (;;) {
        parts++;
        yield* partsOf(part);
      }
    }, asked);
    const shelf = createShelf();
    const look = () => read(client, shelf);
    const [, large] = await look();
    assert.ok(large);
    assert.equal(parts, 3);
    assert.equal(large.text, undefined);
    assert.equal(detailOf(large), 'The content is larger than 20 MB: it is not looked at here.');
    assert.match(receivedText(large).text, /\nMore than 20000000 bytes, not shown\./);
    await look();
    assert.equal(asked.length, 3);
  });

  it('says nothing of the content when reading it fails in an unforeseen way', async () => {
    const messages = await read(
      mailbox(() => {
        throw new TypeError('famly Testwell');
      }),
    );
    assert.equal(messages.length, 3);
    assert.doesNotMatch(JSON.stringify(messages), /Testwell/);
  });

  for (const kind of ['cancelled', 'network', 'authentication'] as const)
    it(`is not read when that is ${kind}`, async () => {
      const client = mailbox(() => {
        throw new MeshError(kind, 'No.');
      });
      await assert.rejects(read(client), (error) => error instanceof MeshError && error.kind === kind);
    });
});
