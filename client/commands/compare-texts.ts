import * as vscode from 'vscode';
import { sideOf } from '../language/section-texts';
import { tell } from '../tell';

/** Shows beside each other what the sections of the message in front say, and what its resources do. */
export async function compareTexts(): Promise<void> {
  const message = vscode.window.activeTextEditor?.document;
  const said = message && (await vscode.workspace.openTextDocument(sideOf(message.uri, 'said')));
  if (!message || !said || said.getText() === '') {
    tell('warning', 'There are no sections to compare here: open a message whose document is of a known kind.');
    return;
  }
  const name = vscode.workspace.asRelativePath(message.uri).split('/').at(-1)!;
  const title = `${name}: what the texts say ↔ what the resources say`;
  await vscode.commands.executeCommand('vscode.diff', said.uri, sideOf(message.uri, 'written'), title);
}
