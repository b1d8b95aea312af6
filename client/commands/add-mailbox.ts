import { addMailbox as describeMailbox } from '../mailboxes/add-mailbox';
import type { Place } from '../../exchange/place';
import type { Toolkit } from '../toolkit';

/** @returns the mailbox that was added */
export function addMailbox(toolkit: Toolkit): Promise<Place | undefined> {
  return describeMailbox(toolkit);
}
