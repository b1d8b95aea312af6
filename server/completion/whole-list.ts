import { type Element, isList } from '../../core/definitions/element';
import { type Pointer, segmentsOf } from '../../core/document/pointer';

/** Whether the brackets of a list are part of what is written at a pointer: not at one of its items. */
export function isWholeList(pointer: Pointer, elements: Element[]): boolean {
  return !/^\d+$/.test(segmentsOf(pointer).at(-1) ?? '') && elements.some(isList);
}
