// Who may use a mailbox.
import assert from 'node:assert/strict';
import { differing, NOTE, rejects, withToken } from './scene';
import type { Scene, TheScene } from './scene';

const DAY = 24 * 60 * 60 * 1000;

/** Shows the same token twice. */
async function twice({ peer, client }: Scene): Promise<void> {
  let first: string | undefined;
  const transport = withToken(peer.tls, (token) => (first ??= token));
  const same = client(0, {}, { transport });
  await same.inbox();
  await same.inbox();
}

const yesterday = ({ client }: Scene) => client(0, {}, { now: () => new Date(Date.now() - DAY) }).inbox();

const withoutScheme = ({ peer, client }: Scene) =>
  client(0, {}, { transport: withToken(peer.tls, (token) => token.replace('NHSMESH ', '')) }).inbox();

export function authorisation(scene: TheScene): void {
  it('lets the owners of mailboxes in', async () => {
    const { sender, recipient, third } = scene();
    for (const client of [sender, recipient, third]) {
      await client.handshake();
      await client.handshake({ again: true });
    }
  });

  it('takes the mailbox in any case, and the address with and without /messageexchange', async () => {
    const { peer, client } = scene();
    for (const path of ['/', '/messageexchange', '/messageexchange/']) {
      await client(0, { mailbox: 'x26abc1', endpoint: new URL(path, peer.endpoint) }).handshake();
    }
  });

  it('refuses a wrong password', async () => {
    await rejects(scene().client(0, { password: 'wrong' }).handshake(), 'authentication', { status: 403 });
  });

  it('refuses a wrong shared key', async () => {
    await rejects(scene().client(0, { sharedKey: 'wrong' }).handshake(), 'authentication', { status: 403 });
  });

  it('refuses a token made for another mailbox', async () => {
    const { peer, client } = scene();
    const other = peer.mailboxes[1].mailbox;
    const transport = withToken(peer.tls, (token) => token.replace(peer.mailboxes[0].mailbox, other));
    await rejects(client(0, {}, { transport }).handshake(), 'authentication', { status: 403 });
  });

  it('refuses a header that is no token', async () => {
    const { peer, client } = scene();
    const transport = withToken(peer.tls, () => 'NHSMESH nothing');
    await rejects(client(0, {}, { transport }).handshake(), 'authentication', { status: 403 });
  });

  it('refuses a request without a token', async () => {
    const { peer, client } = scene();
    const transport = withToken(peer.tls, () => undefined);
    await rejects(client(0, {}, { transport }).handshake(), 'authentication', { status: 403 });
  });

  it('does not know a mailbox that is not there', async () => {
    await rejects(scene().client(0, { mailbox: 'X26NONE' }).inbox(), 'authentication', {
      status: 403,
      code: 'EPL-151',
    });
  });

  it('asks for it with every call', async () => {
    const stranger = scene().client(0, { password: 'wrong' });
    const calls = [
      () => stranger.send(NOTE),
      () => stranger.inbox(),
      () => stranger.count(),
      () => stranger.download('M1'),
      () => stranger.acknowledge('M1'),
      () => stranger.track('M1'),
      () => stranger.trackByLocalId('L1'),
    ];
    for (const call of calls) await rejects(call(), 'authentication', { status: 403 });
    assert.deepEqual(await scene().recipient.inbox(), []);
  });

  it('says no more than that to a look at a message', async () => {
    // An answer to HEAD has no body that could tell why.
    await rejects(scene().client(0, { password: 'wrong' }).head('M1'), 'authentication', { status: 403 });
  });

  differing(scene, 'used token', {
    real: twice,
    async ours(scene) {
      await rejects(twice(scene), 'authentication', { status: 403 });
    },
  });

  differing(scene, 'clock', {
    async real(scene) {
      assert.deepEqual(await yesterday(scene), []);
    },
    async ours(scene) {
      await rejects(yesterday(scene), 'clock-skew', { status: 403 });
    },
  });

  differing(scene, 'scheme', {
    async real(scene) {
      assert.deepEqual(await withoutScheme(scene), []);
    },
    async ours(scene) {
      await rejects(withoutScheme(scene), 'authentication', { status: 403 });
    },
  });
}
