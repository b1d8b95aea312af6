import type { Finding } from '../finding';

/** At one spot, a finding of an earlier rule here says it all: those of the rules after it only follow from it. */
const FIRST_WORD: readonly string[] = ['kind', 'required', 'empty', 'primitive-form'];
const FOLLOWS: Record<string, readonly string[]> = {
  kind: ['required', 'empty', 'binding', 'fixed-value', 'primitive-form', 'choice'],
  required: ['empty', 'binding'],
  empty: ['binding'],
  'primitive-form': ['unknown-profile', 'binding'],
};

/** Findings without those that another finding at the same spot has caused. */
export function withoutKnockOns(findings: readonly Finding[]): Finding[] {
  const rules = new Map<string, Set<string>>();
  for (const { pointer, rule } of findings) {
    const here = rules.get(pointer) ?? new Set();
    rules.set(pointer, here.add(rule));
  }
  return findings.filter(({ pointer, rule }) => {
    const here = rules.get(pointer)!;
    return !FIRST_WORD.some((first) => first !== rule && here.has(first) && FOLLOWS[first]!.includes(rule));
  });
}
