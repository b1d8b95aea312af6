// The journal on disk: one file a message, lines of JSON that are only ever added. Several windows write to it at once.
// Pure of the editor.
import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { isUuid } from '../core/uuid';
import type { Entry } from './journal';
import { readLine, writeLine } from './journal-line';
import { flushFolder } from '../mesh/sandbox/durable';

export interface JournalFiles {
  /** Resolves when the lines are on the disk, not only on their way to it. */
  append(id: string, entries: readonly Entry[]): Promise<void>;
  /** Everything that is there, by id of the message. Rejects when the folder cannot be read; a file that cannot is left out. */
  all(): Promise<Map<string, readonly Entry[]>>;
  remove(id: string): Promise<void>;
}

const ENDING = '.jsonl';

/** @param folder made when the first line is written */
export function openJournalFiles(folder: string): JournalFiles {
  const read = new Map<string, { state: string; entries: readonly Entry[] }>();
  const fileOf = (id: string): string => {
    if (!isUuid(id)) throw new TypeError('The id of an attempt is a UUID.');
    return path.join(folder, `${id.toLowerCase()}${ENDING}`);
  };

  const readFileOf = async (id: string): Promise<readonly Entry[]> => {
    const file = fileOf(id);
    const { size, mtimeMs } = await stat(file);
    const state = `${size} ${mtimeMs}`;
    const known = read.get(id);
    if (known?.state === state) return known.entries;
    const lines = (await readFile(file, 'utf8')).split('\n');
    const entries = lines.flatMap((line) => readLine(line) ?? []);
    read.set(id, { state, entries });
    return entries;
  };

  return {
    async append(id, entries) {
      const file = fileOf(id);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const handle = await open(file, 'a', 0o600);
      try {
        // One write, so that the lines of two windows do not mix.
        await handle.appendFile(entries.map(writeLine).join(''));
        await handle.sync();
      } finally {
        await handle.close();
      }
      if (entries.some(({ what }) => what === 'departing')) await flushFolder(folder);
    },

    async all() {
      const names = await readdir(folder).catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
        throw error;
      });
      const ids = names
        .flatMap((name) => (name.endsWith(ENDING) ? [name.slice(0, -ENDING.length)] : []))
        .filter(isUuid);
      const found = new Map<string, readonly Entry[]>();
      for (const id of ids) {
        // Another window may have removed it meanwhile.
        const entries = await readFileOf(id).catch(() => []);
        if (entries.length > 0) found.set(id, entries);
      }
      for (const id of read.keys()) if (!found.has(id)) read.delete(id);
      return found;
    },

    async remove(id) {
      await rm(fileOf(id), { force: true });
      read.delete(id);
    },
  };
}
