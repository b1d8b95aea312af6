import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { createSecretKeeper, orphansOf } from '../../client/mailboxes/secret-keeper';
import type { Place } from '../../exchange/place';

const place: Place = {
  name: 'Ours',
  endpoint: new URL('https://mesh.example'),
  mailbox: 'X26',
  environment: 'mesh.example',
  source: 'user',
};
const secrets = { password: 'Quillfeather', sharedKey: 'Inkwell', passphrase: 'Blotter' };

function keeping() {
  const [stored, named] = [new Map<string, string>(), new Map<string, unknown>()];
  const storage: Pick<vscode.SecretStorage, 'get' | 'store' | 'delete'> = {
    get: (key) => Promise.resolve(stored.get(key)),
    store: (key, value) => Promise.resolve(void stored.set(key, value)),
    delete: (key) => Promise.resolve(void stored.delete(key)),
  };
  const names = {
    keys: () => [...named.keys()],
    get: (key: string) => named.get(key),
    update: (key: string, value: unknown) => {
      if (value === undefined) named.delete(key);
      else named.set(key, value);
      return Promise.resolve();
    },
  } as vscode.Memento;
  return { keeper: createSecretKeeper(storage as vscode.SecretStorage, names), stored, named };
}

describe('the secrets of a mailbox', () => {
  it('are kept, and listed without themselves', async () => {
    const { keeper, named } = keeping();
    await keeper.keep(place, secrets);
    assert.deepEqual(await keeper.get(place), secrets);
    assert.deepEqual(
      keeper.list().map(({ endpoint, mailbox, source }) => [endpoint.href, mailbox, source]),
      [['https://mesh.example/', 'X26', 'user']],
    );
    for (const secret of Object.values(secrets)) assert.ok(!JSON.stringify([...named]).includes(secret));
  });

  it('are another address’s never', async () => {
    const { keeper } = keeping();
    await keeper.keep(place, secrets);
    assert.equal(await keeper.get({ ...place, endpoint: new URL('https://other.example') }), undefined);
  });

  it('are gone when they are forgotten, whoever names them', async () => {
    const { keeper, stored, named } = keeping();
    await keeper.keep(place, secrets);
    await keeper.forget(place);
    assert.deepEqual([stored.size, named.size], [0, 0]);
    await keeper.keep(place, secrets);
    await keeper.forget(keeper.list()[0]!);
    assert.deepEqual([stored.size, named.size], [0, 0]);
  });

  it('are left behind when their mailbox is taken out of the person’s own settings by hand', async () => {
    const { keeper } = keeping();
    const team: Place = { ...place, mailbox: 'X27', source: 'team' };
    await keeper.keep(place, secrets);
    await keeper.keep(team, secrets);
    assert.deepEqual(orphansOf(keeper.list(), [place, team]), []);
    assert.deepEqual(
      orphansOf(keeper.list(), []).map(({ mailbox }) => mailbox),
      ['X26'],
      'what another workspace has is not known here',
    );
  });
});
