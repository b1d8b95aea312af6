// Lists what lies in a mailbox, newest first. Reading takes nothing out; a button does.
import * as vscode from 'vscode';
import { isObject } from '../../core/json';
import { MeshError } from '../../mesh/errors';
import { type InboxState, PAGE } from '../following/inboxes';
import { takeOutOf } from '../following/take-out';
import { configuredPlaces } from '../mailboxes/mailboxes';
import { keyOf, type Place, whereIs } from '../../exchange/place';
import { aboutOf, detailOf, labelOf, type Received } from '../../exchange/received';
import { pharmacyOf } from '../sandbox';
import { sentenceOf, tell, tellError } from '../tell';
import type { Toolkit } from '../toolkit';

/** @param options `{ open: <MESH id> }` opens that response at once */
export async function showResponses(toolkit: Toolkit, options?: unknown): Promise<void> {
  const place = await choosePlace(toolkit);
  if (place) await showResponsesOf(toolkit, place, options);
}

async function showResponsesOf(toolkit: Toolkit, place: Place, options?: unknown): Promise<void> {
  const failed = (error: unknown): void => tellFailure(toolkit, place, error, options);
  try {
    const inbox = await toolkit.inboxes.look(place);
    toolkit.recent.mailbox = keyOf(place);
    const open = isObject(options) ? inbox.messages.find(({ meshId }) => meshId === options.open) : undefined;
    if (open) await openReceived(toolkit, place, open);
    else await list(toolkit, place, inbox, failed);
  } catch (error) {
    failed(error);
  }
}

function tellFailure(toolkit: Toolkit, place: Place, error: unknown, options: unknown): void {
  if (!(error instanceof MeshError)) {
    tellError(error);
    return;
  }
  if (error.kind === 'cancelled') return;
  const again = async (): Promise<void> => {
    const now = places(toolkit).find((one) => keyOf(one) === keyOf(place));
    await (now ? showResponsesOf(toolkit, now, options) : showOther(toolkit));
  };
  const anew = async (): Promise<void> => {
    await toolkit.connections.keeper.forget(place);
    await again();
  };
  const forgettable = error.kind === 'authentication' && !place.sandbox;
  tell('error', sentenceOf(error), {
    ...(forgettable ? { 'Enter the password again': anew } : {}),
    'Try again': again,
    ...(places(toolkit).length > 1 ? { 'Another mailbox': () => showOther(toolkit) } : {}),
  });
}

async function showOther(toolkit: Toolkit): Promise<void> {
  const other = await choosePlace(toolkit, true);
  if (other) await showResponsesOf(toolkit, other);
}

/** As they are now: the settings may have changed, and the sandbox may have stopped. */
function places({ sandbox }: Toolkit): Place[] {
  return [...(sandbox.running ? [pharmacyOf(sandbox.running)] : []), ...configuredPlaces()];
}

/** The mailbox used last; else the only one there is; else the person chooses. */
async function choosePlace(toolkit: Toolkit, ask = false): Promise<Place | undefined> {
  const all = places(toolkit);
  const last = all.find((place) => keyOf(place) === toolkit.recent.mailbox);
  if (!ask && last) return last;
  if (all.length === 0) {
    tell('information', 'There is no mailbox to look into: start the sandbox, or send a message first.', {
      'Start the sandbox': () => vscode.commands.executeCommand('itk3.startSandbox'),
    });
    return undefined;
  }
  if (!ask && all.length === 1) return all[0];
  const items = all.map((place) => ({ label: `$(inbox) ${place.name}`, description: whereIs(place), place }));
  const title = 'Show responses';
  return (await vscode.window.showQuickPick(items, { title, placeHolder: 'Which mailbox?' }))?.place;
}

async function openReceived({ inboxes, responses }: Toolkit, place: Place, { meshId }: Received): Promise<void> {
  const whole = await inboxes.whole(place, meshId);
  if (whole) await responses.open(whole);
}

type Item = vscode.QuickPickItem & { received?: Received };

const TAKE_OUT: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('trash'),
  tooltip: 'Take out of the mailbox: MESH deletes it',
};
const REFRESH: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('refresh'), tooltip: 'Look again' };
const OTHER: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('inbox'), tooltip: 'Another mailbox' };

/** Resolves when the list closes; what goes wrong in it or after is told by `failed`. */
async function list(
  toolkit: Toolkit,
  place: Place,
  first: InboxState,
  failed: (error: unknown) => void,
): Promise<void> {
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = `Inbox of ${place.name} (${place.mailbox})`;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  // VS Code gives the focus back to the editor when the notification that opened the list goes: the list must stay.
  pick.ignoreFocusOut = true;
  pick.buttons = [REFRESH, OTHER];
  const show = (inbox: InboxState): void => {
    pick.placeholder =
      inbox.messages.length === 0 ? 'The inbox is empty' : 'Choose one to read; reading takes nothing out';
    pick.items = itemsOf(inbox, toolkit);
  };
  const reload = async (more?: number): Promise<void> => {
    pick.busy = true;
    try {
      show(await toolkit.inboxes.look(place, { more }));
    } finally {
      pick.busy = false;
    }
  };
  show(first);
  await new Promise<void>((resolve) => {
    const guarded = (work: () => Promise<unknown>): void => {
      work().catch((error: unknown) => {
        pick.hide();
        failed(error);
      });
    };
    pick.onDidHide(() => resolve());
    pick.onDidTriggerButton((button) =>
      guarded(async () => {
        if (button === REFRESH) return reload();
        pick.hide();
        await showOther(toolkit);
      }),
    );
    pick.onDidTriggerItemButton(({ item: { received } }) =>
      guarded(async () => {
        if (received && (await takeOutOf(toolkit, place, received.meshId))) show(toolkit.inboxes.of(place));
      }),
    );
    pick.onDidAccept(() =>
      guarded(async () => {
        const [chosen] = pick.activeItems;
        if (chosen?.received) {
          await openReceived(toolkit, place, chosen.received);
          pick.hide();
        } else if (chosen) await reload(PAGE);
      }),
    );
    pick.show();
  }).finally(() => pick.dispose());
}

function itemsOf({ messages, older }: InboxState, { journal }: Toolkit): Item[] {
  const items = messages.map((received): Item => ({
    label: `$(${iconOf(received)}) ${labelOf(received)}`,
    description: aboutOf(received, journal.of(received)),
    detail: detailOf(received),
    buttons: [TAKE_OUT],
    received,
  }));
  return older > 0 ? [...items, { label: `$(history) ${older} older…`, alwaysShow: true }] : items;
}

function iconOf({ acknowledgement, report, text, letGo }: Received): string {
  if (report || (text === undefined && !letGo)) return 'warning';
  if (!acknowledgement) return 'mail';
  return acknowledgement.accepted === undefined ? 'question' : acknowledgement.accepted ? 'pass' : 'error';
}
