// The team's file, as a terminal finds it: in the folder it is in, or in the nearest above.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type Check, NO_TEAM_FILE, readTeamFile, type TeamFile } from '../../exchange/team-file';
import { CommandError } from '../exit';
import { printable } from '../printable';
import type { Terminal } from '../terminal';

const NAME = path.join('.vscode', 'itk3.json');

export interface Team extends TeamFile {
  /** Undefined where there is none. */
  path?: string;
}

/** What is wrong in it is told, and the rest is used. @param named where a person says that it is */
export function findTeam(named: string | undefined, terminal: Terminal): Team {
  if (named !== undefined) {
    const file = path.resolve(terminal.cwd, named);
    const text = textOf(file);
    if (text === undefined) throw new CommandError(`The team's file ${named} cannot be read: check --team-file.`);
    return read(file, text, terminal);
  }
  for (let folder = path.resolve(terminal.cwd); ; folder = path.dirname(folder)) {
    const file = path.join(folder, NAME);
    const text = textOf(file);
    if (text !== undefined) return read(file, text, terminal);
    if (folder === path.dirname(folder)) return NO_TEAM_FILE;
  }
}

function read(file: string, text: string, { folder, stderr, cwd }: Terminal): Team {
  const own = path.dirname(file);
  const workspace = path.basename(own) === '.vscode' ? path.dirname(own) : own;
  const team = readTeamFile(text, checkBeside(folder), workspace);
  const name = path.relative(cwd, file) || file;
  for (const { sentence } of team.mistakes)
    stderr.write(`itk3: ${printable(`${name} is not used whole. ${sentence}`)}\n`);
  return { ...team, path: name };
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    // Its guards might forbid what is about to be done.
    throw new CommandError(`The team's file ${file} is there and cannot be read: check its permissions.`);
  }
}

/** What the build made of the schema, beside the bundle; only where there is such a file. */
function checkBeside(folder: string): Check {
  return createRequire(path.join(folder, 'cli.js'))('./team-file.js') as Check;
}
