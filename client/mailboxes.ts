// The mailboxes of the settings, and how the window speaks to one.
import * as vscode from 'vscode';
import { createMeshClient, type MeshClient } from '../mesh/client';
import { createTransport, type TlsOptions } from '../mesh/transport';
import { isObject, type Json, list } from '../core/json';
import { readCertificates, stateOfCertificates, wantsPassphrase } from './certificates';
import { logged, type Output } from './output';
import { keyOf, type Place, readEndpoint, readMailboxId, whereIs } from './place';
import { withProgress } from './progress';
import { askPassphrase, askSecrets, type SecretKeeper, type Secrets } from './secrets';

/** Those of the setting `itk3.mailboxes` that can be used, in its order. */
export function configuredPlaces(): Place[] {
  return list(vscode.workspace.getConfiguration('itk3').get<unknown>('mailboxes')).flatMap((entry) => {
    if (!isObject(entry) || typeof entry.endpoint !== 'string' || typeof entry.mailbox !== 'string') return [];
    const endpoint = readEndpoint(entry.endpoint);
    const mailbox = readMailboxId(entry.mailbox);
    if (typeof endpoint === 'string' || mailbox === undefined) return [];
    const name = typeof entry.name === 'string' && entry.name ? entry.name : mailbox;
    return [{ name, endpoint, mailbox, certificates: certificatesOf(entry) }];
  });
}

/** The mailbox of this key as the settings have it now; undefined when it is there no more. */
export function configuredPlace(key: string): Place | undefined {
  return configuredPlaces().find((place) => keyOf(place) === key);
}

function certificatesOf(entry: Json): Place['certificates'] {
  const file = (name: string): string | undefined =>
    typeof entry[name] === 'string' && entry[name] !== '' ? entry[name] : undefined;
  const [certificate, key, authorities] = [file('certificate'), file('key'), file('authorities')];
  return (certificate ?? key ?? authorities) === undefined ? undefined : { certificate, key, authorities };
}

/** Adds it to the person's own settings. */
export async function rememberPlace({ name, endpoint, mailbox, certificates }: Place): Promise<void> {
  const settings = vscode.workspace.getConfiguration('itk3');
  const own = list(settings.inspect<unknown>('mailboxes')?.globalValue);
  await settings.update(
    'mailboxes',
    [...own, { name, endpoint: endpoint.href, mailbox, ...certificates }],
    vscode.ConfigurationTarget.Global,
  );
}

export interface Connections {
  /**
   * The client of the mailbox, the same for as long as nothing of it changes. Secrets are asked for when they are not known,
   * tried, and kept when they work; before its first use in a window, and at most once an hour, MESH is asked whether the
   * mailbox may be used. Undefined when the person gives up; throws a MeshError when it may not.
   */
  connect(place: Place): Promise<MeshClient | undefined>;
  /** Asks MESH with secrets that are not kept yet. Throws a MeshError when they do not work. False when the person gives up. */
  prove(place: Place, secrets: Secrets): Promise<boolean>;
  keeper: SecretKeeper;
}

/** MESH wants no more than one handshake an hour. */
const HOUR = 3_600_000;

interface Connection {
  /** What it was made of: a change makes another one. */
  of: string;
  secrets: Secrets;
  client: MeshClient;
  /** The last handshake, in milliseconds since 1970. */
  proved?: number;
}

export function createConnections(keeper: SecretKeeper, output: Output, version: string): Connections {
  const connections = new Map<string, Connection>();

  const connectionTo = (place: Place, secrets: Secrets, tls: TlsOptions | undefined): Connection => {
    const key = keyOf(place);
    const of = JSON.stringify([place.endpoint.href, stateOfCertificates(place)]);
    const known = connections.get(key);
    if (known?.of === of && isSame(known.secrets, secrets)) return known;
    const { endpoint, mailbox } = place;
    const { password, sharedKey, passphrase } = secrets;
    const security = tls && { ...tls, passphrase };
    const client = createMeshClient(
      { endpoint, mailbox, password, sharedKey },
      { transport: logged(createTransport({ tls: security }), output), clientVersion: `itk3-toolkit==${version}` },
    );
    const made: Connection = { of, secrets, client };
    connections.set(key, made);
    return made;
  };

  const shakeHands = async (place: Place, connection: Connection): Promise<void> => {
    if (Date.now() - (connection.proved ?? 0) < HOUR) return;
    await withProgress(`Trying mailbox ${whereIs(place)}`, place, (signal) => connection.client.handshake({ signal }));
    connection.proved = Date.now();
  };

  /** With the pass phrase, where the certificate wants one. */
  const opening = async (place: Place, secrets: Secrets, tls?: TlsOptions): Promise<Secrets | undefined> => {
    let opened = secrets;
    while (wantsPassphrase(tls, opened.passphrase)) {
      const wrong = opened.passphrase !== undefined;
      const passphrase = await askPassphrase(`Mailbox ${whereIs(place)}`, wrong);
      if (passphrase === undefined) return undefined;
      opened = { ...opened, passphrase };
    }
    return opened;
  };

  const proved = async (place: Place, secrets: Secrets, kept?: Secrets): Promise<MeshClient | undefined> => {
    const tls = readCertificates(place);
    const opened = await opening(place, secrets, tls);
    if (!opened) return undefined;
    const connection = connectionTo(place, opened, tls);
    await shakeHands(place, connection);
    if (opened !== kept) await keeper.keep(place, opened);
    return connection.client;
  };

  return {
    keeper,
    prove: async (place, secrets) => (await proved(place, secrets)) !== undefined,
    async connect(place) {
      if (place.sandbox) return connectionTo(place, place.sandbox, undefined).client;
      const kept = await keeper.get(place);
      const secrets = kept ?? (await askSecrets(`Mailbox ${whereIs(place)}`));
      return secrets && proved(place, secrets, kept);
    },
  };
}

function isSame(one: Secrets, other: Secrets): boolean {
  return one.password === other.password && one.sharedKey === other.sharedKey && one.passphrase === other.passphrase;
}
