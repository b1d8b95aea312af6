// A MESH server on this machine: starts, hands what arrives for an answered mailbox to the receiver, stops.
import { randomUUID as nodeRandomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createUsedTokens } from '../authorization';
import { envelopeHeaders } from '../envelope';
import { MeshError } from '../errors';
import { plainPart } from './download';
import { respond } from './exchange';
import type { World } from './exchange';
import { createListener } from './listener';
import type { Listener, ListenerOptions } from './listener';
import { createMailboxes, DEFAULT_MAILBOXES } from './mailboxes';
import type { Draft, Mailboxes, SandboxMailbox, StoredMessage } from './mailboxes';
import { createPlaying } from './playing';
import type { GpSystem, ReceivedMessage, Reply } from './receiver-contract';
import { ROUTES } from './routes';
import type { Scenario } from './scenario';
import { pause } from './waiting';
import type { Wait } from './waiting';

/** By custom of NHS England's own sandbox. */
export const DEFAULT_PORT = 8700;

export interface SandboxOptions extends ListenerOptions {
  /** 0 for any free port. Default: DEFAULT_PORT. */
  port?: number;
  mailboxes?: readonly SandboxMailbox[];
  /** Plays the owner of the answered mailboxes. Without one, messages wait there to be collected. */
  receiver?: GpSystem;
  /** The name of the one that plays for every message, until another is asked for. */
  scenario?: string;
  /** More of them, beside the sandbox's own. */
  scenarios?: readonly Scenario[];
  /** How time passes before an answer that is planned for later. Default: as it does. */
  wait?: Wait;
  now?: () => Date;
  randomUUID?: () => string;
  /** One line an event: method, route, status. Never a body, a subject, an address or a token. */
  log?: (line: string) => void;
  /** The largest request taken, in bytes. Default: MESH's own 100 MB. */
  maximumBytes?: number;
}

export interface Sandbox extends Pick<Listener, 'authority' | 'clientCertificate' | 'clientPkcs12'> {
  /** For instance `http://127.0.0.1:8700`; https with `tls`. */
  url: string;
  port: number;
  mailboxes: readonly SandboxMailbox[];
  scenarios: readonly Scenario[];
  /** The name of the one that plays for every message; undefined when all is well. */
  readonly scenario: string | undefined;
  /** Throws a MeshError when there is none of that name. */
  play(name: string | undefined): void;
  /** What became of a message for an answered mailbox, a sentence each: no content, no patient. */
  told(messageId: string): readonly string[];
  /** Resolves when the receiver has dealt with every message accepted so far. Answers planned for later are not waited for. */
  settled(): Promise<void>;
  /** Stops at once: open connections are ended, replies not yet delivered are dropped. May be repeated. */
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 only. Rejects with a MeshError that names the port when it cannot be had. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const {
    port: wanted = DEFAULT_PORT,
    now = () => new Date(),
    randomUUID = nodeRandomUUID,
    log = () => undefined,
    maximumBytes = 100_000_000,
    receiver,
    wait = pause,
  } = options;
  const playing = createPlaying(options, receiver);
  const mailboxes = createMailboxes(options.mailboxes ?? DEFAULT_MAILBOXES, { now, randomUUID });
  const world: World = {
    routes: ROUTES,
    mailboxes,
    usedTokens: createUsedTokens(),
    maximumBytes,
    now,
    randomUUID,
    log,
  };
  const pending = new Set<Promise<void>>();
  const closing = new AbortController();
  const isClosed = () => closing.signal.aborted;
  const told = new Map<string, string[]>();

  /** Delivers a reply now or when its time has come. */
  const deliver = ({ after = 0, draft }: Delivery) => {
    if (after === 0) return void mailboxes.accept(draft);
    void wait(after, closing.signal).then(() => {
      if (!isClosed()) mailboxes.accept(draft);
    });
  };

  const receive = async (message: StoredMessage) => {
    if (!receiver || !message.to.answered || isClosed()) return;
    try {
      const received = await collect(message);
      const sentences: string[] = [];
      const replies = await receiver.receive(received, playing.of(received.body), (said) => sentences.push(said));
      if (isClosed()) return;
      const deliveries = replies.map((reply) => ({
        after: reply.after,
        draft: draftOf(reply, message.to, mailboxes),
      }));
      told.set(message.id, sentences);
      for (const sentence of sentences) log(`message ${message.id} ${sentence}`);
      mailboxes.acknowledge(message);
      for (const delivery of deliveries) deliver(delivery);
    } catch (error) {
      // The name alone: the text of an error may quote the message.
      log(`receiver failed on message ${message.id} (${error instanceof Error ? error.name : 'no error given'})`);
    }
  };
  const owner = mailboxes.accounts[0] ?? { mailbox: 'SANDBOX', odsCode: 'X26' };
  const { server, scheme, ...identity } = await createListener(options, owner, log, (incoming, outgoing) => {
    const work: Promise<void> = respond(incoming, outgoing, world, () => pending.add(work))
      .then(async (accepted) => {
        for (const message of accepted) await receive(message);
      })
      .catch(() => {
        log('the sandbox failed to answer');
        outgoing.destroy();
      });
    void work.finally(() => pending.delete(work));
  });
  const port = await listen(server, wanted);

  return {
    ...identity,
    url: `${scheme}://127.0.0.1:${port}`,
    port,
    mailboxes: mailboxes.accounts,
    scenarios: playing.scenarios,
    get scenario() {
      return playing.name;
    },
    play: (name) => playing.play(name),
    told: (messageId) => told.get(messageId) ?? [],
    async settled() {
      while (pending.size > 0) await Promise.all(pending);
    },
    close() {
      closing.abort();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

interface Delivery {
  after?: number;
  draft: Draft;
}

/** What the owner's system would have downloaded. */
async function collect(message: StoredMessage): Promise<ReceivedMessage> {
  const parts = await Promise.all(message.parts.map((part) => plainPart(message, part)));
  const { id: messageId, from, to, workflowId, localId, subject, fileName, contentType } = message;
  const body = Buffer.concat(parts);
  return { messageId, workflowId, localId, subject, fileName, contentType, body, from: from.mailbox, to: to.mailbox };
}

/** Throws when the reply could not have been sent over MESH. */
function draftOf(reply: Reply, from: SandboxMailbox, mailboxes: Mailboxes): Draft {
  envelopeHeaders(reply);
  const to = mailboxes.account(reply.to);
  if (!to) throw new RangeError('No such mailbox');
  const { workflowId, localId, subject, fileName, contentType, body } = reply;
  return { from, to, workflowId, localId, subject, fileName, contentType, parts: [body] };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error & { code?: string }) => reject(cannotListen(port, error.code));
    server.once('error', fail);
    try {
      server.listen(port, '127.0.0.1', () => {
        server.off('error', fail);
        resolve((server.address() as AddressInfo).port);
      });
    } catch {
      reject(cannotListen(port, 'ERR_SOCKET_BAD_PORT'));
    }
  });
}

const LISTEN_PROBLEMS: Record<string, string> = {
  EADDRINUSE: 'it is in use, perhaps by another sandbox. Stop that one, or choose another port.',
  EACCES: 'this user may not open it. Choose a port above 1023.',
  ERR_SOCKET_BAD_PORT: 'it is not a port number. Choose one from 0 to 65535.',
};

function cannotListen(port: number, code = 'unknown'): MeshError {
  const reason = LISTEN_PROBLEMS[code] ?? 'the system does not allow it. Choose another port.';
  return new MeshError('network', `The sandbox cannot listen on port ${port}: ${reason}`, { code });
}
