// A file is written whole or not at all: whatever interrupts it, nobody finds half a message.
import fs from 'node:fs';
import path from 'node:path';
import type { Terminal } from './terminal';

export interface WriteOptions {
  /** Whether what is there already may be replaced. */
  over: boolean;
  /** Whose permissions a new file gets: a copy of what only its owner may read is no more open than that. */
  like?: string;
}

/**
 * @param place relative to the folder of the terminal
 * @returns what is wrong and what to do, beginning with a verb: it follows the name of the file; undefined once it is written
 */
export function writeFile(
  place: string,
  content: string,
  { over, like }: WriteOptions,
  { cwd, randomUUID }: Terminal,
): string | undefined {
  try {
    const named = path.resolve(cwd, place);
    const there = fs.statSync(named, { throwIfNoEntry: false });
    if (there?.isDirectory()) return PROBLEMS.EISDIR;
    // What a link leads to is written, and the link stays.
    const target = there && over ? fs.realpathSync(named) : named;
    const mode = (there ?? (like === undefined ? undefined : fs.statSync(path.resolve(cwd, like))))?.mode;
    const beside = path.join(path.dirname(target), `.${randomUUID()}.itk3-part`);
    try {
      fs.writeFileSync(beside, content, { flag: 'wx', ...(mode !== undefined && { mode }) });
      if (over) fs.renameSync(beside, target);
      else putWhereNothingIs(beside, target);
    } finally {
      fs.rmSync(beside, { force: true });
    }
    return undefined;
  } catch (error) {
    return problemOf(error);
  }
}

/** Beginning with a verb: it follows the name of the file. What is no error of the disk is thrown on. */
export function problemOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  if (typeof code !== 'string') throw error;
  return PROBLEMS[code] ?? `cannot be written (${code}): check the disk and the path.`;
}

/** A link fails where something is; where a disk has no links, looking first has to do. */
function putWhereNothingIs(from: string, to: string): void {
  try {
    fs.linkSync(from, to);
  } catch (error) {
    const { code = '' } = error as { code?: string };
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(code)) throw error;
    if (fs.existsSync(to)) throw Object.assign(new Error(), { code: 'EEXIST' });
    fs.renameSync(from, to);
  }
}

const PROBLEMS: Record<string, string> = {
  EEXIST: 'is there already: --force writes over it.',
  EISDIR: 'is a folder: name the file to be written.',
  ENOENT: 'cannot be written: its folder does not exist.',
  ENOTDIR: 'cannot be written: a part of the path is a file, not a folder.',
  EACCES: 'may not be written by this user: check the permissions of its folder.',
  EPERM: 'may not be written by this user: check the permissions of its folder.',
  EROFS: 'cannot be written: the disk is read-only.',
  ENOSPC: 'cannot be written: the disk is full.',
  ENAMETOOLONG: 'cannot be written: the name is too long.',
};
