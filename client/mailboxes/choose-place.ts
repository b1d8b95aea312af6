// Which mailbox a command is about: the one of the view or keybinding it was called with, else the one a person chooses.
import * as vscode from 'vscode';
import { isObject } from '../../core/json';
import { isLive, keyOf, type Place, whereIs } from '../../exchange/place';
import { tell } from '../tell';

/**
 * Undefined when the person gives up, or there is none.
 * @param argument an element of a view, a mailbox id or the name of a mailbox; not trusted, so it only names one of `places`
 */
export async function choosePlace(
  places: readonly Place[],
  argument: unknown,
  title: string,
): Promise<Place | undefined> {
  const named = namedBy(argument);
  if (named !== undefined)
    return places.find(
      (place) => keyOf(place) === named || place.name === named || place.mailbox === named.toUpperCase(),
    );
  return pickPlace(places, title);
}

/** Undefined when the person gives up. */
export async function pickPlace(places: readonly Place[], title: string): Promise<Place | undefined> {
  const items = places.map((place) => ({
    label: `$(${isLive(place) ? 'warning' : 'mail'}) ${place.name}`,
    description: whereIs(place),
    detail: place.environment,
    place,
  }));
  const options = { title, placeHolder: 'Which mailbox?', matchOnDescription: true, matchOnDetail: true };
  return (await vscode.window.showQuickPick(items, options))?.place;
}

/** With what a person may wonder about: what a folder brings is not used before it is trusted. */
export function tellNone(): void {
  const trusted = vscode.workspace.isTrusted;
  const why = trusted ? '' : ' The mailboxes of this folder are not used until you trust it.';
  const manage = { 'Manage trust': () => vscode.commands.executeCommand('workbench.trust.manage') };
  tell('information', `No such mailbox is configured here.${why}`, trusted ? {} : manage);
}

function namedBy(argument: unknown): string | undefined {
  if (typeof argument === 'string') return argument;
  const place = isObject(argument) && isObject(argument.place) ? argument.place : undefined;
  if (!place || typeof place.mailbox !== 'string' || !(place.endpoint instanceof URL)) return undefined;
  return keyOf(place as unknown as Place);
}
