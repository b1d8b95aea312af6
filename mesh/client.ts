// One mailbox, spoken to: the client's side of the MESH API, version 2.
import { randomUUID as nodeRandomUUID } from 'node:crypto';
import { arch, release, type } from 'node:os';
import { readCount, readEndpoints, readTracking } from './answers';
import type { Endpoint, InboxPage, Tracking } from './answers';
import { traceLocalId, whetherArrived } from './arrival';
import type { Arrival } from './arrival';
import { createCaller, named, pathPart } from './call';
import type { Mailbox } from './call';
import type { Content, Upload } from './chunks';
import type { Envelope, ReceivedEnvelope } from './envelope';
import { couldNot, MeshError } from './errors';
import { withOutcome } from './outcome';
import { headOf, inboxPages, openMessage } from './reading';
import type { InboxOptions, OpenedMessage } from './reading';
import { realWait } from './retries';
import type { RetryOptions } from './retries';
import { resumeMessage, sendMessage } from './sending';
import type { OutgoingMessage, SendOptions } from './sending';
import { createTransport } from './transport';
import type { Transport } from './transport';

export type { Arrival } from './arrival';
export type { Endpoint, InboxPage, Tracking } from './answers';
export type { Mailbox } from './call';
export { DEFAULT_PART_SIZE } from './chunks';
export type { Content, Upload } from './chunks';
export type { InboxOptions, OpenedMessage } from './reading';
export type { OutgoingMessage, SendOptions } from './sending';

export interface ClientOptions extends Partial<RetryOptions> {
  /** The network. Default: the real one, with the mailbox's `tls`. */
  transport?: Transport;
  now?: () => Date;
  randomUUID?: () => string;
  /** Told to MESH, as `name==version`. */
  clientVersion?: string;
}

export interface CallOptions {
  signal?: AbortSignal;
}

export type DownloadedMessage = ReceivedEnvelope & {
  messageId: string;
  /** All parts, decompressed, joined. Empty in a report. */
  body: Buffer;
};

/**
 * Every function rejects with a MeshError and nothing else. What does no harm when done twice is tried again when the
 * network or the server has a weak moment; the first POST of a message never is.
 */
export interface MeshClient {
  /**
   * Proves that the mailbox may be used. MESH wants it once a day and not more than once an hour: after one that went
   * well nothing is asked for an hour, unless `again`.
   */
  handshake(options?: CallOptions & { again?: boolean }): Promise<void>;
  /** Resolves when MESH has taken the message; the recipient has not yet. What is larger than a part goes in parts. */
  send(message: OutgoingMessage, options?: SendOptions): Promise<{ messageId: string }>;
  /** Goes on with a send in parts that broke off, with the same content. Part size and compression stay as they were. */
  resume(upload: Upload, body: Content, options?: SendOptions): Promise<{ messageId: string }>;
  /** After a send whose outcome is unknown. `since` is when it began. A no takes three seconds: MESH is asked twice. */
  whetherArrived(
    message: Pick<Envelope, 'localId' | 'fileName' | 'workflowId'>,
    since: Date,
    options?: CallOptions,
  ): Promise<Arrival>;
  /** The ids of all messages waiting, oldest first. */
  inbox(options?: InboxOptions): Promise<string[]>;
  /** The same page by page. */
  inboxPages(options?: InboxOptions): AsyncIterable<InboxPage>;
  /** How many messages wait. Deprecated by MESH, and still the only exact count. */
  count(options?: CallOptions): Promise<number>;
  /** What is written on the outside of a message, received or sent. */
  head(messageId: string, options?: CallOptions): Promise<ReceivedEnvelope>;
  /** The whole of it, up to 512 MiB. */
  download(messageId: string, options?: CallOptions): Promise<DownloadedMessage>;
  /** For what is too large to be held in memory. */
  open(messageId: string, options?: CallOptions): Promise<OpenedMessage>;
  /** Takes a message out of the inbox for good: store it safely first. May be repeated. */
  acknowledge(messageId: string, options?: CallOptions): Promise<void>;
  /** Where a message sent from this mailbox is. */
  track(messageId: string, options?: CallOptions): Promise<Tracking>;
  /** Undefined when there is none. */
  trackByLocalId(localId: string, options?: CallOptions): Promise<Tracking | 'several' | undefined>;
  /** The mailboxes of an organisation that take messages of a workflow. */
  lookup(odsCode: string, workflowId: string, options?: CallOptions): Promise<Endpoint[]>;
  /** All mailboxes that take messages of a workflow. */
  search(workflowId: string, options?: CallOptions): Promise<Endpoint[]>;
}

/** Of one message. MESH takes up to 100 GB, and one such must not bring down whoever empties an inbox. */
const LARGEST_IN_MEMORY = 512 * 1024 * 1024;
const HANDSHAKE_HOLDS = 60 * 60 * 1000;

/** Throws a MeshError of kind `invalid-request` when the mailbox's own data cannot be right. */
export function createMeshClient(mailbox: Mailbox, options: ClientOptions = {}): MeshClient {
  const {
    transport = createTransport({ tls: mailbox.tls, proxy: mailbox.proxy }),
    now = () => new Date(),
    randomUUID = nodeRandomUUID,
    clientVersion = 'itk3-toolkit==0',
    retries = 3,
    wait = realWait,
    random = Math.random,
  } = options;
  const caller = createCaller(mailbox, { transport, now, randomUUID, clientVersion, retries, wait, random });
  const { owner } = caller;
  let shaken = -Infinity;

  return {
    async handshake({ signal, again = false } = {}) {
      const time = now().getTime();
      // A clock that was set back proves nothing.
      if (!again && time >= shaken && time - shaken < HANDSHAKE_HOLDS) return;
      await caller.again({
        action: `use mailbox ${owner}`,
        method: 'POST',
        path: owner,
        headers: {
          'Mex-ClientVersion': clientVersion,
          'Mex-OSName': type(),
          'Mex-OSVersion': release(),
          'Mex-OSArchitecture': arch(),
        },
        expect: [200],
        signal,
      });
      shaken = time;
    },

    async send(message, sending = {}) {
      return { messageId: await settled(sendMessage(message, sending, caller)) };
    },

    async resume(upload, body, sending = {}) {
      return { messageId: await settled(resumeMessage(upload, body, sending, caller)) };
    },

    whetherArrived: (message, since, { signal } = {}) => whetherArrived(message, since, caller, signal),

    async inbox(listing = {}) {
      const ids = new Set<string>();
      for await (const page of inboxPages(listing, caller)) for (const id of page.messages) ids.add(id);
      return [...ids];
    },

    inboxPages: (listing = {}) => inboxPages(listing, caller),

    async count({ signal } = {}) {
      const action = `count the messages of ${owner}`;
      const path = `${owner}/count`;
      return readCount(await caller.again({ action, method: 'GET', path, expect: [200], signal }), action);
    },

    head: (messageId, { signal } = {}) => headOf(messageId, caller, signal),

    async download(messageId, { signal } = {}) {
      const { parts, ...envelope } = await openMessage(messageId, caller, signal);
      const bodies: Buffer[] = [];
      let bytes = 0;
      for await (const part of parts) {
        bytes += part.length;
        if (bytes > LARGEST_IN_MEMORY) throw tooLarge(messageId);
        bodies.push(part);
      }
      const [only] = bodies;
      return { ...envelope, body: bodies.length === 1 && only ? only : Buffer.concat(bodies) };
    },

    open: (messageId, { signal } = {}) => openMessage(messageId, caller, signal),

    async acknowledge(messageId, { signal } = {}) {
      const action = `acknowledge ${named(messageId)}`;
      const path = `${owner}/inbox/${pathPart(messageId, action)}/status/acknowledged`;
      await caller.again({ action, method: 'PUT', path, expect: [200], messageId, signal });
    },

    async track(messageId, { signal } = {}) {
      const action = `track ${named(messageId)}`;
      const path = `${owner}/outbox/tracking?messageID=${pathPart(messageId, action)}`;
      return readTracking(
        await caller.again({ action, method: 'GET', path, expect: [200], messageId, signal }),
        action,
      );
    },

    async trackByLocalId(localId, { signal } = {}) {
      return (await traceLocalId(localId, caller, signal)).tracking;
    },

    async lookup(odsCode, workflowId, { signal } = {}) {
      const action = 'look up the mailboxes of an organisation';
      const organisation = pathPart(odsCode, action, 'ODS code');
      const path = `endpointlookup/${organisation}/${pathPart(workflowId, action, 'workflow id')}`;
      return readEndpoints(await caller.again({ action, method: 'GET', path, expect: [200], signal }), action);
    },

    async search(workflowId, { signal } = {}) {
      const action = 'look up the mailboxes of a workflow';
      const path = `workflowsearch/${pathPart(workflowId, action, 'workflow id')}`;
      return readEndpoints(await caller.again({ action, method: 'GET', path, expect: [200], signal }), action);
    },
  };
}

function tooLarge(messageId: string): MeshError {
  const reason = 'it has more than 512 MiB, too much to be held in memory. It has to be opened part by part.';
  return new MeshError('invalid-request', couldNot({ action: `download ${named(messageId)}` }, reason));
}

async function settled(sending: Promise<string>): Promise<string> {
  try {
    return await sending;
  } catch (error) {
    throw error instanceof MeshError ? withOutcome(error) : error;
  }
}
