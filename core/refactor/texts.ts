import { isObject } from '../json';

/**
 * A value with its texts written anew. What stays as it was is the same object, so that only the difference becomes an edit.
 * @param replace told the text, and the name of the property that it stands in or under
 * @param isSpared values that stay as they are
 */
export function withTexts(
  value: unknown,
  replace: (text: string, name: string) => string,
  isSpared: (value: unknown) => boolean = () => false,
  name = '',
): unknown {
  if (typeof value === 'string') return replace(value, name);
  if (isSpared(value)) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => withTexts(item, replace, isSpared, name));
    return items.every((item, i) => item === value[i]) ? value : items;
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([n, inner]) => [n, withTexts(inner, replace, isSpared, n)] as const);
  return members.every(([n, inner]) => inner === value[n]) ? value : Object.fromEntries(members);
}
