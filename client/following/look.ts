// A look into a mailbox that a person asked for, and what is told when it fails.
import { keyOf, type Place } from '../../exchange/place';
import { MeshError, sentenceOf } from '../../mesh/errors';
import { tell, tellError } from '../tell';
import type { Toolkit } from '../toolkit';
import type { InboxState, LookOptions } from './inboxes';
import { knownPlaces } from './known-places';

/** Undefined when it failed, which is told, or the person gave up. */
export async function lookFor(
  toolkit: Toolkit,
  place: Place,
  options: Omit<LookOptions, 'quiet'> = {},
): Promise<InboxState | undefined> {
  try {
    const state = await toolkit.inboxes.look(place, options);
    toolkit.recent.mailbox = keyOf(place);
    return state;
  } catch (error) {
    tellLookFailed(toolkit, place, error, (now) => lookFor(toolkit, now, options));
    return undefined;
  }
}

/** @param again with the mailbox as it is known then; not when it is there no more */
export function tellLookFailed(
  toolkit: Toolkit,
  place: Place,
  error: unknown,
  again: (place: Place) => unknown,
  actions: Readonly<Record<string, () => unknown>> = {},
): void {
  if (!(error instanceof MeshError)) {
    tellError(error);
    return;
  }
  if (error.kind === 'cancelled') return;
  const retry = async (): Promise<void> => {
    const now = knownPlaces(toolkit.sandbox).find((one) => keyOf(one) === keyOf(place));
    if (now) await again(now);
    else tell('warning', `Mailbox ${place.mailbox} is not there any more.`);
  };
  const anew = async (): Promise<void> => {
    await toolkit.connections.keeper.forget(place);
    await retry();
  };
  tell('error', sentenceOf(error), {
    ...(error.kind === 'authentication' && !place.sandbox ? { 'Enter the password again': anew } : {}),
    'Try again': retry,
    ...actions,
  });
}
