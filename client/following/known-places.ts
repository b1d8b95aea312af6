// The mailboxes of this window, and the one that a command is about.
import { isObject } from '../../core/json';
import { keyOf, type Place, readMailboxId } from '../../exchange/place';
import { DEFAULT_MAILBOXES } from '../../mesh/sandbox/accounts';
import { pickPlace } from '../mailboxes/choose-place';
import { configuredPlaces } from '../mailboxes/mailboxes';
import { pharmacyOf, type WindowSandbox } from '../sandbox';

/** As they are now: the settings may have changed, and the sandbox may have stopped. */
export function knownPlaces(sandbox: WindowSandbox): Place[] {
  return [...(sandbox.running ? [pharmacyOf(sandbox.running)] : []), ...configuredPlaces()];
}

/**
 * The mailbox that an argument means: an element of the view (`{ place }`), or `{ mailbox }`, its id, from a keybinding or a
 * test. As it is now; undefined when there is none, whatever the argument claims to be.
 */
export function placeMeant(sandbox: WindowSandbox, argument: unknown): Place | undefined {
  if (!isObject(argument)) return undefined;
  const { place, mailbox } = argument;
  const places = knownPlaces(sandbox);
  if (typeof mailbox === 'string') return places.find((one) => one.mailbox === readMailboxId(mailbox));
  return isPlace(place) ? places.find((one) => keyOf(one) === keyOf(place)) : undefined;
}

/** As far as `keyOf` looks. */
function isPlace(value: unknown): value is Place {
  return isObject(value) && value.endpoint instanceof URL && typeof value.mailbox === 'string';
}

/** MESH id of the message that an argument means: of an element (`{ received }`), or `{ message }`. */
export function messageMeant(argument: unknown): string | undefined {
  if (!isObject(argument)) return undefined;
  const { received, message } = argument;
  if (typeof message === 'string') return message;
  return isObject(received) && typeof received.meshId === 'string' ? received.meshId : undefined;
}

export async function askPlace(sandbox: WindowSandbox, title: string): Promise<Place | undefined> {
  const places = knownPlaces(sandbox);
  return places.length < 2 ? places[0] : pickPlace(places, title);
}

/** What people call a mailbox of the same server. */
export function nameOfMailbox(sandbox: WindowSandbox, from: Place, mailbox: string): string | undefined {
  const id = mailbox.toUpperCase();
  if (from.sandbox) return DEFAULT_MAILBOXES.find((one) => one.mailbox === id)?.name;
  return knownPlaces(sandbox).find((one) => one.endpoint.href === from.endpoint.href && one.mailbox === id)?.name;
}
