// Files that are there as a whole or not at all, whenever the process or the machine stops.
import { randomUUID } from 'node:crypto';
import { access, link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How a file is called until it is whole, or for ever when a kill came first. */
const UNFINISHED = '.unfinished';

/** Resolves when the file survives a kill and a power cut: written beside, flushed, renamed, the folder flushed. */
export async function writeDurably(path: string, content: Buffer | string): Promise<void> {
  const beside = path + UNFINISHED;
  const file = await open(beside, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await patiently(() => rename(beside, path));
  await flushFolder(dirname(path));
}

/**
 * The same for a file that only its owner may read, where none of that name is. Rejects with EEXIST where one is, unless it
 * holds the same already.
 */
export async function createDurably(path: string, content: Buffer | string): Promise<void> {
  const there = await readFile(path).catch(() => undefined);
  if (there?.equals(Buffer.from(content))) return;
  const beside = `${path}.${randomUUID()}${UNFINISHED}`;
  try {
    const file = await open(beside, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await patiently(() => putWhereNothingIs(beside, path));
  } finally {
    await rm(beside, { force: true });
  }
  await flushFolder(dirname(path));
}

/** A link fails where something is; on a disk without links looking first has to do. */
async function putWhereNothingIs(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error;
    if (await isThere(to)) throw Object.assign(new Error('A file of that name is there.'), { code: 'EEXIST' });
    await rename(from, to);
  }
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** For as long as a virus scanner or an indexer may look into a file that is new: on Windows nobody can rename it then. */
export async function patiently(work: () => Promise<void>, wait: (ms: number) => Promise<void> = sleep): Promise<void> {
  for (const pause of [10, 40, 160, 640]) {
    try {
      await work();
      return;
    } catch (error) {
      if (!BUSY.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
      await wait(pause);
    }
  }
  await work();
}

const BUSY = ['EPERM', 'EACCES', 'EBUSY'];

/** Makes a folder below `root`, which is there, so that it survives too. */
export async function makeFolder(root: string, ...names: string[]): Promise<string> {
  let folder = root;
  for (const name of names) {
    const parent = folder;
    folder = join(folder, name);
    const made = await mkdir(folder, { recursive: true });
    if (made !== undefined) await flushFolder(parent);
  }
  return folder;
}

/** Windows flushes folders by itself, and lets nobody else. */
export async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
