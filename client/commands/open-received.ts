import { tellLookFailed } from '../following/look';
import { messageMeant, placeMeant } from '../following/known-places';
import type { Toolkit } from '../toolkit';
import { tell } from '../tell';

/** @param argument an element of the view, or `{ mailbox, message }` with the MESH id */
export async function openReceived(toolkit: Toolkit, argument?: unknown): Promise<void> {
  const place = placeMeant(toolkit.sandbox, argument);
  const meshId = messageMeant(argument);
  if (!place || meshId === undefined) {
    tell('warning', 'There is no such message: look into the mailbox again.');
    return;
  }
  try {
    const whole = await toolkit.inboxes.whole(place, meshId);
    if (whole) await toolkit.responses.open(whole);
  } catch (error) {
    tellLookFailed(toolkit, place, error, () => openReceived(toolkit, argument));
  }
}
