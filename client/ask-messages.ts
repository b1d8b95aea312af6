// Which messages a command is about, where it takes several: what was chosen in the explorer, or in a dialogue.
import * as vscode from 'vscode';
import { list } from '../core/json';
import { MESSAGE_FILES } from './documents';

/** What a menu of the explorer hands over; undefined where it hands over nothing. */
export function filesMeant(uri: unknown, selected: unknown): vscode.Uri[] | undefined {
  const all = list(selected).filter((one): one is vscode.Uri => one instanceof vscode.Uri);
  if (all.length > 0) return all;
  return uri instanceof vscode.Uri ? [uri] : undefined;
}

/** Undefined when the person gives up. */
export async function askMessages(title: string, openLabel: string): Promise<vscode.Uri[] | undefined> {
  const defaultUri = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showOpenDialog({
    title,
    openLabel,
    canSelectMany: true,
    filters: MESSAGE_FILES,
    ...(defaultUri && { defaultUri }),
  });
}
