// What can be completed after each command, in a form that every shell's script is made from.
import type { Command, Option, Words } from '../command';
import type { Terminal } from '../terminal';

/** What may stand in a place of the command line. */
export type Place =
  /** Only the person can know it. */
  | { is: 'anything' }
  | { is: 'file' }
  | { is: 'folder' }
  | { is: 'word'; words: readonly string[] }
  /** `KEY=VALUE` */
  | { is: 'pair'; keys: readonly string[]; value: Place };

export interface OptionChoice {
  /** With its dashes. */
  long: string;
  short?: string;
  /** May be given again. */
  multiple: boolean;
  /** Undefined where it takes no value. */
  value?: Place;
  /** Its value may be left out. */
  mayLack: boolean;
}

export interface Choices {
  name: string;
  summary: string;
  options: readonly OptionChoice[];
  /** What stands beside the options. */
  beside: Place;
  /** Only one of these. */
  one: boolean;
}

/** What is written in front of a command, or instead of one. */
export const IN_FRONT = ['help', '--help', '--version'];

const HELP: OptionChoice = { long: '--help', short: '-h', multiple: false, mayLack: false };

export function choicesOf(commands: readonly Command[], terminal: Terminal): Choices[] {
  return commands.map(({ name, summary, options, takes = 'files', takesOne = false }) => ({
    name,
    summary,
    options: [...Object.entries(options).map(([key, option]) => optionChoice(key, option, terminal)), HELP],
    beside: takes === 'none' ? { is: 'anything' } : takes === 'files' ? { is: 'file' } : wordsIn(takes, terminal),
    one: takesOne,
  }));
}

function optionChoice(name: string, option: Option, terminal: Terminal): OptionChoice {
  const { type, short, multiple = false, mayLack = false } = option;
  return {
    long: `--${name}`,
    ...(short !== undefined && { short: `-${short}` }),
    multiple,
    mayLack,
    ...(type === 'string' && { value: placeOf(option.value, terminal) }),
  };
}

function placeOf(value: Option['value'], terminal: Terminal): Place {
  if (value === undefined) return { is: 'anything' };
  if (value === 'file' || value === 'folder') return { is: value };
  if (!('then' in value)) return wordsIn(value, terminal);
  const keys = plain(value.keys, terminal);
  return { is: 'pair', keys, value: placeOf(value.then, terminal) };
}

function wordsIn(words: Words, terminal: Terminal): Place {
  return { is: 'word', words: plain(words, terminal) };
}

/** A word that a shell would take apart, or take for more than a word, is left to the person. */
function plain(words: Words, terminal: Terminal): string[] {
  const all = typeof words === 'function' ? words(terminal) : words;
  return [...new Set(all)].filter((word) => /^\w[\w.-]*$/.test(word));
}
