// How a value stands in FHIR JSON: lists, and the id and extensions of a primitive beside it under `_name`.
import type { Json } from '../json';

const NUMBERS: ReadonlySet<string | undefined> = new Set(['decimal', 'integer', 'positiveInt', 'unsignedInt']);
/** As JSON writes one, with the exponent that FHIR does not ask for, so that a number is one in both forms. */
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** The value that a text means; the text itself where it is none of its type, so that it can be said. */
export function readPrimitive(text: string, type: string | undefined): unknown {
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return NUMBERS.has(type) && NUMBER.test(text) ? Number(text) : text;
}

/** What stands twice where it may stand once becomes a list, so that it can be said. */
export function putValue(owner: Json, name: string, value: unknown, many: boolean): void {
  if (!Object.hasOwn(owner, name)) set(owner, name, many ? [value] : value);
  else listAt(owner, name).push(value);
}

/** @param beside id and extensions; without them and without a value the primitive is an empty one @param under their name */
export function putPrimitive(
  owner: Json,
  name: string,
  value: unknown,
  beside: Json | undefined,
  many: boolean,
  under: string,
): void {
  const hasMore = beside !== undefined && Object.keys(beside).length > 0;
  const companion = hasMore || value === undefined ? (beside ?? {}) : undefined;
  if (!many && !Object.hasOwn(owner, name) && !Object.hasOwn(owner, under)) {
    if (value !== undefined) set(owner, name, value);
    if (companion) set(owner, under, companion);
    return;
  }
  const values = listAt(owner, name);
  if (Object.hasOwn(owner, under)) {
    const companions = listAt(owner, under);
    // The first of two may have been a companion alone.
    while (values.length < companions.length) values.push(null);
    companions.push(companion ?? null);
  } else if (companion) set(owner, under, [...values.map(() => null), companion]);
  values.push(value ?? null);
}

function listAt(owner: Json, name: string): unknown[] {
  const isThere = Object.hasOwn(owner, name);
  const there = isThere ? owner[name] : undefined;
  if (Array.isArray(there)) return there;
  const list: unknown[] = isThere ? [there] : [];
  set(owner, name, list);
  return list;
}

function set(owner: Json, name: string, value: unknown): void {
  // Assigned, this name would be no property.
  if (name === '__proto__')
    Object.defineProperty(owner, name, { value, enumerable: true, writable: true, configurable: true });
  else owner[name] = value;
}
