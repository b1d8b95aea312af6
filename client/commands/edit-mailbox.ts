// Changes a configured mailbox: by the questions it was added with, or in the file that the team shares.
import type { Place } from '../../exchange/place';
import { changeMailbox } from '../mailboxes/add-mailbox';
import { choosePlace, tellNone } from '../mailboxes/choose-place';
import { configuredPlaces } from '../mailboxes/mailboxes';
import { showInTeamFile } from '../mailboxes/team-files';
import type { Toolkit } from '../toolkit';

/** @param which an element of the view, a mailbox id or the name of a mailbox */
export async function editMailbox(toolkit: Toolkit, which?: unknown): Promise<Place | undefined> {
  const places = configuredPlaces();
  const place = await choosePlace(places, which, 'Change mailbox');
  if (!place) {
    if (places.length === 0 || which !== undefined) tellNone();
    return undefined;
  }
  if (place.source !== 'team') return changeMailbox(toolkit, place);
  await showInTeamFile(place);
  return undefined;
}
