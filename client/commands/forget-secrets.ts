// Forgets the passwords, shared keys and pass phrases that are kept: of one mailbox, or of those that a person chooses.
import * as vscode from 'vscode';
import { keyOf, whereIs } from '../../exchange/place';
import { choosePlace } from '../mailboxes/choose-place';
import { configuredPlaces } from '../mailboxes/mailboxes';
import type { Kept } from '../mailboxes/secret-keeper';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';

/**
 * @param which an element of the view, a mailbox id or the name of a mailbox; without one a person chooses
 * @returns of how many mailboxes they are forgotten
 */
export async function forgetSecrets({ connections }: Toolkit, which?: unknown): Promise<number> {
  const { keeper } = connections;
  if (which !== undefined) {
    const place = await choosePlace(configuredPlaces(), which, 'Forget passwords');
    if (!place) return 0;
    await keeper.forget(place);
    tell('information', `The password of ${place.name} is forgotten. It is asked for when the mailbox is used again.`);
    return 1;
  }
  const kept = keeper.list();
  if (kept.length === 0) {
    tell('information', 'No password of a mailbox is kept.');
    return 0;
  }
  const chosen = await choose(kept);
  for (const one of chosen) await keeper.forget(one);
  if (chosen.length > 0) tell('information', `Forgotten: ${chosen.map(({ mailbox }) => mailbox).join(', ')}.`);
  return chosen.length;
}

/** Those that are configured nowhere in this window are ticked: another workspace may have them. */
async function choose(kept: readonly Kept[]): Promise<readonly Kept[]> {
  const configured = new Map(configuredPlaces().map((place) => [keyOf(place), place]));
  const items = kept.map((one) => {
    const place = configured.get(one.key);
    return {
      label: place?.name ?? one.mailbox,
      description: whereIs(one),
      detail: place ? undefined : 'Not configured in this window',
      picked: !place,
      one,
    };
  });
  const placeHolder = 'Whose password, shared key and pass phrase are to be forgotten?';
  const options = { title: 'Forget passwords', placeHolder, canPickMany: true as const, ignoreFocusOut: true };
  return ((await vscode.window.showQuickPick(items, options)) ?? []).map(({ one }) => one);
}
