// One place in a message with all that is known around it, as every kind of meaning is asked of.
import type { Element } from '../../core/definitions/element';
import { join, parentOf, type Pointer, segmentsOf, valueAt } from '../../core/document/pointer';
import type { Format } from '../../core/document/source-document';
import type { Located, Message } from '../../core/itk3/message';
import { isObject, type Json } from '../../core/json';
import type { Knowledge } from '../../core/knowledge';
import { locate } from '../../core/validate/locate';
import type { Applicable } from '../../core/validate/stage';
import type { TerminologyAnswer } from '../../core/validate/terminology-answers';

export interface Around {
  message: Message;
  /** How the message is written: examples are written so. */
  format: Format;
  applicable: Applicable;
  knowledge: Knowledge;
  /** What a terminology server says of the Coding at a pointer. */
  saidOf: (coding: Pointer) => { answer: TerminologyAnswer; server: string } | undefined;
}

export interface Spot extends Around {
  pointer: Pointer;
  value: unknown;
  /** The property that it is, or is an item of; empty for the whole. */
  name: string;
  /** The object in which it stands, and where that stands. */
  beside: Json;
  besideAt: Pointer;
  /** The resource in which it stands. */
  at: Located;
  elements: Element[];
  /** Its FHIR type, where that is certain. */
  type: string | undefined;
  elementsAt: (pointer: Pointer) => Element[];
}

/** Undefined where there is no resource. */
export function spotAt(pointer: Pointer, around: Around): Spot | undefined {
  const { message, applicable, knowledge } = around;
  const located = locate(pointer, message, applicable, knowledge);
  if (!located) return undefined;
  const { at, elements } = located;
  const root = message.root.resource;
  let besideAt = parentOf(pointer);
  let name = segmentsOf(pointer).at(-1) ?? '';
  while (besideAt !== '' && Array.isArray(valueAt(root, besideAt))) {
    name = segmentsOf(besideAt).at(-1)!;
    besideAt = parentOf(besideAt);
  }
  const beside = valueAt(root, besideAt);
  return {
    ...around,
    pointer,
    value: valueAt(root, pointer),
    name,
    beside: isObject(beside) ? beside : {},
    besideAt,
    at,
    elements,
    type: typeOf(elements),
    elementsAt: (where) => locate(where, message, applicable, knowledge)?.elements ?? [],
  };
}

function typeOf(elements: readonly Element[]): string | undefined {
  return elements.find(({ types }) => types.length === 1)?.types[0]?.code;
}

/** FHIR's way to name an element: `Patient.identifier:nhsNumber.value`, from the resource on and with its slices. */
export function pathOf({ pointer, at, elementsAt }: Pick<Spot, 'pointer' | 'at' | 'elementsAt'>): string {
  let path = at.type;
  let where = at.pointer;
  for (const segment of segmentsOf(pointer.slice(at.pointer.length))) {
    where = join(where, segment);
    if (!/^\d+$/.test(segment)) {
      path += `.${segment}`;
      continue;
    }
    const slice = elementsAt(where).find((element) => element.sliceName)?.sliceName;
    if (slice !== undefined) path += `:${slice}`;
  }
  return path;
}
