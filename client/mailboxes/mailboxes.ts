// The mailboxes of the settings, and how the window speaks to one.
import * as vscode from 'vscode';
import { createMeshClient } from '../../mesh/client';
import { createTransport } from '../../mesh/transport';
import { list } from '../../core/json';
import { type Connections, createConnections } from './connections';
import { logged, type Output } from '../output';
import { keyOf, type Place, whereIs } from '../../exchange/place';
import { mergePlaces, type PlaceLayer, readPlace, withPlace } from '../../exchange/place-settings';
import { NODE, proxyOf } from './network';
import { withProgress } from '../progress';
import { askPassphrase, askSecrets, type SecretKeeper } from './secrets';
import { onDidChangeTeamFiles, teamFiles, watchTeamFiles } from './team-files';

const changed = new vscode.EventEmitter<void>();

/** The list of `configuredPlaces` may be another one now. */
export const onDidChangePlaces: vscode.Event<void> = changed.event;

/**
 * Those of the workspace's settings, of the team's files and of the person's own settings that can be used, nearest first.
 * All are used, unlike other settings, of which the nearest hides the rest: a workspace takes no mailbox away.
 */
export function configuredPlaces(): Place[] {
  const found = vscode.workspace.getConfiguration('itk3').inspect<unknown>('mailboxes');
  const files = teamFiles().map(({ file }) => file);
  const read = (entries: unknown): Place[] => list(entries).flatMap((entry) => readPlace(entry) ?? []);
  const layers: PlaceLayer[] = [
    { source: 'workspace', places: vscode.workspace.isTrusted ? read(found?.workspaceValue) : [] },
    ...files.map((file): PlaceLayer => ({ source: 'team', places: file.places })),
    { source: 'user', places: read(found?.globalValue) },
  ];
  return mergePlaces(
    layers,
    files.flatMap(({ environments }) => environments),
  );
}

/** Tells `onDidChangePlaces` for as long as the window is there. */
export function watchPlaces(): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('itk3.mailboxes')) changed.fire();
    }),
    onDidChangeTeamFiles(() => changed.fire()),
    watchTeamFiles(),
    vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
  );
}

/** The mailbox of this key as the settings have it now; undefined when it is there no more. */
export function configuredPlace(key: string): Place | undefined {
  return configuredPlaces().find((place) => keyOf(place) === key);
}

/** Puts it into the person's own settings, in the place of what they had for it. */
export async function rememberPlace(place: Place): Promise<void> {
  const settings = vscode.workspace.getConfiguration('itk3');
  const own = list(settings.inspect<unknown>('mailboxes')?.globalValue);
  await settings.update('mailboxes', withPlace(own, place), vscode.ConfigurationTarget.Global);
}

export function connectionsOf(keeper: SecretKeeper, output: Output, version: string): Connections {
  return createConnections({
    keeper,
    proxyOf,
    createClient: ({ endpoint, mailbox }, { password, sharedKey, passphrase }, certificates, proxy) => {
      const tls = certificates && { ...certificates, passphrase };
      const transport = logged(createTransport({ tls, proxy, node: NODE }), output);
      const clientVersion = `itk3-toolkit==${version}`;
      return createMeshClient({ endpoint, mailbox, password, sharedKey, tls, proxy }, { transport, clientVersion });
    },
    askSecrets: (place) => askSecrets(`Mailbox ${whereIs(place)}`),
    askPassphrase: (place, wrong) => askPassphrase(`Mailbox ${whereIs(place)}`, wrong),
    shown: (place, work) => withProgress(`Trying mailbox ${whereIs(place)}`, place, work),
    now: Date.now,
  });
}
