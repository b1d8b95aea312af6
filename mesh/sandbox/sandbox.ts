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
import type { Receiver, Reply } from './receiver-contract';
import { ROUTES } from './routes';

/** By custom of NHS England's own sandbox. */
export const DEFAULT_PORT = 8700;

export interface SandboxOptions extends ListenerOptions {
  /** 0 for any free port. Default: DEFAULT_PORT. */
  port?: number;
  mailboxes?: readonly SandboxMailbox[];
  /** Plays the owner of the answered mailboxes. Without one, messages wait there to be collected. */
  receiver?: Receiver;
  now?: () => Date;
  randomUUID?: () => string;
  /** One line an event: method, route, status. Never a body, a subject, an address or a token. */
  log?: (line: string) => void;
  /** The largest request taken, in bytes. Default: MESH's own 100 MB. */
  maximumBytes?: number;
}

export interface Sandbox extends Pick<Listener, 'authority' | 'clientCertificate'> {
  /** For instance `http://127.0.0.1:8700`; https with `tls`. */
  url: string;
  port: number;
  mailboxes: readonly SandboxMailbox[];
  /** Resolves when the receiver has dealt with every message accepted so far. */
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
  } = options;
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
  let open = true;

  const receive = async (message: StoredMessage) => {
    if (!receiver || !message.to.answered || !open) return;
    try {
      await answer(message, receiver, mailboxes, () => open);
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
    async settled() {
      while (pending.size > 0) await Promise.all(pending);
    },
    close() {
      open = false;
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

/** What the owner's system does: collects the message, deals with it, acknowledges it, sends its answers. */
async function answer(
  message: StoredMessage,
  receiver: Receiver,
  mailboxes: Mailboxes,
  open: () => boolean,
): Promise<void> {
  const parts = await Promise.all(message.parts.map((part) => plainPart(message, part)));
  const { id: messageId, from, to, workflowId, localId, subject, fileName, contentType } = message;
  const received = { messageId, workflowId, localId, subject, fileName, contentType, body: Buffer.concat(parts) };
  const replies = await receiver({ ...received, from: from.mailbox, to: to.mailbox });
  if (!open()) return;
  const drafts = replies.map((reply) => draftOf(reply, message.to, mailboxes));
  mailboxes.acknowledge(message);
  for (const draft of drafts) mailboxes.accept(draft);
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
