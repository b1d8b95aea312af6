// How messages are judged: by the team's file and the settings. Those of the workspace count before the team's file, and that
// before a person's own.
import * as vscode from 'vscode';
import type { ConfigurationItem } from 'vscode-languageclient';
import { isObject, object } from '../core/json';
import { readSeverities, type Severities } from '../core/severities';
import { packagePathsIn } from '../profiles/load';
import { teamValidation } from './mailboxes/team-files';

export function severitiesFor(uri: vscode.Uri | undefined): Severities {
  const set = vscode.workspace.getConfiguration('itk3', uri).inspect<unknown>('rules');
  const folder = uri && vscode.workspace.getWorkspaceFolder(uri);
  return {
    ...readSeverities(set?.globalValue),
    ...teamValidation(folder).rules,
    ...readSeverities(set?.workspaceValue),
    ...readSeverities(set?.workspaceFolderValue),
  };
}

/** Of the same canonical url the later wins. */
export function packagesWanted(): string[] {
  const set = vscode.workspace.getConfiguration('itk3').get<unknown>('profiles.packages');
  return [...new Set([...teamValidation(undefined).profiles, ...packagePathsIn(set)])];
}

/** A section of the settings as the language server is to know it. */
export function withTeam(section: unknown, item: ConfigurationItem | undefined): unknown {
  if (item?.section !== 'itk3' || !isObject(section)) return section;
  const uri = item.scopeUri === undefined ? undefined : vscode.Uri.parse(item.scopeUri);
  return {
    ...section,
    rules: severitiesFor(uri),
    profiles: { ...object(section.profiles), packages: packagesWanted() },
  };
}
