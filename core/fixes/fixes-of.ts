// Every fix that a finding offers: those it carries, and those made on demand.
import type { Finding, Fix } from '../finding';
import { FIX_MAKERS } from './index';
import type { Fixing } from './fixing';

/** The fixes of a finding, the likeliest first, and before all the one that is sure; no two of one title. */
export function fixesOf(finding: Finding, fixing: Fixing): Fix[] {
  const makers = Object.hasOwn(FIX_MAKERS, finding.rule) ? FIX_MAKERS[finding.rule]! : [];
  const fixes = [...(finding.fixes ?? []), ...makers.flatMap((make) => make(finding, fixing))];
  const titles = new Set<string>();
  const offered = fixes.filter(({ title }) => !titles.has(title) && titles.add(title));
  const sure = sureFix(offered);
  return sure ? [sure, ...offered.filter((fix) => fix !== sure)] : offered;
}

/** The fix that may be carried out without asking: the one that says it is sure, or the only one that does not deny it. */
export function sureFix<T extends { sure?: boolean }>(fixes: readonly T[]): T | undefined {
  const possible = fixes.filter((fix) => fix.sure !== false);
  const sure = possible.filter((fix) => fix.sure === true);
  const [only, ...others] = sure.length > 0 ? sure : possible;
  return others.length === 0 ? only : undefined;
}
