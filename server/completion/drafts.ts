// Objects and lists have no value to choose, but what must be inside can be written, or their brackets alone.
import { filled, hole } from '../../core/draft/draft';
import { draftOf, draftProperty } from '../../core/draft/element';
import { isObject } from '../../core/json';
import { cardinality, type Described, typeWords } from '../describe';
import { explain } from '../hover/explain';
import { isWholeList } from './whole-list';
import { draftingAt } from './drafting';
import type { Offer } from './offer';
import type { Spot } from './spot';

export function draftOffers(spot: Spot, described: Described): Offer[] {
  const { cursor, knowledge } = spot;
  if (cursor.begun) return [];
  const { elements, types } = described;
  const many = isWholeList(cursor.pointer, elements);
  const drafted = many ? draftProperty(elements, draftingAt(spot)) : draftOf(elements, draftingAt(spot));
  const [item] = Array.isArray(drafted) ? (drafted as unknown[]) : [drafted];
  if (!isObject(filled(item))) return [];
  const detail = `${typeWords(types, knowledge.registry)} ${cardinality(described)}`.trim();
  const documentation = (): string => explain(described, knowledge);
  const inside = Object.keys(filled(item) as object);
  const bare: Offer = {
    label: many ? '[{ }]' : '{ }',
    kind: 'type',
    draft: many ? [hole({})] : hole({}),
    detail,
    documentation,
  };
  // An example of anything is of no help.
  if (inside.length === 0 || JSON.stringify(filled(item)).includes('"urn:example"')) return [bare];
  const label = `{ ${inside.slice(0, 3).join(', ')}${inside.length > 3 ? ', …' : ''} }`;
  return [{ label: many ? `[${label}]` : label, kind: 'type', draft: drafted, detail, documentation }, bare];
}
