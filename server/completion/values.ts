// Everything that may stand as a value at the cursor. The sources are asked in order; fixed values silence the rest.
import { parentOf, segmentsOf, valueAt } from '../../core/document/pointer';
import { isObject, list } from '../../core/json';
import { cardinality, type Described, describe, typeWords } from '../describe';
import { explain } from '../hover/explain';
import { prose } from '../hover/markdown';
import { codeOffers } from './codes';
import type { Offer } from './offer';
import { referenceOffers } from './references';
import { elementsBySlice } from './slices';
import type { Spot } from './spot';
import { filled } from '../../core/draft/draft';
import { draftOf, isWholeList, itemDraft } from './blank';

export function valueOffers(spot: Spot): Offer[] {
  const { pointer } = spot.cursor;
  if (segmentsOf(pointer).at(-1) === 'resourceType') return [];
  if (isFull(spot)) return [];
  if (/\/meta\/profile(\/\d+)?$/.test(pointer)) return profiles(spot);
  const described = describe(spot.elementsAt(pointer), spot.knowledge.registry);
  if (!described || described.max === 0) return [];
  const fixed = fixedValues(described, spot);
  if (described.fixed !== undefined) return fixed;
  return [
    ...fixed,
    ...booleans(described),
    ...without(fixed, codeOffers(spot, described)),
    ...referenceOffers(spot),
    ...stubs(described, spot),
  ];
}

/** Whether the list around the cursor holds all that it may, besides the item that the cursor is in. */
function isFull({ cursor: { pointer, begun }, root, elementsAt }: Spot): boolean {
  const items = valueAt(root, parentOf(pointer));
  if (!Array.isArray(items)) return false;
  const before = begun ? Number(segmentsOf(pointer).at(-1)) : items.length - 1;
  return elementsAt(parentOf(pointer)).some(({ max }) => before >= max);
}

function fixedValues(described: Described, spot: Spot): Offer[] {
  if (described.fixed !== undefined || described.pattern !== undefined) {
    const value = described.fixed ?? described.pattern;
    return [
      {
        label: shown(value),
        kind: 'value',
        draft: value,
        detail: 'the only value here',
        documentation: () => explain(described, spot.knowledge),
        preselect: true,
      },
    ];
  }
  const bySlice = elementsBySlice(spot.cursor.pointer, spot).filter(({ element }) => element.fixed !== undefined);
  const values = new Map(bySlice.map((one) => [shown(one.element.fixed), one]));
  return [...values].map(([label, { slice, element }]) => ({
    label,
    kind: 'value',
    draft: element.fixed,
    detail: slice.sliceName,
    documentation: () => slice.short && prose(slice.short),
  }));
}

function without(known: Offer[], offers: Offer[]): Offer[] {
  const labels = new Set(known.map((offer) => offer.label));
  return offers.filter((offer) => !labels.has(offer.label));
}

function booleans({ types }: Described): Offer[] {
  if (types[0]?.code !== 'boolean') return [];
  return [true, false].map((value) => ({ label: String(value), kind: 'value', draft: value }));
}

/** Objects and lists have no value to choose, but their brackets can be written. */
function stubs(described: Described, { cursor, knowledge }: Spot): Offer[] {
  if (cursor.begun) return [];
  const { registry } = knowledge;
  const many = isWholeList(cursor.pointer, described.elements);
  const item = itemDraft(described, registry);
  if (!isObject(filled(item))) return [];
  const draft = many ? draftOf(described, registry) : item;
  const detail = `${typeWords(described.types, registry)} ${cardinality(described)}`.trim();
  return [
    { label: many ? '[{ }]' : '{ }', kind: 'type', draft, detail, documentation: () => explain(described, knowledge) },
  ];
}

/** Profiles of the resource's type that it does not claim yet, those that hold here anyway first. */
function profiles({ cursor, at, root, applicable, knowledge: { registry } }: Spot): Offer[] {
  const { pointer } = cursor;
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

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
