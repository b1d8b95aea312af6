// The mailboxes of the settings, and how the window speaks to one.
import * as vscode from 'vscode';
import { createMeshClient, type MeshClient } from '../mesh/client';
import { createTransport } from '../mesh/transport';
import { isObject, type Json, list } from '../core/json';
import { readCertificates } from './certificates';
import { logged, type Output } from './output';
import { keyOf, type Place, readEndpoint, readMailboxId, whereIs } from './place';
import { withProgress } from './progress';
import { askSecrets, type SecretKeeper, type Secrets } from './secrets';

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
export async function rememberPlace({ name, endpoint, mailbox }: Place): Promise<void> {
  const settings = vscode.workspace.getConfiguration('itk3');
  const own = list(settings.inspect<unknown>('mailboxes')?.globalValue);
  await settings.update(
    'mailboxes',
    [...own, { name, endpoint: endpoint.href, mailbox }],
    vscode.ConfigurationTarget.Global,
  );
}

export interface Connections {
  /**
   * A client of the mailbox. Password and shared key are asked for when they are not known, tried, and kept when they work.
   * Undefined when the person gives up; throws a MeshError when they do not work.
   */
  connect(place: Place): Promise<MeshClient | undefined>;
  /** A client with secrets that are not kept yet. Throws a MeshError when they cannot be right. */
  connectWith(place: Place, secrets: Secrets): MeshClient;
  keeper: SecretKeeper;
}

export function createConnections(keeper: SecretKeeper, output: Output, version: string): Connections {
  const connectWith = (place: Place, secrets: Secrets): MeshClient =>
    createMeshClient(
      { endpoint: place.endpoint, mailbox: place.mailbox, ...secrets },
      {
        transport: logged(createTransport({ tls: readCertificates(place) }), output),
        clientVersion: `itk3-toolkit==${version}`,
      },
    );
  return {
    keeper,
    connectWith,
    async connect(place) {
      if (place.sandbox) return connectWith(place, place.sandbox);
      const kept = await keeper.get(place);
      if (kept) return connectWith(place, kept);
      const secrets = await askSecrets(`Mailbox ${whereIs(place)}`);
      if (!secrets) return undefined;
      const client = connectWith(place, secrets);
      await withProgress(`Trying mailbox ${whereIs(place)}`, place, (signal) => client.handshake({ signal }));
      await keeper.keep(place, secrets);
      return client;
    },
  };
}
