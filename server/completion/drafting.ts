// What values are drafted with at a cursor.
import type { Pointer } from '../../core/document/pointer';
import type { Drafting } from '../../core/draft/drafting';
import type { Message } from '../../core/itk3/message';
import type { Fresh } from '../../core/fresh';
import { freshNow } from '../fresh-now';
import type { Spot } from './spot';

const FRESH = new WeakMap<Message, Fresh>();

/** @param pointer where the draft will stand */
export function draftingAt({ knowledge, message, at, cursor }: Spot, pointer: Pointer = cursor.pointer): Drafting {
  // The same for all that is offered at once, so that what is asked of the message is asked once.
  const fresh = FRESH.get(message) ?? freshNow();
  FRESH.set(message, fresh);
  return { knowledge, fresh, message, from: at, at: pointer.slice(at.pointer.length) };
}
