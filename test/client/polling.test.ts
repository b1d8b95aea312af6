import assert from 'node:assert/strict';
import type { InboxState } from '../../client/following/inboxes';
import { createPolling, type PollingNeeds } from '../../client/following/polling';
import { intervalOf } from '../../exchange/look-interval';
import type { Place } from '../../exchange/place';
import type { MeshErrorKind } from '../../mesh/errors';

const real: Place = {
  name: 'A',
  endpoint: new URL('https://mesh.example'),
  mailbox: 'X26',
  environment: 'mesh.example',
};
const tunnel: Place = { ...real, endpoint: new URL('http://127.0.0.1:8700') };
const own: Place = { ...tunnel, sandbox: { mailbox: 'X26', password: 'password', sharedKey: 'TestKey' } };

const MINUTE = 60_000;

/** Time passes by `after`. */
function world(place: Place, more: Partial<PollingNeeds> = {}) {
  let now = Date.parse('2026-11-21T10:00:00Z');
  let looks = 0;
  let failure: MeshErrorKind | undefined;
  const state = (): InboxState => ({
    place,
    messages: [],
    pending: 0,
    older: 0,
    looking: false,
    failure: failure && 'No.',
    failureKind: failure,
  });
  const polling = createPolling({
    places: () => [place],
    isWanted: () => true,
    minutes: () => 5,
    lastLook: () => Promise.resolve(undefined),
    look: () => {
      looks++;
      return Promise.resolve(state());
    },
    state,
    now: () => new Date(now),
    ...more,
  });
  return {
    failWith: (kind: MeshErrorKind | undefined) => (failure = kind),
    /** How many looks there were in all after so many minutes, with a tick every minute. */
    async after(minutes: number): Promise<number> {
      for (let i = 0; i < minutes; i++) {
        await polling.tick();
        now += MINUTE;
      }
      return looks;
    },
    now: () => now,
  };
}

describe('polling', () => {
  it('looks every five minutes', async () => {
    assert.equal(await world(real).after(60), 12);
  });

  it('never looks oftener than MESH wants, whatever the setting says', async () => {
    assert.equal(await world(real, { minutes: () => 1 }).after(60), 12);
    assert.equal(await world(real, { minutes: () => 30 }).after(60), 2);
  });

  it('looks never when that is set, when nobody waits, and into the window’s own sandbox', async () => {
    assert.equal(await world(real, { minutes: () => 0 }).after(60), 0);
    assert.equal(await world(real, { isWanted: () => false }).after(60), 0);
    assert.equal(await world(own).after(60), 0);
  });

  it('looks into a server on this machine every half minute', () => {
    assert.equal(intervalOf(tunnel, 5, 0), MINUTE / 2);
  });

  it('counts the looks of other windows', async () => {
    const other = world(real, { lastLook: () => Promise.resolve(new Date(other.now() - 2 * MINUTE)) });
    assert.equal(await other.after(60), 0);
  });

  it('looks less often the longer it fails, and as before once it goes again', async () => {
    const failing = world(real);
    failing.failWith('network');
    const failed = await failing.after(120);
    assert.ok(failed >= 4 && failed <= 6, `${failed} looks`);
    failing.failWith(undefined);
    const soon = await failing.after(60);
    const later = await failing.after(60);
    assert.equal(later - soon, 12);
  });

  it('leaves alone what only a person can mend', async () => {
    for (const kind of ['authentication', 'certificate', 'clock-skew'] as const) {
      const refused = world(real);
      refused.failWith(kind);
      assert.equal(await refused.after(60), 0);
    }
  });

  it('goes on after the clock was set back, and no oftener than before', async () => {
    const back = world(real, { lastLook: () => Promise.resolve(new Date(back.now() + 1000 * MINUTE)) });
    assert.equal(await back.after(1), 1);
    assert.equal(await back.after(59), 12);
  });

  it('spares a live server that is reached through this machine', () => {
    assert.equal(intervalOf({ ...tunnel, live: true }, 5, 0), 5 * MINUTE);
    assert.equal(intervalOf({ ...tunnel, live: true }, 1, 0), 5 * MINUTE);
  });
});
