// Takes messages out of the list of what was sent; MESH and the documents are not touched.
import * as vscode from 'vscode';
import { isObject, list } from '../../core/json';
import { plural } from '../../exchange/outgoing';
import { type Exchange, isFinished } from '../../exchange/timeline';
import { idMeant } from '../following/sent-meant';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';

/**
 * @param argument an element of the view Sent, `{ sent }` with the id of an attempt, or nothing: all that are finished
 * @param selected the elements chosen, where there are several
 * @returns how many were forgotten
 */
export async function forgetSent(toolkit: Toolkit, argument?: unknown, selected?: unknown): Promise<number> {
  const { journal } = toolkit;
  const meant = list(selected).length > 0 ? list(selected) : argument === undefined ? [] : [argument];
  const ids = new Set(meant.flatMap((one) => idMeant(one) ?? []));
  const all = argument === undefined || (isObject(argument) && argument.finished === true);
  const chosen = all
    ? journal.exchanges.filter(isFinished)
    : journal.exchanges.filter(({ attempt }) => ids.has(attempt.id));
  if (chosen.length === 0) {
    tell(
      'information',
      all ? 'Nothing in the list is finished.' : 'There is no such message in the list of what was sent.',
    );
    return 0;
  }
  const leaving = chosen.find(({ state }) => state === 'departing');
  if (leaving) {
    tell('warning', `${leaving.attempt.document.name} is on its way to MESH: nothing was forgotten.`);
    return 0;
  }
  const asked = isObject(argument) && (argument.finished === true || typeof argument.sent === 'string');
  if (!asked && !(await confirm(chosen))) return 0;
  for (const { attempt } of chosen) await journal.forget(attempt.id);
  return chosen.length;
}

/** An answer to what is forgotten is no answer to anything. */
async function confirm(chosen: readonly Exchange[]): Promise<boolean> {
  const open = chosen.filter((one) => !isFinished(one)).length;
  const what = chosen.length === 1 ? chosen[0]!.attempt.document.name : plural(chosen.length, 'message');
  const detail = [
    chosen.length === 1
      ? 'It stays with MESH, and its document where it is. But nobody will know here that it was sent before.'
      : 'They stay with MESH, and their documents where they are. But nobody will know here that they were sent before.',
    ...(open > 0 ? [`${plural(open, 'message')} still waiting: a response will not be matched with it.`] : []),
  ].join('\n\n');
  const sure = 'Forget';
  return (await vscode.window.showWarningMessage(`Forget ${what}?`, { modal: true, detail }, sure)) === sure;
}
