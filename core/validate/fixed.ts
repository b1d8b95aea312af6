import type { Element } from '../definitions/element';
import { nearest } from '../nearest';
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
    fixes: [
      {
        kind: 'set',
        title: `Change to ${fhirValue(wanted)}`,
        pointer,
        value: wanted,
        sure: isSlip(value, wanted, element),
      },
    ],
  });
  return false;
}

/** A code that is another one may have been chosen: `appends` is no slip for `replaces`. */
function isSlip(value: unknown, wanted: unknown, { types }: Element): boolean {
  if (typeof value !== 'string' || typeof wanted !== 'string') return false;
  return types[0]?.code !== 'code' || nearest(value, [wanted]) !== undefined;
}
