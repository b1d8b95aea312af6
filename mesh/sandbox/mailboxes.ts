// The sandbox's mailboxes and the messages in them, in memory. Knows nothing of HTTP.
import type { Credentials } from '../authorization';

export interface SandboxMailbox extends Credentials {
  name: string;
  odsCode: string;
  /** Messages that arrive here are handed to the receiver, which answers as the owner's system would. */
  answered: boolean;
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

/** What a sender hands in. */
export interface Draft {
  from: SandboxMailbox;
  to: SandboxMailbox;
  workflowId: string;
  localId?: string;
  subject?: string;
  /** Default: the message id with `.dat`. */
  fileName?: string;
  partnerId?: string;
  checksum?: string;
  encrypted?: boolean;
  compressed?: boolean;
  contentType: string;
  /** How the parts are stored: each one compressed on its own, or plain. */
  encoding?: 'gzip';
  parts: Buffer[];
}

/** accepted: in the recipient's inbox. acknowledged: collected. */
export type MessageStatus = 'accepted' | 'acknowledged';

export interface StoredMessage extends Readonly<Draft> {
  readonly id: string;
  /** Rises with every message: the order of inboxes. */
  readonly order: number;
  readonly fileName: string;
  readonly uploaded: Date;
  readonly expires: Date;
  status: MessageStatus;
  /** When the status last changed. */
  changed: Date;
}

export interface Mailboxes {
  readonly accounts: readonly SandboxMailbox[];
  /** Ids are compared in upper case, as MESH does. */
  account(mailbox: string): SandboxMailbox | undefined;
  message(id: string): StoredMessage | undefined;
  accept(draft: Draft): StoredMessage;
  /** May be repeated; the first time counts. */
  acknowledge(message: StoredMessage): void;
  /** Accepted and not yet acknowledged, oldest first. */
  waiting(owner: SandboxMailbox): StoredMessage[];
  sentWithLocalId(owner: SandboxMailbox, localId: string): StoredMessage[];
}

const EXPIRY = 5 * 24 * 60 * 60 * 1000;

export function createMailboxes(
  mailboxes: readonly SandboxMailbox[],
  { now, randomUUID }: { now: () => Date; randomUUID: () => string },
): Mailboxes {
  const accounts = mailboxes.map((account) => ({ ...account, mailbox: account.mailbox.toUpperCase() }));
  const byId = new Map(accounts.map((account) => [account.mailbox, account]));
  const messages = new Map<string, StoredMessage>();

  /** As MESH's own look: `yyyyMMddHHmmssSSSSSS_XXXXXX`, six digits of the second, six hexadecimal ones of chance. */
  const newId = (time: Date, order: number) => {
    const stamp = time.toISOString().replace(/\D/g, '');
    const chance = randomUUID().replaceAll('-', '').slice(-6).toUpperCase();
    return `${stamp}${String(order % 1000).padStart(3, '0')}_${chance}`;
  };

  return {
    accounts,
    account: (mailbox) => byId.get(mailbox.trim().toUpperCase()),
    message: (id) => messages.get(id.toUpperCase()),
    accept(draft) {
      const time = now();
      const order = messages.size + 1;
      const id = newId(time, order);
      const message: StoredMessage = {
        ...draft,
        id,
        order,
        fileName: draft.fileName ?? `${id}.dat`,
        uploaded: time,
        expires: new Date(time.getTime() + EXPIRY),
        status: 'accepted',
        changed: time,
      };
      messages.set(id, message);
      return message;
    },
    acknowledge(message) {
      if (message.status === 'acknowledged') return;
      message.status = 'acknowledged';
      message.changed = now();
    },
    waiting: (owner) =>
      [...messages.values()].filter(({ to, status }) => to.mailbox === owner.mailbox && status === 'accepted'),
    sentWithLocalId: (owner, localId) =>
      [...messages.values()].filter((message) => message.from.mailbox === owner.mailbox && message.localId === localId),
  };
}
