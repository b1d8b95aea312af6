// The References of a message, and the resources that a spot in it has to do with.
import { isWithin, join, parentOf, type Pointer, valueAt } from '../document/pointer';
import { type Json, list } from '../json';
import { type Located, type Message, referenceIn, resolve } from './message';

export interface Reference {
  /** The resource in which it stands. */
  from: Located;
  /** Of the Reference. */
  pointer: Pointer;
  reference: string;
}

/** Every Reference of the message that holds a reference, in the order of the text. */
export function referencesOf(message: Message): Reference[] {
  const references: Reference[] = [];
  // Most values are no references, and need no pointer.
  const path: (string | number)[] = [];
  const visit = (value: object, from: Located): void => {
    const inside = Array.isArray(value) ? from : (message.located.get(value as Json) ?? from);
    const reference = referenceIn(value);
    if (reference !== undefined) references.push({ from: inside, pointer: join('', ...path), reference });
    const names = Array.isArray(value) ? value.keys() : Object.keys(value);
    for (const name of names) {
      const one = (value as Record<string | number, unknown>)[name];
      if (typeof one !== 'object' || one === null) continue;
      path.push(name);
      visit(one, inside);
      path.pop();
    }
  };
  visit(message.root.resource, message.root);
  return references;
}

/** The whole entry of a resource that is one; else the resource. */
export function wholeOf({ bundle, container, pointer }: Located): Pointer {
  return bundle && !container ? parentOf(pointer) : pointer;
}

/** The innermost resource in which, or in whose entry, a spot lies. */
export function entryAround(pointer: Pointer, { root, resources }: Message): Located {
  return resources.findLast((located) => isWithin(pointer, wholeOf(located))) ?? root;
}

/** The resources that a Reference at a spot, in or around it leads to. */
export function resourcesLedTo(pointer: Pointer, message: Message): Located[] {
  const value = valueAt(message.root.resource, pointer);
  const owners = [value, ...list(value), valueAt(message.root.resource, parentOf(pointer))];
  const references = owners.map(referenceIn).filter((reference) => reference !== undefined);
  if (references.length === 0) return [];
  const from = entryAround(pointer, message);
  return references.flatMap((reference) => resolve(message, from, reference) ?? []);
}
