// NHS numbers that may be a real person's, wherever in a message they stand. A false alarm costs one typed word, so
// the search is wide. Pure.
import { isObject } from '../core/json';
import { isNhsNumber, isTestNumber } from '../core/nhs/nhs-number';

/** Digits as people group them: a space of any kind or a hyphen between the groups, or nothing. */
const GAP = String.raw`(?:[\s\u2010-\u2013-]|&nbsp;|&#160;|&#x?a0;)?`;
// Behind +44 stands a telephone number.
const WRITTEN = new RegExp(String.raw`(?<!\d|\+44 ?)\d{3}${GAP}\d{3}${GAP}\d{4}(?!\d)`, 'gi');

/** Codes of terminologies have ten digits too, and so may the parts of a UUID. */
const CODE = /"code"\s*:\s*"[^"\\]*"/g;
const UUID = /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;

/**
 * Different numbers outside the test range 999: in identifiers of any NHS number system, whatever their check digit;
 * elsewhere those that pass modulus 11. The text is searched as well as the value, because the value of broken JSON
 * ends early and that of a property written twice is the last one only.
 */
export function numbersOutsideTests(text: string, value: unknown): Set<string> {
  const numbers = [...inText(text), ...inIdentifiers(value)];
  return new Set(numbers.filter((number) => !isTestNumber(number)));
}

function inText(text: string): string[] {
  const plain = text
    .replace(CODE, '')
    .replace(UUID, '')
    .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return [...plain.matchAll(WRITTEN)].map(([written]) => digitsOf(written)).filter(isNhsNumber);
}

function inIdentifiers(value: unknown): string[] {
  const found: string[] = [];
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const next = pending.pop();
    if (isObject(next) && typeof next.system === 'string' && /nhs-?number$/i.test(next.system)) {
      if (typeof next.value === 'string' || typeof next.value === 'number') found.push(digitsOf(String(next.value)));
    }
    if (typeof next === 'object' && next !== null) for (const child of Object.values(next)) pending.push(child);
  }
  return found;
}

/** An entity may hold digits of its own. */
function digitsOf(written: string): string {
  return written.replace(/&[^;]*;|[\s\u2010-\u2013-]/g, '');
}
