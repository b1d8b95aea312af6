// The mailboxes of the settings, and how the window speaks to one.
import * as vscode from 'vscode';
import { createMeshClient } from '../mesh/client';
import { createTransport } from '../mesh/transport';
import { isObject, type Json, list } from '../core/json';
import { type Connections, createConnections } from './connections';
import { logged, type Output } from './output';
import { keyOf, type Place, readEndpoint, readMailboxId, whereIs } from './place';
import { withProgress } from './progress';
import { askPassphrase, askSecrets, type SecretKeeper } from './secrets';

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

export function connectionsOf(keeper: SecretKeeper, output: Output, version: string): Connections {
  return createConnections({
    keeper,
    createClient: ({ endpoint, mailbox }, { password, sharedKey, passphrase }, certificates) => {
      const tls = certificates && { ...certificates, passphrase };
      const transport = logged(createTransport({ tls }), output);
      const clientVersion = `itk3-toolkit==${version}`;
      return createMeshClient({ endpoint, mailbox, password, sharedKey, tls }, { transport, clientVersion });
    },
    askSecrets: (place) => askSecrets(`Mailbox ${whereIs(place)}`),
    askPassphrase: (place, wrong) => askPassphrase(`Mailbox ${whereIs(place)}`, wrong),
    handshake: async (place, client) =>
      withProgress(`Trying mailbox ${whereIs(place)}`, place, (signal) => client.handshake({ signal })),
    now: Date.now,
  });
}
