// Whole entries: every resource that the message may still need, wired to what is there.
import { type Draft, hole } from '../../core/draft/draft';
import { type EntryOffer, entryOffers } from '../../core/draft/entry';
import { kindOf } from '../../core/draft/kind';
import { parentOf, valueAt } from '../../core/document/pointer';
import { documentOf } from '../../core/itk3/document';
import { readAnnounced } from '../../core/itk3/message-kind';
import type { Located } from '../../core/itk3/message';
import { list, object, text } from '../../core/json';
import { lastPart } from '../../core/definitions/registry';
import { draftingAt } from './drafting';
import type { Offer } from './offer';
import type { Spot } from './spot';

/** At an item of `entry`, at the whole list, and at the `resource` of an entry. */
export function wholeEntryOffers(spot: Spot): Offer[] {
  const { cursor, at, root } = spot;
  const place = at.type === 'Bundle' ? cursor.pointer.slice(at.pointer.length) : '';
  if (/^\/entry\/\d+\/resource$/.test(place)) {
    const { fullUrl } = object(valueAt(root, parentOf(cursor.pointer)));
    return entriesFor(at, spot).map((one, i) => offerOf(one, i, () => resourceIn(one, text(fullUrl))));
  }
  if (/^\/entry\/\d+$/.test(place)) return entriesFor(at, spot).map((one, i) => offerOf(one, i, () => one.draft));
  return place === '/entry' ? entriesFor(at, spot).map((one, i) => offerOf(one, i, () => [one.draft])) : [];
}

/** What a list of entries begins with, once it is wanted. */
export function firstEntry(bundle: Located, spot: Spot): unknown {
  return entriesFor(bundle, spot).find(({ isNeeded }) => isNeeded)?.draft;
}

/** None in a bundle of another kind, of which nothing is known. */
function entriesFor(bundle: Located, spot: Spot): EntryOffer[] {
  const { message, knowledge } = spot;
  const { type } = bundle.resource;
  if (bundle.type !== 'Bundle' || ![undefined, null, 'message', 'document'].includes(type as string)) return [];
  const announced = readAnnounced(message, knowledge)?.kind?.event;
  if (announced !== undefined && announced !== kindOf(message, knowledge)?.event.code) return [];
  const isStrange = announced === undefined && message.resources.some((r) => r.type === 'Composition');
  if (isStrange && !documentOf(message, knowledge)) return [];
  return entryOffers(bundle, { ...draftingAt(spot), from: bundle }).map((offer) => ({
    ...offer,
    get draft() {
      return openIn(offer.draft);
    },
  }));
}

/** What is built up by completion is left open: the entries of a document one by one, its sections when their resources are there, the answer by its code. */
function openIn(entry: Draft): Draft {
  const { fullUrl, resource } = object(entry);
  const { resourceType } = object(resource);
  const list = OPEN[resourceType as string];
  return list === undefined ? entry : { fullUrl, resource: { ...object(resource), [list]: hole([]) } };
}

const OPEN: Readonly<Record<string, string>> = { Bundle: 'entry', Composition: 'section', OperationOutcome: 'issue' };

function offerOf({ title, profile, isNeeded, lead }: EntryOffer, i: number, make: () => unknown): Offer {
  const draft = make();
  const fullUrl = text(object(list(draft)[0] ?? draft).fullUrl);
  return {
    label: title,
    kind: 'type',
    draft,
    ...(fullUrl !== undefined && !isNeeded && { lead: { fullUrl, change: lead } }),
    detail: isNeeded ? lastPart(profile) : `${lastPart(profile)} · may stand`,
    documentation: () => `\`${profile}\``,
    ...(i === 0 && isNeeded && { preselect: true }),
  };
}

/** Without its entry, whose fullUrl gives it its id. */
function resourceIn({ draft }: EntryOffer, fullUrl: string | undefined): unknown {
  const resource = object(object(draft).resource);
  const id = /^urn:uuid:(.+)$/.exec(fullUrl ?? '')?.[1];
  return id === undefined ? resource : { ...resource, id };
}
