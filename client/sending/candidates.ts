// What of a selection in the explorer can be sent: its messages, judged, and why the rest is none.
import * as vscode from 'vscode';
import type { LeftOut } from '../../exchange/several';
import { type OpenMessage, openMessage } from '../documents';

export interface Candidates {
  messages: NamedMessage[];
  leftOut: LeftOut[];
}

/** Named by its path in the workspace: two folders may hold files of one name. */
export interface NamedMessage {
  path: string;
  message: OpenMessage;
}

/** More than a person means to send by one command. */
export const MOST_FILES = 1000;

/** The files meant, each once, in the order of their paths; of a folder all that end in .json or .xml. */
export async function filesIn(uris: readonly vscode.Uri[]): Promise<vscode.Uri[]> {
  const files = new Map<string, vscode.Uri>();
  for (const uri of uris)
    for (const file of await filesBelow(uri)) if (files.size <= MOST_FILES) files.set(file.toString(), file);
  return [...files.values()].sort((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }));
}

async function filesBelow(uri: vscode.Uri): Promise<vscode.Uri[]> {
  const isFolder = await vscode.workspace.fs.stat(uri).then(
    ({ type }) => (type & vscode.FileType.Directory) !== 0,
    () => false,
  );
  if (!isFolder) return [uri];
  const all = new vscode.RelativePattern(uri, '**/*.{json,xml}');
  return vscode.workspace.findFiles(all, '**/{node_modules,.vscode,.git}/**', MOST_FILES + 1);
}

/** Undefined when the person cancels. */
export async function judge(files: readonly vscode.Uri[]): Promise<Candidates | undefined> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: `Checking ${files.length} files`,
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (progress, token) => {
    const found: Candidates = { messages: [], leftOut: [] };
    for (const [i, uri] of files.entries()) {
      if (token.isCancellationRequested) return undefined;
      const path = vscode.workspace.asRelativePath(uri);
      progress.report({ increment: 100 / files.length, message: `${i + 1} of ${files.length}` });
      const message = await openMessage(uri);
      if (typeof message === 'string') found.leftOut.push({ name: path, why: message });
      else found.messages.push({ path, message });
    }
    return found;
  });
}
