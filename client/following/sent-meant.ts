// The sent message that a command is about.
import { isObject } from '../../core/json';
import { keyOf, type Place } from '../../exchange/place';
import type { Exchange } from '../../exchange/timeline';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';
import { isOfAnotherWindow } from '../../exchange/ask-mesh';
import { knownPlaces } from './known-places';

/** Of an element of the view (`{ exchange }`), or `{ sent }`, its id; as it is now. Says so when there is none. */
export function sentMeant({ journal }: Toolkit, argument: unknown): Exchange | undefined {
  const id = idMeant(argument);
  const exchange = id === undefined ? undefined : journal.get(id);
  if (!exchange) tell('warning', 'There is no such message in the list of what was sent.');
  return exchange;
}

export function idMeant(argument: unknown): string | undefined {
  if (!isObject(argument)) return undefined;
  if (typeof argument.sent === 'string') return argument.sent;
  const attempt = isObject(argument.exchange) ? argument.exchange.attempt : undefined;
  return isObject(attempt) && typeof attempt.id === 'string' ? attempt.id : undefined;
}

/** The mailbox it was sent from, as it is now; undefined when it is not there any more. */
export function placeOf({ sandbox }: Toolkit, exchange: Exchange): Place | undefined {
  const { attempt } = exchange;
  if (isOfAnotherWindow(exchange, process.pid)) return undefined;
  return knownPlaces(sandbox).find((place) => keyOf(place) === attempt.place);
}
