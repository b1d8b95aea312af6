import type { Pointer } from '../document/pointer';
import { parentOf } from '../document/pointer';
import type { Finding, Severity } from '../finding';

/**
 * At one spot, a finding of a rule here says it all: those of the rules after it only follow from it, unless they are more
 * serious.
 */
const FOLLOWS: Record<string, readonly string[]> = {
  kind: ['required', 'empty', 'binding', 'fixed-value', 'primitive-form', 'choice'],
  required: ['empty', 'binding', 'first-entry'],
  empty: ['binding'],
  'primitive-form': ['unknown-profile', 'binding', 'max-length', 'extension', 'full-url', 'reference-missing'],
  'fixed-value': ['binding', 'code-unknown', 'display', 'snomed-id'],
  binding: ['code-unknown', 'snomed-id'],
  'code-unknown': ['binding'],
  'max-length': ['sender-reference'],
  'header-sender': ['fixed-value'],
  'response-content': ['unreachable'],
  'response-identifier': ['primitive-form'],
  'composition-profile': ['unknown-profile'],
  'obsolete-codes': ['fixed-value', 'binding', 'code-unknown'],
};
const FIRST = Object.keys(FOLLOWS);
const RANK: Record<Severity, number> = { error: 0, warning: 1, information: 2, hint: 3 };

/** A code, its system and its display are right or wrong together. */
const ABOUT_CODES: ReadonlySet<string> = new Set(['binding', 'code-unknown', 'display', 'snomed-id']);

function isSaidBeside(
  pointer: Pointer,
  rule: string,
  rules: ReadonlyMap<Pointer, ReadonlyMap<string, number>>,
): boolean {
  const coding = parentOf(pointer);
  return ['system', 'code'].some((name) => {
    const beside = rules.get(`${coding}/${name}`);
    if (!beside || `${coding}/${name}` === pointer) return false;
    return rule === 'display' ? [...beside.values()].includes(RANK.error) : beside.has('fixed-value');
  });
}

/** Findings without those that another finding has caused. */
export function withoutKnockOns(findings: readonly Finding[]): Finding[] {
  const rules = new Map<Pointer, Map<string, number>>();
  const meant = new Map<Pointer, Set<string>>();
  // A code of a code system that was given up is no code of the one that is required.
  const obsolete = new Set<Pointer>();
  for (const { pointer, rule, severity, fixes } of findings) {
    const here = rules.get(pointer) ?? new Map<string, number>();
    rules.set(pointer, here.set(rule, RANK[severity]));
    if (rule === 'obsolete-codes') obsolete.add(parentOf(pointer));
    // A misspelt property is also the missing one.
    if (rule !== 'unknown-property' && rule !== 'choice') continue;
    for (const fix of fixes ?? []) {
      if (fix.kind !== 'rename') continue;
      const names = meant.get(parentOf(pointer)) ?? new Set();
      meant.set(parentOf(pointer), names.add(fix.name));
    }
  }
  return findings.filter(({ pointer, rule, severity, missing }) => {
    if (missing !== undefined && meant.get(pointer)?.has(missing)) return false;
    if (rule === 'binding' && obsolete.has(parentOf(pointer))) return false;
    if (ABOUT_CODES.has(rule) && isSaidBeside(pointer, rule, rules)) return false;
    const here = rules.get(pointer)!;
    if (here.size === 1) return true;
    return ![...here].some(([first, rank]) => {
      if (!FOLLOWS[first]?.includes(rule)) return false;
      return FOLLOWS[rule]?.includes(first) && FIRST.indexOf(rule) < FIRST.indexOf(first)
        ? rank < RANK[severity]
        : rank <= RANK[severity];
    });
  });
}
