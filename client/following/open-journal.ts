// The journal of this window: where it is kept, and what makes it look again.
import { mkdirSync, watch } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { object } from '../../core/json';
import type { Times } from '../../exchange/timeline';
import { knowledge } from '../knowledge';
import { onDidChangePlaces } from '../mailboxes/mailboxes';
import { teamPolicy } from '../mailboxes/team-files';
import type { WindowSandbox } from '../sandbox';
import { createJournal, type Journal } from '../../exchange/sent-journal';
import { openJournalFiles } from '../../exchange/journal-files';
import { isAlive, KEPT_DAYS, numberIn, timesOf } from '../../exchange/journal-habits';

/** @param storage the extension's global storage, shared by all windows */
export function openJournal(
  storage: vscode.Uri,
  sandbox: WindowSandbox,
): { journal: Journal; watching: vscode.Disposable } {
  const folder = path.join(storage.fsPath, 'journal');
  const changed = new vscode.EventEmitter<void>();
  const journal = createJournal({
    files: openJournalFiles(folder),
    knowledge,
    times,
    now: () => new Date(),
    process: process.pid,
    isAlive,
    changed,
    at: callAt,
    keepDays: () => numberIn(settings().get<unknown>('keepDays')) ?? KEPT_DAYS,
  });
  let wasRunning = sandbox.running;
  const watching = vscode.Disposable.from(
    changed,
    watchFolder(folder, () => void journal.reload()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('itk3.following')) void journal.reload();
    }),
    onDidChangePlaces(() => void journal.reload()),
    sandbox.onDidChange(() => {
      if (wasRunning && !sandbox.running) void journal.endPassing();
      wasRunning = sandbox.running;
    }),
  );
  return { journal, watching: vscode.Disposable.from({ dispose: () => journal.dispose() }, watching) };
}

const settings = () => vscode.workspace.getConfiguration('itk3.following');

function times(): Times {
  // The person's own, then the team's, then ours: the manifest repeats ours for those who look there.
  const own = settings().inspect<unknown>('overdue');
  const set = { ...teamPolicy().overdue, ...object(own?.globalValue), ...object(own?.workspaceValue) };
  return timesOf(set);
}

/** The longest that a timer waits. */
const LONGEST = 2 ** 31 - 1;

function callAt(time: Date, done: () => void): () => void {
  const timer = setTimeout(done, Math.min(Math.max(0, time.getTime() - Date.now()) + 1, LONGEST));
  return () => clearTimeout(timer);
}

/** Several lines that come at once are one change. Without watching, other windows' lines are seen when this one writes. */
function watchFolder(folder: string, look: () => void): vscode.Disposable {
  let soon: NodeJS.Timeout | undefined;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const watcher = watch(folder, () => {
      clearTimeout(soon);
      soon = setTimeout(look, 100);
    });
    watcher.on('error', () => watcher.close());
    return new vscode.Disposable(() => {
      clearTimeout(soon);
      watcher.close();
    });
  } catch {
    return new vscode.Disposable(() => undefined);
  }
}
