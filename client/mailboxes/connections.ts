// How the window speaks to mailboxes: one client each, tried before its first use, with secrets that are kept once they
// have worked. Pure: whoever asks and shows comes from outside (mailboxes.ts).
import type { MeshClient } from '../../mesh/client';
import type { TlsOptions } from '../../mesh/transport';
import { readCertificates, stateOfCertificates, wantsPassphrase } from './certificates';
import { keyOf, type Place } from '../../exchange/place';
import type { SecretKeeper, Secrets } from './secrets';

export interface Connections {
  /**
   * The client of the mailbox, the same for as long as nothing of it changes. Secrets are asked for when they are not known,
   * tried, and kept when they work; before its first use in a window, and at most once an hour, MESH is asked whether the
   * mailbox may be used. Undefined when the person gives up; throws a MeshError when it may not.
   * @param options `quiet`: nobody is asked and nothing shown; undefined where a person would have to be asked
   */
  connect(place: Place, options?: { quiet: boolean }): Promise<MeshClient | undefined>;
  /** Asks MESH with secrets that are not kept yet. Throws a MeshError when they do not work. False when the person gives up. */
  prove(place: Place, secrets: Secrets): Promise<boolean>;
  keeper: SecretKeeper;
}

export interface Connecting {
  keeper: SecretKeeper;
  createClient: (place: Place, secrets: Secrets, tls: TlsOptions | undefined) => MeshClient;
  askSecrets: (place: Place) => Promise<Secrets | undefined>;
  /** @param wrong one was given that does not open it */
  askPassphrase: (place: Place, wrong: boolean) => Promise<string | undefined>;
  /** Shows that a handshake is under way. */
  handshake: (place: Place, client: MeshClient) => Promise<void>;
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
}

export function createConnections(connecting: Connecting): Connections {
  const { keeper, createClient, askSecrets, askPassphrase, handshake, now } = connecting;
  const connections = new Map<string, Connection>();

  const connectionTo = (place: Place, secrets: Secrets, tls: TlsOptions | undefined): Connection => {
    const key = keyOf(place);
    const of = JSON.stringify([place.endpoint.href, stateOfCertificates(place)]);
    const known = connections.get(key);
    if (known?.of === of && isSame(known.secrets, secrets)) return known;
    const made: Connection = { of, secrets, client: createClient(place, secrets, tls), proved: -Infinity };
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
      if (quiet) return undefined;
      const passphrase = await askPassphrase(place, opened.passphrase !== undefined);
      if (passphrase === undefined) return undefined;
      opened = { ...opened, passphrase };
    }
    return opened;
  };

  const prove = async (
    place: Place,
    secrets: Secrets,
    kept?: Secrets,
    quiet = false,
  ): Promise<MeshClient | undefined> => {
    const tls = readCertificates(place);
    const opened = await opening(place, secrets, tls, quiet);
    if (!opened) return undefined;
    const connection = connectionTo(place, opened, tls);
    const time = now();
    // A clock that was set back proves nothing.
    if (time < connection.proved || time - connection.proved >= HOUR) {
      await (quiet ? connection.client.handshake() : handshake(place, connection.client));
      connection.proved = time;
    }
    if (opened !== kept) await keeper.keep(place, opened);
    return connection.client;
  };

  return {
    keeper,
    prove: async (place, secrets) => (await prove(place, secrets)) !== undefined,
    async connect(place, { quiet } = { quiet: false }) {
      if (place.sandbox) return connectionTo(place, place.sandbox, undefined).client;
      const kept = await keeper.get(place);
      const secrets = kept ?? (quiet ? undefined : await askSecrets(place));
      return secrets && prove(place, secrets, kept, quiet);
    },
  };
}

function isSame(one: Secrets, other: Secrets): boolean {
  return one.password === other.password && one.sharedKey === other.sharedKey && one.passphrase === other.passphrase;
}
