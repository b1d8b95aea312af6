// What passes between the sandbox and whoever plays the GP system. Whether the content is any good is the receiver's business.
import type { Scenario } from './scenario';

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
  /** Decompressed. Of what is larger than LARGEST_READ only the beginning. */
  body: Buffer;
  /** There is more of it than `body`. */
  isCut?: true;
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
  /** Milliseconds from when the message was dealt with until this is delivered. Default: none. */
  after?: number;
}

/** Takes a sentence fit for a log: no content, no patient, no address. */
export type Tell = (sentence: string) => void;

/** The system behind the answered mailboxes. */
export interface GpSystem {
  /** One for each answer that it knows to give, so that a person can ask for it by its code. */
  readonly scenarios?: readonly Scenario[];
  /** What the message itself asks to be played, known or not; undefined when it asks for nothing. Never throws. */
  scenarioOf(body: Buffer): string | undefined;
  /**
   * Called once per message, after its sender has had the answer to the POST. The replies are delivered in their order,
   * those with `after` when it is over. If it throws or rejects, the message stays in the inbox, unacknowledged, and
   * nothing is sent back.
   * @param scenario decides the answers; without one the receiver judges the message
   * @param tell told what was decided and why, a sentence each
   */
  receive(message: ReceivedMessage, scenario?: Scenario, tell?: Tell): Promise<Reply[]> | Reply[];
}

export type Receiver = GpSystem['receive'];
