import type { Binding } from '../core/definitions/definition';
import type { Element } from '../core/definitions/element';
import { parentOf, type Pointer, segmentsOf } from '../core/document/pointer';

type ElementsAt = (pointer: Pointer) => Element[];

export type CodingPart = 'system' | 'code' | 'display';

/** The last name of a pointer, and whether it is a part of a Coding there. */
export function codingPart(pointer: Pointer, elementsAt: ElementsAt): CodingPart | undefined {
  const name = segmentsOf(pointer).at(-1);
  if (name !== 'system' && name !== 'code' && name !== 'display') return undefined;
  return elementsAt(parentOf(pointer)).some((e) => e.types[0]?.code === 'Coding') ? name : undefined;
}

/** What binds the value at a pointer: the element itself, or the Coding or CodeableConcept it is a part of. */
export function bindingsAt(pointer: Pointer, elementsAt: ElementsAt): Binding[] {
  const owners = [pointer];
  if (codingPart(pointer, elementsAt) !== undefined) owners.push(parentOf(pointer));
  const coding = owners.at(-1)!;
  const concept = coding.replace(/\/coding(\/\d+)?$/, '');
  if (concept !== coding) owners.push(concept);
  return owners.flatMap((owner) => elementsAt(owner)).flatMap((element) => element.binding ?? []);
}
