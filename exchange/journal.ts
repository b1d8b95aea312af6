// What is written down of a message on its way, without its content: enough to know after a crash what is certain and what
// MESH must be asked for. Pure; where it is kept is someone else's business.

/** Written down before the message leaves. Nothing of the patient, no secret. */
export interface Attempt {
  /** Of this attempt: a UUID. */
  id: string;
  /** The mailbox it leaves from, as `keyOf` names it, and what a person calls it. */
  place: string;
  from: { mailbox: string; name: string; environment: string };
  /** Masked where it is a patient's. */
  to: string;
  workflowId: string;
  localId: string;
  fileName: string;
  /** MessageHeader.id, if there was one to read. */
  messageId?: string;
  /** SHA-256 of the handling specification's SenderReference, if it is one: it may hold anything. Hexadecimal. */
  senderReference?: string;
  /** What the message is, as its event is displayed. */
  kind?: string;
  /** Name of the document, and where it is if it is kept somewhere. */
  document: { name: string; uri?: string };
  bytes: number;
  /** SHA-256 of what left. Hexadecimal. */
  digest: string;
  /** Of the document as it was written, where what left is not that to the letter: a JSON draft leaves as XML. */
  written?: string;
  asks: { infrastructure: boolean; business: boolean };
}

/** One line of the journal. Times are ISO 8601 in UTC. */
export type Entry = { at: string } & (
  | {
      what: 'departing';
      attempt: Attempt;
      /** The process that sends it: when that is gone without another line, nobody knows what became of it. */
      by?: number;
      /** It goes to a sandbox that keeps nothing and ends with that process. */
      passing?: boolean;
    }
  /** The first part of several is with MESH: the rest can follow. */
  | { what: 'begun'; meshId: string; taken?: number; of?: number }
  | { what: 'accepted'; meshId: string }
  /** It certainly did not go. `why` is a sentence without content. */
  | { what: 'refused'; why: string }
  /** Nobody knows whether it went. */
  | { what: 'lost'; why: string }
  /** MESH was asked whether it arrived. */
  | { what: 'asked'; arrived?: boolean; meshId?: string; why?: string }
  /** MESH's own record: uploading, accepted, acknowledged, undeliverable, error. */
  | { what: 'tracked'; status: string; code?: string }
  | {
      what: 'answered';
      /** Of the answer. */
      meshId: string;
      /** `elimination`: it names nothing, and no other message waited for an answer from there. */
      by: 'identifier' | 'reference' | 'elimination';
      layer: 'infrastructure' | 'business' | undefined;
      code?: string;
      accepted: boolean | undefined;
      /** As the answer says. */
      timestamp?: string;
    }
  /** MESH itself says that it was not delivered. `meshId` is the report's. */
  | { what: 'undelivered'; meshId: string; code: string }
  /** Nothing more can come: the sandbox that had it has stopped, and kept nothing. */
  | { what: 'ended' }
);

export type EntryOf<What extends Entry['what']> = Extract<Entry, { what: What }>;
