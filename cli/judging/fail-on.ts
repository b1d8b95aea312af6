// --fail-on: what makes the exit code 1, and the sentence that says so.
import type { Severity } from '../../core/finding';
import { suggestion } from '../command';
import { CommandError } from '../exit';
import type { JudgedFile, ToldFinding } from './judged';

export type FailOn = 'error' | 'warning' | 'information' | 'never';

export const FAIL_ON: readonly FailOn[] = ['error', 'warning', 'information', 'never'];

export const RANKS: Readonly<Record<Severity, number>> = { hint: 0, information: 1, warning: 2, error: 3 };

export function failOnNamed(word: string): FailOn {
  const found = FAIL_ON.find((one) => one === word);
  if (found) return found;
  throw new CommandError(`--fail-on has no "${word}": ${suggestion(word, FAIL_ON, '', 'itk3 validate --help')}`);
}

export interface Failing {
  /** Whether anything in this file makes the run fail. */
  take(file: JudgedFile): boolean;
  /** Why the run fails, where the count of errors does not say it; undefined when it does not fail, or by errors alone. */
  why(): string | undefined;
}

/** @param exact whether a fixture must have what is expected of it and nothing else that asks for something */
export function failingOn(failOn: FailOn, exact: boolean): Failing {
  let unexpected = 0;
  let milder = 0;
  const isFailing = ({ severity }: ToldFinding, least: Severity): boolean => RANKS[severity] >= RANKS[least];
  return {
    take({ findings, isFixture }) {
      if (failOn === 'never') return false;
      const failing = findings.filter((finding) => isFailing(finding, failOn));
      milder += failing.filter(({ severity }) => severity !== 'error').length;
      if (!exact || !isFixture) return failing.length > 0;
      const wrong = findings.filter((finding) => isFailing(finding, 'warning'));
      unexpected += wrong.length;
      return failing.length > 0 || wrong.length > 0;
    },
    why() {
      const parts = [
        ...(milder > 0 ? [`--fail-on ${failOn} asks for no ${failOn === 'warning' ? 'warnings' : 'notes'}`] : []),
        ...(unexpected > 0 ? [`${unexpected} ${unexpected === 1 ? 'finding was' : 'findings were'} not expected`] : []),
      ];
      return parts.length === 0 ? undefined : `Failed: ${parts.join('; ')}.`;
    },
  };
}
