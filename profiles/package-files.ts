// The files of a user's package: of a folder and the folders in it, of a .tgz, or the one file that is named.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parseTar } from 'nanotar';

export interface PackageFile {
  /** For people: the path that was named, and the path inside it. */
  name: string;
  bytes(): Uint8Array;
}

/** The largest packages that are published, STU3 itself among them, stay well below. */
const MOST_FILES = 20_000;
const LARGEST_FILE = 64 * 1024 * 1024;
const LARGEST_ARCHIVE = 256 * 1024 * 1024;
const DEEPEST_FOLDER = 20;
/** Of tar: a header, and the step in which contents are laid out. */
const HEADER = 512;

/** @param named a path, whole, relative to `folder`, or starting with ~/ */
export function filesOf(named: string, folder: string, problems: string[]): PackageFile[] {
  const place = path.resolve(folder, named.replace(/^~(?=$|[\\/])/, os.homedir()));
  try {
    const stat = fs.statSync(place);
    if (stat.isDirectory()) return filesInFolder(named, place, problems);
    if (!stat.isFile()) throw new Unusable('is neither a folder nor a file.');
    if (stat.size > LARGEST_ARCHIVE) throw new Unusable('is larger than 256 MiB, which no package of profiles is.');
    if (/\.(tgz|tar\.gz)$/i.test(place)) return filesInArchive(named, fs.readFileSync(place));
    if (isReadable(place)) return [fileAt(named, place)];
    throw new Unusable('is no package: name a folder, a .tgz FHIR package, or a .json or .xml file.');
  } catch (error) {
    problems.push(`${named} ${whyUnusable(error)}`);
    return [];
  }
}

/** What is said of a path or file: the end of a sentence that begins with its name. */
export class Unusable extends Error {}

export function whyUnusable(error: unknown): string {
  if (error instanceof Unusable) return error.message;
  const { code } = error as { code?: unknown };
  return (
    (typeof code === 'string' && REASONS[code]) ||
    `cannot be read${typeof code === 'string' ? ` (${code})` : ''}: check that it is whole.`
  );
}

const REASONS: Record<string, string> = {
  ENOENT: 'does not exist: check the path of this package of profiles.',
  ENOTDIR: 'does not exist: a part of the path is a file, not a folder.',
  EACCES: 'may not be read by this user: check its permissions.',
  EPERM: 'may not be read by this user: check its permissions.',
  ELOOP: 'cannot be reached: its links lead in a circle.',
  ENAMETOOLONG: 'cannot exist: the name is too long.',
  ERR_INVALID_ARG_VALUE: 'cannot exist: the name holds a NUL character.',
  ERR_BUFFER_TOO_LARGE: 'is larger than 256 MiB when unpacked, which no package of profiles is.',
};

function filesInFolder(named: string, place: string, problems: string[]): PackageFile[] {
  const files: PackageFile[] = [];
  const visit = (folder: string, depth: number): void => {
    if (depth > DEEPEST_FOLDER) throw new Unusable(`has more than ${DEEPEST_FOLDER} folders in one another.`);
    const entries = fs.readdirSync(folder, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const inner = path.join(folder, entry.name);
      if (isHidden(entry.name)) continue;
      const name = path.join(named, path.relative(place, inner));
      if (entry.isSymbolicLink()) {
        const why = whyNotFollowed(inner, place);
        if (why === undefined) files.push(fileAt(name, inner));
        else if (why !== '') problems.push(`${name} ${why}`);
      } else if (entry.isDirectory()) visit(inner, depth + 1);
      else if (isReadable(entry.name)) files.push(fileAt(name, inner));
      if (files.length > MOST_FILES) throw tooMany();
    }
  };
  visit(place, 0);
  return files;
}

/**
 * A link in a package may lead to a file of that package, and nowhere else: who made the package decides what is in it, not what
 * is read beside it.
 * @returns undefined of one that is followed, nothing to say of one that is none of ours, or else the end of a sentence
 */
function whyNotFollowed(link: string, root: string): string | undefined {
  let place: string;
  try {
    place = fs.realpathSync(link);
  } catch (error) {
    return isReadable(link) ? whyUnusable(error) : '';
  }
  const within = path.relative(fs.realpathSync(root), place);
  const leadsOut = within === '..' || within.startsWith(`..${path.sep}`) || path.isAbsolute(within);
  const isFolder = fs.statSync(place).isDirectory();
  if (isFolder) return 'is a link to a folder, which is not followed: name that folder as well.';
  if (!isReadable(link)) return '';
  return leadsOut
    ? 'is a link that leads out of the package, which is not followed: put the file itself here.'
    : undefined;
}

/** FHIR packages keep what they define in package/, and what only shows its use in folders below. */
function filesInArchive(named: string, archive: Buffer): PackageFile[] {
  const unpacked = gunzipSync(archive, { maxOutputLength: LARGEST_ARCHIVE });
  // nanotar reads from the start of the memory that a buffer is a part of.
  const memory = unpacked.buffer.slice(unpacked.byteOffset, unpacked.byteOffset + unpacked.length);
  checkHeaders(unpacked);
  const entries = parseTar(memory).filter(
    ({ name, type }) => (type ?? 'file') === 'file' && isReadable(name) && !/(^|\/)(\.|examples?\/)/.test(name),
  );
  if (entries.length === 0) throw new Unusable('holds no .json or .xml file: check that it is a FHIR package.');
  if (entries.length > MOST_FILES) throw tooMany();
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, data }) => ({ name: `${named}/${name}`, bytes: () => data ?? new Uint8Array() }));
}

/**
 * At a size that is no number nanotar stops in silence, and what follows would be missed without a word.
 * @throws {Unusable} unless each size is one that the archive has room for
 */
function checkHeaders(tar: Buffer): void {
  for (let at = 0; at < tar.length - HEADER && tar[at] !== 0;) {
    const [, digits] = /^ *([0-7]+)(?:[ \0]|$)/.exec(tar.toString('latin1', at + 124, at + 136)) ?? [];
    const size = digits === undefined ? Infinity : Number.parseInt(digits, 8);
    if (size > tar.length - at - HEADER) throw new Unusable('is broken or cut off: fetch the package again.');
    at += HEADER + Math.ceil(size / HEADER) * HEADER;
  }
}

function fileAt(name: string, place: string): PackageFile {
  return {
    name,
    bytes() {
      const stat = fs.statSync(place);
      // Reading a pipe would wait for whoever writes to it.
      if (!stat.isFile()) throw new Unusable('is no file.');
      if (stat.size > LARGEST_FILE) throw new Unusable('is larger than 64 MiB.');
      return fs.readFileSync(place);
    },
  };
}

function tooMany(): Unusable {
  return new Unusable(`holds more than ${MOST_FILES} files: name the folder of the profiles itself.`);
}

function isReadable(name: string): boolean {
  return /\.(json|xml)$/i.test(name);
}

function isHidden(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules';
}
