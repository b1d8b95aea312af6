import { isObject } from '../../core/json';
import { messageMeant, placeMeant } from '../following/known-places';
import { takeOutOf } from '../following/take-out';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';

/**
 * @param argument an element of the view, or `{ mailbox, message, file }`: with a file nobody is asked
 * @returns whether it is out of the mailbox
 */
export async function takeOut(toolkit: Toolkit, argument?: unknown): Promise<boolean> {
  const place = placeMeant(toolkit.sandbox, argument);
  const meshId = messageMeant(argument);
  if (!place || meshId === undefined) {
    tell('warning', 'There is no such message: look into the mailbox again.');
    return false;
  }
  const file = isObject(argument) && typeof argument.file === 'string' ? argument.file : undefined;
  return takeOutOf(toolkit, place, meshId, file);
}
