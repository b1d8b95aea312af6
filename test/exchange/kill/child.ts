// A window that is there to be killed: it sends one message after the other through the journal, and says what it began.
import { randomUUID } from 'node:crypto';
import { openJournalFiles } from '../../../exchange/journal-files';
import { createJournal, type Journal } from '../../../exchange/sent-journal';
import { deliver } from '../../../exchange/deliver';
import { digestOf } from '../../../exchange/attempt';
import type { Attempt } from '../../../exchange/journal';
import type { Knowledge } from '../../../core/knowledge';
import { createMeshClient } from '../../../mesh/client';

export const PART_SIZE = 4000;

async function main(folder: string, endpoint: string, seed: number): Promise<void> {
  const journal = createJournal({
    files: openJournalFiles(folder),
    // Nothing is answered here, so no code is looked up.
    knowledge: () => ({}) as Knowledge,
    times: () => ({ collected: Infinity, infrastructure: Infinity, business: Infinity }),
    now: () => new Date(),
    process: process.pid,
    isAlive: () => true,
    changed: {
      event: () => {
        throw new Error('nobody listens here');
      },
      fire: () => undefined,
    },
    at: () => () => undefined,
    keepDays: () => 60,
  });
  const client = createMeshClient(
    { endpoint: new URL(endpoint), mailbox: 'X26PHARMACY', password: 'password', sharedKey: 'TestKey' },
    { retries: 0 },
  );
  /** It goes on when it is told to: so it can be killed when the message is written down and nothing has left. */
  const watched = {
    add: (...line: Parameters<Journal['add']>) => journal.add(...line),
    begin: async (attempt: Attempt) => {
      await journal.begin(attempt);
      const go = new Promise((resolve) => process.once('message', resolve));
      process.send?.('written');
      await go;
    },
  };
  for (let i = 0; ; i++) {
    const id = randomUUID();
    const [localId, fileName] = [randomUUID(), `${randomUUID()}.json`];
    const inParts = (seed + i) % 3 === 0;
    const body = Buffer.alloc(inParts ? 3 * PART_SIZE + 1 : 100, `${id} `);
    const letter = { to: 'X26ARCHIVE', workflowId: 'KILL', localId, fileName, contentType: 'text/plain', body };
    const attempt = {
      ...{ id, place: `${endpoint} X26PHARMACY`, to: letter.to, workflowId: 'KILL', localId, fileName },
      from: { mailbox: 'X26PHARMACY', name: 'Pharmacy', environment: 'Test' },
      document: { name: `${i}.json` },
      ...{ bytes: body.length, digest: digestOf(body), asks: { infrastructure: false, business: false } },
    };
    await deliver(watched, { client, letter, attempt }, { partSize: PART_SIZE });
  }
}

process.on('disconnect', () => process.exit());
void main(process.argv[2] ?? '', process.argv[3] ?? '', Number(process.argv[4]));
