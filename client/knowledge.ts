import * as os from 'node:os';
import * as vscode from 'vscode';
import type { Knowledge } from '../core/knowledge';
import { loadWithPackages } from '../profiles/load';
import { packagesWanted } from './judging';

let loaded: { by: string; knowledge: Knowledge } | undefined;

/**
 * What the standards say, and the users' own packages of profiles: read when first asked for, and again when the setting
 * has changed. What is wrong with a package is told by the language server.
 */
export function knowledge(): Knowledge {
  const paths = packagesWanted();
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? os.homedir();
  const by = JSON.stringify([folder, paths]);
  if (loaded?.by !== by) loaded = { by, knowledge: loadWithPackages(__dirname, { paths, folder }).knowledge };
  return loaded.knowledge;
}
