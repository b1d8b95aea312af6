/** What makes a message new; the middle of the house has no clock and no dice of its own. */
export interface Fresh {
  now: Date;
  /** A UUID, in lower case. */
  randomUUID: () => string;
  /** A number in [0, 1). */
  random: () => number;
  /** MESH mailbox of the sender, for MessageHeader.source.endpoint. */
  mailbox?: string;
}
