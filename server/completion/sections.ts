// Whole sections: every one that the guide knows and the document does not have yet.
import { type SectionOffer, sectionDrafts, sectionOffers } from '../../core/draft/section';
import { settingOf } from '../../core/draft/setting';
import { object } from '../../core/json';
import { documentOf } from '../../core/itk3/document';
import { segmentsOf } from '../../core/document/pointer';
import { draftingAt } from './drafting';
import type { Offer } from './offer';
import type { Spot } from './spot';

/** At an item of `section`, and at the whole list. */
export function wholeSectionOffers(spot: Spot): Offer[] {
  const { cursor, at } = spot;
  const place = at.type === 'Composition' ? segmentsOf(cursor.pointer.slice(at.pointer.length)) : [];
  if (place[0] !== 'section' || place.length > 2) return [];
  return sectionsFor(spot).map(({ title, draft, conformance }, i) => ({
    label: title,
    kind: 'type',
    draft: place.length === 2 ? draft : [draft],
    detail: conformance,
    ...(i === 0 && { preselect: true }),
  }));
}

/** The text of a section, written from what the resources say. */
export function sectionTextOffers(spot: Spot): Offer[] {
  const { cursor, at, message, knowledge } = spot;
  const [, section, inside] = /^(\/section\/\d+)\/text(\/div)?$/.exec(cursor.pointer.slice(at.pointer.length)) ?? [];
  const document = documentOf(message, knowledge);
  const setting = section === undefined ? undefined : settingOf(draftingAt(spot));
  if (document?.composition !== at || !setting || section === undefined) return [];
  const use = document.sections.find(({ pointer }) => pointer === at.pointer + section)?.use;
  const drafted = use && sectionDrafts(setting).find((one) => one.use === use);
  const text = object(object(drafted?.draft()).text);
  if (text.div === undefined) return [];
  return [
    {
      label: 'the rows of the guide',
      kind: 'value',
      draft: inside === undefined ? text : text.div,
      filter: '<div rows',
      detail: use?.title,
      preselect: true,
    },
  ];
}

/** What a list of sections begins with: those that every document has. */
export function firstSections(spot: Spot): unknown[] {
  return sectionsFor(spot)
    .filter(({ conformance }) => conformance === 'mandatory')
    .map(({ draft }) => draft);
}

/** Those that must be there first, else in the guide's order; none in a document of another kind. */
function sectionsFor(spot: Spot): SectionOffer[] {
  const { at, message, knowledge } = spot;
  if (documentOf(message, knowledge)?.composition !== at) return [];
  const offers = sectionOffers(at, draftingAt(spot));
  const isMandatory = ({ conformance }: SectionOffer): boolean => conformance === 'mandatory';
  return [...offers.filter(isMandatory), ...offers.filter((offer) => !isMandatory(offer))];
}
