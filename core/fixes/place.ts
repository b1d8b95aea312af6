// The spot of a finding: what stands there, and what all that applies says of it.
import { parentOf, type Pointer, valueAt } from '../document/pointer';
import type { Drafting } from '../draft/drafting';
import type { Spot } from '../draft/spot';
import { isObject } from '../json';
import type { Located } from '../itk3/message';
import { locate } from '../validate/locate';
import type { Fixing } from './fixing';

export interface Place {
  at: Located;
  /** One element for each profile that applies; of a list, those of the list. */
  spot: Spot;
  value: unknown;
}

export function placeOf(pointer: Pointer, { message, applicable, knowledge }: Fixing): Place | undefined {
  const spotted = locate(pointer, message, applicable, knowledge);
  if (!spotted || spotted.elements.length === 0) return undefined;
  return { at: spotted.at, spot: spotted.elements, value: valueAt(message.root.resource, pointer) };
}

/** @param pointer where the draft will stand */
export function draftingAt(at: Located, pointer: Pointer, { knowledge, fresh, message }: Fixing): Drafting {
  return { knowledge, fresh, message, from: at, at: pointer.slice(at.pointer.length) };
}

/** Of what stands at a pointer: the name, and the list that it is an item of. */
export function itemAt(
  pointer: Pointer,
  { message }: Fixing,
): { list: Pointer; items: unknown[]; index: number } | undefined {
  const list = parentOf(pointer);
  const items = valueAt(message.root.resource, list);
  const index = Number(pointer.slice(list.length + 1));
  return Array.isArray(items) && Number.isInteger(index) ? { list, items, index } : undefined;
}

/** What goes with a value: all around it that holds nothing else. */
export function emptied(pointer: Pointer, { message }: Fixing): Pointer {
  let empty = pointer;
  for (
    let owner = parentOf(empty);
    owner !== '' && isOnly(valueAt(message.root.resource, owner));
    owner = parentOf(owner)
  )
    empty = owner;
  return empty;
}

function isOnly(owner: unknown): boolean {
  if (Array.isArray(owner)) return owner.length === 1;
  return isObject(owner) && Object.keys(owner).length === 1;
}
