// Reports: how MESH tells a sender, in the sender's own inbox, that a message did not reach its recipient.
import type { SandboxMailbox } from './accounts';
import { partyOf } from './accounts';
import type { Draft, Party, StoredMessage } from './message';

/** Who sends reports. It has no mailbox, so they have no `mex-from`. */
const CENTRAL: Party = { mailbox: '', name: 'Central System Mailbox', odsCode: 'X26', orgName: 'NHS England' };

export interface ReportedFailure {
  code: string;
  description: string;
  /** What MESH was doing. Default: TRANSFER. */
  event?: string;
  status?: 'error' | 'undeliverable';
  workflowId: string;
  subject?: string;
  localId?: string;
  fileName?: string;
  linkedMessageId?: string;
}

/** What MESH says when a message was not collected in time. */
export const UNDELIVERED = {
  code: '14',
  event: 'SEND',
  description: 'Message not collected by recipient after 5 days',
} as const;

/** How MESH titles a report that something was not delivered. */
export const undeliveredSubject = (subject: string | undefined) => (subject === undefined ? 'NDR' : `NDR: ${subject}`);

export function reportTo(mailbox: SandboxMailbox, failure: ReportedFailure, at: Date): Draft {
  const { code, description, event = 'TRANSFER', status = 'undeliverable', linkedMessageId, ...outside } = failure;
  return {
    ...outside,
    type: 'REPORT',
    from: CENTRAL,
    to: partyOf(mailbox),
    parts: [],
    history: [{ status, at, code, event, description, linkedMessageId }],
  };
}

/** About one message, to its sender: under the sender's own references, so that the sender can tell which it was. */
export function reportAbout(
  message: StoredMessage,
  sender: SandboxMailbox,
  failure: Pick<ReportedFailure, 'code' | 'description' | 'event'>,
  at: Date,
): Draft {
  const { id, workflowId, localId, subject } = message;
  return reportTo(
    sender,
    {
      ...failure,
      status: 'error',
      workflowId,
      localId,
      subject: undeliveredSubject(subject),
      linkedMessageId: id,
    },
    at,
  );
}
