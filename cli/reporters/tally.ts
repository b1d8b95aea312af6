// How many findings there were, in words.
import type { Severity } from '../../core/finding';
import type { PassedFinding, ToldFinding } from '../judging/judged';

/** The worst first; hints are no findings that anybody counts. */
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information'];

const PASSED: Readonly<Record<PassedFinding['by'], string>> = {
  exception: 'excepted',
  expected: 'expected',
  known: 'known',
};

export interface Tally {
  add(findings: readonly ToldFinding[]): void;
  count(severity: Severity): number;
  /** `2 errors, 1 warning`: errors always, the others where there are any. */
  text(): string;
}

export function tallyOf(findings: readonly ToldFinding[] = []): Tally {
  const counts = new Map<Severity, number>();
  const tally: Tally = {
    add(more) {
      for (const { severity } of more) counts.set(severity, (counts.get(severity) ?? 0) + 1);
    },
    count: (severity) => counts.get(severity) ?? 0,
    text: () =>
      SEVERITIES.filter((severity) => severity === 'error' || tally.count(severity) > 0)
        .map((severity) => countedOf(tally.count(severity), severity))
        .join(', '),
  };
  tally.add(findings);
  return tally;
}

export function countedOf(count: number, severity: Severity): string {
  return counted(count, severity === 'information' ? 'note' : severity);
}

/** `2 excepted, 1 known`; empty where nothing was let through. */
export function passedText(passed: Readonly<Record<PassedFinding['by'], number>>): string {
  const kinds = Object.keys(PASSED) as PassedFinding['by'][];
  return kinds.flatMap((by) => (passed[by] > 0 ? [`${passed[by]} ${PASSED[by]}`] : [])).join(', ');
}

export function passedBy(by: PassedFinding['by']): string {
  return PASSED[by];
}

export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
