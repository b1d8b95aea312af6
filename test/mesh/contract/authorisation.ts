// Who may use a mailbox.
import assert from 'node:assert/strict';
import { NOTE, rejects, withToken } from './scene';
import type { TheScene } from './scene';

export function authorisation(scene: TheScene): void {
  it('lets the owners of mailboxes in', async () => {
    const { sender, recipient, third } = scene();
    for (const client of [sender, recipient, third]) await client.handshake();
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
      stranger.send(NOTE),
      stranger.inbox(),
      stranger.download('M1'),
      stranger.acknowledge('M1'),
      stranger.track('M1'),
    ];
    for (const call of calls) await rejects(call, 'authentication', { status: 403 });
    assert.deepEqual(await scene().recipient.inbox(), []);
  });
}
