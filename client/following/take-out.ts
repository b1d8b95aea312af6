// Takes a message out of a mailbox, which MESH then forgets: of the window's sandbox at once, of a real mailbox only after
// its content is stored.
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { isLive, type Place } from '../../exchange/place';
import { storedName } from '../../exchange/store-message';
import { storeThenTakeOut } from '../../exchange/store-then-take-out';
import type { DownloadedMessage } from '../../mesh/client';
import { MeshError, sentenceOf } from '../../mesh/errors';
import { knowledge } from '../knowledge';
import { withProgress } from '../progress';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';

/**
 * @param file where to store it, as a whole path; without one, a person is asked
 * @returns whether it is out of the mailbox; why not is told
 */
export async function takeOutOf(toolkit: Toolkit, place: Place, meshId: string, file?: string): Promise<boolean> {
  const { inboxes } = toolkit;
  try {
    if (place.sandbox) {
      await inboxes.takeOut(place, meshId);
      return true;
    }
    if (file === undefined && !(await confirm(place))) return false;
    const done = await storeThenTakeOut({
      download: () => download(toolkit, place, meshId),
      fileFor: (message) => (file === undefined ? askFile(message) : Promise.resolve(file)),
      takeOut: () => inboxes.takeOut(place, meshId),
    });
    if (done.outcome === 'not stored') tell('error', `${done.why} The message stays in ${place.mailbox}.`);
    if (done.outcome !== 'taken out') return false;
    tell('information', `Stored as ${path.basename(done.file)}, and taken out of ${place.mailbox}.`, {
      Open: () => vscode.window.showTextDocument(vscode.Uri.file(done.file)),
    });
    return true;
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    if (error.kind !== 'cancelled') tell('error', sentenceOf(error));
    return false;
  }
}

async function confirm(place: Place): Promise<boolean> {
  const sure = 'Save and take out…';
  const detail = [
    ...(isLive(place) ? ['LIVE: this may be about a real person.', ''] : []),
    'It is saved to a file that you choose, as it came. When that is safely on disk MESH is told that it was collected, and deletes it for good: nobody else can collect it from this mailbox any more.',
  ].join('\n');
  const answer = await vscode.window.showWarningMessage(
    `Take this message out of ${place.name} (${place.mailbox})?`,
    { modal: true, detail },
    sure,
  );
  return answer === sure;
}

async function download(
  { connections }: Toolkit,
  place: Place,
  meshId: string,
): Promise<DownloadedMessage | undefined> {
  const client = await connections.connect(place);
  return client && withProgress(`Downloading ${meshId}`, place, (signal) => client.download(meshId, { signal }));
}

async function askFile(message: DownloadedMessage): Promise<string | undefined> {
  const name = storedName(message, knowledge());
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const defaultUri =
    folder?.uri.scheme === 'file'
      ? vscode.Uri.joinPath(folder.uri, name)
      : vscode.Uri.file(path.join(os.homedir(), name));
  const uri = await vscode.window.showSaveDialog({ title: 'Save, then take out of the mailbox', defaultUri });
  if (uri === undefined || uri.scheme === 'file') return uri?.fsPath;
  tell('warning', 'Nothing was taken out: only on a disk of this machine it is certain that the message is stored.');
  return undefined;
}
