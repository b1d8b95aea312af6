import { join, type Pointer } from '../document/pointer';
import { isObject, type Json, list, object } from '../json';

/** The codings of a CodeableConcept that stands at the pointer, in the order of the message. */
export function codingsOf(concept: unknown, at: Pointer): { coding: Json; pointer: Pointer }[] {
  return list(object(concept).coding).flatMap((coding, i) =>
    isObject(coding) ? [{ coding, pointer: join(at, 'coding', i) }] : [],
  );
}
