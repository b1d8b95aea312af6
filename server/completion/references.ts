// References to entries of the same bundle that are of a fitting type, told apart by what they are.
import { parentOf, segmentsOf, valueAt } from '../../core/document/pointer';
import { isObject } from '../../core/json';
import { entriesOf, type Located, resolve } from '../../core/itk3/message';
import { labelOf } from '../../core/itk3/label';
import { targetTypes } from '../../core/validate/references';
import type { Element } from '../../core/definitions/element';
import type { Offer } from './offer';
import type { Spot } from './spot';
import { type Draft } from '../../core/draft/draft';
import { isWholeList } from './blank';

export function referenceOffers(spot: Spot): Offer[] {
  const { pointer } = spot.cursor;
  const own = referencesAmong(spot.elementsAt(pointer));
  if (own.length > 0) {
    const many = isWholeList(pointer, own);
    return offers(own, spot, (reference) => (many ? [{ reference }] : { reference }));
  }
  if (segmentsOf(pointer).at(-1) !== 'reference') return [];
  return offers(referencesAmong(spot.elementsAt(parentOf(pointer))), spot, (reference) => reference);
}

function referencesAmong(elements: Element[]): Element[] {
  return elements.filter((e) => e.types.length > 0 && e.types.every((t) => t.code === 'Reference'));
}

function offers(elements: Element[], spot: Spot, write: (reference: string) => Draft): Offer[] {
  if (elements.length === 0) return [];
  if (namesMessageDefinition(spot)) return messageDefinitions(spot, write);
  const { message, at, knowledge } = spot;
  const wanted = elements.map((element) => targetTypes({ element, knowledge })).filter((types) => types.length > 0);
  const fits = ({ type }: Located): boolean => wanted.every((types) => types.includes(type));
  const entries = at.bundle ? entriesOf(message, at.bundle).filter((r) => r !== (at.container ?? at) && fits(r)) : [];
  const inBundle = entries.flatMap((entry) =>
    entry.fullUrl === undefined ? [] : [offerOf(entry.fullUrl, entry, spot, write)],
  );
  const inside = message.resources.filter((r) => r.container && r.container === (at.container ?? at) && fits(r));
  const contained = inside.flatMap((r) =>
    typeof r.resource.id === 'string' && r !== at ? [offerOf(`#${r.resource.id}`, r, spot, write)] : [],
  );
  return [...inBundle, ...contained];
}

function offerOf(reference: string, target: Located, { message }: Spot, write: (reference: string) => Draft): Offer {
  const label = labelOf(target.resource, (inner) => resolve(message, target, inner)?.resource);
  return { label, kind: 'reference', draft: write(reference), filter: `${reference} ${label}`, detail: reference };
}

/** The part of the message handling extension that names the kind of message; its profile does not say what it points at. */
function namesMessageDefinition({ root, cursor: { pointer } }: Spot): boolean {
  const owner = valueAt(root, pointer.slice(0, Math.max(0, pointer.lastIndexOf('/valueReference'))));
  return isObject(owner) && owner.url === 'MessageDefinition';
}

/** They stand in no message: each kind of message names its own. */
function messageDefinitions({ knowledge }: Spot, write: (reference: string) => Draft): Offer[] {
  const urls = [...knowledge.useCases.map((u) => u.messageDefinition), knowledge.envelope.responseMessageDefinition];
  return urls.map((url) => ({
    label: url,
    kind: 'reference',
    draft: write(url),
    detail: knowledge.registry.messageDefinition(url)?.title,
  }));
}
