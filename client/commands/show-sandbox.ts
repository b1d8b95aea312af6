import * as vscode from 'vscode';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';

/** The sandbox's menu, behind its entry in the status bar. */
export async function showSandbox({ sandbox }: Toolkit): Promise<void> {
  const { running } = sandbox;
  if (!running) {
    tell('information', 'No MESH sandbox runs in this window.', {
      'Start it': () => vscode.commands.executeCommand('itk3.startSandbox'),
    });
    return;
  }
  const items = [
    { label: '$(cloud-upload) Send message…', run: () => vscode.commands.executeCommand('itk3.sendMessage') },
    { label: '$(inbox) Show responses', run: () => vscode.commands.executeCommand('itk3.showResponses') },
    {
      label: '$(copy) Copy the address',
      description: running.url,
      run: () => vscode.env.clipboard.writeText(running.url),
    },
    {
      label: '$(debug-stop) Stop the sandbox',
      description: 'its messages go with it',
      run: () => vscode.commands.executeCommand('itk3.stopSandbox'),
    },
  ];
  const title = `MESH sandbox at ${running.url}`;
  await (await vscode.window.showQuickPick(items, { title }))?.run();
}
