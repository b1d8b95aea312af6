import assert from 'node:assert/strict';
import type { Received } from '../../exchange/received';
import { createShelf } from '../../exchange/shelf';

const place = { name: 'A', endpoint: new URL('https://mesh.example'), mailbox: 'X26', environment: 'Integration' };

const received = (meshId: string, hour: number, text?: string): Received => ({
  meshId,
  bytes: text?.length ?? 0,
  kind: 'ANY',
  at: new Date(Date.UTC(2026, 10, 21, hour)),
  ...(text !== undefined && { text }),
});

describe('the shelf of what was downloaded', () => {
  it('lets go the texts of the oldest messages, whatever was downloaded last', () => {
    const shelf = createShelf(10);
    shelf.keep(place, received('NEW', 3, '12345'));
    shelf.keep(place, received('OLD', 1, '12345'));
    shelf.keep(place, received('MIDDLE', 2, '12345'));
    const texts = ['NEW', 'MIDDLE', 'OLD'].map((id) => shelf.get(place, id)?.text);
    assert.deepEqual(texts, ['12345', '12345', undefined]);
    assert.equal(shelf.get(place, 'OLD')?.letGo, true);
    assert.equal(shelf.wants(place, 'OLD'), false, 'its line in a list is known');
  });

  it('counts a text that is kept again once', () => {
    const shelf = createShelf(10);
    for (let times = 0; times < 5; times++) shelf.keep(place, received('A', 1, '12345'));
    shelf.keep(place, received('B', 2, '12345'));
    assert.equal(shelf.get(place, 'A')?.text, '12345');
  });

  it('holds mailboxes apart', () => {
    const shelf = createShelf();
    shelf.keep(place, received('A', 1, ''));
    assert.equal(shelf.get({ ...place, mailbox: 'X27' }, 'A'), undefined);
  });

  it('forgets what is gone and cannot be opened, and keeps what can', () => {
    const shelf = createShelf();
    shelf.keep(place, received('READ', 1, '{}'));
    shelf.keep(place, received('BINARY', 1));
    shelf.keep(place, received('THERE', 1));
    shelf.tidy(place, new Set(['THERE']));
    assert.deepEqual(
      [...shelf.all()].map(({ meshId }) => meshId),
      ['READ', 'THERE'],
    );
  });

  it('wants again what could not be had', () => {
    const shelf = createShelf();
    shelf.keep(place, { ...received('A', 1), failed: true });
    assert.equal(shelf.wants(place, 'A'), true);
    assert.equal(shelf.wants(place, 'B'), true);
  });
});
