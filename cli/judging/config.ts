// The team's file, .vscode/itk3.json, as far as it says how messages are judged: the same that the editor goes by.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { isWithin } from '../../core/document/pointer';
import { type Check, type Mistake, readTeamFile } from '../../exchange/team-file';
import type { TeamValidation } from '../../exchange/team-validation';
import { CommandError } from '../exit';
import { linesOf } from './lines';
import type { Terminal } from '../terminal';

export interface Config extends TeamValidation {
  /** As it is told. */
  name: string;
  /** The whole path of the file. */
  file: string;
  /** What its paths are relative to. */
  folder: string;
}

const TEAM_FILE = path.join('.vscode', 'itk3.json');

/** Beside how messages are judged; what is wrong there is of no concern here. */
const ELSEWHERE = ['/environments', '/guards', '/overdue'];

/**
 * @param named undefined for that of the repository, from the folder of the terminal upwards
 * @returns undefined where there is none. Throws CommandError for what is wrong in it: a check must not be lax by a slip.
 */
export function readConfig(named: string | undefined, terminal: Terminal): Config | undefined {
  const file = named === undefined ? findConfig(terminal.cwd) : path.resolve(terminal.cwd, named);
  if (file === undefined) return undefined;
  const name = named ?? (path.relative(terminal.cwd, file) || file);
  const { folder, validation, mistakes } = readAt(file, name, terminal.folder);
  if (mistakes[0] !== undefined) throw new CommandError(mistakes[0]);
  const { baseline } = validation;
  // A file that came with a folder must not have another one written or read through it.
  if (baseline !== undefined && path.relative(folder, baseline).startsWith('..'))
    throw new CommandError(`${name}: validate.baseline lies outside its folder; --baseline names one anywhere.`);
  return { ...validation, name, file, folder };
}

interface Read {
  /** What its paths are relative to. */
  folder: string;
  /** Without what is wrong. */
  validation: TeamValidation;
  /** One sentence each, with the place. */
  mistakes: readonly string[];
}

/** @param name as it is told, @param toolkit the folder of the build. Throws CommandError for a file that cannot be read. */
export function readAt(file: string, name: string, toolkit: string): Read {
  const beside = path.dirname(file);
  const folder = path.basename(beside) === '.vscode' ? path.dirname(beside) : beside;
  const text = textOf(file, name);
  const check = createRequire(path.join(toolkit, 'cli.js'))('./team-file.js') as Check;
  const { validation, mistakes } = readTeamFile(text, check, folder);
  const ours = mistakes.filter(({ pointer }) => !ELSEWHERE.some((one) => pointer && isWithin(pointer, one)));
  return { folder, validation, mistakes: ours.map((mistake) => told(mistake, text, name)) };
}

function told({ sentence, span }: Mistake, text: string, name: string): string {
  const { line, column } = linesOf(text).placeOf(span.offset);
  return `${name}:${line}:${column} ${sentence}`;
}

/**
 * That of the repository, from a folder upwards. Not beyond the repository, nor from the person's own folder, in which VS Code
 * keeps other things under that name.
 */
export function findConfig(from: string): string | undefined {
  for (let folder = from; folder !== os.homedir(); folder = path.dirname(folder)) {
    const file = path.join(folder, TEAM_FILE);
    if (fs.existsSync(file)) return file;
    if (fs.existsSync(path.join(folder, '.git')) || path.dirname(folder) === folder) return undefined;
  }
  return undefined;
}

function textOf(file: string, name: string): string {
  try {
    return fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (typeof code !== 'string') throw error;
    const problem = code === 'ENOENT' ? 'does not exist: check the name.' : `cannot be read (${code}).`;
    throw new CommandError(`The configuration ${name} ${problem}`);
  }
}
