// What the host tests do in the window.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('itk3-toolkit.itk3-toolkit');
  assert.ok(found, 'the extension is not installed');
  return found;
}

export function fileUri(name: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return vscode.Uri.joinPath(folder.uri, name);
}

/** Opens a file of the workspace in front. */
export async function open(name: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(fileUri(name));
  await vscode.window.showTextDocument(document);
  return document;
}

/** The text of the editor in front. */
export function text(): string {
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor);
  return editor.document.getText();
}

export async function answerOf(command: string, ...args: unknown[]): Promise<unknown> {
  return vscode.commands.executeCommand(command, ...args);
}

/** Presses a key of the quick input, by its command, until what it is about has ended; before it is shown that does nothing. */
export async function pressUntil(end: Promise<unknown>, command: string): Promise<void> {
  let ended = false;
  const ending = end.finally(() => (ended = true));
  // The value changes while the loop waits.
  const goesOn = (): boolean => !ended;
  while (goesOn()) await vscode.commands.executeCommand(command);
  await ending;
}

/** Resolves with the diagnostics of a document when the test on them holds. */
export async function diagnosticsOf(
  document: vscode.TextDocument,
  enough: (diagnostics: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  const now = (): vscode.Diagnostic[] => vscode.languages.getDiagnostics(document.uri);
  if (enough(now())) return now();
  return new Promise((resolve) => {
    const listening = vscode.languages.onDidChangeDiagnostics(() => {
      if (!enough(now())) return;
      listening.dispose();
      resolve(now());
    });
  });
}

export function ours(diagnostics: readonly vscode.Diagnostic[]): vscode.Diagnostic[] {
  return diagnostics.filter(({ source }) => source === 'itk3');
}

/** Ours that stand in the list of problems: hints do not. */
export function listed(diagnostics: readonly vscode.Diagnostic[]): vscode.Diagnostic[] {
  return ours(diagnostics).filter(({ severity }) => severity !== vscode.DiagnosticSeverity.Hint);
}
