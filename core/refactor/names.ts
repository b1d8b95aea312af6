// A person's name in every order and shortening in which a text may have it.
import { list, type Json, text } from '../json';
import type { Swap } from './swaps';

interface Name {
  given: string[];
  family: string;
}

export function namesIn(name: Json, to: Name): Swap[] {
  const given = list(name.given).flatMap((part) => text(part) ?? []);
  const family = text(name.family);
  const swaps: Swap[] = [];
  const swap = (from: string, instead: string, kind: Swap['kind'] = 'name'): void =>
    void swaps.push({ kind, from, to: instead });
  if (family !== undefined) {
    const first = to.given[0]!;
    // Both names together are a name even in small letters.
    if (given.length > 0) {
      swap(`${given[0]!} ${family}`, `${first} ${to.family}`, 'names');
      swap(`${family} ${given[0]!}`, `${to.family} ${first}`, 'names');
    }
    for (const initials of initialsOf(given)) {
      swap(`${initials} ${family}`, `${first[0]!} ${to.family}`);
      swap(`${family}, ${initials}`, `${to.family}, ${first[0]!}`);
    }
    for (const part of [family, ...family.split(/[\s-]+/)]) swap(part, to.family);
  }
  if (given.length > 1) swap(given.join(' '), to.given.join(' '));
  given.forEach((part, i) => swap(part, to.given[i] ?? to.given[0]!));
  return swaps;
}

/** S, S., S P, S.P., S. P., SP */
function initialsOf(given: readonly string[]): string[] {
  const [first, ...more] = given.flatMap((name) => /\p{L}/u.exec(name)?.[0] ?? []);
  if (first === undefined) return [];
  const all = [first, ...more];
  const forms = more.length === 0 ? [] : [all.join(' '), `${all.join('.')}.`, `${all.join('. ')}.`, all.join('')];
  return [...forms, first, `${first}.`];
}
