import { fhirValue } from './wording';
import { equal, matchesPattern } from './equal';
import { type Visit, sourceOf } from './stage';

/** False, and reported, when a value is not the one a profile fixes, or does not hold its pattern. */
export function checkFixed({ element, value, pointer, report, knowledge }: Visit): boolean {
  const { fixed, pattern } = element;
  const wanted = fixed ?? pattern;
  if (wanted === undefined) return true;
  if (fixed === undefined ? matchesPattern(value, pattern) : equal(value, fixed)) return true;
  report({
    rule: 'fixed-value',
    severity: 'error',
    pointer,
    part: 'value',
    message: `${element.name} must be ${fhirValue(wanted)} here, not ${fhirValue(value)}.`,
    source: sourceOf(knowledge.registry, element),
    fixes: [{ kind: 'set', title: `Change to ${fhirValue(wanted)}`, pointer, value: wanted }],
  });
  return false;
}
