// The mailboxes of a sandbox: who may send and read, and whose messages the receiver answers.
import type { Credentials } from '../authorization';
import type { Party } from './message';

export interface SandboxMailbox extends Credentials {
  name: string;
  odsCode: string;
  /** Messages that arrive here are handed to the receiver, which answers as the owner's system would. */
  answered: boolean;
  /** Default: true. Only a strict sandbox refuses an inactive mailbox. */
  active?: boolean;
}

/**
 * The mailboxes of a sandbox that was told nothing else. Invented ones, under the ODS code that NHS England's own
 * sandbox uses; its public password and shared key too. They protect nothing and are no secret.
 */
export const DEFAULT_MAILBOXES: readonly SandboxMailbox[] = [
  {
    mailbox: 'X26PHARMACY',
    name: 'Sandbox pharmacy',
    odsCode: 'X26',
    password: 'password',
    sharedKey: 'TestKey',
    answered: false,
  },
  {
    mailbox: 'X26SURGERY',
    name: 'Sandbox GP practice',
    odsCode: 'X26',
    password: 'password',
    sharedKey: 'TestKey',
    answered: true,
  },
];

/** Without what only its owner may know. */
export const partyOf = ({ mailbox, name, odsCode }: SandboxMailbox): Party => ({ mailbox, name, odsCode });
