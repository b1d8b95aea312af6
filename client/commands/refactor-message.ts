import * as vscode from 'vscode';
import type { Toolkit } from '../toolkit';

/** What can be done to the message in front, as VS Code lists it; what cannot be done stands there with the reason. */
export async function refactorMessage(_toolkit: Toolkit): Promise<void> {
  await vscode.commands.executeCommand('editor.action.refactor', { kind: 'refactor.rewrite.itk3', apply: 'never' });
}
