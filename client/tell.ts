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
  void show(sentence, ...Object.keys(actions)).then((pressed) =>
    pressed === undefined ? undefined : actions[pressed]?.(),
  );
}

export function showProblems(): Thenable<unknown> {
  return vscode.commands.executeCommand('workbench.actions.view.problems');
}
