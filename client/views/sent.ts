// The view Sent: shows what the journal says, and redraws when something is new or becomes overdue.
import * as vscode from 'vscode';
import type { Journal } from '../../exchange/sent-journal';
import { badgeOf, childrenOfSent, itemOfSent, parentOfSent, type SentElement } from './sent-model';
import { treeItemOf } from './tree-item';

const VIEW = 'itk3.sent';

/** Milliseconds: a send writes several lines in one go. */
const BREATH = 50;

export function createSentView(journal: Journal): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  const view = vscode.window.createTreeView<SentElement>(VIEW, {
    canSelectMany: true,
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (element) => childrenOfSent(element, journal.exchanges),
      getTreeItem: (element) => treeItemOf(itemOfSent(element, new Date()), element),
      getParent: parentOfSent,
    },
  });
  let soon: NodeJS.Timeout | undefined;
  const redraw = (): void => {
    soon ??= setTimeout(() => {
      soon = undefined;
      view.badge = badgeOf(journal.exchanges);
      changed.fire(undefined);
    }, BREATH);
  };
  return vscode.Disposable.from(view, changed, journal.onDidChange(redraw), { dispose: () => clearTimeout(soon) });
}
