// Which of the offers is nearly surely meant: what the guide has at the place, in a message as far as this one is.
import { isDeepStrictEqual } from 'node:util';
import { askedAt, askedItem } from '../../core/draft/asked';
import { filled, hasHoles } from '../../core/draft/draft';
import { parentOf, valueAt } from '../../core/document/pointer';
import { asText, isObject, list } from '../../core/json';
import type { Described } from '../describe';
import { isWholeList } from './whole-list';
import { draftingAt } from './drafting';
import type { Offer } from './offer';
import type { Spot } from './spot';

/** The same offers, what is meant first; it is added where nothing else knew of it. */
export function withMeantFirst(offers: Offer[], spot: Spot, { elements, types }: Described): Offer[] {
  const many = isWholeList(spot.cursor.pointer, elements);
  const drafting = draftingAt(spot);
  const asked = many ? askedAt(elements, drafting) : askedItem(elements, drafting);
  const value = filled(asked);
  const items = many ? [] : list(valueAt(spot.root, parentOf(spot.cursor.pointer)));
  if (value === undefined || value === null || items.includes(value)) return offers;
  const meant = offers.find((offer) => isDeepStrictEqual(filled(offer.draft), value));
  const others = offers.filter((offer) => offer !== meant).map((offer) => ({ ...offer, preselect: false }));
  // Which of several medicines, only a person can know, and what is there comes before what is not; but a draft is there
  // to be filled in.
  const isDraft = meant?.kind === 'type' && types[0]?.code !== 'Reference';
  if (meant && hasHoles(asked) && !isDraft) return offers;
  if (meant) return [{ ...meant, preselect: true }, ...others];
  // What only a person can know is not said for them.
  if (hasHoles(asked) || isObject(value) || Array.isArray(value)) return offers;
  const label = asText(value);
  return [{ label, kind: 'value', draft: asked, detail: 'as the guide has it', preselect: true }, ...others];
}
