// Whether guards may be passed at all: the strictest of what the person, the workspace and the team say.
import * as vscode from 'vscode';
import { TEAM_FILE, teamPolicy } from '../mailboxes/team-files';
import { type Policies, type Ruling, type Said, strictest } from '../../exchange/guards';

/** A setting of the nearest place would hide the others, so each is asked. */
export function guardPolicies(): Policies {
  return { patients: rulingOn('patients'), live: rulingOn('live') };
}

function rulingOn(guard: keyof Policies): Ruling {
  const found = vscode.workspace.getConfiguration('itk3.guards').inspect<unknown>(guard);
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri, name }): Said => {
    const { workspaceFolderValue } =
      vscode.workspace.getConfiguration('itk3.guards', uri).inspect<unknown>(guard) ?? {};
    return { value: workspaceFolderValue, where: `the settings of the folder ${name}` };
  });
  return strictest([
    { value: found?.globalValue, where: 'your settings' },
    { value: found?.workspaceValue, where: 'the settings of the workspace' },
    ...folders,
    { value: teamPolicy().guards[guard], where: `the team’s file ${TEAM_FILE}` },
  ]);
}
