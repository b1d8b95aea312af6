// The file .vscode/itk3.json of each workspace folder: read when the window opens and whenever it changes, told of once when
// something is wrong in it, and not used in a workspace that is not trusted.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as vscode from 'vscode';
import {
  type Check,
  joinedPolicy,
  NO_TEAM_FILE,
  readTeamFile,
  spanOfPlace,
  type TeamFile,
  type TeamPolicy,
} from '../../exchange/team-file';
import type { Span } from '../../core/document/source-document';
import type { Place } from '../../exchange/place';
import type { TeamValidation } from '../../exchange/team-validation';
import type { TeamEnvironment } from '../../exchange/place-settings';
import { tell } from '../tell';

export const TEAM_FILE = '.vscode/itk3.json';

/** Of a folder that comes with everything in it, as from version control, VS Code tells no more than the folder. */
const WATCHED = `{.vscode,${TEAM_FILE}}`;

interface Known {
  uri: vscode.Uri;
  file: TeamFile;
}

let known: readonly Known[] = [];
const changed = new vscode.EventEmitter<void>();

/** One of them says something else now. */
export const onDidChangeTeamFiles: vscode.Event<void> = changed.event;

/** In the order of the workspace folders; none in a workspace that is not trusted. */
export function teamFiles(): readonly Known[] {
  return vscode.workspace.isTrusted ? known : [];
}

/**
 * What the team wants asked before a message leaves, and when an answer is overdue. Guards hold whether the workspace is
 * trusted or not: a file can only make them stricter.
 */
export function teamPolicy(): TeamPolicy {
  const { guards } = joinedPolicy(known.map(({ file }) => file));
  const { overdue } = joinedPolicy(teamFiles().map(({ file }) => file));
  return { guards, overdue };
}

/** How messages of a folder are judged; the packages of profiles are those of all folders. */
export function teamValidation(folder: vscode.WorkspaceFolder | undefined): Pick<TeamValidation, 'rules' | 'profiles'> {
  const own = teamFiles().find(({ uri }) => folder && uri.toString() === uriOf(folder).toString());
  return {
    rules: own?.file.validation.rules ?? {},
    profiles: teamFiles().flatMap(({ file }) => file.validation.profiles),
  };
}

/** Servers of which a team says that they are live: that is believed of a file that is not trusted too, and nothing else. */
export function liveServers(): TeamEnvironment[] {
  const live = known.flatMap(({ file }) => file.environments).filter((one) => one.live);
  return live.map(({ name, endpoint }) => ({ name, endpoint, live: true }));
}

/** Opens the file in which a mailbox stands, at the mailbox. */
export async function showInTeamFile(place: Place): Promise<void> {
  for (const { uri } of known) {
    const document = await vscode.workspace.openTextDocument(uri);
    const span = spanOfPlace(document.getText(), place);
    if (span) {
      await showSpan(document, span);
      return;
    }
  }
}

async function showSpan(document: vscode.TextDocument, { offset, length }: Span): Promise<void> {
  const selection = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
  await vscode.window.showTextDocument(document, { selection });
}

/** Reads them and watches them. Those on a disk of this machine are known at once. */
export function watchTeamFiles(): vscode.Disposable {
  const told = new Map<string, string>();
  let watchers: vscode.Disposable[] = [];

  const use = (files: readonly (Known | undefined)[]): void => {
    known = files.filter((one) => one !== undefined);
    for (const one of teamFiles()) tellMistakes(one, told);
    changed.fire();
  };
  const read = (): void => {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const onDisk = folders.map((folder) => (folder.uri.scheme === 'file' ? fromDisk(folder) : undefined));
    use(onDisk);
    if (folders.every(({ uri }) => uri.scheme === 'file')) return;
    void Promise.all(folders.map(async (folder, i) => onDisk[i] ?? fromElsewhere(folder))).then(use);
  };
  const watch = (): void => {
    for (const watcher of watchers) watcher.dispose();
    watchers = (vscode.workspace.workspaceFolders ?? []).map((folder) => {
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, WATCHED));
      watcher.onDidChange(read);
      watcher.onDidCreate(read);
      watcher.onDidDelete(read);
      return watcher;
    });
    read();
  };
  watch();
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeWorkspaceFolders(watch),
    vscode.workspace.onDidGrantWorkspaceTrust(read),
    { dispose: () => void vscode.Disposable.from(...watchers).dispose() },
  );
}

function uriOf(folder: vscode.WorkspaceFolder): vscode.Uri {
  return vscode.Uri.joinPath(folder.uri, TEAM_FILE);
}

function fromDisk(folder: vscode.WorkspaceFolder): Known | undefined {
  const uri = uriOf(folder);
  try {
    return { uri, file: readTeamFile(readFileSync(uri.fsPath, 'utf8'), check(), folder.uri.fsPath) };
  } catch (error) {
    return isMissing(error) ? undefined : { uri, file: UNREADABLE };
  }
}

async function fromElsewhere(folder: vscode.WorkspaceFolder): Promise<Known | undefined> {
  const uri = uriOf(folder);
  try {
    const text = Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8');
    return { uri, file: readTeamFile(text, check(), undefined) };
  } catch (error) {
    return error instanceof vscode.FileSystemError && error.code === 'FileNotFound'
      ? undefined
      : { uri, file: UNREADABLE };
  }
}

const UNREADABLE: TeamFile = {
  ...NO_TEAM_FILE,
  mistakes: [{ sentence: 'The file cannot be read.', span: { offset: 0, length: 0 } }],
};

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

let compiled: Check | undefined;

/** What the build made of the schema, beside the bundle; only where there is such a file. */
function check(): Check {
  compiled ??= createRequire(path.join(__dirname, 'client.js'))('./team-file.js') as Check;
  return compiled;
}

/** Once for the same mistakes. VS Code underlines them in the file, but nobody may have it open. */
function tellMistakes({ uri, file: { mistakes } }: Known, told: Map<string, string>): void {
  const [first] = mistakes;
  const all = JSON.stringify(mistakes.map(({ sentence }) => sentence));
  const before = told.get(uri.toString());
  told.set(uri.toString(), all);
  if (!first || before === all) return;
  const more = mistakes.length > 1 ? ` There are ${mistakes.length - 1} more.` : '';
  tell('warning', `${TEAM_FILE} is not used whole. ${first.sentence}${more}`, {
    'Open the file': async () => showSpan(await vscode.workspace.openTextDocument(uri), first.span),
  });
}
