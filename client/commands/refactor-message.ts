import * as vscode from 'vscode';

/** What can be done to the message in front, as VS Code lists it; what cannot be done stands there with the reason. */
export async function refactorMessage(): Promise<void> {
  await vscode.commands.executeCommand('editor.action.refactor', { kind: 'refactor.rewrite.itk3', apply: 'never' });
}
