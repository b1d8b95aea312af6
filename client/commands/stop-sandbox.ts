import * as vscode from 'vscode';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';

export async function stopSandbox({ sandbox }: Toolkit): Promise<void> {
  if (!sandbox.running) {
    tell('information', 'No MESH sandbox runs in this window.');
    return;
  }
  await sandbox.stop();
  vscode.window.setStatusBarMessage('$(check) MESH sandbox stopped', 5000);
}
