// Plain JSON values of unknown shape, as messages bring them.

export type Json = Record<string, unknown>;

/** True of objects, not of lists and null. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Undefined for anything but text. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The object itself; empty when the value is none. */
export function object(value: unknown): Json {
  return isObject(value) ? value : {};
}

/** The list itself; empty when the value is none. */
export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A single value as text; empty for anything else, since an object may refuse to become text. */
export function asText(value: unknown): string {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : '';
}
