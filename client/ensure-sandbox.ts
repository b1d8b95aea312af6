import * as vscode from 'vscode';
import { MeshError } from '../mesh/errors';
import type { Sandbox } from '../mesh/sandbox/sandbox';
import { wantedPort } from './sandbox';
import type { Toolkit } from './toolkit';

/** For sending: nobody asked for a certain port then, so a free one is taken when the wanted one is in use. */
export async function ensureSandbox(toolkit: Toolkit): Promise<Sandbox> {
  if (toolkit.sandbox.running) return toolkit.sandbox.running;
  try {
    return await startWithProgress(toolkit, wantedPort());
  } catch (error) {
    // Of the network only the port can be in the way; another port does not help against a folder that cannot be had.
    if (error instanceof MeshError && error.kind === 'network') return startWithProgress(toolkit, 0);
    throw error;
  }
}

/** @param port 0 for any free one; rejects with a MeshError when it cannot be had */
export function startWithProgress({ sandbox }: Toolkit, port: number | undefined): Thenable<Sandbox> {
  const title = 'Starting the MESH sandbox';
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () => sandbox.start(port));
}
