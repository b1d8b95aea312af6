// New messages, for those who have no part in how they are made.
import { kindsOf } from './draft/kind';
import { draftMessage } from './draft/message';
import type { Fresh } from './fresh';
import type { Knowledge } from './knowledge';

export function messageKinds(knowledge: Knowledge): string[] {
  return kindsOf(knowledge).map(({ name }) => name);
}

/**
 * A valid message of the kind about an invented patient, with an NHS number of the 999 test range, fresh UUIDs and the
 * time given; undefined when there is no such kind.
 */
export function newMessage(kind: string, knowledge: Knowledge, fresh: Fresh): unknown {
  return draftMessage(kind, { knowledge, fresh });
}
