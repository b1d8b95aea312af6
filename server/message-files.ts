// The files of folders that may be messages, read one by one as they are asked for. Nothing of them is kept.
import type { Dirent } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { formatOf } from '../core/document/read-document';

/** Of a file, in bytes. A message of this size would be refused by every receiver. */
const LARGEST = 5_000_000;

/** Beyond these, whoever searches has opened a whole disk. */
const MOST_FOLDERS = 2_000;
const MOST_FILES = 3_000;
const MOST_BYTES = 200_000_000;

export interface MessageFile {
  path: string;
  text: string;
}

/** Folders before what is in them, in the order of names; what cannot be read, and what no person writes into, is left out. */
export async function* messageFiles(folders: readonly string[]): AsyncGenerator<MessageFile, void> {
  // A folder may be open beside the one that it lies in.
  const waiting = new Set(folders);
  let files = 0;
  let bytes = 0;
  for (const folder of waiting) {
    for (const entry of await entriesOf(folder)) {
      const inside = path.join(folder, entry.name);
      if (entry.isDirectory() && isOurs(entry.name) && waiting.size < MOST_FOLDERS) waiting.add(inside);
      if (!entry.isFile() || !/\.(json|xml)$/.test(entry.name)) continue;
      const text = await textOf(inside);
      if (text === undefined) continue;
      files += 1;
      bytes += text.length;
      if (files > MOST_FILES || bytes > MOST_BYTES) return;
      // Most JSON is none of ours, and is seen to be at once; XML is seen by its root.
      if (formatOf(text) === 'xml' || text.includes('"resourceType"')) yield { path: inside, text };
    }
  }
}

function isOurs(folder: string): boolean {
  return folder !== 'node_modules' && !folder.startsWith('.');
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return (await stat(file)).size > LARGEST ? undefined : await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
}
