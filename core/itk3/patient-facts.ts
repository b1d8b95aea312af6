// Compares what a section's text says of the patient with the Patient.
import { isObject, type Json, list } from '../json';
import { isNhsNumber, isTenDigits, NHS_NUMBER_SYSTEM } from '../nhs/nhs-number';
import { daysIn, readTime } from './times';
import type { Fact } from './use-case';

/** Undefined where text and resource agree, or where it cannot be told. */
export type Compare = (cell: string, patient: Json) => { says: string; at: (string | number)[] } | undefined;

const number: Compare = (cell, { identifier }) => {
  const told = cell.replace(/[\s-]/g, '');
  const i = list(identifier).findIndex((id) => isObject(id) && id.system === NHS_NUMBER_SYSTEM);
  const found = list(identifier)[i];
  const value = isObject(found) && typeof found.value === 'string' ? found.value.replace(/[\s-]/g, '') : '';
  if (!isTenDigits(told) || !isTenDigits(value) || told === value) return undefined;
  // That a digit is mistyped in the Patient is said there.
  if (isNhsNumber(told) && !isNhsNumber(value)) return undefined;
  return { says: value, at: ['identifier', i, 'value'] };
};

const name: Compare = (cell, patient) => {
  const words = new Set(wordsOf(cell));
  const whole = [...words].join('');
  const names = list(patient.name).filter((n): n is Json => isObject(n) && typeof n.family === 'string');
  const given = (n: Json): string[] => list(n.given).filter((g) => typeof g === 'string');
  const isTold = (n: Json): boolean =>
    has(words, whole, n.family as string) &&
    (given(n).length === 0 || given(n).some((g) => has(words, whole, g) || words.has(wordsOf(g)[0]?.[0] ?? '')));
  const [first] = names;
  if (!first || names.some(isTold)) return undefined;
  // Half a name is not another one.
  const parts = new Set(names.flatMap((n) => [...given(n), n.family as string].flatMap(wordsOf)));
  if ([...words].every((word) => parts.has(word) || BESIDE_NAMES.has(word) || word.length === 1)) return undefined;
  const i = list(patient.name).indexOf(first);
  return { says: [...given(first), first.family].join(' ').slice(0, 100), at: ['name', i] };
};

const birthDate: Compare = (cell, patient) => {
  const days = daysIn(cell);
  const born = readTime(patient.birthDate)?.day;
  if (days.length !== 1 || born === undefined || days[0] === born) return undefined;
  return { says: born, at: ['birthDate'] };
};

const gender: Compare = (cell, patient) => {
  const told = GENDERS.get(cell.toLowerCase());
  const known = [...GENDERS.values()].find((code) => code === patient.gender);
  if (told === undefined || known === undefined || told === known) return undefined;
  return { says: known, at: ['gender'] };
};

/** What can be compared, and how. */
export const PATIENT_FACTS: readonly [Fact, Compare][] = [
  ['NHS number', number],
  ['name', name],
  ['birth date', birthDate],
  ['gender', gender],
];

const GENDERS = new Map([
  ['male', 'male'],
  ['m', 'male'],
  ['female', 'female'],
  ['f', 'female'],
]);

const BESIDE_NAMES: ReadonlySet<string> = new Set(
  'mr mrs ms miss mx master dr prof sir prefix title first given forename last family surname name not known'.split(
    ' ',
  ),
);

/** Words without their accents, in lower case. Most names are plain ASCII, for which this is much faster. */
function wordsOf(text: string): string[] {
  if (/^[\0-\x7f]*$/.test(text))
    return (
      text
        .replace(/'/g, '')
        .toLowerCase()
        .match(/[a-z0-9]+/g) ?? []
    );
  return (
    text
      .normalize('NFKD')
      .replace(/[\p{M}'’]/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** Double names are written with a hyphen, with a space or as one word. */
function has(words: ReadonlySet<string>, whole: string, name: string): boolean {
  const parts = wordsOf(name);
  return parts.every((part) => words.has(part)) || whole.includes(parts.join(''));
}
