// What is offered for an element whose value nothing is known of.
import type { TypeReference } from '../../core/definitions/definition';
import { type Element, isList } from '../../core/definitions/element';
import { BASE, type Registry } from '../../core/definitions/registry';
import { type Pointer, segmentsOf } from '../../core/document/pointer';
import { type Draft, hole } from '../../core/draft/draft';
import type { Described } from '../describe';

/** Whether the brackets of a list are part of what is written at a pointer: not at one of its items. */
export function isWholeList(pointer: Pointer, elements: Element[]): boolean {
  return !/^\d+$/.test(segmentsOf(pointer).at(-1) ?? '') && elements.some(isList);
}

/** The whole value of a property, as a list where STU3 has a list. */
export function draftOf(described: Described, registry: Registry): Draft {
  const item = itemDraft(described, registry);
  return described.elements.some(isList) ? [item] : item;
}

/** One value: an item where there is a list. */
export function itemDraft({ fixed, types }: Described, registry: Registry): Draft {
  return fixed !== undefined ? fixed : typeDraft(types[0], registry);
}

function typeDraft(type: TypeReference | undefined, registry: Registry): Draft {
  const code = type?.code ?? 'BackboneElement';
  switch (code) {
    case 'boolean':
      return hole(false, { choices: [true, false] });
    case 'decimal':
    case 'integer':
    case 'unsignedInt':
      return hole(0);
    case 'positiveInt':
      return hole(1);
    default:
      return hole(registry.definition(BASE + code)?.kind === 'primitive-type' ? '' : {});
  }
}
