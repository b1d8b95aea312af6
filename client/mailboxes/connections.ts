// How the window speaks to mailboxes: one client each, tried before its first use, with secrets that are kept once they
// have worked. Pure: whoever asks and shows comes from outside (mailboxes.ts).
import type { MeshClient } from '../../mesh/client';
import type { TlsOptions } from '../../mesh/transport';
import { readCertificates, stateOfCertificates, wantsPassphrase } from '../../exchange/certificates';
import { keyOf, type Place } from '../../exchange/place';
import type { SecretKeeper, Secrets } from './secret-keeper';

export interface Connections {
  /**
   * The client of the mailbox, the same for as long as nothing of it changes. Secrets are asked for when they are not known,
   * tried, and kept when they work; before its first use in a window, and at most once an hour, MESH is asked whether the
   * mailbox may be used. Undefined when the person gives up; throws a MeshError when it may not.
   */
  connect(place: Place, options?: ConnectOptions): Promise<MeshClient | undefined>;
  /** Asks MESH with secrets that are not kept yet. Throws a MeshError when they do not work. False when the person gives up. */
  prove(place: Place, secrets: Secrets): Promise<boolean>;
  /** Asks MESH now whether the mailbox may be used. Undefined when the person gives up; throws a MeshError when it may not. */
  test(place: Place, options?: { again?: boolean }): Promise<Proof | undefined>;
  /** When MESH last said that the mailbox may be used, in milliseconds since 1970. */
  provedAt(place: Place): number | undefined;
  keeper: SecretKeeper;
}

export interface ConnectOptions {
  /** Nobody is asked anything and nothing is shown: undefined where that would be needed. */
  quiet?: boolean;
}

/** What showed that a mailbox may be used. Within an hour of a handshake its messages are counted in place of another. */
export type Proof = { by: 'handshake' } | { by: 'count'; waiting: number; shaken: Date };

export interface Connecting {
  keeper: SecretKeeper;
  /** The way there, for the client to take. */
  proxyOf: (endpoint: URL) => URL | undefined;
  createClient: (place: Place, secrets: Secrets, tls: TlsOptions | undefined, proxy: URL | undefined) => MeshClient;
  askSecrets: (place: Place) => Promise<Secrets | undefined>;
  /** @param wrong one was given that does not open it */
  askPassphrase: (place: Place, wrong: boolean) => Promise<string | undefined>;
  /** Shows that a question to MESH is under way. */
  shown: <T>(place: Place, work: (signal: AbortSignal) => Promise<T>) => Promise<T>;
  now: () => number;
}

/** MESH wants no more than one handshake an hour. The client keeps to that too; this is so that nothing is shown for it. */
const HOUR = 3_600_000;

interface Connection {
  /** What it was made of: a change makes another one. */
  of: string;
  secrets: Secrets;
  client: MeshClient;
  /** The last handshake, in milliseconds since 1970. */
  proved: number;
  /** The handshake that is under way: whoever wants one meanwhile waits for it. */
  proving?: Promise<void>;
}

export function createConnections(connecting: Connecting): Connections {
  const { keeper, proxyOf, createClient, askSecrets, askPassphrase, shown, now } = connecting;
  const connections = new Map<string, Connection>();
  const asking = new Map<string, Promise<MeshClient | undefined>>();

  const connectionTo = (place: Place, secrets: Secrets, tls: TlsOptions | undefined): Connection => {
    const key = keyOf(place);
    const proxy = proxyOf(place.endpoint);
    const of = JSON.stringify([place.endpoint.href, stateOfCertificates(place), proxy?.href]);
    const known = connections.get(key);
    if (known?.of === of && isSame(known.secrets, secrets)) return known;
    const made: Connection = { of, secrets, client: createClient(place, secrets, tls, proxy), proved: -Infinity };
    connections.set(key, made);
    return made;
  };

  /** With the pass phrase, where the certificate wants one. */
  const opening = async (
    place: Place,
    secrets: Secrets,
    tls: TlsOptions | undefined,
    quiet: boolean,
  ): Promise<Secrets | undefined> => {
    let opened = secrets;
    while (wantsPassphrase(tls, opened.passphrase)) {
      const passphrase = quiet ? undefined : await askPassphrase(place, opened.passphrase !== undefined);
      if (passphrase === undefined) return undefined;
      opened = { ...opened, passphrase };
    }
    return opened;
  };

  const isFresh = ({ proved }: Connection): boolean => {
    const time = now();
    // A clock that was set back proves nothing.
    return time >= proved && time - proved < HOUR;
  };

  const shake = async (place: Place, connection: Connection, quiet: boolean, again = false): Promise<void> => {
    const work = async (signal?: AbortSignal): Promise<void> => connection.client.handshake({ signal, again });
    const time = now();
    connection.proving ??= (quiet ? work() : shown(place, work))
      .then(() => {
        connection.proved = time;
      })
      .finally(() => (connection.proving = undefined));
    await connection.proving;
  };

  const prove = async (
    place: Place,
    secrets: Secrets,
    { kept, quiet = false }: { kept?: Secrets; quiet?: boolean } = {},
  ): Promise<Connection | undefined> => {
    const tls = readCertificates(place);
    const opened = await opening(place, secrets, tls, quiet);
    if (!opened) return undefined;
    const connection = connectionTo(place, opened, tls);
    if (!isFresh(connection)) await shake(place, connection, quiet);
    if (opened !== kept) await keeper.keep(place, opened);
    return connection;
  };

  const connectAsking = async (place: Place): Promise<MeshClient | undefined> => {
    const kept = await keeper.get(place);
    const secrets = kept ?? (await askSecrets(place));
    return secrets && (await prove(place, secrets, { kept }))?.client;
  };

  const ofSandbox = (place: Place): Connection | undefined =>
    place.sandbox && connectionTo(place, place.sandbox, undefined);

  return {
    keeper,
    prove: async (place, secrets) => (await prove(place, secrets)) !== undefined,
    provedAt: (place) => {
      const proved = connections.get(keyOf(place))?.proved ?? -Infinity;
      return proved === -Infinity ? undefined : proved;
    },
    async connect(place, { quiet = false } = {}) {
      const sandbox = ofSandbox(place);
      if (sandbox) return sandbox.client;
      if (quiet) {
        const kept = await keeper.get(place);
        return kept && (await prove(place, kept, { kept, quiet }))?.client;
      }
      // Two commands at once ask once.
      const key = keyOf(place);
      const under = asking.get(key) ?? connectAsking(place).finally(() => asking.delete(key));
      asking.set(key, under);
      return under;
    },
    async test(place, { again = false } = {}) {
      const known = ofSandbox(place) ?? connections.get(keyOf(place));
      const before = known?.proved;
      const kept = place.sandbox ?? (await keeper.get(place));
      const secrets = kept ?? (await askSecrets(place));
      const connection = secrets && (ofSandbox(place) ?? (await prove(place, secrets, { kept })));
      if (!connection) return undefined;
      // The first try of this connection was a handshake.
      if (connection.proved !== before && isFresh(connection)) return { by: 'handshake' };
      if (again || !isFresh(connection)) {
        await shake(place, connection, false, true);
        return { by: 'handshake' };
      }
      const waiting = await shown(place, async (signal) => connection.client.count({ signal }));
      return { by: 'count', waiting, shaken: new Date(connection.proved) };
    },
  };
}

function isSame(one: Secrets, other: Secrets): boolean {
  return one.password === other.password && one.sharedKey === other.sharedKey && one.passphrase === other.passphrase;
}
