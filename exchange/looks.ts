// When each mailbox was last looked into, by any window of this machine: an empty file each, whose time tells. Its name is a
// digest, so that no mailbox can be read from it.
import { createHash } from 'node:crypto';
import { mkdir, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { keyOf, type Place } from './place';

export interface Looks {
  /** As this window knows it without asking the disk. */
  known(place: Place): Date | undefined;
  last(place: Place): Promise<Date | undefined>;
  /** What cannot be written down is no reason not to look. */
  note(place: Place, at: Date): Promise<void>;
}

/** @param onRead told when `known` has become another */
export function createLooks(folder: string, onRead: () => void): Looks {
  const times = new Map<string, Date>();
  const asked = new Set<string>();
  const fileOf = (place: Place): string =>
    path.join(folder, createHash('sha256').update(keyOf(place)).digest('hex').slice(0, 32));

  const last = async (place: Place): Promise<Date | undefined> => {
    const key = keyOf(place);
    try {
      const { mtime } = await stat(fileOf(place));
      const before = times.get(key);
      times.set(key, mtime);
      if (before?.getTime() !== mtime.getTime()) onRead();
    } catch {
      // Nobody has looked, or nobody can tell.
    }
    return times.get(key);
  };

  return {
    last,
    known(place) {
      const key = keyOf(place);
      if (!asked.has(key)) {
        asked.add(key);
        void last(place);
      }
      return times.get(key);
    },
    async note(place, at) {
      times.set(keyOf(place), at);
      try {
        const file = fileOf(place);
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeFile(file, '', { mode: 0o600 });
        await utimes(file, at, at);
      } catch {
        // This window knows it all the same.
      }
    },
  };
}
