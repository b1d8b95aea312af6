import { parentOf, type Pointer } from '../document/pointer';
import type { Finding } from '../finding';

/** At one spot, a finding of an earlier rule here says it all: those of the rules after it only follow from it. */
const FIRST_WORD: readonly string[] = [
  'kind',
  'required',
  'empty',
  'response-identifier',
  'primitive-form',
  'obsolete-codes',
  'composition-profile',
];
const FOLLOWS: Record<string, readonly string[]> = {
  kind: ['required', 'empty', 'binding', 'fixed-value', 'primitive-form', 'choice'],
  required: ['empty', 'binding'],
  empty: ['binding'],
  'primitive-form': ['unknown-profile', 'binding'],
  'response-identifier': ['primitive-form'],
  'obsolete-codes': ['fixed-value', 'binding'],
  'composition-profile': ['unknown-profile'],
};

/** Findings without those that another finding at the same spot has caused. */
export function withoutKnockOns(findings: readonly Finding[]): Finding[] {
  const rules = new Map<string, Set<string>>();
  // A code of a code system that was given up is no code of the one that is required.
  const obsolete = new Set<Pointer>();
  for (const { pointer, rule } of findings) {
    const here = rules.get(pointer) ?? new Set();
    rules.set(pointer, here.add(rule));
    if (rule === 'obsolete-codes') obsolete.add(parentOf(pointer));
  }
  return findings.filter(({ pointer, rule }) => {
    if (rule === 'binding' && obsolete.has(parentOf(pointer))) return false;
    const here = rules.get(pointer)!;
    return !FIRST_WORD.some((first) => first !== rule && here.has(first) && FOLLOWS[first]!.includes(rule));
  });
}
