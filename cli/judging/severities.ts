// --rule id=severity: how serious a rule is, in the words of the setting itk3.rules.
import { ALL_RULES } from '../../core/rules';
import { isLevel, type Level, LEVELS, type Severities } from '../../core/severities';
import { suggestion } from '../command';
import { CommandError } from '../exit';

const IDS = ALL_RULES.map(({ id }) => id);

/** @param given `id=severity`; of the same rule the last counts. Throws CommandError. */
export function severitiesNamed(given: readonly string[]): Severities {
  return Object.fromEntries(given.map(readOne));
}

function readOne(given: string): [rule: string, level: Level] {
  const [, rule, level] = /^([^=:]+)[=:](.*)$/.exec(given) ?? [];
  if (rule === undefined || level === undefined)
    throw new CommandError(`--rule ${given} says no severity: write --rule ${given}=warning, or =off.`);
  if (!IDS.includes(rule)) throw new CommandError(`There is no rule "${rule}": ${meant(rule, IDS)}`);
  if (!isLevel(level))
    throw new CommandError(`There is no severity "${level}": ${suggestion(level, LEVELS, '', HELP)}`);
  return [rule, level];
}

const HELP = 'itk3 validate --help';

/** There are too many rules to name them all. */
export function meant(rule: string, ids: readonly string[]): string {
  const all = suggestion(rule, ids, '', HELP);
  return all.startsWith('did') ? all : 'the name of a rule stands behind each finding, and RULES.md lists them.';
}
