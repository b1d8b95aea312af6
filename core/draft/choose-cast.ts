// Draws from the synthetic set whom and what a message is about, and tells its people from those who may be real.
import { isObject, type Json, list } from '../json';
import type { Cast, Invented, InventedAddress, InventedPatient } from './cast';

/** Medicines are in doses for adults: whoever was born later is in a message only when asked for. */
const ADULTS_BORN_BEFORE = '2008';

export interface Wanted extends Partial<Cast> {
  /** The ODS code by which the pharmacy is known and sends, where that is to be one of the user's own. */
  sender?: string;
}

/**
 * A whole cast, drawn where nothing is wanted. The same draws give the same cast, whatever else is wanted.
 * @param random a number in [0, 1)
 */
export function chooseCast(invented: Invented, random: () => number, { sender, ...wanted }: Wanted = {}): Cast {
  const drawn: Cast = {
    patient: draw(
      invented.patients.filter(({ birthDate }) => birthDate < ADULTS_BORN_BEFORE),
      random,
    ),
    pharmacy: draw(invented.pharmacies, random),
    practice: draw(invented.practices, random),
    pharmacist: draw(invented.pharmacists, random),
    doctor: draw(invented.doctors, random),
    medicines: [draw(invented.medicines, random)],
  };
  const cast = { ...drawn, ...defined(wanted) };
  return sender === undefined ? cast : { ...cast, pharmacy: { ...cast.pharmacy, odsCode: sender } };
}

function draw<T>(from: readonly T[], random: () => number): T {
  const one = from[Math.floor(random() * from.length)];
  if (one === undefined) throw new Error('the synthetic set lacks a part');
  return one;
}

function defined(wanted: Partial<Cast>): Partial<Cast> {
  return Object.fromEntries(Object.entries<unknown>(wanted).filter(([, value]) => value !== undefined));
}

/**
 * Whether a Patient resource is one of the synthetic set: it has a name and an address, and each name and each address is
 * that of one and the same invented person. NHS number, birth date and telephone are not looked at.
 */
export function isInvented(patient: unknown, { patients }: Invented): boolean {
  if (!isObject(patient)) return false;
  const [names, addresses] = [list(patient.name), list(patient.address)];
  if (names.length === 0 || addresses.length === 0) return false;
  return patients.some(
    (one) => names.every((name) => isNameOf(name, one)) && addresses.every((at) => isAddressOf(at, one.address)),
  );
}

/**
 * What of a Patient, a RelatedPerson or a contact is not of the synthetic set; of `both`, each is, but of different people.
 * Where there is no name, or no address, there is nothing of it that could be somebody's.
 */
export function strangeIn(person: Json, { patients }: Invented): 'name' | 'address' | 'both' | undefined {
  const all = (value: unknown): unknown[] => [value].flat().filter((one) => one !== undefined && one !== null);
  const [names, addresses] = [all(person.name), all(person.address)];
  const named = patients.filter((one) => names.every((name) => isNameOf(name, one)));
  if (named.length === 0) return 'name';
  const livesAt = ({ address }: InventedPatient): boolean => addresses.every((at) => isAddressOf(at, address));
  if (named.some(livesAt)) return undefined;
  return patients.some(livesAt) ? 'both' : 'address';
}

const IN_NAMES = new Set(['use', 'text', 'family', 'given', 'prefix', 'period']);
const IN_ADDRESSES = new Set(['use', 'type', 'text', 'line', 'city', 'postalCode', 'country', 'period']);

function isNameOf(name: unknown, { prefix, given, family }: InventedPatient): boolean {
  return (
    hasOnly(name, IN_NAMES) &&
    alike(name.family, family) &&
    alikeAll(name.given, given) &&
    saysOnly(name.text, [prefix, ...given, family])
  );
}

function isAddressOf(address: unknown, { line, city, postalCode }: InventedAddress): boolean {
  return (
    hasOnly(address, IN_ADDRESSES) &&
    alike(address.postalCode, postalCode) &&
    alike(address.city, city) &&
    alikeAll(address.line, line) &&
    saysOnly(address.text, [...line, city, postalCode])
  );
}

/** What is not looked at may be someone real's. */
function hasOnly(value: unknown, names: ReadonlySet<string>): value is Json {
  return isObject(value) && Object.keys(value).every((name) => names.has(name));
}

/** A text made of the words of the parts alone, or none. */
function saysOnly(value: unknown, parts: readonly string[]): boolean {
  if (value === undefined) return true;
  if (typeof value !== 'string') return false;
  const known = new Set(wordsOf(parts.join(' ')));
  return wordsOf(value).every((word) => known.has(word));
}

function wordsOf(words: string): string[] {
  return plain(words)
    .split(/[\s,.()]+/)
    .filter((word) => word !== '');
}

function alikeAll(values: unknown, wanted: readonly string[]): boolean {
  const written = list(values);
  return written.length === wanted.length && wanted.every((one, i) => alike(written[i], one));
}

/** Capitals and spaces are a matter of taste; accents are part of a name. */
function alike(value: unknown, wanted: string): boolean {
  return typeof value === 'string' && plain(value) === plain(wanted);
}

function plain(value: string): string {
  return value.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
}
