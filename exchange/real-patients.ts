// What in a message may be a real person's: NHS numbers, wherever they stand, and the names and addresses of patients. A
// false alarm costs one typed word, so the search is wide. Pure.
import type { SourceDocument } from '../core/document/source-document';
import { join, type Pointer } from '../core/document/pointer';
import type { Invented } from '../core/draft/cast';
import { strangeIn } from '../core/draft/choose-cast';
import { isObject, type Json, list } from '../core/json';
import { isNhsNumber, isTestNumber } from '../core/nhs/nhs-number';
import { isAllRead } from './all-read';

/** Digits as people group them: a space of any kind or a hyphen between the groups, or nothing. */
const GAP = String.raw`(?:[\s\u2010-\u2013-]|&nbsp;|&#160;|&#x?a0;)?`;
// Behind +44 stands a telephone number.
const WRITTEN = new RegExp(String.raw`(?<!\d|\+44 ?)\d{3}${GAP}\d{3}${GAP}\d{4}(?!\d)`, 'gi');

/** Codes of terminologies have ten digits too, and so may the parts of a UUID. */
const CODE = /"code"\s*:\s*"[^"\\]*"|<(?:[\w.-]+:)?code\s+value\s*=\s*(?:"[^"<>]*"|'[^'<>]*')/g;
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
    .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    .replace(/&#(?:(\d{1,7})|x([0-9a-f]{1,6}));/gi, (written, decimal?: string, hex?: string) =>
      characterOf(decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal), written),
    );
  return [...plain.matchAll(WRITTEN)].map(([written]) => digitsOf(written)).filter(isNhsNumber);
}

function characterOf(code: number, written: string): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : written;
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

const PERSONS = new Set(['Patient', 'RelatedPerson', 'Person']);

/**
 * Who is not of the synthetic set, as sentences that say where to look and nothing of the person. Of patients, those related
 * to them, and their contacts; professionals are known by name anyway.
 */
export function strangersIn(text: string, document: SourceDocument, invented: Invented): string[] {
  const lineOf = (pointer: Pointer): number =>
    text.slice(0, document.spanOf(pointer, 'value').offset).split('\n').length;
  const told: string[] = [];
  for (const { person, who, pointer } of personsIn(document.value)) {
    const strange = strangeIn(person, invented);
    if (strange === undefined) continue;
    const what =
      strange === 'both'
        ? `The name and the address of the ${who} in line ${lineOf(pointer)} are of two different people of the synthetic set`
        : `The ${strange} of the ${who} in line ${lineOf(pointer)} is none of the synthetic set`;
    told.push(`${what}.`);
  }
  if (!isAllRead(document) && told.length === 0 && namesStranger(text, invented))
    told.push(
      `The ${document.format.toUpperCase()} is broken, and somebody is named in it who is not of the synthetic set.`,
    );
  return told;
}

function personsIn(value: unknown): { person: Json; who: string; pointer: Pointer }[] {
  const found: { person: Json; who: string; pointer: Pointer }[] = [];
  const visit = (value: unknown, pointer: Pointer): void => {
    if (Array.isArray(value)) value.forEach((one, i) => visit(one, join(pointer, i)));
    if (!isObject(value)) return;
    const { resourceType } = value;
    if (typeof resourceType === 'string' && PERSONS.has(resourceType)) {
      found.push({ person: value, who: resourceType, pointer });
      list(value.contact).forEach((person, i) => {
        const at = join(pointer, 'contact', i);
        if (isObject(person)) found.push({ person, who: `contact of the ${resourceType}`, pointer: at });
      });
    }
    for (const [name, inner] of Object.entries(value)) visit(inner, join(pointer, name));
  };
  visit(value, '');
  return found;
}

/** The value of broken text ends early, and that of a name written twice is the last one only: so the text is asked. */
function namesStranger(text: string, invented: Invented): boolean {
  const { patients, pharmacists, doctors, pharmacies, practices } = invented;
  const families = [...patients, ...pharmacists, ...doctors].map(({ family }) => family.toLowerCase());
  const codes = [...patients, ...pharmacies, ...practices].map(({ address }) => address.postalCode.toLowerCase());
  const written = (name: string): string[] =>
    [...text.matchAll(new RegExp(waysOfWriting(name), 'g'))].map((found) =>
      found.slice(1).join('').trim().toLowerCase(),
    );
  return (
    written('family').some((family) => !families.includes(family)) ||
    written('postalCode').some((code) => !codes.includes(code))
  );
}

/** A property of JSON; an attribute in XML, in either kind of quotes, or by mistake the text of the element. */
function waysOfWriting(name: string): string {
  const tag = `<(?:[\\w.-]+:)?${name}\\b`;
  return [
    `"${name}"\\s*:\\s*"([^"]*)`,
    `${tag}[^<>]*?\\svalue\\s*=\\s*"([^"<>]*)`,
    `${tag}[^<>]*?\\svalue\\s*=\\s*'([^'<>]*)`,
    `${tag}[^<>]*>\\s*([^<\\s][^<]*)`,
  ].join('|');
}
