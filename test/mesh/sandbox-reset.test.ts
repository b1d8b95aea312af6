import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { DEFAULT_MAILBOXES, partyOf } from '../../mesh/sandbox/accounts';
import { openMailboxes } from '../../mesh/sandbox/mailboxes';
import { createMemoryStore } from '../../mesh/sandbox/memory-store';

describe('a reset of the sandbox', () => {
  it('leaves no answer behind, whenever it comes', async () => {
    const [pharmacy, surgery] = DEFAULT_MAILBOXES.map(partyOf);
    for (let steps = 0; steps < 40; steps++) {
      const mailboxes = await openMailboxes(DEFAULT_MAILBOXES, createMemoryStore(), {
        now: () => new Date(),
        randomUUID,
      });
      const parts = [Buffer.from('x')];
      const asked = await mailboxes.accept({ from: pharmacy!, to: surgery!, workflowId: 'W', parts });
      const reply = { draft: { from: surgery!, to: pharmacy!, workflowId: 'W_ACK', parts }, due: new Date(0) };
      const settling = mailboxes.settle(asked, () => ({ status: 'acknowledged' }), [reply, reply]);
      for (let step = 0; step < steps; step++) await Promise.resolve();
      await mailboxes.reset();
      await settling;
      assert.deepEqual(mailboxes.messages(), [], `after ${steps} steps`);
    }
  });
});
