// Empties a mailbox, or takes what was chosen in the view, into a folder: each message is stored before MESH forgets it.
import * as vscode from 'vscode';
import { isObject } from '../../core/json';
import { tellCollected, whyStayed } from '../../exchange/collected';
import { isLive, keyOf, type Place } from '../../exchange/place';
import { storeInto } from '../../exchange/store-message';
import type { DownloadedMessage, MeshClient } from '../../mesh/client';
import { collect, type Collected, type Failure } from '../../mesh/collect';
import { MeshError } from '../../mesh/errors';
import { tellLookFailed } from '../following/look';
import { askPlace, messageMeant, placeMeant } from '../following/known-places';
import { knowledge } from '../knowledge';
import { tell, unlinked } from '../tell';
import type { Toolkit } from '../toolkit';

interface Stayed {
  message: string;
  why: string;
}

/**
 * @param argument an element of the view, or `{ mailbox, folder }`: with a folder nobody is asked
 * @param selection the elements that are chosen in the view, if several are
 * @returns undefined when nothing was begun, or the mailbox failed, which is told
 */
export async function collectInbox(
  toolkit: Toolkit,
  argument?: unknown,
  selection?: unknown,
): Promise<{ collected: string[]; stayed: Stayed[] } | undefined> {
  const place =
    placeMeant(toolkit.sandbox, argument) ??
    (argument === undefined ? await askPlace(toolkit.sandbox, 'Collect the inbox into a folder') : undefined);
  if (!place) {
    tell('warning', 'There is no such mailbox.');
    return undefined;
  }
  const chosen = chosenIn(toolkit, place, argument, selection);
  const given = isObject(argument) && typeof argument.folder === 'string' ? argument.folder : undefined;
  const folder = given ?? (await askFolder(place, chosen));
  if (folder === undefined) return undefined;
  const failures: Failure[] = [];
  const collected: string[] = [];
  try {
    const client = await toolkit.connections.connect(place);
    if (!client) return undefined;
    await carryOut(toolkit, place, chosen ? only(client, chosen) : client, { folder, chosen, failures, collected });
  } catch (error) {
    // What was collected until then is told as well.
    tellLookFailed(toolkit, place, error, () => collectInbox(toolkit, argument, selection));
    if (collected.length + failures.length === 0) return undefined;
  }
  tellEnd(place, { collected, failed: failures }, folder);
  return { collected, stayed: failures.map((one) => ({ message: one.messageId, why: whyStayed(one) })) };
}

/** MESH ids of what was chosen in this mailbox; undefined for all that lies there. */
function chosenIn(toolkit: Toolkit, place: Place, argument: unknown, selection: unknown): string[] | undefined {
  const elements = Array.isArray(selection) && selection.length > 0 ? (selection as unknown[]) : [argument];
  const ids = elements.flatMap((element) => {
    const of = placeMeant(toolkit.sandbox, element);
    const id = messageMeant(element);
    return id !== undefined && of && keyOf(of) === keyOf(place) ? [id] : [];
  });
  return ids.length > 0 ? ids : undefined;
}

type Collecting = Pick<MeshClient, 'inboxPages' | 'download' | 'acknowledge'>;

function only(client: MeshClient, messages: string[]): Collecting {
  return {
    download: (id, options) => client.download(id, options),
    acknowledge: (id, options) => client.acknowledge(id, options),
    // eslint-disable-next-line @typescript-eslint/require-await -- pages come from the network elsewhere
    inboxPages: async function* () {
      yield { messages };
    },
  };
}

async function askFolder(place: Place, chosen: string[] | undefined): Promise<string | undefined> {
  const what = chosen ? `${chosen.length} ${chosen.length === 1 ? 'message' : 'messages'}` : 'all messages';
  const sure = 'Choose the folder…';
  const detail = [
    ...(isLive(place) ? ['LIVE: these may be about real people.', ''] : []),
    'Each is stored in a folder that you choose, as it came. When it is safely on disk MESH is told that it was collected, and deletes it for good: nobody else can collect it from this mailbox any more.',
  ].join('\n');
  const question = `Take ${what} out of ${place.name} (${place.mailbox})?`;
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, sure)) !== sure) return undefined;
  const [folder] =
    (await vscode.window.showOpenDialog({
      title: `Folder for what lies in ${place.mailbox}`,
      openLabel: 'Collect into this folder',
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  if (folder === undefined || folder.scheme === 'file') return folder?.fsPath;
  tell('warning', 'Nothing was taken out: only on a disk of this machine it is certain that a message is stored.');
  return undefined;
}

async function carryOut(
  { inboxes }: Toolkit,
  place: Place,
  client: Collecting,
  told: { folder: string; chosen: string[] | undefined; failures: Failure[]; collected: string[] },
): Promise<void> {
  const { folder, chosen, failures, collected } = told;
  const total = chosen?.length;
  await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: unlinked(`Collecting from ${place.name}`),
      cancellable: true,
    },
    async (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      const step = (): void => {
        const done = collected.length + failures.length;
        const message = total === undefined ? `${done} so far` : `${done} of ${total}`;
        progress.report({ message, ...(total !== undefined && { increment: 100 / total }) });
      };
      const counting: Collecting = {
        ...client,
        acknowledge: async (id, options) => {
          await client.acknowledge(id, options);
          collected.push(id);
          inboxes.gone(place, id);
          step();
        },
      };
      const store = async (message: DownloadedMessage): Promise<void> => {
        await storeInto(folder, message, knowledge());
      };
      const onFailure = (failure: Failure): void => {
        // Cancelled is not failed: it stays because a person wants it so.
        if (failure.error instanceof MeshError && failure.error.kind === 'cancelled') return;
        failures.push(failure);
        step();
      };
      await collect(counting, store, { signal: abort.signal, onFailure });
    },
  );
}

function tellEnd(place: Place, collected: Collected, folder: string): void {
  const { failed } = collected;
  const show = async (): Promise<void> => {
    const items = failed.map((one) => ({ label: `$(warning) ${one.messageId}`, detail: whyStayed(one), one }));
    const title = `What stays in ${place.name}, and why`;
    const chosen = await vscode.window.showQuickPick(items, { title, matchOnDetail: true });
    if (chosen) await vscode.commands.executeCommand('itk3.openReceived', { place, message: chosen.one.messageId });
  };
  tell(failed.length > 0 ? 'warning' : 'information', tellCollected(collected), {
    ...(failed.length > 0 ? { 'Show why': show } : {}),
    ...(collected.collected.length > 0
      ? { 'Open the folder': () => vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(folder)) }
      : {}),
  });
}
