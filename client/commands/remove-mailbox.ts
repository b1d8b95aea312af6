// Takes a mailbox out of the settings, and its secrets out of the secret storage. What a team shares is shown, not changed.
import * as vscode from 'vscode';
import { isObject } from '../../core/json';
import { keyOf, whereIs } from '../../exchange/place';
import { choosePlace, tellNone } from '../mailboxes/choose-place';
import { configuredPlaces, dropPlace, isInTeamFile } from '../mailboxes/mailboxes';
import { showInTeamFile } from '../mailboxes/team-files';
import type { Toolkit } from '../toolkit';

/**
 * @param which an element of the view, a mailbox id or the name of a mailbox
 * @param options `{ sure: true }` asks nothing
 * @returns whether it is gone
 */
export async function removeMailbox(toolkit: Toolkit, which?: unknown, options?: unknown): Promise<boolean> {
  const place = await choosePlace(configuredPlaces(), which, 'Remove mailbox');
  if (!place) {
    if (which !== undefined) tellNone();
    return false;
  }
  const remove = 'Remove';
  const shared = isInTeamFile(place);
  const detail = shared
    ? 'It is in the team’s file too, which is opened for you to change: others share it. Your password and shared key for it are forgotten.'
    : 'Its password, shared key and pass phrase are forgotten too. What lies in it stays there.';
  const sure =
    (isObject(options) && options.sure === true) ||
    (await vscode.window.showWarningMessage(
      `Remove mailbox ${place.name} (${whereIs(place)})?`,
      { modal: true, detail },
      remove,
    )) === remove;
  if (!sure) return false;
  await dropPlace(place);
  await toolkit.connections.keeper.forget(place);
  if (shared) await showInTeamFile(place);
  return !configuredPlaces().some((one) => keyOf(one) === keyOf(place));
}
