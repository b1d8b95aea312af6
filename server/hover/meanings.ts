// What a value stands for: every kind of value that means more than it says.
import { answered, responseCode } from './acknowledgements';
import { address } from './addresses';
import { coded } from './codes';
import { date } from './dates';
import { event, handling, mailbox } from './header';
import { identifier } from './identifiers';
import { quantity } from './quantities';
import { reference } from './references';
import { resource } from './resources';
import { narrative, section } from './sections';
import type { Spot } from './spot';

/** Markdown; undefined where the value is of another kind. */
export type Meaning = (spot: Spot) => string | undefined;

/** In the order in which they are told, where several have something to say. */
const MEANINGS: readonly Meaning[] = [
  resource,
  reference,
  handling,
  coded,
  event,
  responseCode,
  answered,
  section,
  narrative,
  date,
  quantity,
  identifier,
  mailbox,
  address,
];

/** One text for each kind that knows the value. */
export function meaningsOf(spot: Spot): string[] {
  return MEANINGS.flatMap((meaning) => meaning(spot) ?? []);
}
