// What a subcommand is, and how its arguments are read.
import { parseArgs } from 'node:util';
import { nearest } from '../core/nearest';
import { CommandError } from './exit';
import type { Terminal } from './terminal';

export interface Command {
  name: string;
  /** One line for the list of commands. */
  summary: string;
  /** Taught by example; shown by --help. */
  help: string;
  /** The same that readArguments is given: what is read, what is told in the help and what a shell completes are held together. */
  options?: Options;
  /** What stands beside the options: files when left out, none, or one of these words. */
  takes?: 'files' | 'none' | ((terminal: Terminal) => readonly string[]);
  /** Resolves with the exit code. Rejects with CommandError or MeshError; anything else is a bug. */
  run(args: string[], terminal: Terminal): Promise<number>;
}

export interface Option {
  type: 'string' | 'boolean';
  short?: string;
  multiple?: boolean;
  /** Of a string: what it may be, or that it is a file or a folder; left out where only the person can know. */
  value?: 'file' | 'folder' | readonly string[];
}

export type Options = Readonly<Record<string, Option>>;

/**
 * Options and the rest of the arguments. Throws CommandError in words of our own: Node's would be about parsing, not about
 * the command.
 */
export function readArguments<T extends Options>(args: string[], options: T, command: string) {
  const known = { ...options, help: { type: 'boolean', short: 'h' } } as const satisfies Options;
  const { tokens } = parseArgs({ args, options: known, strict: false, tokens: true, allowPositionals: true });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(known, token.name) ? (known as Options)[token.name] : undefined;
    if (!option) {
      throw new CommandError(
        `${command} has no option ${token.rawName}: ${suggestion(token.name, Object.keys(known), '--', `${command} --help`)}`,
      );
    }
    const { value } = token;
    if (option.type === 'boolean' && value !== undefined) {
      throw new CommandError(`${token.rawName} takes no value: leave "=${value}" out.`);
    }
    // "--format --other": the value was forgotten, not meant to be "--other". `--folder "$DIR"` with no such variable:
    // an empty name would be the folder in which the person happens to be.
    if (option.type === 'string' && (!value?.trim() || (!token.inlineValue && /^-./.test(value)))) {
      throw new CommandError(`${token.rawName} needs a value: see ${command} --help.`);
    }
  }
  return parseArgs({ args, options: known, strict: true, allowPositionals: true });
}

/** Completes "There is no X: …": the name that was probably meant, or all of them, and where to read more. */
export function suggestion(word: string, names: readonly string[], prefix: string, help: string): string {
  const meant = nearest(word, names) ?? names.find((name) => word !== '' && name.startsWith(word));
  if (meant) return `did you mean ${prefix}${meant}?`;
  return `it knows ${names.map((name) => prefix + name).join(', ')} (see ${help}).`;
}
