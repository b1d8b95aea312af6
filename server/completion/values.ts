// Everything that may stand as a value at the cursor: the kinds of values are asked in turn, the likeliest first.
import { filled } from '../../core/draft/draft';
import { parentOf, segmentsOf, valueAt } from '../../core/document/pointer';
import { type Described, describe } from '../describe';
import { codeOffers } from './codes';
import { draftOffers } from './drafts';
import { wholeEntryOffers } from './entries';
import { extensionOffers } from './extensions';
import { fixedOffers } from './fixed';
import { freshOffers } from './fresh';
import { identifierOffers } from './identifiers';
import { withMeantFirst } from './meant';
import type { Offer } from './offer';
import { wholeIssueOffers } from './issues';
import { profileOffers } from './profiles';
import { referenceOffers } from './references';
import { sectionTextOffers, wholeSectionOffers } from './sections';
import type { Spot } from './spot';
import { textOffers } from './texts';
import { unitOffers } from './units';

type Kind = (spot: Spot, described: Described) => Offer[];

const KINDS: readonly Kind[] = [
  wholeEntryOffers,
  wholeSectionOffers,
  wholeIssueOffers,
  sectionTextOffers,
  textOffers,
  fixedOffers,
  profileOffers,
  codeOffers,
  referenceOffers,
  extensionOffers,
  identifierOffers,
  unitOffers,
  freshOffers,
  draftOffers,
];

export function valueOffers(spot: Spot): Offer[] {
  const { pointer } = spot.cursor;
  if (segmentsOf(pointer).at(-1) === 'resourceType' || isFull(spot)) return [];
  const described = describe(spot.elementsAt(pointer), spot.knowledge.registry);
  if (!described || described.max === 0) return [];
  if (described.fixed !== undefined) return fixedOffers(spot, described);
  return withMeantFirst(unalike(KINDS.flatMap((kind) => kind(spot, described))), spot, described);
}

/** Whether the list around the cursor holds all that it may, besides the item that the cursor is in. */
function isFull({ cursor: { pointer, begun }, root, elementsAt }: Spot): boolean {
  const items = valueAt(root, parentOf(pointer));
  if (!Array.isArray(items)) return false;
  const before = begun ? Number(segmentsOf(pointer).at(-1)) : items.length - 1;
  return elementsAt(parentOf(pointer)).some(({ max }) => before >= max);
}

/** Of offers that write the same, the first: it knows best why. */
function unalike(offers: Offer[]): Offer[] {
  const written = new Map<string, Offer>();
  for (const offer of offers) {
    const value = JSON.stringify(filled(offer.draft));
    if (!written.has(value)) written.set(value, offer);
  }
  return [...written.values()];
}
