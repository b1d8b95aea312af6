// What of a message's content reaches the receiver.
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { LARGEST_READ } from '../../mesh/sandbox/content';
import type { ReceivedMessage } from '../../mesh/sandbox/receiver-contract';
import { startSandbox } from '../../mesh/sandbox/sandbox';
import type { Sandbox } from '../../mesh/sandbox/sandbox';
import { ask, jsonOf, V2 } from './wire';

const OUTBOX = '/messageexchange/X26PHARMACY/outbox';
const OUTSIDE = { ...V2, 'Mex-To': 'X26SURGERY', 'Mex-WorkflowID': 'DIGMED_EMG_MED' };
const GZIP = { 'Content-Encoding': 'gzip' };

describe('mesh sandbox, receiving', () => {
  let sandbox: Sandbox;
  let received: ReceivedMessage[];
  beforeEach(async () => {
    received = [];
    const receive = (message: ReceivedMessage) => {
      received.push(message);
      return [];
    };
    sandbox = await startSandbox({ port: 0, receiver: { scenarioOf: () => undefined, receive } });
  });
  afterEach(() => sandbox.close());

  /** What of it the receiver was given. */
  async function handedOver(parts: Buffer[], headers: Record<string, string> = {}) {
    const chunk = (number: number) => ({ 'Mex-Chunk-Range': `${number}:${parts.length}` });
    const first = await ask(sandbox, `POST ${OUTBOX}`, { ...OUTSIDE, ...headers, ...chunk(1) }, parts[0]);
    const id = jsonOf(first).message_id as string;
    for (const [index, bytes] of parts.entries()) {
      if (index === 0) continue;
      const path = `${OUTBOX}/${id}/${index + 1}`;
      await ask(sandbox, `POST ${path}`, { ...V2, ...headers, ...chunk(index + 1) }, bytes);
    }
    await sandbox.settled();
    const [message] = received;
    assert.ok(message);
    return { text: message.body.toString('latin1'), isCut: message.isCut ?? false };
  }

  it('joins and decompresses parts', async () => {
    const parts = [gzipSync('one,'), gzipSync('two')];
    assert.deepEqual(await handedOver(parts, GZIP), { text: 'one,two', isCut: false });
  });

  it('hands over what is not compressed as its sender said, as far as it can be read', async () => {
    assert.deepEqual(await handedOver([Buffer.from('plain')], GZIP), { text: '', isCut: false });
  });

  for (const [how, parts, headers] of [
    ['is too large', () => [Buffer.alloc(LARGEST_READ, 'a'), Buffer.from('b')], {}],
    ['unfolds without end', () => [gzipSync(Buffer.alloc(LARGEST_READ + 1, 'a'))], GZIP],
  ] as const) {
    it(`hands over the beginning of what is ${how}`, async () => {
      const { text, isCut } = await handedOver(parts(), headers);
      assert.deepEqual([text === 'a'.repeat(LARGEST_READ), isCut], [true, true]);
    });
  }

  it('hands over as a whole what is just not too large', async () => {
    const { text, isCut } = await handedOver([Buffer.alloc(LARGEST_READ, 'a')]);
    assert.deepEqual([text.length, isCut], [LARGEST_READ, false]);
  });
});
