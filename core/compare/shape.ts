// What of a message means something when it is compared with another: names, order and identifiers that only tell parts of
// one message apart do not.
import { asText, isObject } from '../json';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** Lists whose order says nothing in FHIR. */
const SETS: ReadonlySet<string> = new Set(
  'identifier coding extension modifierExtension telecom profile tag security generalPractitioner link category'.split(
    ' ',
  ),
);

export function isSet(name: string): boolean {
  return SETS.has(name);
}

/** When this copy was made, which says nothing of what is in it. */
export function isMoment(type: string, name: string): boolean {
  return name === 'lastUpdated' || (TIMES[type]?.includes(name) ?? false);
}

const TIMES: Partial<Record<string, string[]>> = {
  MessageHeader: ['timestamp'],
  Composition: ['date'],
  Bundle: ['timestamp'],
};

export function uuidsIn(text: string): string[] {
  return text.match(UUID) ?? [];
}

/** @param instead what stands in the place of each, in the order of the text */
export function withUuids(text: string, instead: (uuid: string) => string): string {
  return text.replace(UUID, instead);
}

/** How a text is read by whoever compares: told the property it stands in. */
export type Read = (text: string, name: string) => string;

/** The same text for all values that mean the same. */
export function canonical(value: unknown, read: Read, skip: (name: string) => boolean, name = ''): string {
  if (typeof value === 'string') return JSON.stringify(read(value, name));
  if (Array.isArray(value)) {
    const items = value.map((item) => canonical(item, read, skip, name));
    return `[${(isSet(name) ? items.sort() : items).join()}]`;
  }
  if (!isObject(value)) return asText(value) || 'null';
  const members = Object.keys(value)
    .filter((key) => !skip(key))
    .sort()
    .map((key) => `${key}:${canonical(value[key], read, skip, key)}`);
  return `{${members.join()}}`;
}

/** The leaves of a value with the way to each, as often as they are there. */
export function leavesOf(value: unknown, read: Read, skip: (name: string) => boolean): Map<string, number> {
  const leaves = new Map<string, number>();
  const visit = (inner: unknown, path: string, name: string): void => {
    if (Array.isArray(inner)) for (const item of inner) visit(item, path, name);
    else if (isObject(inner)) {
      for (const [key, one] of Object.entries(inner)) if (!skip(key)) visit(one, `${path}.${key}`, key);
    } else {
      const leaf = `${path}=${typeof inner === 'string' ? read(inner, name) : String(inner)}`;
      leaves.set(leaf, (leaves.get(leaf) ?? 0) + 1);
    }
  };
  visit(value, '', '');
  return leaves;
}

/** From 0 to 1: how much of what either has both have. */
export function likeness(one: Map<string, number>, other: Map<string, number>): number {
  let shared = 0;
  let all = 0;
  for (const [leaf, count] of one) {
    shared += Math.min(count, other.get(leaf) ?? 0);
    all += count;
  }
  for (const count of other.values()) all += count;
  return all === 0 ? 1 : (2 * shared) / all;
}
