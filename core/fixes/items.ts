// Lists with an item too many, or with one in the wrong place.
import { join, type Pointer } from '../document/pointer';
import type { Fix } from '../finding';
import { isObject } from '../json';
import { labelOf } from '../itk3/label';
import { equal } from '../validate/equal';
import { sliceOf } from '../validate/slicing';
import { fhirValue } from '../validate/wording';
import type { FixMaker } from './fixing';
import { itemAt, placeOf } from './place';

/** Of more nobody could choose. */
const MOST = 20;

/** Only who wrote them knows which is too many; of two that say the same it does not matter. */
export const fewer: FixMaker = ({ pointer, slice }, fixing) => {
  const place = placeOf(pointer, fixing);
  if (!place || !Array.isArray(place.value)) return [];
  const { at, spot } = place;
  const items: unknown[] = place.value;
  const { knowledge, message } = fixing;
  const sliced = spot.find((e) => e.slices?.some((s) => s.sliceName === slice));
  const places = items.flatMap((item, i) =>
    slice === undefined || (sliced && sliceOf(item, sliced, { knowledge, message, at })?.sliceName === slice)
      ? [i]
      : [],
  );
  if (places.length > MOST) return [];
  const repeated = places.filter((i) => places.some((j) => j < i && equal(items[j], items[i])));
  if (repeated.length > 0)
    return [{ ...removing(pointer, repeated, 'Remove what is repeated'), sure: repeated.length === places.length - 1 }];
  return places.map((i) => ({ ...removing(pointer, [i], `Remove ${called(items[i], i, places)}`), sure: false }));
};

function removing(list: Pointer, places: readonly number[], title: string): Fix {
  const changes = places.toReversed().map((i) => ({ kind: 'remove' as const, pointer: join(list, i) }));
  return changes.length === 1 ? { title, ...changes[0]! } : { kind: 'all', title, changes };
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth'];

function called(item: unknown, i: number, places: readonly number[]): string {
  const ordinal = ORDINALS[places.indexOf(i)] ?? `${places.indexOf(i) + 1}th`;
  const says = typeof item === 'object' ? '' : `, ${fhirValue(item)}`;
  return `the ${ordinal}${says}`;
}

/** What may not stand in the list at all. */
export const without: FixMaker = ({ pointer }, fixing) => {
  const value = placeOf(pointer, fixing)?.value;
  const what = isObject(value) && typeof value.resourceType === 'string' ? labelOf(value) : 'it';
  return [{ kind: 'remove', title: `Remove ${what}`, pointer, sure: false }];
};

/** Slices in their order, and what belongs to none behind them. */
export const inOrder: FixMaker = ({ pointer }, fixing) => {
  const item = itemAt(pointer, fixing);
  const list = item && placeOf(item.list, fixing);
  const sliced = list?.spot.find((e) => e.slices && e.slicing);
  if (!item || !list || !sliced) return [];
  const { knowledge, message } = fixing;
  const order = (sliced.slices ?? []).map((slice) => slice.sliceName);
  const isOrdered = sliced.slicing?.ordered === true;
  const rank = (value: unknown): number => {
    const slice = sliceOf(value, sliced, { knowledge, message, at: list.at });
    return !slice ? Infinity : isOrdered ? order.indexOf(slice.sliceName) : 0;
  };
  const ranks = item.items.map(rank);
  const own = ranks[item.index]!;
  const rest = ranks.toSpliced(item.index, 1);
  const to = rest.findLastIndex((other) => other <= own) + 1;
  const belongs = own === Infinity ? rest.findLastIndex((other) => other !== Infinity) + 1 : to;
  if (belongs === item.index) return [];
  return [
    {
      kind: 'move',
      title: belongs > item.index ? 'Move it behind them' : 'Move it to its place',
      pointer,
      to: belongs,
    },
  ];
};
