// References to entries of the same bundle that are of a fitting type, told apart by what they are.
import type { Element } from '../../core/definitions/element';
import { type Draft, isHole } from '../../core/draft/draft';
import { fittingEntries, referenceDraft } from '../../core/draft/wire';
import { parentOf, type Pointer, segmentsOf, valueAt } from '../../core/document/pointer';
import { labelIn } from '../../core/itk3/label';
import { readAnnounced } from '../../core/itk3/message-kind';
import { entriesOf, type Located, referenceIn } from '../../core/itk3/message';
import { isObject, list } from '../../core/json';
import { targetTypes } from '../../core/validate/references';
import { isWholeList } from './whole-list';
import { draftingAt } from './drafting';
import type { Offer } from './offer';
import type { Spot } from './spot';

type Write = (reference: string) => Draft;

export function referenceOffers(spot: Spot): Offer[] {
  const { pointer } = spot.cursor;
  const own = referencesAmong(spot.elementsAt(pointer));
  if (own.length > 0) {
    const many = isWholeList(pointer, own);
    return offers(own, pointer, spot, (reference) => (many ? [{ reference }] : { reference }));
  }
  if (segmentsOf(pointer).at(-1) !== 'reference') return [];
  const owner = parentOf(pointer);
  return offers(referencesAmong(spot.elementsAt(owner)), owner, spot, (reference) => reference);
}

function referencesAmong(elements: Element[]): Element[] {
  return elements.filter((e) => e.types.length > 0 && e.types.every((t) => t.code === 'Reference'));
}

/** The one that is meant, then those that claim a fitting profile, then those of a fitting type; those there already last. */
function offers(elements: Element[], pointer: Pointer, spot: Spot, write: Write): Offer[] {
  if (elements.length === 0) return [];
  if (namesMessageDefinition(spot)) return messageDefinitions(spot, write);
  const { message, at, knowledge } = spot;
  const wanted = elements.map((element) => targetTypes({ element, knowledge })).filter((types) => types.length > 0);
  const fits = ({ type }: Located): boolean => wanted.every((types) => types.includes(type));
  const owner = at.container ?? at;
  const entries = at.bundle ? entriesOf(message, at.bundle).filter((r) => r !== owner && fits(r)) : [];
  const inBundle = entries.flatMap((r) => (r.fullUrl === undefined ? [] : [{ reference: r.fullUrl, target: r }]));
  const inside = message.resources.filter((r) => r.container && r.container === owner && fits(r) && r !== at);
  const contained = inside.flatMap((r) =>
    typeof r.resource.id === 'string' ? [{ reference: `#${r.resource.id}`, target: r }] : [],
  );
  const drafting = draftingAt(spot);
  const fitting = new Set(fittingEntries(elements, drafting));
  const meant = referenceDraft(elements, drafting);
  const there = referredIn(pointer, spot);
  const rank = ({ reference, target }: (typeof inBundle)[number]): number =>
    there.has(reference) ? 3 : reference === meant ? 0 : fitting.has(target) ? 1 : 2;
  return [...inBundle, ...contained]
    .map((one) => ({ ...one, rank: rank(one) }))
    .sort((a, b) => a.rank - b.rank)
    .map((one) => offerOf(one, spot, write, !isHole(meant)));
}

/** What other items of the same list refer to. */
function referredIn(pointer: Pointer, { root }: Spot): Set<string> {
  // An item refers itself, or by one of its members, as the items of a List do.
  const [, items, index] = /^(.*)\/(\d+)(?:\/[^/]+)?$/.exec(pointer) ?? [];
  if (items === undefined) return new Set();
  const others = list(valueAt(root, items)).filter((_, i) => String(i) !== index);
  const members = others.flatMap((item) => (isObject(item) ? [item, ...Object.values(item)] : []));
  return new Set(members.flatMap((member) => referenceIn(member) ?? []));
}

interface Ranked {
  reference: string;
  target: Located;
  rank: number;
}

function offerOf({ reference, target, rank }: Ranked, { message }: Spot, write: Write, isSure: boolean): Offer {
  const label = labelIn(message, target);
  return {
    label,
    kind: 'reference',
    draft: write(reference),
    filter: `${reference} ${label}`,
    ...(rank === 3 && { detail: 'in this list already' }),
    documentation: () => `\`${reference}\``,
    ...(rank === 0 && isSure && { preselect: true }),
  };
}

/** The part of the message handling extension that names the kind of message; its profile does not say what it points at. */
function namesMessageDefinition({ root, cursor: { pointer } }: Spot): boolean {
  const owner = valueAt(root, pointer.slice(0, Math.max(0, pointer.lastIndexOf('/valueReference'))));
  return isObject(owner) && owner.url === 'MessageDefinition';
}

/** They stand in no message: each kind of message names its own, and the one of the event comes first. */
function messageDefinitions({ message, knowledge }: Spot, write: Write): Offer[] {
  const { useCases, envelope, registry } = knowledge;
  const meant = readAnnounced(message, knowledge)?.event?.messageDefinition;
  const known = [...useCases.map((useCase) => useCase.messageDefinition), envelope.responseMessageDefinition];
  const urls = [...new Set([...(meant === undefined ? [] : [meant]), ...known])];
  return urls.map((url) => ({
    label: url,
    kind: 'reference',
    draft: write(url),
    detail: url === meant ? 'of the event' : registry.messageDefinition(url)?.title,
    ...(url === meant && { preselect: true }),
  }));
}
