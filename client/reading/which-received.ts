import * as vscode from 'vscode';
import type { Received } from '../../exchange/received';
import { messageMeant, placeMeant } from '../following/known-places';
import type { Toolkit } from '../toolkit';

/**
 * What a command is about: the document given, the line of a tree, or else the editor in front. With its text, which is
 * downloaded again where it was let go: rejects with a MeshError.
 */
export async function whichReceived(
  { responses, inboxes, sandbox }: Toolkit,
  what: unknown,
): Promise<Received | undefined> {
  if (what instanceof vscode.Uri) return responses.of(what);
  const meshId = messageMeant(what);
  if (meshId !== undefined) {
    const place = placeMeant(sandbox, what);
    return place && inboxes.whole(place, meshId);
  }
  const front = vscode.window.activeTextEditor?.document.uri;
  return front && responses.of(front);
}
