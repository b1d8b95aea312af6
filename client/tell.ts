import * as vscode from 'vscode';

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
  void show(unlinked(sentence), ...Object.keys(actions)).then((pressed) =>
    pressed === undefined ? undefined : actions[pressed]?.(),
  );
}

/** VS Code makes links of `[text](address)` in notifications, commands included; sentences hold text from outside. */
export function unlinked(text: string): string {
  return text.replace(/\](?=\()/g, '] ');
}

export function showProblems(): Thenable<unknown> {
  return vscode.commands.executeCommand('workbench.actions.view.problems');
}
