// A sandbox in a process that is there to be killed: its messages in a folder, a practice that answers everything twice.
import { createHash } from 'node:crypto';
import { DEFAULT_MAILBOXES } from '../../../mesh/sandbox/accounts';
import type { SandboxMailbox } from '../../../mesh/sandbox/accounts';
import { startSandbox } from '../../../mesh/sandbox/sandbox';

/** Nobody answers there: what arrives lies where it is. */
const ARCHIVE: SandboxMailbox = { ...DEFAULT_MAILBOXES[0]!, mailbox: 'X26ARCHIVE', name: 'Sandbox archive' };

async function main(folder: string): Promise<void> {
  const sandbox = await startSandbox({
    port: 0,
    folder,
    mailboxes: [...DEFAULT_MAILBOXES, ARCHIVE],
    receiver: {
      scenarioOf: () => undefined,
      receive: ({ from, body }) =>
        ['first', 'second'].map((answer) => ({
          to: from,
          workflowId: 'KILL_ACK',
          contentType: 'text/plain',
          body: Buffer.from(`${answer} answer to ${createHash('sha256').update(body).digest('hex')}`),
        })),
    },
  });
  process.on('message', () => {
    void sandbox.settled().then(() => process.send?.('settled'));
  });
  process.send?.(sandbox.url);
}

process.on('disconnect', () => process.exit());
void main(process.argv[2] ?? '');
