// Profiles of the resource's type that it does not claim yet, those that hold here anyway first.
import { parentOf, valueAt } from '../../core/document/pointer';
import { list } from '../../core/json';
import { prose } from '../hover/markdown';
import type { Offer } from './offer';
import type { Spot } from './spot';

export function profileOffers({ cursor, at, root, applicable, knowledge: { registry } }: Spot): Offer[] {
  const { pointer } = cursor;
  if (!/\/meta\/profile(\/\d+)?$/.test(pointer)) return [];
  const many = pointer.endsWith('/profile');
  const claimed = many ? [] : list(valueAt(root, parentOf(pointer)));
  const holds = applicable.get(at) ?? new Set();
  const urls = registry
    .profileUrls()
    .filter((url) => registry.definition(url)?.type === at.type && !claimed.includes(url));
  const sorted = [...urls.filter((url) => holds.has(url)), ...urls.filter((url) => !holds.has(url))];
  return sorted.map((url) => {
    const definition = registry.definition(url);
    return {
      label: url,
      kind: 'value',
      draft: many ? [url] : url,
      detail: [definition?.title ?? definition?.name, definition?.version].filter(Boolean).join(' '),
      documentation: () => prose(registry.tree(url)?.short ?? ''),
    };
  });
}
