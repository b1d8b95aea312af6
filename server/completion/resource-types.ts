// Values of resourceType. They are offered before the text is a resource at all, so they need no message around them.
import { BASE, type Registry } from '../../core/definitions/registry';
import { segmentsOf } from '../../core/document/pointer';
import { isObject } from '../../core/json';
import type { Knowledge } from '../../core/knowledge';
import { readJsonValue } from '../../core/document/json-document';
import type { Cursor } from './cursor';
import { type JsonCursor, textWith } from './json-cursor';
import { prose } from '../hover/markdown';
import type { Offer } from './offer';

export function isResourceType({ kind, pointer }: Cursor): boolean {
  return kind === 'value' && segmentsOf(pointer).at(-1) === 'resourceType';
}

/** Types that the profiles at hand constrain come first: they are what messages are made of. */
export function resourceTypeOffers(text: string, cursor: JsonCursor, typed: string, { registry }: Knowledge): Offer[] {
  const types = registry.resourceTypes();
  if (cursor.pointer === '/resourceType') {
    // A file that is none of ours may use the name: only an empty or fitting beginning is ours.
    const begun = typed.replace(/"/g, '').toLowerCase();
    if (!types.some((type) => type.toLowerCase().startsWith(begun))) return [];
  } else if (!isResourceSlot(text, cursor)) return [];
  return typeOffers(cursor.pointer === '/resourceType', registry);
}

/** @param isRoot of the whole document: a message is a Bundle */
export function typeOffers(isRoot: boolean, registry: Registry): Offer[] {
  const types = registry.resourceTypes();
  const profiled = new Set(registry.profileUrls().map((url) => registry.definition(url)?.type));
  const likeliest = isRoot ? 'Bundle' : undefined;
  const rank = (type: string): number => (type === likeliest ? 0 : profiled.has(type) ? 1 : 2);
  const sorted = types.toSorted((a, b) => rank(a) - rank(b));
  return sorted.map((type) => ({
    label: type,
    kind: 'type',
    draft: type,
    ...(type === likeliest && { preselect: true }),
    documentation: () => prose(registry.tree(BASE + type)?.definition ?? ''),
  }));
}

/** Resources stand in entries, in `contained`, in Parameters and in responses. */
function isResourceSlot(text: string, cursor: JsonCursor): boolean {
  const root = readJsonValue(textWith(text, cursor, ''));
  const isResource = isObject(root) && typeof root.resourceType === 'string';
  return isResource && /\/(resource|outcome|contained\/\d+)\/resourceType$/.test(cursor.pointer);
}
