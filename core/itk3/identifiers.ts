import { join, type Pointer } from '../document/pointer';
import { isObject, type Json, list } from '../json';
import type { Located } from './message';

export interface LocatedIdentifier {
  identifier: Json;
  pointer: Pointer;
}

/** The identifiers of a resource that are of one of the systems, in the order of the message. */
export function identifiersOf(
  { resource, pointer }: Pick<Located, 'resource' | 'pointer'>,
  systems: readonly unknown[],
): LocatedIdentifier[] {
  return list(resource.identifier).flatMap((identifier, i) =>
    isObject(identifier) && identifier.system !== undefined && systems.includes(identifier.system)
      ? [{ identifier, pointer: join(pointer, 'identifier', i) }]
      : [],
  );
}
