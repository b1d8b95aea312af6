// Which files a command is about: what stands on the command line as files, folders and patterns, turned into names.
import fs from 'node:fs';
import path from 'node:path';
import { escapePath, glob, isDynamicPattern } from 'tinyglobby';
import { messageBeside } from '../../core/exceptions/exception';
import { problemOf, STANDARD_INPUT } from '../read-input';
import type { UnreadableFile } from './judged';

export interface NamedFile {
  /** As the person wrote it, or the folder as they wrote it and the way from there. */
  name: string;
  /** Found in a folder, not asked for by name: what is no FHIR among these is none of our business. */
  isFound?: true;
}

export interface NamedFiles {
  /** In the order of the command line, sorted within folders and patterns; none twice. */
  files: NamedFile[];
  /** What was named and cannot be looked into, or is not there. */
  problems: UnreadableFile[];
}

export interface Choosing {
  /** Names are relative to this folder. */
  cwd: string;
  /** Patterns of what to leave out; `!pattern` among the names is one too. */
  ignore?: readonly string[];
}

/** What messages are kept in. */
const MESSAGES = '**/*.{json,xml,ndjson}';

/** In a folder, other people's packages hold no messages of one's own. Hidden files and folders are left out as well. */
const OTHERS = '**/node_modules/**';

export async function filesNamed(names: readonly string[], { cwd, ignore = [] }: Choosing): Promise<NamedFiles> {
  const wanted = names.filter((name) => !isExclusion(name, cwd));
  const unwanted = [...ignore, ...names.filter((name) => isExclusion(name, cwd)).map((name) => name.slice(1))];
  const problems: UnreadableFile[] = [];
  const looking: Looking = { cwd, ignore: unwanted.flatMap((pattern) => ignoring(pattern, cwd)), problems };
  const files = new Map<string, NamedFile>();
  for (const name of wanted)
    for (const file of await filesOf(name, looking)) {
      const where = file.name === STANDARD_INPUT ? STANDARD_INPUT : whereIs(path.resolve(cwd, file.name), file);
      const known = files.get(where);
      if (!known) files.set(where, file);
      else if (!file.isFound) delete known.isFound;
    }
  return { files: [...files.values()], problems };
}

/** In a folder, links may lead to the same file again; a link that is named is meant itself. */
function whereIs(place: string, { isFound }: NamedFile): string {
  try {
    return isFound ? fs.realpathSync.native(place) : place;
  } catch {
    return place;
  }
}

interface Looking {
  cwd: string;
  ignore: readonly string[];
  problems: UnreadableFile[];
}

/** A file may be called so, though a shell makes that hard. */
function isExclusion(name: string, cwd: string): boolean {
  return /^![^(]/.test(name) && !fs.existsSync(path.resolve(cwd, name));
}

/** A name alone is meant wherever it stands, as in .gitignore; of a folder all that it holds is left out. */
function ignoring(pattern: string, cwd: string): string[] {
  const bare = pattern.replaceAll('\\', path.sep === '\\' ? '/' : '\\').replace(/\/+$/, '');
  const whole = bare.includes('/') ? path.posix.join(patternOf(cwd), bare) : `**/${bare}`;
  const resolved = path.isAbsolute(bare) ? bare : whole;
  return [resolved, `${resolved}/**`];
}

function patternOf(folder: string): string {
  return escapePath(folder.replaceAll(path.sep, '/'));
}

async function filesOf(name: string, looking: Looking): Promise<NamedFile[]> {
  if (name === STANDARD_INPUT) return [{ name }];
  const there = statOf(path.resolve(looking.cwd, name));
  if (there === 'nothing' && isDynamicPattern(name)) return matching(name, looking);
  if (there === 'folder') return inFolder(name, looking);
  // The exceptions stand for their message, with which they are read.
  const file = messageBeside(name) ?? name;
  return (await isIgnored(file, looking)) ? [] : [{ name: file }];
}

/** What cannot be looked at is told when it is read. */
function statOf(place: string): 'file' | 'folder' | 'nothing' {
  try {
    const there = fs.statSync(place, { throwIfNoEntry: false });
    return !there ? 'nothing' : there.isDirectory() ? 'folder' : 'file';
  } catch {
    return 'file';
  }
}

async function isIgnored(name: string, { cwd, ignore }: Looking): Promise<boolean> {
  if (ignore.length === 0) return false;
  const folder = path.resolve(cwd, path.dirname(name));
  if (!fs.existsSync(path.resolve(cwd, name))) return false;
  const pattern = escapePath(path.basename(name));
  return (await glob(pattern, { cwd: folder, ignore, dot: true, expandDirectories: false })).length === 0;
}

async function inFolder(name: string, looking: Looking): Promise<NamedFile[]> {
  const found = await search(MESSAGES, path.resolve(looking.cwd, name), name, looking);
  return found.map((file) => ({ name: path.join(name, file), isFound: true }));
}

/**
 * As a shell would, which hands on the folders too. What `**` goes through is as in a folder: nobody means the manifests
 * of a thousand packages.
 */
async function matching(pattern: string, looking: Looking): Promise<NamedFile[]> {
  const isDeep = pattern.includes('**');
  const found = await search(pattern, looking.cwd, '', looking, isDeep);
  if (found.length === 0) {
    looking.problems.push({ file: pattern, problem: 'matches no file: check the pattern and the folder you are in.' });
    return [];
  }
  if (isDeep) return found.filter((name) => messageBeside(name) === undefined).map((name) => ({ name, isFound: true }));
  const files: NamedFile[] = [];
  for (const name of found) files.push(...(await filesOf(name.replace(/\/$/, ''), looking)));
  return files;
}

async function search(pattern: string, cwd: string, shown: string, looking: Looking, onlyFiles = true) {
  const ignore = pattern.includes('**') ? [...looking.ignore, OTHERS] : looking.ignore;
  const found = await glob(pattern, {
    cwd,
    ignore,
    onlyFiles,
    expandDirectories: false,
    fs: { readdir: tellingReaddir(cwd, shown, looking.problems) },
  });
  // By code units: the same on every machine and in every language.
  return found.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** A folder that cannot be read is told; the search goes on beside it. */
function tellingReaddir(cwd: string, shown: string, problems: UnreadableFile[]): typeof fs.readdir {
  const readdir = (folder: string, options: { withFileTypes: true }, done: (...result: never[]) => void) => {
    fs.readdir(folder, options, (error, entries) => {
      if (error) problems.push({ file: path.join(shown, path.relative(cwd, folder)), problem: problemOf(error.code) });
      (done as (error: Error | null, entries: fs.Dirent[]) => void)(error, entries);
    });
  };
  return readdir as unknown as typeof fs.readdir;
}
