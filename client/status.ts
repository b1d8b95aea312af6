import * as vscode from 'vscode';
import type { MessageWatch } from './message-context';
import { PHARMACY, PRACTICE, type WindowSandbox } from './sandbox';

/**
 * The status bar says that the sandbox runs, and where; a click opens its menu. While a scenario plays it says so in the
 * colour of warnings: nobody is to wonder what has gone wrong. Beside a message it offers to start a sandbox.
 * Also keeps the context key for menus.
 */
export function createStatus(sandbox: WindowSandbox, messages: MessageWatch): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('itk3.sandbox', vscode.StatusBarAlignment.Left, 10);
  item.name = 'ITK3: MESH sandbox';
  const show = (): void => {
    const { running } = sandbox;
    void vscode.commands.executeCommand('setContext', 'itk3.sandboxRunning', running !== undefined);
    item.backgroundColor = undefined;
    if (!running) {
      item.command = 'itk3.startSandbox';
      item.text = '$(debug-start) MESH sandbox';
      item.tooltip = 'Start a MESH of your own on this machine, with a GP practice that answers';
      if (messages.inFront) item.show();
      else item.hide();
      return;
    }
    const { port, url, strict, scenarios, scenario } = running;
    const playing = scenarios.find(({ name }) => name === scenario);
    item.command = 'itk3.showSandbox';
    item.text = `$(broadcast) MESH sandbox ${port}`;
    if (playing) {
      item.text = `$(beaker) MESH sandbox ${port}: ${playing.name}`;
      item.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
    }
    item.tooltip = new vscode.MarkdownString(
      [
        `**MESH sandbox** at \`${url}\`, on this machine only${strict ? ', strict' : ''}`,
        '',
        ...(playing ? [`Every message meets the scenario **${playing.name}**.`, ''] : []),
        `- \`${PHARMACY.mailbox}\` sends (${PHARMACY.name})`,
        `- \`${PRACTICE.mailbox}\` answers (${PRACTICE.name})`,
      ].join('\n'),
    );
    item.show();
  };
  show();
  return vscode.Disposable.from(item, sandbox.onDidChange(show), messages.onDidChange(show));
}
