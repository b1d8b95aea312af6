import path from 'node:path';
import * as vscode from 'vscode';
import { isObject } from '../../core/json';
import { isThere } from '../documents';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';

/** Beside the bundles, in a checkout as in an installed extension. */
const CARRIED = ['examples', 'first-steps/workspace'];
const NAME = 'itk3-examples';

/**
 * Puts the examples into a new folder within one that the person chooses, and opens it. Nothing is written over.
 * @param asked what keybindings and tests say beforehand: `{ folder, stay }`, the folder to put it into, as a path, and
 * whether the window stays where it is
 * @returns the new folder
 */
export async function openExamples(_toolkit: Toolkit, asked?: unknown): Promise<vscode.Uri | undefined> {
  const wishes = isObject(asked) ? asked : {};
  const within = typeof wishes.folder === 'string' ? vscode.Uri.file(wishes.folder) : await chooseFolder();
  if (!within) return undefined;
  const folder = await freeName(within);
  try {
    for (const name of CARRIED) await copyInto(folder, vscode.Uri.file(path.join(__dirname, '..', name)));
  } catch {
    tell('error', `The examples could not be put into ${within.fsPath}: choose a folder that you may write to.`);
    return undefined;
  }
  if (wishes.stay === true) return folder;
  // A window with a folder in it is somebody's work.
  const forceNewWindow = vscode.workspace.workspaceFolders !== undefined;
  await vscode.commands.executeCommand('vscode.openFolder', folder, { forceNewWindow });
  return folder;
}

async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: `Where shall the folder ${NAME} be made?`,
    openLabel: 'Put examples here',
    canSelectFiles: false,
    canSelectFolders: true,
  });
  return chosen?.[0];
}

async function freeName(within: vscode.Uri): Promise<vscode.Uri> {
  for (let number = 1; ; number++) {
    const folder = vscode.Uri.joinPath(within, number === 1 ? NAME : `${NAME}-${number}`);
    if (!(await isThere(folder))) return folder;
  }
}

async function copyInto(folder: vscode.Uri, source: vscode.Uri): Promise<void> {
  await vscode.workspace.fs.createDirectory(folder);
  for (const [name] of await vscode.workspace.fs.readDirectory(source)) {
    const [from, to] = [vscode.Uri.joinPath(source, name), vscode.Uri.joinPath(folder, name)];
    await vscode.workspace.fs.copy(from, to, { overwrite: false });
  }
}
