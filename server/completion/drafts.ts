// Objects and lists have no value to choose, but what must be inside can be written, or their brackets alone.
import { filled, hole } from '../../core/draft/draft';
import { draftOf, draftProperty } from '../../core/draft/element';
import { labelOf } from '../../core/itk3/label';
import { referenceIn, resolve } from '../../core/itk3/message';
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
  // In XML the tags are there already.
  const isXml = cursor.format === 'xml';
  const bare: Offer = {
    label: many ? '[{ }]' : '{ }',
    kind: 'type',
    draft: many ? [hole({})] : hole({}),
    detail,
    documentation,
  };
  // An example of anything is of no help.
  if (inside.length === 0 || JSON.stringify(filled(item)).includes('"urn:example"')) return isXml ? [] : [bare];
  const names = `${inside.slice(0, 3).join(', ')}${inside.length > 3 ? ', …' : ''}`;
  const meant = meantBy(item, spot) ?? detail;
  const label = isXml ? names : many ? `[{ ${names} }]` : `{ ${names} }`;
  return [{ label, kind: 'type', draft: drafted, detail: meant, documentation }, ...(isXml ? [] : [bare])];
}

/** Of what does nothing but refer, to whom. */
function meantBy(item: unknown, { message, at }: Spot): string | undefined {
  const members = isObject(item) ? Object.values(item) : [];
  const reference = members.length === 1 ? referenceIn(filled(members[0])) : undefined;
  const target = reference === undefined ? undefined : resolve(message, at, reference);
  return target && labelOf(target.resource, (inner) => resolve(message, target, inner)?.resource);
}
