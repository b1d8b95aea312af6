import * as vscode from 'vscode';

/** Of the extension and of the walkthrough, as the manifest has them. */
const FIRST_STEPS = 'itk3-toolkit.itk3-toolkit#itk3.firstSteps';

/** The first five minutes: a new message, a mistake mended, the sandbox, sending, reading what comes back. */
export async function openWalkthrough(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', FIRST_STEPS, false);
}
