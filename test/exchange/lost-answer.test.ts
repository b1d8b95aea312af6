import assert from 'node:assert/strict';
import { whatBecame } from '../../exchange/lost-answer';
import { type Arrival, createMeshClient, type OutgoingMessage } from '../../mesh/client';
import { MeshError } from '../../mesh/errors';
import { type Sandbox, startSandbox } from '../../mesh/sandbox/sandbox';
import { DEFAULT_MAILBOXES } from '../../mesh/sandbox/accounts';
import { createTransport, type Transport } from '../../mesh/transport';

const lost = new MeshError('network', 'Could not send the message: mesh.example broke the connection.', {
  sent: 'unknown',
});

describe('a message whose answer was lost', () => {
  const became = (arrival: Arrival) => whatBecame(lost, () => Promise.resolve(arrival));

  it('is told as sent when MESH has it', async () =>
    assert.deepEqual(await became({ arrived: true, messageId: 'M1' }), {
      outcome: 'arrived',
      meshId: 'M1',
      sentence: 'MESH’s answer was lost, but MESH has it as M1.',
    }));

  it('may be sent again when MESH does not have it', async () =>
    assert.deepEqual(await became({ arrived: false }), {
      outcome: 'not there',
      sentence: `${lost.message} MESH was asked: it does not have it, so it may be sent again.`,
    }));

  it('stays in doubt when MESH cannot tell', async () =>
    assert.deepEqual(await became({ arrived: undefined, why: 'Several have the same local id. Ask the recipient.' }), {
      outcome: 'unclear',
      sentence: `${lost.message} MESH was asked and cannot tell: several have the same local id. Ask the recipient.`,
    }));

  it('stays in doubt when MESH cannot be asked', async () => {
    const again = new MeshError('network', 'Nothing listens.');
    assert.deepEqual(await whatBecame(lost, () => Promise.reject(again)), {
      outcome: 'unclear',
      sentence: `${lost.message} MESH could not be asked for it: Nothing listens.`,
    });
  });

  it('hides no mistake of ours', () =>
    assert.rejects(
      whatBecame(lost, () => Promise.reject(new TypeError('ours'))),
      TypeError,
    ));
});

describe('a message whose answer the network lost, at the sandbox', () => {
  let sandbox: Sandbox;
  const [sender, recipient] = DEFAULT_MAILBOXES.map(({ mailbox }) => mailbox) as [string, string];
  beforeEach(async () => (sandbox = await startSandbox({ port: 0 })));
  afterEach(() => sandbox.close());

  /** Sends over a network that loses the first message on its way there or its answer on the way back. */
  async function sendOver(loses: 'message' | 'answer', message: Partial<OutgoingMessage> = {}) {
    const real = createTransport();
    let posts = 0;
    const transport: Transport = async (request, signal) => {
      if (request.method !== 'POST') return real(request, signal);
      posts++;
      if (loses === 'answer') await real(request, signal);
      throw Object.assign(new Error('reset'), { code: 'ECONNRESET' });
    };
    const wait = () => Promise.resolve();
    const account = DEFAULT_MAILBOXES.find(({ mailbox }) => mailbox === sender)!;
    const client = createMeshClient({ ...account, endpoint: new URL(sandbox.url) }, { transport, wait });
    const letter: OutgoingMessage = {
      to: recipient,
      workflowId: 'W',
      localId: 'FZZ99',
      fileName: 'one.json',
      body: Buffer.from('{}'),
      ...message,
    };
    const since = new Date();
    const error = await client.send(letter).then(
      () => assert.fail('the answer came'),
      (failure: unknown) => failure,
    );
    assert.ok(error instanceof MeshError);
    assert.equal(error.sent, 'unknown');
    const became = await whatBecame(error, () => client.whetherArrived(letter, since));
    assert.equal(posts, 1, 'nothing is sent again by itself');
    return became;
  }

  it('is found by its local id and file name', async () => {
    const became = await sendOver('answer');
    assert.equal(became.outcome, 'arrived');
    assert.match('meshId' in became ? became.meshId : '', /^\w+$/);
  });

  it('is not there when it never came', async () => assert.equal((await sendOver('message')).outcome, 'not there'));

  it('is not taken for another one with the same local id', async () => {
    assert.equal((await sendOver('answer')).outcome, 'arrived');
    assert.equal((await sendOver('message', { fileName: 'two.json' })).outcome, 'not there');
  });

  it('cannot be told from others with the same local id, so nothing is claimed', async () => {
    await sendOver('answer');
    const became = await sendOver('answer', { fileName: 'two.json' });
    assert.equal(became.outcome, 'unclear');
    assert.match(became.sentence, /cannot tell: several messages/);
  });
});
