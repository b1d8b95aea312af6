// What was sent from this window: kept in memory, without content.

export interface Sent {
  /** MessageHeader.id, if there was one to read. */
  messageId?: string;
  /** Undefined while nobody knows whether MESH took the message. */
  meshId?: string;
  /** Name of the document. */
  document: string;
  /** Without the patient whose address it may be. */
  to: string;
  at: Date;
}

export interface SentList {
  /** Before the message goes: from then on it may have been sent. */
  add(sent: Sent): void;
  /** When it certainly was not. */
  remove(sent: Sent): void;
  /** The last time a message with this MessageHeader.id was sent. */
  last(messageId: string | undefined): Sent | undefined;
  /** What MESH took under this id. */
  as(meshId: string | undefined): Sent | undefined;
}

export function createSentList(): SentList {
  const all = new Set<Sent>();
  return {
    add: (sent) => void all.add(sent),
    remove: (sent) => void all.delete(sent),
    last: (messageId) =>
      messageId === undefined ? undefined : [...all].findLast((sent) => sent.messageId === messageId),
    as: (meshId) => (meshId === undefined ? undefined : [...all].find((sent) => sent.meshId === meshId)),
  };
}

export function clock(time: Date): string {
  return time.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}
