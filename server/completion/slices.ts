// Of a list item that belongs to no slice yet: what each slice would ask of it.
import type { Element } from '../../core/definitions/element';
import { isWithin, parentOf, type Pointer, segmentsOf, valueAt } from '../../core/document/pointer';
import { list } from '../../core/json';
import { sliceOf } from '../../core/validate/slicing';
import type { Spot } from './spot';

export interface BySlice {
  slice: Element;
  /** What the slice says of the spot asked for. */
  element: Element;
}

/** One for each slice that may still stand; empty when the slice is known or there are none. */
export function elementsBySlice(pointer: Pointer, spot: Spot): BySlice[] {
  let item = pointer;
  while (item !== spot.at.pointer && isWithin(item, spot.at.pointer)) {
    const items = valueAt(spot.root, parentOf(item));
    if (Array.isArray(items)) {
      const rest = segmentsOf(pointer.slice(item.length));
      const found = spot.elementsAt(item).flatMap((sliced) => openSlices(sliced, list(items), spot));
      if (found.length > 0)
        return found.flatMap((slice) => descend(slice, rest, spot).map((element) => ({ slice, element })));
    }
    item = parentOf(item);
  }
  return [];
}

/** What may still stand at the cursor, each slice with what every profile says of it, those that must be there first. */
export function slicesAt(spot: Spot): Element[][] {
  const { pointer } = spot.cursor;
  const items = /\/\d+$/.test(pointer) ? valueAt(spot.root, parentOf(pointer)) : [];
  const open = spot.elementsAt(pointer).flatMap((sliced) => openSlices(sliced, list(items), spot));
  const byName = new Map<string | undefined, Element[]>();
  for (const slice of open) byName.set(slice.sliceName, [...(byName.get(slice.sliceName) ?? []), slice]);
  const least = (slice: Element[]): number => Math.max(...slice.map(({ min }) => min));
  return [...byName.values()].sort((a, b) => least(b) - least(a));
}

/** The slices of which the list does not hold as many as it may. */
function openSlices(sliced: Element, items: unknown[], { knowledge, message, at }: Spot): Element[] {
  const taken = items.map((item) => sliceOf(item, sliced, { knowledge, message, at }));
  return (sliced.slices ?? []).filter((slice) => taken.filter((one) => one === slice).length < slice.max);
}

function descend(from: Element, names: string[], { knowledge: { registry } }: Spot): Element[] {
  let element: Element | undefined = from;
  for (const name of names.filter((n) => !/^\d+$/.test(n))) element = element && registry.childrenOf(element).get(name);
  return element ? [element] : [];
}
