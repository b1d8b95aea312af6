import * as vscode from 'vscode';
import type { Item } from './item';

/** A scheme of nothing: by it the labels of what is live get their colour. */
const ALARMING = 'itk3-alarming';

/** @param element what menus and clicks hand to commands */
export function treeItemOf(item: Item, element: unknown): vscode.TreeItem {
  const { None, Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  const tree = new vscode.TreeItem(item.label, !item.below ? None : item.below === 'open' ? Expanded : Collapsed);
  tree.id = item.id;
  if (item.description !== undefined) tree.description = item.description;
  // Plain text: what is in it comes from outside.
  tree.tooltip = item.tooltip?.join('\n') ?? item.label;
  if (item.icon !== undefined)
    tree.iconPath = new vscode.ThemeIcon(
      item.icon,
      item.colour === undefined ? undefined : new vscode.ThemeColor(item.colour),
    );
  tree.contextValue = item.context;
  tree.accessibilityInformation = { label: item.spoken };
  if (item.alarming) tree.resourceUri = vscode.Uri.from({ scheme: ALARMING, path: `/${encodeURIComponent(item.id)}` });
  if (item.command) tree.command = { command: item.command.id, title: item.command.title, arguments: [element] };
  return tree;
}

/** Labels in the colour of errors. */
export function alarm(): vscode.Disposable {
  return vscode.window.registerFileDecorationProvider({
    provideFileDecoration: ({ scheme }) =>
      scheme === ALARMING
        ? new vscode.FileDecoration('!', 'LIVE', new vscode.ThemeColor('list.errorForeground'))
        : undefined,
  });
}
