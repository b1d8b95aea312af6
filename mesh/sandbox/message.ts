// A message as the sandbox keeps it: plain data, replaced as a whole whenever something happens to it.

/** A mailbox as it stands on a message: sender or recipient. */
export interface Party {
  mailbox: string;
  name: string;
  odsCode: string;
  orgName?: string;
}

/** uploading: parts are missing. accepted: in the recipient's inbox. acknowledged: collected. */
export type MessageStatus = 'uploading' | 'accepted' | 'acknowledged' | 'undeliverable' | 'error';

export interface MessageEvent {
  status: MessageStatus;
  at: Date;
  code?: string;
  event?: string;
  description?: string;
  /** In a report: the message it is about. */
  linkedMessageId?: string;
}

/** What will become of a message that could not be routed, once its sender has been answered. */
export interface Fate {
  code: string;
  description: string;
}

/** What stands on the outside of a message. */
export interface Outside {
  from: Party;
  to: Party;
  workflowId: string;
  localId?: string;
  subject?: string;
  /** Default: the message id with `.dat`. */
  fileName?: string;
  partnerId?: string;
  checksum?: string;
  encrypted?: boolean;
  compressed?: boolean;
  contentType?: string;
  /** How the parts are stored: each one compressed on its own, or plain. */
  encoding?: 'gzip';
}

/** What a sender hands in. */
export interface Draft extends Outside {
  type?: 'DATA' | 'REPORT';
  /** Those at hand: all of them, or the first of several. */
  parts: readonly Buffer[];
  /** How many there will be. Default: those at hand. */
  of?: number;
  /** What happened before it came into the inbox: in a report, the failure. */
  history?: readonly MessageEvent[];
  fate?: Fate;
}

export interface StoredMessage extends Readonly<Outside> {
  readonly id: string;
  readonly type: 'DATA' | 'REPORT';
  /** Microseconds since 1970 at which it came into the inbox; no two are the same: the order of inboxes. */
  readonly order: number;
  readonly fileName: string;
  /** How many parts it has; a report has none. */
  readonly of: number;
  /** Bytes of the parts that are there, by their number from 1. */
  readonly parts: ReadonlyMap<number, number>;
  readonly uploaded: Date;
  readonly expires: Date;
  /** Newest first, never empty. */
  readonly events: readonly MessageEvent[];
  /** A reply or report that is not out yet: which message it is sent because of, and when it is due. */
  readonly held?: { answers: string; due: Date };
  readonly fate?: Fate;
  /** Its sender's outbox was reset. */
  readonly forgotten?: true;
  /** What was sent because of this message. With this it is sent for good, whatever happens afterwards. */
  readonly answered?: readonly string[];
}

export const statusOf = ({ events }: StoredMessage): MessageStatus => events[0]?.status ?? 'accepted';

/** When something last happened to it. */
export const changedAt = ({ events, uploaded }: StoredMessage): Date => events[0]?.at ?? uploaded;

/** When it last came to this status. */
export function reachedAt({ events }: StoredMessage, status: MessageStatus): Date | undefined {
  return events.find((event) => event.status === status)?.at;
}

/** What went wrong. A data message that was not collected in time is no error to MESH; a report always tells of one. */
export function failureOf({ events, type }: StoredMessage): MessageEvent | undefined {
  return events.find(({ status }) => status === 'error' || (type === 'REPORT' && status === 'undeliverable'));
}

export const sizeOf = ({ parts }: StoredMessage): number => [...parts.values()].reduce((all, bytes) => all + bytes, 0);

/** In an inbox, and nobody has dealt with it. */
export const isUnanswered = (message: StoredMessage): boolean =>
  statusOf(message) === 'accepted' && message.type === 'DATA' && !message.answered && !message.fate;
