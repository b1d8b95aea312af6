// What mends a breach, told from the constraint's element on, as the breach itself is.
import { parentOf, type Pointer, valueAt } from '../../document/pointer';
import type { Change, Fix } from '../../finding';
import { asText, type Json } from '../../json';
import { SNOMED_CT } from '../../nhs/snomed-id';
import { UCUM } from '../../ucum';

/** Not sure: of several ways a person knows which is meant. */
export function perhaps(title: string, ...changes: Change[]): Fix {
  return { ...surely(title, ...changes), sure: false };
}

export function surely(title: string, ...changes: Change[]): Fix {
  return { title, ...(changes.length === 1 ? changes[0]! : { kind: 'all', changes }) };
}

export function remove(name: string): Change {
  return { kind: 'remove', pointer: `/${name}` };
}

export function set(name: string, value: unknown): Change {
  return { kind: 'set', pointer: `/${name}`, value };
}

export function swap(value: Json, one: string, other: string): Fix {
  return perhaps(`Swap ${one} and ${other}`, set(one, value[other]), set(other, value[one]));
}

/** Codes of UCUM by the words that people write beside them. */
const TIME_UNITS: ReadonlyMap<string, string> = new Map(
  Object.entries({ second: 's', minute: 'min', hour: 'h', day: 'd', week: 'wk', month: 'mo', year: 'a', yr: 'a' }),
);
const OFTEN: ReadonlySet<string> = new Set(
  'mg g kg ug mcg ng mL ml L l uL mmol mol s min h d wk mo a % mm cm m [iU] [IU] {tablet} 1'.split(' '),
);

/** The unit of a time in UCUM, known by its words. */
export function timeUnit({ unit }: Json): Fix[] {
  const word = asText(unit).toLowerCase().trim();
  const code = TIME_UNITS.get(word.replace(/s$/, '')) ?? [...TIME_UNITS.values()].find((c) => c === word);
  return code === undefined ? [] : [surely(`Write the unit in UCUM: ${code}`, set('system', UCUM), set('code', code))];
}

/** The system of a unit's code, by the form of the code. */
export function unitSystem({ code }: Json): Fix[] {
  const known = asText(code);
  if (/^[1-9]\d{5,17}$/.test(known)) return [surely(`Add the system ${SNOMED_CT}`, set('system', SNOMED_CT))];
  const fix = surely(`Add the system ${UCUM}`, set('system', UCUM));
  return [OFTEN.has(known) ? fix : { ...fix, sure: false }];
}

/** How a number or address is reached, by its form. */
export function contactSystem({ value }: Json): Fix[] {
  const text = asText(value).trim();
  const system = /^[^\s@]+@[^\s@]+$/.test(text) ? 'email' : /^https?:/i.test(text) ? 'url' : undefined;
  if (system !== undefined) return [surely(`Add the system ${system}`, set('system', system))];
  return /^[+()\d\s-]{5,}$/.test(text) ? [perhaps('Add the system phone', set('system', 'phone'))] : [];
}

/** How files begin, in base64. */
const BEGINNINGS: [string, string][] = [
  ['JVBERi', 'application/pdf'],
  ['iVBORw0KGgo', 'image/png'],
  ['/9j/', 'image/jpeg'],
];

export function contentType({ data }: Json): Fix[] {
  const type = BEGINNINGS.find(([start]) => asText(data).trimStart().startsWith(start))?.[1];
  const add = (name: string): Change => set('contentType', name);
  if (type !== undefined) return [surely(`Add the type ${type}, as which it begins`, add(type))];
  return BEGINNINGS.map(([, name]) => perhaps(`Add the type ${name}`, add(name)));
}

/** What the library finds, and not the native form, by the key of the constraint. */
export const OF_LIBRARY: ReadonlyMap<string, (value: Json) => Fix[]> = new Map([
  ['rng-2', (value) => [swap(value, 'low', 'high')]],
  ['age-1', timeUnit],
  ['drt-1', timeUnit],
]);

/** A fix as the message has it. @param pointer of the constraint's element, in a resource at the other */
export function placed(fix: Fix, pointer: Pointer, resource: Json, at: Pointer): Fix {
  const place = (change: Change): Change => {
    if (change.kind === 'all') return { ...change, changes: change.changes.map(place) };
    const whole = pointer + change.pointer;
    return { ...change, pointer: change.kind === 'remove' ? alone(whole, resource, at) : whole };
  };
  return { ...place(fix), title: fix.title, ...(fix.sure !== undefined && { sure: fix.sure }) };
}

/** The list, where what is removed is all that stands in it. */
function alone(pointer: Pointer, resource: Json, at: Pointer): Pointer {
  const owner = parentOf(pointer);
  const list = valueAt(resource, owner.slice(at.length));
  return Array.isArray(list) && list.length === 1 ? owner : pointer;
}
