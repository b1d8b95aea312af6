// Real people of a message replaced by invented ones: what a fixture may hold, and what may leave the house.
import type { Invented, InventedAddress, InventedPatient } from '../draft/cast';
import { asText, isObject, type Json, list, object, text } from '../json';
import { type Located, type Message, referenceIn, resolve } from '../itk3/message';
import { NHS_NUMBER_SYSTEM } from '../nhs/nhs-number';
import { readTime } from '../itk3/times';
import { type Choose, choosing } from './choosing';
import { namesIn } from './names';
import { idRewriter, type Rewrite, rewriter, type Swap } from './swaps';
import { withTexts } from './texts';

const ODS = /ods-(organization|site)-code$/;

/**
 * The message about invented people, organisations and places: names, numbers, addresses, telephones and birth dates are
 * replaced where FHIR has them, and by the same wherever a text says them. One person or place is replaced by one
 * throughout. Gender and titles stay, as does all that is clinical. Free text may tell of people in other words, and what
 * is attached is not looked into: a person must read both.
 * @param random a number in [0, 1)
 */
export function synthesise(message: Message, invented: Invented, random: () => number): unknown {
  const swaps: Swap[] = [];
  const instead = new Map<unknown, unknown>();
  const work: Work = { swaps, instead, next: choosing(invented, random) };
  for (const located of message.resources)
    if (located.type === 'Patient' || located.type === 'RelatedPerson') person(located, work);
    else if (located.type === 'Practitioner') practitioner(located, work);
  const practices = practicesOf(message);
  for (const located of message.resources)
    if (located.type === 'Organization' || located.type === 'Location') organisation(located, practices, work);
  for (const { resource } of message.resources) asides(resource, work);
  const rewrite = rewriter(swaps);
  const rewriteId = idRewriter(swaps);
  return withTexts(
    message.root.resource,
    (words, name) => (IDS.has(name) ? rewriteId(words) : rewritten(words, name, rewrite)),
    (value) => instead.get(value) ?? (isCoding(value) ? value : undefined),
  );
}

const TELLING: ReadonlySet<string> = new Set(['Patient', 'RelatedPerson', 'Practitioner', 'Organization', 'Location']);

/** Why nobody can be replaced; undefined where somebody can. */
export function whyNotSynthesised({ resources }: Message): string | undefined {
  return resources.some(({ type }) => TELLING.has(type)) ? undefined : 'This names no people, organisations or places.';
}

interface Work {
  swaps: Swap[];
  /** What stands in the place of an object or list. */
  instead: Map<unknown, unknown>;
  next: Choose;
}

/** Names of what identifies, not tells: a text there is no text about a person. */
const NO_TEXT: ReadonlySet<string> = new Set(
  'url system profile resourceType code data contentType language status use unit'.split(' '),
);

/** Where people are named in what should be random: one id is written anew everywhere in the same way. */
const IDS: ReadonlySet<string> = new Set(['id', 'fullUrl', 'reference']);

function rewritten(words: string, name: string, rewrite: Rewrite): string {
  if (NO_TEXT.has(name) || /^urn:uuid:/.test(words)) return words;
  // A time is only that of a birth where it says so.
  if (readTime(words) && name !== 'birthDate') return words;
  return rewrite(words, name === 'div');
}

function isCoding(value: unknown): boolean {
  return isObject(value) && typeof value.system === 'string' && typeof value.code === 'string';
}

function person({ resource, type }: Located, work: Work): void {
  const { swaps, instead, next } = work;
  const number = list(resource.identifier).find((id) => isObject(id) && id.system === NHS_NUMBER_SYSTEM);
  const known = [text(object(number).value), nameKey(resource), text(resource.birthDate)];
  const invented = next.patient(known.join(' '), resource);
  const { birthDate } = invented;
  identifiers(resource, work, (system) => (system === NHS_NUMBER_SYSTEM ? invented.nhsNumber : undefined));
  describePerson(resource, invented, invented.phone, work);
  addresses(resource, invented.address, work);
  const born = readTime(resource.birthDate)?.day;
  if (type === 'Patient' && born !== undefined) swaps.push({ kind: 'day', from: born, to: birthDate });
  if (Array.isArray(resource.photo)) instead.set(resource.photo, []);
  for (const contact of list(resource.contact)) {
    if (!isObject(contact)) continue;
    const other = next.patient(`contact ${nameKey(contact)}`, contact);
    describePerson(contact, other, other.phone, work);
    addresses(contact, other.address, work);
  }
}

function practitioner({ resource }: Located, work: Work): void {
  const systems = list(resource.identifier).map((id) => asText(object(id).system));
  const isDoctor = systems.some((system) => /\/gm[cp]-number$/.test(system));
  const invented = work.next.practitioner(nameKey(resource), isDoctor);
  identifiers(resource, work, (system) =>
    system === invented.identifier.system ? invented.identifier.value : undefined,
  );
  describePerson(resource, invented, undefined, work);
  if (isObject(list(resource.address)[0]))
    addresses(resource, work.next.patient(nameKey(resource), resource).address, work);
}

function organisation(located: Located, practices: ReadonlySet<Json>, work: Work): void {
  const { resource } = located;
  const ods = list([resource.identifier].flat()).find((id) => isObject(id) && ODS.test(asText(id.system)));
  const key = text(object(ods).value) ?? text(resource.name) ?? located.pointer;
  const invented = work.next.organisation(key, practices.has(resource));
  identifiers(resource, work, (system) => (ODS.test(system) ? invented.odsCode : undefined));
  const name = text(resource.name);
  if (name !== undefined) work.swaps.push({ kind: 'words', from: name, to: invented.name });
  telecoms(resource, invented.phone, 'contact', work);
  addresses(resource, invented.address, work);
}

/** The GP practices: what a Patient is registered with, and what a section is about. */
function practicesOf(message: Message): Set<Json> {
  const practices = new Set<Json>();
  const add = (from: Located, value: unknown): void => {
    const reference = referenceIn(value);
    const found = reference === undefined ? undefined : resolve(message, from, reference);
    if (found?.type === 'Organization') practices.add(found.resource);
  };
  for (const located of message.resources) {
    const { resource, type } = located;
    if (type === 'Patient')
      [resource.managingOrganization, ...list(resource.generalPractitioner)].forEach((r) => add(located, r));
    if (type === 'Composition')
      for (const section of list(resource.section)) list(object(section).entry).forEach((entry) => add(located, entry));
  }
  return practices;
}

/** Numbers of systems of which none is invented keep their form: letters stay, digits become nines. */
function identifiers(resource: Json, { swaps }: Work, inventedFor: (system: string) => string | undefined): void {
  for (const identifier of [resource.identifier].flat()) {
    const { system, value } = object(identifier);
    if (typeof value !== 'string' || /[0-9a-f]{8}-/i.test(value)) continue;
    const to = inventedFor(asText(system)) ?? value.replace(/\d/g, '9');
    swaps.push({ kind: /^\d{7,}$/.test(value) ? 'digits' : 'words', from: value, to });
    // MRN-77812 is told as MRN 77812, or as 77812.
    for (const [digits] of /[A-Za-z]/.test(value) ? value.matchAll(/\d{5,}/g) : [])
      swaps.push({ kind: 'digits', from: digits, to: digits.replace(/\d/g, '9') });
  }
}

function describePerson(
  owner: Json,
  invented: Pick<InventedPatient, 'given' | 'family'>,
  phone: string | undefined,
  work: Work,
): void {
  for (const name of [owner.name].flat()) if (isObject(name)) work.instead.set(name, named(name, invented, work));
  const email = `${invented.given[0]!}.${invented.family}`
    .normalize('NFKD')
    .replace(/[^A-Za-z.]/g, '')
    .toLowerCase();
  telecoms(owner, phone, email, work);
}

function named(name: Json, { given, family }: Pick<InventedPatient, 'given' | 'family'>, { swaps }: Work): Json {
  swaps.push(...namesIn(name, { given, family }));
  const whole = text(name.text);
  if (whole !== undefined) swaps.push({ kind: 'name', from: whole, to: [...given, family].join(' ') });
  return {
    ...kept(name, ['use', 'prefix', 'period']),
    ...(whole !== undefined && { text: [...given, family].join(' ') }),
    ...(name.family !== undefined && { family }),
    ...(name.given !== undefined && { given }),
  };
}

/** @param phone undefined where none is invented: then its digits are those that dramas use */
function telecoms(owner: Json, phone: string | undefined, mailbox: string, { swaps, instead }: Work): void {
  for (const telecom of list(owner.telecom)) {
    const value = text(object(telecom).value);
    if (value === undefined || !isObject(telecom)) continue;
    const isMail = value.includes('@');
    const isWeb = /^\w+:\/\/|^www\./i.test(value);
    const to = isMail ? `${mailbox}@example.org` : isWeb ? 'https://example.org' : (phone ?? '01632 960000');
    instead.set(telecom, { ...telecom, value: to });
    swaps.push({ kind: /[@/]/.test(value) ? 'words' : 'digits', from: value, to });
  }
}

function addresses(owner: Json, { line, city, postalCode }: InventedAddress, { swaps, instead }: Work): void {
  for (const address of [owner.address].flat()) {
    if (!isObject(address)) continue;
    const whole = [...line, city, postalCode].join(', ');
    const swap = (from: unknown, to: string): void => {
      if (typeof from === 'string') swaps.push({ kind: 'words', from, to });
    };
    swap(address.text, whole);
    list(address.line).forEach((one, i) => swap(one, line[i] ?? ''));
    swap(address.city, city);
    swap(address.postalCode, postalCode);
    swap(text(address.postalCode)?.replace(/\s/g, ''), postalCode);
    swap(address.district, '');
    swap(address.state, '');
    // Of what is not known here nothing is kept: it may be someone's.
    instead.set(address, {
      ...kept(address, ['use', 'type', 'period', 'country']),
      ...(address.text !== undefined && { text: whole }),
      ...(address.line !== undefined && { line }),
      ...(address.city !== undefined && { city }),
      ...(address.postalCode !== undefined && { postalCode }),
    });
  }
}

/** What extensions, notes and the header tell of people in passing. */
function asides(value: unknown, work: Work): void {
  if (Array.isArray(value)) for (const one of value) asides(one, work);
  if (!isObject(value) || work.instead.has(value)) return;
  const { valueHumanName, valueAddress, valueContactPoint, valueString, authorString, url } = value;
  const other = (): InventedPatient => work.next.patient(`aside ${JSON.stringify(value)}`, {});
  if (isObject(valueHumanName)) describePerson({ name: valueHumanName }, other(), undefined, work);
  if (isObject(valueAddress)) addresses({ address: valueAddress }, other().address, work);
  if (isObject(valueContactPoint)) telecoms({ telecom: [valueContactPoint] }, other().phone, 'contact', work);
  if (/mothersMaidenName$/.test(asText(url)) && typeof valueString === 'string')
    work.swaps.push(...namesIn({ family: valueString }, other()));
  if (typeof authorString === 'string') {
    const { given, family } = work.next.practitioner(authorString, false);
    work.swaps.push({ kind: 'words', from: authorString, to: [...given, family].join(' ') });
  }
  if (value.resourceType === 'MessageHeader')
    telecoms({ telecom: [object(value.source).contact] }, undefined, 'contact', work);
  for (const gp of list(value.generalPractitioner)) {
    const { display, reference } = object(gp);
    // Who is not in the message is named here alone.
    if (typeof display === 'string' && reference === undefined) {
      const { given, family } = work.next.practitioner(display.toLowerCase(), true);
      work.swaps.push({ kind: 'words', from: display, to: [...given, family].join(' ') });
    }
  }
  for (const [name, inner] of Object.entries(value))
    if (name !== 'resource' && name !== 'contained') asides(inner, work);
}

function kept(value: Json, names: readonly string[]): Json {
  return Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name)));
}

function nameKey(owner: Json): string {
  return [owner.name]
    .flat()
    .filter(isObject)
    .map((name) => [asText(name.family), ...list(name.given).map(asText)].join(' '))
    .join(' ')
    .toLowerCase();
}
