import * as vscode from 'vscode';
import { ALL_IS_WELL } from '../../mesh/sandbox/scenario-groups';
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
  const { url, strict, folder, scenario } = running;
  const items = [
    { label: '$(cloud-upload) Send message…', run: () => vscode.commands.executeCommand('itk3.sendMessage') },
    { label: '$(inbox) Show responses', run: () => vscode.commands.executeCommand('itk3.showResponses') },
    {
      label: '$(globe) Open its page in the browser',
      description: 'mailboxes, messages, scenarios',
      run: () => vscode.env.openExternal(vscode.Uri.parse(url)),
    },
    {
      label: '$(beaker) Scenario…',
      description: scenario ?? ALL_IS_WELL.label,
      run: () => vscode.commands.executeCommand('itk3.chooseScenario'),
    },
    {
      label: strict ? '$(shield) Strict, as the real MESH' : '$(shield) As NHS England’s own sandbox',
      description: folder === undefined ? 'messages in memory' : `messages kept in ${folder}`,
      run: () => vscode.commands.executeCommand('workbench.action.openSettings', 'itk3.sandbox'),
    },
    {
      label: '$(copy) Copy the address',
      description: url,
      run: () => vscode.env.clipboard.writeText(url),
    },
    {
      label: '$(debug-stop) Stop the sandbox',
      description: folder === undefined ? 'its messages go with it' : 'its messages stay in their folder',
      run: () => vscode.commands.executeCommand('itk3.stopSandbox'),
    },
  ];
  const title = `MESH sandbox at ${url}`;
  await (await vscode.window.showQuickPick(items, { title }))?.run();
}
