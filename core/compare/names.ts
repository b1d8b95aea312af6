import type { Located, Message } from '../itk3/message';
import type { Matches } from './match';

/** What each resource is called where something leads to it: the same for two that are one. */
export function namesOf(left: Message, right: Message, matches: Matches): Map<Located, string> {
  const names = new Map<Located, string>();
  const counts = new Map<string, number>();
  const name = (one: Located): string => {
    const count = (counts.get(one.type) ?? 0) + 1;
    counts.set(one.type, count);
    return `(${one.type} ${count})`;
  };
  for (const one of left.resources) {
    const called = name(one);
    names.set(one, called);
    const match = matches.get(one);
    if (match) names.set(match, called);
  }
  for (const one of right.resources) if (!names.has(one)) names.set(one, name(one));
  return names;
}
