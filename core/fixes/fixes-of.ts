// Every fix that a finding offers: those it carries, and those made on demand.
import type { Finding, Fix } from '../finding';
import { FIX_MAKERS } from './index';
import type { Fixing } from './fixing';

/** The fixes of a finding, the likeliest first; no two of one title. */
export function fixesOf(finding: Finding, fixing: Fixing): Fix[] {
  const makers = Object.hasOwn(FIX_MAKERS, finding.rule) ? FIX_MAKERS[finding.rule]! : [];
  const fixes = [...(finding.fixes ?? []), ...makers.flatMap((make) => make(finding, fixing))];
  const titles = new Set<string>();
  return fixes.filter(({ title }) => !titles.has(title) && titles.add(title));
}

/**
 * The fix that may be carried out without asking: the one that says it is sure, or an only one that does not say otherwise.
 */
export function sureFix<T extends { sure?: boolean }>(fixes: readonly T[]): T | undefined {
  const sure = fixes.filter((fix) => fix.sure);
  if (sure.length > 0) return sure.length === 1 ? sure[0] : undefined;
  return fixes.length === 1 && fixes[0]!.sure === undefined ? fixes[0] : undefined;
}
