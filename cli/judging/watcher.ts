// The watcher of this machine's files.
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Watcher } from './watch';

/** Editors write a file in more than one step, and a branch that is checked out is many files. */
const CALM = 120;

export const fileWatcher: Watcher = {
  async start(paths, changed) {
    // Loaded by those who watch alone.
    const { watch } = await import('chokidar');
    const asked = new Set(paths);
    const watcher = watch([...paths], {
      ignoreInitial: true,
      // Hidden files are those of editors and version control, and what others wrote is not changed while one writes.
      ignored: (place) => !asked.has(place) && /^\.|^node_modules$/.test(path.basename(place)),
    });
    const ready = new Promise<void>((resolve) => watcher.once('ready', resolve));
    watcher.on('all', (_event, place) => changed(path.resolve(place)));
    // A folder that cannot be read is told by the run itself.
    watcher.on('error', () => undefined);
    await ready;
    return { stop: () => watcher.close() };
  },
  calm: () => setTimeout(CALM),
};
