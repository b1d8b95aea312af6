// A MESH server on this machine: starts, hands what arrives for an answered mailbox to the receiver, stops.
import { randomUUID as nodeRandomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createUsedTokens } from '../authorization';
import { MeshError } from '../errors';
import { DEFAULT_MAILBOXES } from './accounts';
import type { SandboxMailbox } from './accounts';
import { answer } from './answering';
import { createClockwork, undeliver } from './due';
import { respond } from './exchange';
import type { World } from './exchange';
import { createFaults } from './faults';
import { openFolderStore } from './folder-store';
import { createListener } from './listener';
import type { Listener, ListenerOptions } from './listener';
import { openMailboxes } from './mailboxes';
import { createMemoryStore } from './memory-store';
import { isUnanswered } from './message';
import type { StoredMessage } from './message';
import { defaultPeople } from './people';
import type { Registered } from './people';
import type { PageSource } from './page-view';
import { pageRoutes } from './pages';
import { createNameReader, createPlaying } from './playing';
import { reasonOf } from './reason';
import type { GpSystem } from './receiver-contract';
import { ROUTES } from './routes';
import type { Scenario } from './scenario';
import type { Store } from './store';
import { MAXIMUM_REQUEST, strictness } from './strict';
import { pause } from './waiting';
import type { Wait } from './waiting';
import { defaultWorkflows } from './workflows';
import type { Workflow } from './workflows';

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
  /** Called when another scenario plays, whoever chose it. */
  onPlay?: () => void;
  /** Called when a message has come into the inbox of a mailbox. */
  onDeliver?: (mailbox: string) => void;
  /** How time passes before an answer that is planned for later. Default: as it does. */
  wait?: Wait;
  now?: () => Date;
  randomUUID?: () => string;
  /** One line an event: method, route, status. Never a body, a subject, an address or a token. */
  log?: (line: string) => void;
  /** The largest request taken, in bytes. Default: MESH's own 100 MB when strict, else what fits into memory. */
  maximumBytes?: number;
  /** True: as hard as real MESH. Default: as NHS England's own sandbox. */
  strict?: boolean;
  /** Keeps the messages there, as NHS England's own sandbox would. Without it they end with the sandbox. */
  folder?: string;
  /** Who may send and receive what. Default: the emergency supply and its acknowledgements. */
  workflows?: readonly Workflow[];
  /** Whom GPPROVIDER addresses may name when strict. Default: a few invented people. */
  people?: readonly Registered[];
}

/** A request is held in memory as a whole. */
const MEMORY_LIMIT = 1024 * 1024 * 1024;

export interface Sandbox extends Pick<Listener, 'authority' | 'clientCertificate' | 'clientPkcs12'> {
  /** For instance `http://127.0.0.1:8700`; https with `tls`. */
  url: string;
  port: number;
  mailboxes: readonly SandboxMailbox[];
  strict: boolean;
  /** Where the messages are kept. */
  folder: string | undefined;
  scenarios: readonly Scenario[];
  /** The name of the one that plays for every message; undefined when all is well. */
  readonly scenario: string | undefined;
  /** Throws a MeshError when there is none of that name. */
  play(name: string | undefined): void;
  /** What the receiver or a scenario made of a message, a sentence each: no content, no patient. */
  told(messageId: string): readonly string[];
  /** Resolves when everything due now is dealt with. Answers planned for later are not waited for. */
  settled(): Promise<void>;
  /** Stops at once: open connections are ended, replies not yet delivered are dropped. May be repeated. */
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 only. Rejects with a MeshError that says which port or folder cannot be had. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { folder, log = () => undefined } = options;
  const store = folder === undefined ? createMemoryStore() : await openFolderStore(folder, log);
  try {
    return await start(options, store);
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function start(options: SandboxOptions, store: Store): Promise<Sandbox> {
  const {
    port: wanted = DEFAULT_PORT,
    now = () => new Date(),
    randomUUID = nodeRandomUUID,
    log = () => undefined,
    strict = false,
    maximumBytes = strict ? MAXIMUM_REQUEST : MEMORY_LIMIT,
    receiver,
    wait = pause,
    onDeliver,
  } = options;
  const playing = createPlaying(options, receiver);
  const switches = strictness(strict);
  const mailboxes = await openMailboxes(options.mailboxes ?? DEFAULT_MAILBOXES, store, { now, randomUUID, onDeliver });
  const closing = new AbortController();
  const isClosed = () => closing.signal.aborted;
  const clockwork = createClockwork({ mailboxes, strict: switches, now, wait, log, closing: closing.signal });
  const namedBy = receiver ? createNameReader(playing, mailboxes) : () => Promise.resolve(undefined);
  const faults = createFaults(playing, namedBy);
  const told = new Map<string, string[]>();
  const toldOf = (messageId: string) => told.get(messageId) ?? [];
  const play = (name: string | undefined) => {
    playing.play(name);
    options.onPlay?.();
  };
  const source: PageSource = {
    mailboxes,
    strict,
    folder: options.folder,
    tls: !options.tls ? 'none' : options.clientCertificates ? 'both' : 'server',
    scenarios: playing.scenarios,
    told: toldOf,
    get url() {
      return url;
    },
    get playing() {
      return playing.name;
    },
  };
  const world: World = {
    routes: [...pageRoutes(source, play), ...ROUTES],
    mailboxes,
    usedTokens: createUsedTokens(),
    strict: switches,
    workflows: options.workflows ?? defaultWorkflows(mailboxes.accounts),
    people: options.people ?? defaultPeople(mailboxes.accounts),
    maximumBytes,
    faults,
    wait,
    closing: closing.signal,
    catchUp: () => clockwork.catchUp(),
    now,
    randomUUID,
    log,
  };
  const pending = new Set<Promise<void>>();

  const receive = async ({ id }: StoredMessage) => {
    const sentences: string[] = [];
    const message = mailboxes.message(id);
    // Reset, expired or dealt with meanwhile.
    if (!message || !isUnanswered(message)) return;
    try {
      const { name = '', report } = (await namedBy(message.id)) ?? playing.current ?? {};
      if (report) {
        await undeliver(mailboxes, message, report, now());
        sentences.push(`not delivered: report ${report.code} (scenario ${name})`);
      } else if (receiver && !isClosed() && mailboxes.account(message.to.mailbox)?.answered) {
        await answer(message, { mailboxes, now, isClosed }, (received) =>
          receiver.receive(received, playing.of(received.body), (said) => sentences.push(said)),
        );
      }
      if (isClosed()) return;
      if (sentences.length > 0) told.set(message.id, sentences);
      for (const sentence of sentences) log(`message ${message.id} ${sentence}`);
    } catch (error) {
      // What a stop has broken off is done at the next start.
      if (!isClosed()) log(`receiver failed on message ${message.id} (${reasonOf(error)})`);
    }
  };
  const owner = mailboxes.accounts[0] ?? { mailbox: 'SANDBOX', odsCode: 'X26' };
  const { server, scheme, ...identity } = await createListener(options, owner, log, (incoming, outgoing) => {
    const work: Promise<void> = respond(incoming, outgoing, world, () => pending.add(work))
      .then(async (accepted) => {
        await clockwork.catchUp();
        for (const message of accepted) await receive(message);
        // What was planned now has a time of its own.
        if (accepted.length > 0) await clockwork.catchUp();
      })
      .catch(() => {
        log('the sandbox failed to answer');
        outgoing.destroy();
      });
    void work.finally(() => pending.delete(work));
  });
  // Not the server's own list: it does not know those that have not said a word of TLS yet, and waits for them.
  const connections = new Set<Socket>();
  server.on('connection', (connection: Socket) => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
  });
  // Accepted before the last stop and never dealt with.
  const leftOver = mailboxes
    .messages()
    .filter(isUnanswered)
    .sort((a, b) => a.order - b.order);
  const port = await listen(server, wanted);
  const url = `${scheme}://127.0.0.1:${port}`;
  const opening = (async () => {
    await clockwork.catchUp();
    for (const message of leftOver) await receive(message);
    await clockwork.catchUp();
  })();
  pending.add(opening);
  void opening.finally(() => pending.delete(opening));

  return {
    ...identity,
    url,
    port,
    mailboxes: mailboxes.accounts,
    strict,
    folder: options.folder,
    scenarios: playing.scenarios,
    get scenario() {
      return playing.name;
    },
    play,
    told: toldOf,
    async settled() {
      while (pending.size > 0) await Promise.all(pending);
    },
    async close() {
      closing.abort();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const connection of connections) connection.destroy();
      });
      await store.close();
    },
  };
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
