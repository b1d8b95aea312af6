import assert from 'node:assert/strict';
import { AlreadySent } from '../../exchange/sent-journal';
import { askWhereItIs } from '../../exchange/ask-mesh';
import { deliver, deliverRest } from '../../exchange/deliver';
import type { Entry } from '../../exchange/journal';
import { createMeshClient, type MeshClient } from '../../mesh/client';
import { MeshError } from '../../mesh/errors';
import { accepted, attempt, departing, exchange, SENT_AT } from './journalled';

const letter = { to: 'X26SURGERY', workflowId: 'DIGMED_EMG_MED', body: Buffer.from('{}') };

/** A client that fails the test when it is used at all. */
function untouched(): MeshClient {
  const mailbox = { endpoint: new URL('https://mesh.example/'), mailbox: 'X26', password: 'p', sharedKey: 'k' };
  return createMeshClient(mailbox, { transport: () => assert.fail('nothing may leave') });
}

const refusing = (failure: Error) => ({
  begin: () => Promise.reject(failure),
  add: (_: string, ...entries: Entry[]) => assert.fail(`nothing is written of it: ${JSON.stringify(entries)}`),
});

describe('a message that is handed to MESH', () => {
  it('does not leave when it was sent meanwhile, and says so', async () => {
    const delivered = await deliver(refusing(new AlreadySent()), { client: untouched(), letter, attempt: attempt() });
    assert.equal(delivered.outcome, 'not sent');
    assert.ok('error' in delivered);
    assert.match(delivered.error.message, /^The message was not sent: the same message has been sent meanwhile/);
    assert.equal(delivered.error.sent, 'no');
  });

  it('does not leave when that cannot be written down, and says why', async () => {
    const full = Object.assign(new Error('no space left: /home/testwell'), { code: 'ENOSPC' });
    const delivered = await deliver(refusing(full), { client: untouched(), letter, attempt: attempt() });
    assert.equal(delivered.outcome, 'not sent');
    assert.ok('error' in delivered);
    assert.match(delivered.error.message, /the disk is full/);
    assert.doesNotMatch(delivered.error.message, /testwell/);
  });
});

describe('the rest of a message whose send broke off', () => {
  const upload = { messageId: 'M1', bytes: 2, partSize: 1, of: 2, taken: 1, compress: false, digest: 'd' };

  const resumed = async (resume: MeshClient['resume']) => {
    const written: Entry[] = [];
    const journal = {
      begin: () => assert.fail('it was begun before'),
      add: (_: string, ...entries: Entry[]) => Promise.resolve(void written.push(...entries)),
      now: () => SENT_AT,
    };
    const client = { ...untouched(), resume };
    const delivered = deliverRest(journal, { client, letter, attempt: attempt() }, upload).catch((bug: unknown) => bug);
    return { delivered: await delivered, written };
  };

  it('is written down with each part that MESH took', async () => {
    const { delivered, written } = await resumed((from, body, options) => {
      assert.deepEqual([from, body], [upload, letter.body]);
      options?.onProgress?.({ messageId: 'M1', part: 2, of: 2, bytes: 2 });
      return Promise.resolve({ messageId: 'M1' });
    });
    assert.deepEqual(delivered, { outcome: 'sent', meshId: 'M1' });
    const at = SENT_AT.toISOString();
    assert.deepEqual(written, [
      { at, what: 'begun', meshId: 'M1', taken: 2, of: 2 },
      { at, what: 'accepted', meshId: 'M1' },
    ]);
  });

  it('may break off again, and is unclear for as long as a part of it is with MESH', async () => {
    const error = new MeshError('network', 'The network broke.', { sent: 'no', upload });
    const { delivered, written } = await resumed(() => Promise.reject(error));
    assert.deepEqual(delivered, { outcome: 'unclear', error });
    assert.deepEqual(written, [{ at: SENT_AT.toISOString(), what: 'refused', why: 'The network broke.' }]);
  });

  it('counts as lost when the send stops at a bug, which says nothing of the message', async () => {
    const bug = new Error('of testwell 9990142017');
    const { delivered, written } = await resumed(() => Promise.reject(bug));
    assert.equal(delivered, bug);
    assert.deepEqual(
      written.map(({ what }) => what),
      ['lost'],
    );
    assert.doesNotMatch(JSON.stringify(written), /testwell|999/);
  });
});

describe('what MESH says of a message', () => {
  const asked = async (status: string): Promise<{ said: string; written: string }> => {
    const written: Entry[] = [];
    const said = await askWhereItIs(
      { add: (_, ...entries) => Promise.resolve(void written.push(...entries)) },
      {
        track: (messageId) => Promise.resolve({ messageId, status, statusCode: 'Testwell 9990142017' }),
        whetherArrived: () => assert.fail('its id is known'),
      },
      exchange([departing(), accepted()]),
    );
    return { said, written: JSON.stringify(written) };
  };

  it('is written down as a state', async () => {
    const { said, written } = await asked('acknowledged');
    assert.match(said, /has collected it/);
    assert.match(written, /"status":"acknowledged"/);
  });

  it('is written down without words of its own', async () => {
    for (const status of ['given up for testwell 9990142017', 'constructor']) {
      const { said, written } = await asked(status);
      assert.match(said, /not known here/);
      assert.match(written, /"status":"unknown"/);
      assert.doesNotMatch(written, /testwell|999/i);
    }
  });
});
