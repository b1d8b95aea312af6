// Changes of a value. What a change does not touch is the same object afterwards, so that the difference is found quickly.
import type { Change } from '../finding';
import { isObject } from '../json';
import { segmentsOf } from './pointer';

/** The value after a change; the same value where the change speaks of what is not there. */
export function changed(value: unknown, change: Change): unknown {
  if (change.kind === 'all') return change.changes.reduce(changed, value);
  const segments = segmentsOf(change.pointer);
  const last = segments.at(-1);
  if (last === undefined) return change.kind === 'set' ? change.value : value;
  switch (change.kind) {
    case 'set':
      return inside(value, segments, (owner) => set(owner, last, change.value, change.before), true);
    case 'remove':
      return inside(value, segments, (owner) => remove(owner, last));
    case 'rename':
      return inside(value, segments, (owner) => rename(owner, last, change.name));
    case 'insert':
      return inside(value, segments, (owner) => insert(owner ?? [], last, change.value), true);
    case 'move':
      return inside(value, segments, (owner) => move(owner, Number(last), change.to));
  }
}

type Replace = (owner: unknown) => unknown;

/** Replaces what owns the last of the segments. @param making whether what is missing above it is made */
function inside(value: unknown, [name, ...rest]: readonly string[], replace: Replace, making = false): unknown {
  if (rest.length === 0) return replace(value);
  const there = itemAt(value, name!);
  if (there === undefined && !making) return value;
  // Where nothing stands yet, digits mean an index.
  const inner = inside(there ?? (isIndex(rest[0]!) ? [] : {}), rest, replace, making);
  return inner === there ? value : set(value, name!, inner);
}

function itemAt(owner: unknown, name: string): unknown {
  if (typeof owner !== 'object' || owner === null || !Object.hasOwn(owner, name)) return undefined;
  return (owner as Record<string, unknown>)[name];
}

function isIndex(segment: string): boolean {
  return /^\d+$/.test(segment);
}

function set(owner: unknown, name: string, value: unknown, before?: string): unknown {
  if (Array.isArray(owner)) {
    if (!isIndex(name)) return owner;
    return Number(name) < owner.length ? owner.with(Number(name), value) : [...(owner as unknown[]), value];
  }
  if (!isObject(owner)) return owner;
  const entries = Object.entries(owner);
  if (Object.hasOwn(owner, name)) return Object.fromEntries(entries.map(([n, v]) => [n, n === name ? value : v]));
  const at = before === undefined ? -1 : entries.findIndex(([n]) => n === before);
  return Object.fromEntries(entries.toSpliced(at < 0 ? entries.length : at, 0, [name, value]));
}

function remove(owner: unknown, name: string): unknown {
  if (itemAt(owner, name) === undefined) return owner;
  if (Array.isArray(owner)) return owner.toSpliced(Number(name), 1);
  return Object.fromEntries(Object.entries(owner as object).filter(([n]) => n !== name));
}

/** A name that is taken stays with who has it. */
function rename(owner: unknown, from: string, to: string): unknown {
  if (!isObject(owner) || !Object.hasOwn(owner, from) || Object.hasOwn(owner, to)) return owner;
  return Object.fromEntries(Object.entries(owner).map(([n, v]) => [n === from ? to : n, v]));
}

function insert(owner: unknown, name: string, value: unknown): unknown {
  return Array.isArray(owner) && isIndex(name) ? owner.toSpliced(Number(name), 0, value) : owner;
}

function move(owner: unknown, from: number, to: number): unknown {
  if (!Array.isArray(owner) || !(from < owner.length)) return owner;
  return owner.toSpliced(from, 1).toSpliced(to, 0, owner[from]);
}
