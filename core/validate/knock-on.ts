import type { Pointer } from '../document/pointer';
import { parentOf } from '../document/pointer';
import type { Finding } from '../finding';

/** At one spot, a finding of an earlier rule here says it all: those of the rules after it only follow from it. */
const FOLLOWS: Record<string, readonly string[]> = {
  kind: ['required', 'empty', 'binding', 'fixed-value', 'primitive-form', 'choice'],
  required: ['empty', 'binding'],
  empty: ['binding'],
  'primitive-form': ['unknown-profile', 'binding', 'max-length', 'extension', 'full-url', 'reference-missing'],
  'fixed-value': ['binding', 'code-unknown', 'display', 'snomed-id'],
  binding: ['code-unknown', 'snomed-id'],
};
const FIRST_WORD = Object.keys(FOLLOWS);

/** Findings without those that another finding has caused. */
export function withoutKnockOns(findings: readonly Finding[]): Finding[] {
  const rules = new Map<Pointer, Set<string>>();
  const meant = new Map<Pointer, Set<string>>();
  for (const { pointer, rule, fixes } of findings) {
    const here = rules.get(pointer) ?? new Set();
    rules.set(pointer, here.add(rule));
    // A misspelt property is also the missing one.
    if (rule !== 'unknown-property' && rule !== 'choice') continue;
    for (const fix of fixes ?? []) {
      if (fix.kind !== 'rename') continue;
      const names = meant.get(parentOf(pointer)) ?? new Set();
      meant.set(parentOf(pointer), names.add(fix.name));
    }
  }
  return findings.filter(({ pointer, rule, missing }) => {
    if (missing !== undefined && meant.get(pointer)?.has(missing)) return false;
    const here = rules.get(pointer)!;
    return !FIRST_WORD.some((first) => first !== rule && here.has(first) && FOLLOWS[first]!.includes(rule));
  });
}
