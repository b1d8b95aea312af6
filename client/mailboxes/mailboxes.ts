// The mailboxes of the settings, and how the window speaks to one.
import * as vscode from 'vscode';
import { createMeshClient } from '../../mesh/client';
import { MeshError } from '../../mesh/errors';
import { createTransport } from '../../mesh/transport';
import { list } from '../../core/json';
import { type Connections, createConnections } from './connections';
import { logged, type Output } from '../output';
import { keyOf, type Place, whereIs } from '../../exchange/place';
import {
  mergePlaces,
  type PlaceLayer,
  readPlace,
  type TeamEnvironment,
  withoutPlace,
  withPlace,
} from '../../exchange/place-settings';
import type { Target } from './mailbox-answers';
import { NODE, proxyOf } from './network';
import { withProgress } from '../progress';
import type { SecretKeeper } from './secret-keeper';
import { askPassphrase, askSecrets } from './secrets';
import { liveServers, onDidChangeTeamFiles, teamFiles, watchTeamFiles } from './team-files';

const changed = new vscode.EventEmitter<void>();

/** The list of `configuredPlaces` may be another one now. */
export const onDidChangePlaces: vscode.Event<void> = changed.event;

/**
 * Those of the workspace's settings, of the team's files and of the person's own settings that can be used, nearest first.
 * All are used, unlike other settings, of which the nearest hides the rest: a workspace takes no mailbox away.
 */
export function configuredPlaces(): Place[] {
  return mergePlaces(layers(), [...teamEnvironments(), ...liveServers()]);
}

/** What it would be in that list. @param target where it is to be kept */
export function asConfigured(place: Place, target: Target): Place {
  const [first] = mergePlaces(
    [{ source: target, places: [place] }, ...layers()],
    [...teamEnvironments(), ...liveServers()],
  );
  return first ?? place;
}

function layers(): PlaceLayer[] {
  const found = vscode.workspace.getConfiguration('itk3').inspect<unknown>('mailboxes');
  return [
    { source: 'workspace', places: vscode.workspace.isTrusted ? placesIn(found?.workspaceValue) : [] },
    ...teamFiles().map(({ file }): PlaceLayer => ({ source: 'team', places: file.places })),
    { source: 'user', places: placesIn(found?.globalValue) },
  ];
}

function placesIn(setting: unknown): Place[] {
  return list(setting).flatMap((entry) => readPlace(entry) ?? []);
}

/** As the one that counts has it, without what others add to it. */
export function entryOf(place: Place): Place {
  const own = layers().flatMap(({ source, places }) => (source === place.source ? places : []));
  return own.find((one) => keyOf(one) === keyOf(place)) ?? place;
}

/** Whether the team shares it, whatever else has it. */
export function isInTeamFile(place: Place): boolean {
  return teamFiles().some(({ file }) => file.places.some((one) => keyOf(one) === keyOf(place)));
}

export function teamEnvironments(): TeamEnvironment[] {
  return teamFiles().flatMap(({ file }) => file.environments);
}

/**
 * Puts it into the settings, in the place of the one that it was or of what they had for it.
 * Throws a MeshError when they cannot be written.
 */
export async function rememberPlace(place: Place, target: Target, was = place): Promise<void> {
  await writePlaces(target, (entries) => withPlace(entries, place, was));
}

/** Takes it out of the settings wherever it is. A team's file is left alone. */
export async function dropPlace(place: Place): Promise<void> {
  const isIn = (target: Target): boolean =>
    layers().some(({ source, places }) => source === target && places.some((one) => keyOf(one) === keyOf(place)));
  for (const target of ['workspace', 'user'] as const)
    if (isIn(target)) await writePlaces(target, (entries) => withoutPlace(entries, place));
}

async function writePlaces(target: Target, change: (entries: readonly unknown[]) => unknown[]): Promise<void> {
  const settings = vscode.workspace.getConfiguration('itk3');
  const found = settings.inspect<unknown>('mailboxes');
  const { Global, Workspace } = vscode.ConfigurationTarget;
  const entries = list(target === 'user' ? found?.globalValue : found?.workspaceValue);
  try {
    await settings.update('mailboxes', change(entries), target === 'user' ? Global : Workspace);
  } catch {
    // The text of the error may quote the settings.
    const which = target === 'user' ? 'your settings' : 'the settings of the workspace';
    throw new MeshError(
      'invalid-request',
      `Nothing was changed: ${which} cannot be written. Save them if they are open, and mend what is underlined in them.`,
    );
  }
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
