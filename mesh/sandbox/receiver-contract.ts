// What passes between the sandbox and whoever plays the GP system. Whether the content is any good is the receiver's business.

/** A message that was accepted for an answered mailbox, as its owner would have collected it. */
export interface ReceivedMessage {
  messageId: string;
  /** Mailbox ids. */
  from: string;
  to: string;
  workflowId: string;
  localId?: string;
  subject?: string;
  fileName: string;
  contentType: string;
  /** Decompressed. */
  body: Buffer;
}

/** A message to send back, from the mailbox that received. */
export interface Reply {
  /** A mailbox id: usually `from` of the message received. */
  to: string;
  workflowId: string;
  subject?: string;
  localId?: string;
  fileName?: string;
  contentType: string;
  body: Buffer;
  /** Milliseconds after the message was dealt with. Default: at once. */
  after?: number;
}

/**
 * Called once per message, after its sender has had the answer to the POST. The replies are delivered in their order.
 * If it throws or rejects, the message stays in the inbox, unacknowledged, and nothing is sent back.
 */
export type Receiver = (message: ReceivedMessage) => Promise<Reply[]> | Reply[];
