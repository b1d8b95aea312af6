// What was sent from this window: kept in memory, without content.

export interface Sent {
  /** MessageHeader.id, if there was one to read. */
  messageId?: string;
  meshId: string;
  /** Name of the document. */
  document: string;
  to: string;
  at: Date;
}

export interface SentList {
  add(sent: Sent): void;
  /** The last time a message with this MessageHeader.id was sent. */
  last(messageId: string | undefined): Sent | undefined;
}

export function createSentList(): SentList {
  const all: Sent[] = [];
  return {
    add: (sent) => void all.push(sent),
    last: (messageId) => (messageId === undefined ? undefined : all.findLast((sent) => sent.messageId === messageId)),
  };
}

export function clock(time: Date): string {
  return time.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}
