// Two messages, received or of files, beside each other by what they mean, and a list of where they differ.
import * as vscode from 'vscode';
import type { Counting, Difference } from '../../core/compare/compare';
import { isObject } from '../../core/json';
import { plural } from '../../exchange/outgoing';
import { MESSAGE_FILES, nameOf } from '../documents';
import { mayBeMessage } from '../language/fhir-text';
import type { Compared } from '../reading/comparisons';
import { whichReceived } from '../reading/which-received';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';

/** Remembers the message given, or the one in front. @returns it */
export async function selectForCompare(toolkit: Toolkit, what?: unknown): Promise<vscode.Uri | undefined> {
  const uri = await uriOf(toolkit, what);
  if (uri) toolkit.comparisons.selected = uri;
  else tell('warning', 'No message is open: open one, and select it to be compared.');
  return uri;
}

/**
 * @param what one message, or the editor in front
 * @param other the other, or all that are selected in the explorer; else the one that was selected, or the person chooses
 * @param options `{ counting: 'identifiers and times too' }`
 */
export async function compareMessages(
  toolkit: Toolkit,
  what?: unknown,
  other?: unknown,
  options?: unknown,
): Promise<readonly Difference[] | undefined> {
  const counting =
    isObject(options) && options.counting === 'identifiers and times too' ? 'identifiers and times too' : 'meaning';
  const [first, second] = Array.isArray(other) ? (other as unknown[]) : [];
  const [one, two] =
    first !== undefined && second !== undefined
      ? [await uriOf(toolkit, first), await uriOf(toolkit, second)]
      : [await uriOf(toolkit, what), other instanceof vscode.Uri ? other : undefined];
  if (!one) {
    tell('warning', 'No message is open: open one, and compare it with another.');
    return undefined;
  }
  if (two) return compared(toolkit, [one, two], counting);
  const { selected } = toolkit.comparisons;
  if (selected && selected.toString() !== one.toString()) return compared(toolkit, [selected, one], counting);
  const chosen = await chooseOther(one);
  return chosen && compared(toolkit, [one, chosen], counting);
}

async function uriOf(toolkit: Toolkit, what: unknown): Promise<vscode.Uri | undefined> {
  if (what instanceof vscode.Uri) return what;
  const received = isObject(what) ? await whichReceived(toolkit, what) : undefined;
  return received ? toolkit.responses.uriOf(received) : vscode.window.activeTextEditor?.document.uri;
}

async function chooseOther(one: vscode.Uri): Promise<vscode.Uri | undefined> {
  const open = vscode.workspace.textDocuments
    .filter(({ uri }) => uri.toString() !== one.toString())
    .filter((document) => mayBeMessage(document.languageId, document.getText().slice(0, 5_000)))
    .map(({ uri }) => ({ label: `$(file) ${nameOf(uri)}`, description: vscode.workspace.asRelativePath(uri), uri }));
  const file = { label: '$(folder-opened) A file…', uri: undefined };
  const items = [...open, file];
  const title = `Compare ${nameOf(one)} by meaning`;
  const chosen =
    open.length === 0 ? file : await vscode.window.showQuickPick(items, { title, placeHolder: 'With which message?' });
  if (!chosen) return undefined;
  return chosen.uri ?? (await vscode.window.showOpenDialog({ title, filters: MESSAGE_FILES }))?.[0];
}

async function compared(
  toolkit: Toolkit,
  [left, right]: readonly [vscode.Uri, vscode.Uri],
  counting: Counting,
): Promise<readonly Difference[] | undefined> {
  const result = await toolkit.comparisons.compare(left, right, counting);
  if (typeof result === 'string') {
    tell('warning', result);
    return undefined;
  }
  toolkit.comparisons.selected = undefined;
  const { differences } = result;
  const names = `${nameOf(left)} and ${nameOf(right)}`;
  const strictly = (): unknown => compared(toolkit, [left, right], 'identifiers and times too');
  if (differences.length === 0) {
    const isMeaning = counting === 'meaning';
    tell(
      'information',
      isMeaning
        ? `${names} mean the same: at most order, identifiers and the times of the copy differ.`
        : `${names} are the same but for order.`,
      isMeaning ? { 'Compare those too': strictly } : {},
    );
    return differences;
  }
  await result.show();
  list(result, counting, strictly);
  return differences;
}

const KINDS: Readonly<Record<Difference['kind'], { icon: string; says: string }>> = {
  changed: { icon: 'diff-modified', says: 'differs' },
  'only left': { icon: 'diff-removed', says: 'only on the left' },
  'only right': { icon: 'diff-added', says: 'only on the right' },
};

const STRICTLY: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('key'),
  tooltip: 'Compare identifiers and times too',
};

/** The place follows the list; it stays where it is when the list goes. */
function list({ differences, goTo }: Compared, counting: Counting, strictly: () => unknown): void {
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { difference: Difference }>();
  pick.title = plural(differences.length, 'difference');
  pick.placeholder = 'Which do you want to see?';
  pick.matchOnDetail = true;
  pick.items = differences.map((difference) => {
    const { icon, says } = KINDS[difference.kind];
    // Below its resource, whose name may be as long as the line.
    const detail = [difference.path, says].filter(Boolean).join(' · ');
    return { label: `$(${icon}) ${calledInList(difference)}`, detail, difference };
  });
  if (counting === 'meaning') pick.buttons = [STRICTLY];
  pick.onDidTriggerButton(() => {
    pick.hide();
    strictly();
  });
  pick.onDidChangeActive(([active]) => active && goTo(active.difference));
  pick.onDidAccept(() => pick.hide());
  pick.onDidHide(() => pick.dispose());
  pick.show();
}

/** A list names no patient. */
function calledInList({ resource }: Difference): string {
  return /^(Patient|RelatedPerson)\b/.exec(resource)?.[0] ?? resource;
}
