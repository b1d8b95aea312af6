// Which mailboxes send and receive which workflow: what lookups answer, and what a strict sandbox holds senders to.
import type { SandboxMailbox } from './accounts';

export interface Workflow {
  id: string;
  /** Mailbox ids. */
  senders: readonly string[];
  receivers: readonly string[];
}

/**
 * For a sandbox that was told of no others: the emergency supply, from everybody whose mailbox the receiver does not
 * answer to everybody whose it does, and the way back for its acknowledgements.
 */
export function defaultWorkflows(accounts: readonly SandboxMailbox[]): Workflow[] {
  const asks = accounts.filter(({ answered }) => !answered).map(({ mailbox }) => mailbox);
  const answers = accounts.filter(({ answered }) => answered).map(({ mailbox }) => mailbox);
  // Where nobody is answered, people play both sides.
  const receivers = answers.length > 0 ? answers : asks;
  return [
    { id: 'DIGMED_EMG_MED', senders: asks, receivers },
    { id: 'DIGMED_EMG_MED_ACK', senders: receivers, receivers: asks },
  ];
}
