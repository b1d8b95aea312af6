import { fhirValue } from './wording';
import { equal, matchesPattern } from './equal';
import { type Visit, sourceOf } from './stage';

/** Reports a value that is not the one a profile fixes, or does not hold its pattern. */
export function checkFixed({ element, value, pointer, report, knowledge }: Visit): void {
  const { fixed, pattern } = element;
  const wanted = fixed ?? pattern;
  if (wanted === undefined) return;
  if (fixed === undefined ? matchesPattern(value, pattern) : equal(value, fixed)) return;
  report({
    rule: 'fixed-value',
    severity: 'error',
    pointer,
    part: 'value',
    message: `${element.name} must be ${fhirValue(wanted)} here, not ${fhirValue(value)}.`,
    source: sourceOf(knowledge.registry, element),
    fixes: [{ kind: 'set', title: `Change to ${fhirValue(wanted)}`, pointer, value: wanted }],
  });
}
