import type { Place } from '../../exchange/place';
import { lookFor } from '../following/look';
import { askPlace, knownPlaces, placeMeant } from '../following/known-places';
import { PAGE } from '../following/inboxes';
import { tell } from '../tell';
import type { Toolkit } from '../toolkit';

/** What a look has found. */
export interface Found {
  /** MESH ids of what was downloaded, newest first. */
  messages: string[];
  older: number;
}

/**
 * @param argument an element of the view or `{ mailbox }`; without one the person chooses
 * @returns undefined when the mailbox could not be read, which is told
 */
export async function lookIntoMailbox(toolkit: Toolkit, argument?: unknown): Promise<Found | undefined> {
  const place = placeMeant(toolkit.sandbox, argument) ?? (await chosen(toolkit, argument));
  return place && found(toolkit, place);
}

/** @param argument an element of the view or `{ mailbox }` */
export async function loadOlder(toolkit: Toolkit, argument?: unknown): Promise<Found | undefined> {
  const place = placeMeant(toolkit.sandbox, argument) ?? (await chosen(toolkit, argument));
  return place && found(toolkit, place, PAGE);
}

/** All that can be looked into without asking for a password. What fails is told at the mailbox. */
export async function lookIntoMailboxes({ sandbox, inboxes }: Toolkit): Promise<void> {
  await Promise.all(knownPlaces(sandbox).map((place) => inboxes.look(place, { quiet: true })));
}

async function chosen({ sandbox }: Toolkit, argument: unknown): Promise<Place | undefined> {
  if (argument !== undefined) {
    tell('warning', 'There is no such mailbox.');
    return undefined;
  }
  if (knownPlaces(sandbox).length === 0)
    tell('information', 'There is no mailbox to look into: start the sandbox, or add one.');
  return askPlace(sandbox, 'Look into a mailbox');
}

async function found(toolkit: Toolkit, place: Place, more?: number): Promise<Found | undefined> {
  const state = await lookFor(toolkit, place, { more });
  return state && { messages: state.messages.map(({ meshId }) => meshId), older: state.older };
}
