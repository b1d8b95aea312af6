// Values that are fixed, by what is told of the place or by the slices that may stand there; and booleans.
import type { Described } from '../describe';
import { explain } from '../hover/explain';
import { prose } from '../hover/markdown';
import type { Offer } from './offer';
import { elementsBySlice } from './slices';
import type { Spot } from './spot';

export function fixedOffers(spot: Spot, described: Described): Offer[] {
  const value = described.fixed ?? described.pattern;
  if (value !== undefined)
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
  return described.types[0]?.code === 'boolean' ? booleans() : bySlice(spot);
}

function bySlice(spot: Spot): Offer[] {
  const found = elementsBySlice(spot.cursor.pointer, spot).filter(({ element }) => element.fixed !== undefined);
  const values = new Map(found.map((one) => [shown(one.element.fixed), one]));
  return [...values].map(([label, { slice, element }]) => ({
    label,
    kind: 'value',
    draft: element.fixed,
    detail: slice.sliceName,
    documentation: () => slice.short && prose(slice.short),
  }));
}

function booleans(): Offer[] {
  return [true, false].map((value) => ({ label: String(value), kind: 'value', draft: value }));
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
