// A finding that a message is there to have: what a negative fixture is made for. Each names one finding, so that the list
// says exactly what the message gives.
import { join, type Pointer } from '../document/pointer';
import type { Finding, Severity } from '../finding';
import type { Severities } from '../severities';
import type { PlacedFinding } from '../validate/check-document';
import { pathsOf, wildcardTest } from './exception';
import { EXCEPTIONS } from './rules';

/** Said of an expectation that nothing meets. */
export const MISSED = 'missing-expected';

export interface Expected {
  rule: string;
  /** As in an exception; without it the finding may be anywhere. */
  path?: string;
  /** Words of the finding. */
  message?: string;
  /** As it is told: by its rule, or by the settings. */
  severity?: Severity;
  /** Where it stands itself, in its own file. */
  pointer: Pointer;
}

export interface Met {
  unexpected: PlacedFinding[];
  expected: PlacedFinding[];
  missing: Expected[];
}

/** @param value of the message */
export function meet(
  findings: readonly PlacedFinding[],
  value: unknown,
  expectations: readonly Expected[],
  severities: Severities,
): Met {
  if (expectations.length === 0) return { unexpected: [...findings], expected: [], missing: [] };
  const rules = new Set(expectations.map(({ rule }) => rule));
  const candidates = findings.flatMap((finding, i) =>
    rules.has(finding.rule) ? [{ finding, i, paths: pathsOf(value, finding.pointer) }] : [],
  );
  const options = expectations.map((one) => {
    const isAt = placeTest(one.path);
    return candidates.flatMap(({ finding, i, paths }) =>
      finding.rule === one.rule &&
      isAt(paths) &&
      (one.message === undefined || finding.message.includes(one.message)) &&
      (one.severity === undefined || one.severity === (severities[finding.rule] ?? finding.severity))
        ? [i]
        : [],
    );
  });
  const metBy = matching(options);
  const met = new Set(metBy.values());
  return {
    unexpected: findings.filter((_, i) => !metBy.has(i)),
    expected: findings.filter((_, i) => metBy.has(i)),
    missing: expectations.filter((_, i) => !met.has(i)),
  };
}

function placeTest(path: string | undefined): (paths: readonly string[]) => boolean {
  if (path === undefined) return () => true;
  return path.includes('[*]') ? wildcardTest(path) : (paths) => paths.includes(path);
}

/** Gives as many expectations as can be a finding of their own. @returns by finding its expectation */
function matching(options: readonly (readonly number[])[]): Map<number, number> {
  const takenBy = new Map<number, number>();
  const find = (expectation: number, tried: Set<number>): boolean => {
    for (const finding of options[expectation]!) {
      if (tried.has(finding)) continue;
      tried.add(finding);
      const holder = takenBy.get(finding);
      // Whoever holds it may do with another.
      if (holder !== undefined && !find(holder, tried)) continue;
      takenBy.set(finding, expectation);
      return true;
    }
    return false;
  };
  for (const expectation of options.keys()) find(expectation, new Set());
  return takenBy;
}

/** @param elsewhere where the rule does find something that nobody expected */
export function missed({ rule, path, message, severity, pointer }: Expected, elsewhere: string | undefined): Finding {
  const words = message === undefined ? '' : ' in these words';
  const what = severity === undefined ? `${rule} finds nothing` : `${rule} finds nothing of severity ${severity}`;
  const where = path === undefined ? 'in this message' : 'here';
  const hint = elsewhere === undefined ? '' : ` It does find something${elsewhere && ` at ${elsewhere}`}.`;
  return {
    rule: MISSED,
    severity: 'warning',
    pointer: join(pointer, path === undefined ? 'rule' : 'path'),
    part: 'value',
    message: `${what} ${where}${words}, though it is expected to: mend the fixture, or this expectation.${hint}`,
    source: EXCEPTIONS,
    fixes: [{ kind: 'remove', title: 'Remove this expectation', sure: false, pointer }],
  };
}
