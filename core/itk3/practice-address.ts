// The address by which MESH finds the practice of a patient, made from the Patient of a message.
import { isObject, type Json, list, text } from '../json';
import { isNhsNumber, isTenDigits, NHS_NUMBER_SYSTEM } from '../nhs/nhs-number';
import type { PracticeAddress } from './addressing-rules';
import { readTime } from './times';

/** MESH takes no longer one (MESH API specification, Mex-To). */
const LONGEST = 100;

/** The address, or what keeps the Patient from having one, as the end of "The Patient …". */
export function practiceAddressOf(
  patient: Json,
  { prefix }: PracticeAddress,
): { to: string; says?: string } | { lacks: string } {
  const number = numberOf(patient);
  if ('lacks' in number) return number;
  const born = text(patient.birthDate);
  if (born === undefined) return { lacks: 'has no birthDate' };
  if (!/^\d{4}-\d\d-\d\d$/.test(born) || readTime(born) === undefined)
    return { lacks: 'has a birthDate that is no whole date: year, month and day are needed' };
  const surname = surnameOf(patient);
  if ('lacks' in surname) return surname;
  const to = [prefix, number.value, born.replaceAll('-', ''), surname.value].join('_');
  if (to.length > LONGEST) return { lacks: 'has a family name too long for an address' };
  return { to, ...(surname.rewritten && { says: WITHOUT_ACCENTS }) };
}

const WITHOUT_ACCENTS =
  'The family name is written without its accents, which no address carries. Where MESH knows it otherwise, a report says so later (EPL-154).';

/**
 * What is odd about an address that was given by hand, as sentences without the patient: it may be meant, to see what MESH
 * reports. None of a mailbox id.
 * @param expected the address that the message itself gives
 */
export function doubtsAbout(to: string, { prefix, note }: PracticeAddress, expected?: string): string[] {
  if (!to.startsWith(`${prefix}_`)) return [];
  const [, number = '', born = ''] = to.split('_');
  const date = (form: RegExp): boolean => readTime(born.replace(form, '$<y>-$<m>-$<d>')) !== undefined;
  const doubts: string[] = [];
  if (!isNhsNumber(number))
    doubts.push('The NHS number in the address is not one: MESH reports that later, as EPL-152.');
  if (!date(/^(?<y>\d{4})(?<m>\d\d)(?<d>\d\d)$/)) {
    const turned = date(/^(?<d>\d\d)(?<m>\d\d)(?<y>\d{4})$/);
    doubts.push(turned ? note : 'The date of birth in the address is no date: it is written yyyyMMdd.');
  }
  if (expected?.startsWith(`${prefix}_`) && expected.toUpperCase() !== to.toUpperCase())
    doubts.push('The address is not that of the patient whom the message is about.');
  return doubts;
}

type Part = { value: string; rewritten?: boolean } | { lacks: string };

function numberOf(patient: Json): Part {
  const numbers = nhsNumbersOf(patient);
  const [first] = numbers;
  if (first === undefined) return { lacks: `has no NHS number: an identifier of the system ${NHS_NUMBER_SYSTEM}` };
  if (numbers.length > 1) return { lacks: 'has more than one NHS number, and an address takes one' };
  if (!isTenDigits(first)) return { lacks: 'has an NHS number that is not ten digits' };
  if (!isNhsNumber(first))
    return { lacks: 'has an NHS number whose check digit is wrong, which MESH refuses (EPL-152)' };
  return { value: first };
}

/** Different ones that are not marked as old, without the spaces in which people group them. */
export function nhsNumbersOf(patient: Json): string[] {
  const numbers = list(patient.identifier).flatMap((one) =>
    isObject(one) && one.system === NHS_NUMBER_SYSTEM && one.use !== 'old' ? (text(one.value) ?? []) : [],
  );
  return [...new Set(numbers.map((number) => number.replace(/[\s-]/g, '')).filter((number) => number !== ''))];
}

/**
 * The name that the NHS's Personal Demographics Service has: the official one, else the usual, else one without use. One
 * whose period has an end comes after those that have none.
 */
export function currentName(patient: Json): Json | undefined {
  const names = list(patient.name).filter(isObject);
  const lasting = names.filter(({ period }) => !isObject(period) || period.end === undefined);
  const uses: unknown[] = ['official', 'usual', undefined];
  return [lasting, names]
    .flatMap((some) => uses.map((use) => some.find((name) => name.use === use)))
    .find((name) => name !== undefined);
}

function surnameOf(patient: Json): Part {
  const name = currentName(patient);
  if (!name) return { lacks: 'has no official or usual name' };
  const family = plain(text(name.family) ?? '');
  if (family === '') return { lacks: 'has a name without family name' };
  if (family.includes('_')) return { lacks: 'has a family name with an underscore, which parts an address' };
  const value = surnameInAddress(family);
  if (value === undefined) return { lacks: 'has a family name with a letter that no address carries' };
  return { value, rewritten: value !== family };
}

/**
 * As an address has a family name: on one line, and without accents, since MESH's headers are ASCII. Undefined where a letter
 * stays that is none of ASCII: what stands for it is not published.
 */
export function surnameInAddress(family: string): string | undefined {
  const bare = plain(family).normalize('NFKD').replace(/\p{M}/gu, '');
  return /^[\x20-\x7e]*$/.test(bare) ? bare : undefined;
}

/** On one line, with the apostrophes and hyphens of a keyboard. */
export function plain(written: string): string {
  return written
    .normalize('NFC')
    .replace(/[\u2018\u2019\u02bc\u02b9]/g, "'")
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/[\p{Cc}\p{Zs}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .trim();
}
