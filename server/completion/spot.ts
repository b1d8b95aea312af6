// The message around a cursor: read as if something stood there, so that it parses and every profile is known.
import { applicableProfiles } from '../../core/validate/applicable';
import { locate } from '../../core/validate/locate';
import type { Pointer } from '../../core/document/pointer';
import type { Element } from '../../core/definitions/element';
import { isObject } from '../../core/json';
import { type Located, type Message, readMessage } from '../../core/itk3/message';
import type { Knowledge } from '../../core/knowledge';
import type { Applicable } from '../../core/validate/stage';
import type { Cursor } from './cursor';

export interface Spot {
  cursor: Cursor;
  root: unknown;
  message: Message;
  applicable: Applicable;
  knowledge: Knowledge;
  /** The resource in which the cursor stands. */
  at: Located;
  /** What describes the value at a pointer of the same message. */
  elementsAt: (pointer: Pointer) => Element[];
}

/** A name that no one types, to stand where a name is being typed. */
export const TYPED = '\u2063';

/** @param root what the text says with something at the cursor */
export function spotOf(root: unknown, cursor: Cursor, knowledge: Knowledge): Spot | undefined {
  const message = readMessage(root);
  if (!message) return undefined;
  const applicable = applicableProfiles(message, knowledge);
  headersByPlace(message, applicable, knowledge);
  const at = locate(cursor.pointer, message, applicable, knowledge)?.at;
  if (!at) return undefined;
  const elementsAt = (pointer: Pointer): Element[] => locate(pointer, message, applicable, knowledge)?.elements ?? [];
  return { cursor, root, message, applicable, knowledge, at, elementsAt };
}

/** Before its event is written a header is known by its place alone, and the event is what is to be offered. */
function headersByPlace(message: Message, applicable: Applicable, { envelope }: Knowledge): void {
  for (const located of message.resources) {
    const isHeader = located.type === 'MessageHeader' && located.bundle === message.root;
    const hasEvent = isObject(located.resource.event) && typeof located.resource.event.code === 'string';
    if (isHeader && !hasEvent && !applicable.get(located)?.size) applicable.set(located, new Set([envelope.header]));
  }
}
