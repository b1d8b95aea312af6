import assert from 'node:assert/strict';
import type { Place } from '../../exchange/place';
import { type Recent, rememberRoute } from '../../client/sending/recent';

describe('the routes that worked', () => {
  const from: Place = {
    name: 'Ours',
    endpoint: new URL('https://mesh.example/'),
    mailbox: 'X26PHARMACY',
    environment: 'Ours',
  };
  const key = 'https://mesh.example/ X26PHARMACY';

  function remembered(...tos: ({ to: string; byMessage?: true } | string)[]): Recent {
    const recent: Recent = { routes: [] };
    for (const to of tos) rememberRoute(recent, { from, ...(typeof to === 'string' ? { to } : to) });
    return recent;
  }

  it('are offered newest first, each once, five at most', () => {
    const { routes, mailbox } = remembered('A', 'B', 'A');
    assert.deepEqual(routes, [
      { from: key, to: 'A' },
      { from: key, to: 'B' },
    ]);
    assert.equal(mailbox, key);
    assert.equal(remembered('A', 'B', 'C', 'D', 'E', 'F').routes.length, 5);
  });

  it('hold no patient: an address that a message gave is made anew from the next', () =>
    assert.deepEqual(remembered({ to: 'GPPROVIDER_9990142017_19560229_Testwell', byMessage: true }).routes, [
      { from: key, to: undefined },
    ]));

  it('offer no address that was typed for one patient to the message of another', () => {
    const { routes, mailbox } = remembered('A', 'GPPROVIDER_9990142017_19560229_Testwell');
    assert.deepEqual(routes, [{ from: key, to: 'A' }]);
    assert.equal(mailbox, key, 'its answers are looked for in the mailbox all the same');
  });
});
