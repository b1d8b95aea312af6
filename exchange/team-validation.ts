// What a team's file says of judging messages: the editor and the terminal go by it alike.
import { isObject, list, object, text } from '../core/json';
import { nearest } from '../core/nearest';
import { ALL_RULES } from '../core/rules';
import { readSeverities, type Severities } from '../core/severities';

export interface TeamValidation {
  rules: Severities;
  /** Whole paths, or such as start with ~/. */
  profiles: readonly string[];
  failOn?: string;
  /** Patterns, relative to the folder of the team's file. */
  ignore: readonly string[];
  /** A whole path. */
  baseline?: string;
  expect?: boolean;
}

export const NO_VALIDATION: TeamValidation = { rules: {}, profiles: [], ignore: [] };

interface Reading {
  /** Whether something is wrong there. */
  isWrong(...names: (string | number)[]): boolean;
  say(names: (string | number)[], sentence: string, part?: 'key' | 'value'): void;
  /** False where a relative path is relative to nothing. */
  whole(file: string | undefined): string | undefined | false;
}

/** What is wrong in it is left out; what the schema knows is told already. */
export function validationIn(value: unknown, { isWrong, say, whole }: Reading): TeamValidation {
  if (!isObject(value)) return NO_VALIDATION;
  const fileAt = (file: unknown, ...names: (string | number)[]): string | undefined => {
    const there = isWrong(...names) ? undefined : whole(text(file));
    if (there === false) say(names, 'A relative path needs a workspace folder on this machine’s disk.');
    return there === false ? undefined : there;
  };
  for (const name of Object.keys(object(value.rules))) {
    if (RULES.has(name)) continue;
    const near = nearest(name, RULES);
    const hint = near === undefined ? 'The name of a rule stands behind each problem.' : `Did you mean "${near}"?`;
    say(['rules', name], `No rule is called so. ${hint}`, 'key');
  }
  const failOn = isWrong('failOn') ? undefined : text(value.failOn);
  const baseline = fileAt(value.baseline, 'baseline');
  return {
    rules: readSeverities(value.rules),
    profiles: list(value.profiles).flatMap((one, i) => fileAt(one, 'profiles', i) ?? []),
    ignore: list(value.ignore).flatMap((one) => text(one) ?? []),
    ...(failOn !== undefined && { failOn }),
    ...(baseline !== undefined && { baseline }),
    ...(typeof value.expect === 'boolean' && { expect: value.expect }),
  };
}

const RULES: ReadonlySet<string> = new Set(ALL_RULES.map(({ id }) => id));
