// Which namespace each prefix stands for, where it stands.
import { undeclared } from './xml-faults';
import type { XmlReading } from './xml-slips';
import type { StartTag } from './xml-tags';
import type { XmlAttribute } from './xml-tree';

/** Namespaces by their prefix; of the empty one, that of elements without a prefix. */
export type Scope = ReadonlyMap<string, string>;

export const OUTERMOST: Scope = new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]);

/** Inside a tag, with what it declares. */
export function scopeOf(attributes: readonly XmlAttribute[], outer: Scope): Scope {
  let scope: Map<string, string> | undefined;
  for (const { name, prefix, value } of attributes) {
    if (prefix === 'xmlns') (scope ??= new Map(outer)).set(name, value);
    else if (prefix === '' && name === 'xmlns') (scope ??= new Map(outer)).set('', value);
  }
  return scope ?? outer;
}

/** Prefixes are resolved once the tag is read whole: what declares them may stand last. */
export function checkPrefixes(
  reading: XmlReading,
  at: number,
  { name: { prefix }, attributes }: StartTag,
  scope: Scope,
): void {
  if (prefix !== '' && scope.get(prefix) === undefined) undeclared(reading, at + 1, prefix);
  for (const one of attributes) {
    if (one.prefix === '' || one.prefix === 'xmlns') continue;
    const uri = scope.get(one.prefix);
    // Two prefixes of one namespace may make one name of two.
    reading.isPlain = false;
    if (uri === undefined) undeclared(reading, one.start, one.prefix);
    else one.uri = uri;
  }
}
