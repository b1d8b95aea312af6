import * as vscode from 'vscode';
import { isObject } from '../../core/json';
import { MeshError } from '../../mesh/errors';
import { startWithProgress } from '../ensure-sandbox';
import { PHARMACY, PRACTICE, wantedPort } from '../sandbox';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';

/**
 * @param options `{ port }` in the place of the setting; 0 for any free port
 * @returns the sandbox's address; undefined when it could not start
 */
export async function startSandbox(toolkit: Toolkit, options?: unknown): Promise<string | undefined> {
  const already = toolkit.sandbox.running;
  const port = isObject(options) && typeof options.port === 'number' ? options.port : wantedPort();
  try {
    const sandbox = already ?? (await startWithProgress(toolkit, port));
    tell(
      'information',
      `The MESH sandbox ${already ? 'already runs' : 'runs'} at ${sandbox.url}. Send from ${PHARMACY.mailbox}; ${PRACTICE.mailbox} answers as a GP practice.`,
      {
        'Send message…': () => vscode.commands.executeCommand('itk3.sendMessage'),
        'Open its page': () => vscode.env.openExternal(vscode.Uri.parse(sandbox.url)),
        Stop: () => vscode.commands.executeCommand('itk3.stopSandbox'),
      },
    );
    return sandbox.url;
  } catch (error) {
    if (!(error instanceof MeshError)) throw error;
    tell('error', error.message, {
      ...(error.kind === 'network'
        ? { 'Use a free port': () => startSandbox(toolkit, { port: 0 }) }
        : {
            'Open the settings': () => vscode.commands.executeCommand('workbench.action.openSettings', 'itk3.sandbox'),
          }),
    });
    return undefined;
  }
}
