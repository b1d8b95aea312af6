import { fhirValue } from './wording';
import { equal, matchesPattern } from './equal';
import { type Visit, sourceOf } from './stage';

/** Reports a text that is longer than a profile allows. */
export function checkLength({ element, value, pointer, report, knowledge }: Visit): void {
  if (typeof value !== 'string' || element.maxLength === undefined || value.length <= element.maxLength) return;
  const length = Array.from(value).length;
  if (length <= element.maxLength) return;
  report({
    rule: 'max-length',
    severity: 'error',
    pointer,
    part: 'value',
    message: `This text has ${length} characters, but may have only ${element.maxLength}.`,
    source: sourceOf(knowledge.registry, element),
  });
}

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
