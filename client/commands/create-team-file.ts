// Opens the file that a team shares, and makes it first where there is none.
import * as vscode from 'vscode';
import { tell } from '../tell';
import { TEAM_FILE } from '../mailboxes/team-files';

const BEGINNING = {
  environments: [{ name: 'Integration', kind: 'integration', mailboxes: [] }],
  guards: { patients: 'forbid' },
};

/** @returns the file; undefined without a folder to have it in */
export async function createTeamFile(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    tell('information', 'Open the folder that the team shares first: the file is kept in it.');
    return undefined;
  }
  const folder = folders.length === 1 ? folders[0] : await vscode.window.showWorkspaceFolderPick();
  if (!folder) return undefined;
  const uri = vscode.Uri.joinPath(folder.uri, TEAM_FILE);
  const isNew = !(await exists(uri));
  if (isNew) await vscode.workspace.fs.writeFile(uri, Buffer.from(`${JSON.stringify(BEGINNING, null, 2)}\n`));
  const document = await vscode.workspace.openTextDocument(uri);
  const mailboxes = isNew ? document.getText().indexOf('[]') + 1 : 0;
  const selection = new vscode.Range(document.positionAt(mailboxes), document.positionAt(mailboxes));
  await vscode.window.showTextDocument(document, { selection });
  return uri;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
