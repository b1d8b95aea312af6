import assert from 'node:assert/strict';
import { AlreadySent } from '../../exchange/sent-journal';
import { askWhereItIs } from '../../exchange/ask-mesh';
import { deliver } from '../../exchange/deliver';
import type { Entry } from '../../exchange/journal';
import { createMeshClient, type MeshClient } from '../../mesh/client';
import { accepted, attempt, departing, exchange } from './journalled';

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
