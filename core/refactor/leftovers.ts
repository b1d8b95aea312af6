// What of the people of a message is still said somewhere after invented ones were put in their place.
import type { Invented } from '../draft/cast';
import { join, type Pointer } from '../document/pointer';
import { readTime } from '../itk3/times';
import type { Message } from '../itk3/message';
import { asText, isObject, type Json, list, text } from '../json';

export interface Leftover {
  pointer: Pointer;
  /** `said`: a text says something of a person. `attached`: what is attached was not looked into. */
  why: 'said' | 'attached';
}

const TELLING: ReadonlySet<string> = new Set(['Patient', 'RelatedPerson', 'Practitioner', 'Organization', 'Location']);

/** Shorter ones say nothing, and stand everywhere. */
const LEAST = 3;

/** Identifies, and tells nothing. */
const NO_TEXT: ReadonlySet<string> = new Set(
  'url system profile resourceType code contentType language status use unit'.split(' '),
);

/**
 * @param before the message about real people
 * @param after its value about invented ones
 * @param invented whose names may stand anywhere
 */
export function leftoversOf(before: Message, after: unknown, invented: Invented): Leftover[] {
  const ours = new Set<string>();
  eachText(invented, '', '', (words) => void ours.add(words.toLowerCase()));
  const said = new Set(
    before.resources
      .filter(({ type }) => TELLING.has(type))
      .flatMap(({ resource }) => saidOf(resource))
      .map((words) => words.trim())
      .filter((words) => words.length >= LEAST && !ours.has(words.toLowerCase()) && words !== UNKNOWN)
      .flatMap(asWritten),
  );
  const patterns = [...said].map(patternOf).filter((pattern) => pattern !== '');
  const pattern =
    patterns.length > 0
      ? new RegExp(`(?<![\\p{L}\\p{N}])(?:${patterns.join('|')})(?![\\p{L}\\p{N}])`, 'iu')
      : undefined;
  const found: Leftover[] = [];
  eachText(after, '', '', (words, pointer, name) => {
    if (name === 'data' || (name === 'content' && words.length > 200 && !/\s/.test(words)))
      found.push({ pointer, why: 'attached' });
    else if (!NO_TEXT.has(name) && pattern?.test(words)) found.push({ pointer, why: 'said' });
  });
  return found;
}

/** What is said of a person, organisation or place where FHIR has it. */
function saidOf(resource: Json): string[] {
  const owners = [resource, ...list(resource.contact).filter(isObject)];
  return [
    ...owners.flatMap((owner) => [
      ...[owner.name]
        .flat()
        .flatMap((name) => (isObject(name) ? textsIn([name.family, name.given, name.text]) : textsIn(name))),
      ...list(owner.telecom).flatMap((one) => (isObject(one) ? textsIn(one.value) : [])),
      ...[owner.address]
        .flat()
        .flatMap((one) => (isObject(one) ? textsIn([one.text, one.line, one.city, one.district, one.postalCode]) : [])),
    ]),
    ...[resource.identifier].flat().flatMap((one) => (isObject(one) ? textsIn(one.value) : [])),
    ...(resource.resourceType === 'Patient' || resource.resourceType === 'RelatedPerson'
      ? textsIn(readTime(resource.birthDate)?.day)
      : []),
  ];
}

function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  const words = text(value);
  return words === undefined || /[0-9a-f]{8}-/i.test(words) ? [] : [words];
}

/** A day in the forms in which people write it; anything else as it is. */
function asWritten(words: string): string[] {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(words) ?? [];
  if (year === undefined || month === undefined || date === undefined) return [words];
  const brief = MONTHS[Number(month) - 1] ?? '';
  const written = [`${date}/${month}/${year}`, `${date}-${brief}-${year}`, `${Number(date)} ${brief} ${year}`];
  return [words, ...written, `${year}${month}${date}`];
}

/** Stands where an identifier is not known. */
const UNKNOWN = 'UNK';

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Digits however they are grouped. */
function patternOf(words: string): string {
  const digits = words.replace(/[\s()+-]/g, '');
  if (/^\d{5,}$/.test(digits)) return Array.from(digits).join(String.raw`[\s\u00a0-]{0,2}`);
  return words
    .split(/\s+/)
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`))
    .join(String.raw`,?\s+`);
}

type Take = (words: string, pointer: Pointer, name: string) => void;

function eachText(value: unknown, pointer: Pointer, name: string, take: Take): void {
  if (Array.isArray(value)) value.forEach((item, i) => eachText(item, join(pointer, i), name, take));
  else if (isObject(value))
    for (const [inner, one] of Object.entries(value)) eachText(one, join(pointer, inner), inner, take);
  else if (asText(value) !== '') take(asText(value), pointer, name);
}
