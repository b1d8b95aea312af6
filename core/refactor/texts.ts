import { isObject } from '../json';

/**
 * A value with its texts written anew. What stays as it was is the same object, so that only the difference becomes an edit.
 * @param replace told the text, and the name of the property that it stands in or under
 * @param instead what stands in an object's place, which may be the object itself; undefined to look inside
 */
export function withTexts(
  value: unknown,
  replace: (text: string, name: string) => string,
  instead: (value: object) => unknown = () => undefined,
  name = '',
): unknown {
  if (typeof value === 'string') return replace(value, name);
  if (typeof value !== 'object' || value === null) return value;
  const other = instead(value);
  if (other !== undefined) return other;
  if (Array.isArray(value)) {
    const items = value.map((item) => withTexts(item, replace, instead, name));
    return items.every((item, i) => item === value[i]) ? value : items;
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([n, inner]) => [n, withTexts(inner, replace, instead, n)] as const);
  return members.every(([n, inner]) => inner === value[n]) ? value : Object.fromEntries(members);
}
