// Keeps two sandboxes out of one folder. A lock whose process is gone is taken over.
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MeshError } from '../errors';

export const LOCK = '.itk3-sandbox.lock';

/** Folders locked by this very process: its own number in a lock does not say whether the lock is stale. */
const ours = new Set<string>();

/** @param folder its real path. Resolves with what gives it free again. */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  if (ours.has(folder)) throw inUse(process.pid);
  ours.add(folder);
  try {
    await take(join(folder, LOCK));
  } catch (error) {
    ours.delete(folder);
    throw error;
  }
  return async () => {
    if (ours.delete(folder)) await rm(join(folder, LOCK), { force: true });
  };
}

async function take(path: string): Promise<void> {
  for (let attempts = 0; attempts < 3; attempts++) {
    try {
      await writeFile(path, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = await readFile(path, 'utf8').catch(() => undefined);
    if (owner === undefined) continue;
    if (isAlive(Number(owner))) throw inUse(Number(owner));
    await removeStale(path, owner);
  }
  throw inUse();
}

/** By renaming, which only one of several can do; what turns out not to be stale is put back. */
async function removeStale(path: string, owner: string): Promise<void> {
  const aside = `${path}.${process.pid}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, 'utf8')) === owner) await rm(aside, { force: true });
  else await rename(aside, path);
}

/** The number of a process may have gone to another one since; then a person must remove the lock. */
function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function inUse(pid?: number): MeshError {
  const who = pid === process.pid ? ' of this process' : pid === undefined ? '' : ` (process ${pid})`;
  const sentence = `Another sandbox${who} keeps its messages in that folder.`;
  const remedy = `Stop that one, or choose another folder. If none is running, remove ${LOCK} from the folder.`;
  return new MeshError('invalid-request', `${sentence} ${remedy}`);
}
