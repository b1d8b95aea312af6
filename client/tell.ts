import * as vscode from 'vscode';
import { MeshError, sentenceOf } from '../mesh/errors';

/**
 * Shows a notification and goes on without waiting: a person may leave it standing for hours. The actions run when their
 * button is pressed.
 */
export function tell(
  kind: 'information' | 'warning' | 'error',
  sentence: string,
  actions: Readonly<Record<string, () => unknown>> = {},
): void {
  const show = {
    information: vscode.window.showInformationMessage,
    warning: vscode.window.showWarningMessage,
    error: vscode.window.showErrorMessage,
  }[kind] as (message: string, ...items: string[]) => Thenable<string | undefined>;
  void show(unlinked(sentence), ...Object.keys(actions)).then(async (pressed) => {
    if (pressed === undefined) return;
    try {
      await actions[pressed]?.();
    } catch (error) {
      tellError(error);
    }
  });
}

/** Whatever went wrong, as a sentence. The text of an unforeseen error may quote the message, so it is not shown. */
export function tellError(error: unknown): void {
  if (error instanceof MeshError) tell('error', sentenceOf(error));
  else {
    const name = error instanceof Error ? error.name : typeof error;
    tell('error', `ITK3 Toolkit has a bug: it stopped with ${name}. Please report what you did.`);
  }
}

/** VS Code makes links of `[text](address)` in notifications, commands included; sentences hold text from outside. */
export function unlinked(text: string): string {
  return text.replace(/\](?=\()/g, '] ');
}

export function showProblems(): Thenable<unknown> {
  return vscode.commands.executeCommand('workbench.actions.view.problems');
}
