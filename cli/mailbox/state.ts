// Where a terminal keeps what it has sent, and the journal there: the files and the code are those of a window.
import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openJournalFiles } from '../../exchange/journal-files';
import { isAlive, KEPT_DAYS } from '../../exchange/journal-habits';
import { createJournal, type Journal } from '../../exchange/sent-journal';
import type { Times } from '../../exchange/timeline';
import type { Terminal } from '../terminal';

/** @param platform as Node names it */
export function stateFolder({ env, cwd }: Pick<Terminal, 'env' | 'cwd'>, platform = process.platform): string {
  if (env.ITK3_STATE) return path.resolve(cwd, env.ITK3_STATE);
  const home = (platform === 'win32' ? env.USERPROFILE : env.HOME) ?? os.homedir();
  if (platform === 'win32') return path.join(env.LOCALAPPDATA ?? path.join(home, 'AppData', 'Local'), 'itk3');
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'itk3');
  // A relative one is to be ignored, as the specification of these folders says.
  const own = env.XDG_STATE_HOME;
  return path.join(own !== undefined && path.isAbsolute(own) ? own : path.join(home, '.local', 'state'), 'itk3');
}

/** Read already. What cannot be read now is told when something is to be written. */
export async function openJournal(terminal: Terminal, times: Times): Promise<Journal> {
  const { knowledge, now } = terminal;
  await mkdir(stateFolder(terminal), { recursive: true, mode: 0o700 }).catch(() => undefined);
  const journal = createJournal({
    files: openJournalFiles(path.join(stateFolder(terminal), 'journal')),
    knowledge,
    times: () => times,
    now,
    process: process.pid,
    isAlive,
    // A command ends before anything of it becomes overdue.
    changed: { event: () => ({ dispose: () => undefined }), fire: () => undefined },
    at: () => () => undefined,
    keepDays: () => KEPT_DAYS,
  });
  await journal.reload();
  return journal;
}
