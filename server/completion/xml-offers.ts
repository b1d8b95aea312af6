// What may stand at a cursor in FHIR XML. The offers are those of JSON: what differs is where a value begins to be written.
import { changed } from '../../core/document/changes';
import { join, parentOf, valueAt } from '../../core/document/pointer';
import { readValue } from '../../core/document/read-document';
import { FHIR } from '../../core/document/xml-rules';
import { XHTML } from '../../core/document/xml-narrative';
import { filled, hole, isHole } from '../../core/draft/draft';
import { draftOf, draftProperty } from '../../core/draft/element';
import { isObject } from '../../core/json';
import type { Knowledge } from '../../core/knowledge';
import { describe } from '../describe';
import { explain } from '../hover/explain';
import { isFhir } from '../../core/document/recognise';
import type { Cursor } from './cursor';
import { draftingAt } from './drafting';
import { wholeEntryOffers } from './entries';
import { namedExtensions } from './extensions';
import { identifierOffers } from './identifiers';
import { wholeIssueOffers } from './issues';
import type { Offer } from './offer';
import { namesAt, offerOf } from './properties';
import { typeOffers } from './resource-types';
import { sectionTextOffers, wholeSectionOffers } from './sections';
import { type Spot, spotOf } from './spot';
import { valueOffers } from './values';
import { besidesValue, elementsIn } from './xml-around';
import type { AttributeCursor, ElementCursor, ValueCursor } from './xml-cursor';

/** An offer, and what the cursor writes for it. */
export interface XmlOffer extends Offer {
  /**
   * What the draft is: an element of the name, all that is inside the element around, a resource of its own, the value of
   * an attribute, or an attribute of the name. An element whose end is there already is a start tag alone.
   */
  as: 'element' | 'start' | 'inside' | 'resource' | 'value' | 'attribute';
  /** Of the element or attribute. */
  name: string;
}

const at = (
  cursor: { replaced: Cursor['replaced'] },
  more: Pick<Cursor, 'kind' | 'pointer'> & Partial<Cursor>,
): Cursor => ({
  format: 'xml',
  replaced: cursor.replaced,
  begun: false,
  hasValue: false,
  ...more,
});

export function elementOffers(cursor: ElementCursor, knowledge: Knowledge): XmlOffer[] {
  const { around, named, whole } = cursor;
  const { registry } = knowledge;
  if (around === undefined) return named ? typesAs(true, knowledge, true) : [];
  if (!isFhir(whole, registry)) return [];
  const root = readValue(whole, registry);
  if (around.form === 'wrapper') return resourcesIn(cursor, root, knowledge);
  const pointer = around.form === 'primitive' ? besidesValue(around.pointer) : around.pointer;
  const spot = spotOf(root, at(cursor, { kind: 'key', pointer, hasValue: named !== undefined }), knowledge);
  if (!spot || !around.kinds) return [];
  const names = namesIn(cursor, spot);
  if (named) return names;
  const values = [...insideOffers(cursor, root, knowledge), ...wholeOffers(cursor, names, root, knowledge)];
  // What is nearly surely meant comes before the names, and what else could be written at once behind those that fit.
  const [meant, others] = [values.filter(({ preselect }) => preselect), values.filter(({ preselect }) => !preselect)];
  const fitting = names.filter(({ fits }) => fits);
  return [...meant, ...fitting, ...others, ...names.filter(({ fits }) => !fits)];
}

/**
 * The elements that may stand in the one around: first those that may stand at the cursor by STU3's order (of these,
 * what is required and usual before the rest, each in that order), then those that belong elsewhere, which say so.
 */
function namesIn(cursor: ElementCursor, spot: Spot): (XmlOffer & { fits: boolean })[] {
  const { around, at: place, named, stray } = cursor;
  const kinds = around!.kinds!;
  const { registry } = spot.knowledge;
  const siblings = elementsIn(around!.element).filter(({ start }) => !named || start !== place);
  const orderOf = (name: string): number => kinds.get(name)?.order ?? -1;
  const [before, after] = [siblings.filter((one) => one.start < place), siblings.filter((one) => one.start >= place)];
  const last = before.findLast((one) => kinds.has(one.name));
  const next = after.find((one) => kinds.has(one.name));
  const least = Math.max(-1, ...before.map(({ name }) => orderOf(name)));
  const most = Math.min(Infinity, ...after.flatMap(({ name }) => (kinds.has(name) ? [orderOf(name)] : [])));
  const isMixed = least > most;
  const low = isMixed && last ? orderOf(last.name) : least;
  const high = isMixed && next ? orderOf(next.name) : most;
  return namesAt(spot)
    .filter(
      ({ name, described, count }) =>
        described.max > count && isElement(name, cursor) && mayRepeat(name, count, cursor),
    )
    .map(({ name, described, count, rank }) => {
      const order = orderOf(name);
      const fits = low <= order && order <= high;
      const neighbour =
        order < low
          ? before.find((one) => orderOf(one.name) > order)
          : after.findLast((one) => orderOf(one.name) < order);
      const belongs = fits || !neighbour ? undefined : `belongs ${order < low ? 'before' : 'after'} ${neighbour.name}`;
      const offer = offerOf(name, described, spot);
      const pointer = join(spot.cursor.pointer, name);
      const draft =
        named || count === 0 ? offer.draft : draftOf(spot.elementsAt(join(pointer, count)), draftingAt(spot, pointer));
      const isClosing = !named && stray === name;
      const value: XmlOffer & { fits: boolean; rank: number; order: number } = {
        ...offer,
        draft,
        as: isClosing ? 'start' : 'element',
        name,
        detail: [offer.detail, belongs].filter(Boolean).join(' · '),
        documentation: () => explain(describe(spot.elementsAt(pointer), registry)!, spot.knowledge),
        fits,
        order,
        // What is there already is seldom wanted before what is not.
        rank: isClosing ? -1 : count > 0 ? Math.max(rank, 2) + 0.5 : Math.max(rank, 1),
        ...(isClosing && { preselect: true }),
      };
      return value;
    })
    .toSorted((a, b) => a.rank - b.rank || a.order - b.order);
}

/** The id of an element and the url of an extension are attributes. */
function isElement(name: string, { around }: ElementCursor): boolean {
  const kind = around!.kinds!.get(name);
  return kind !== undefined && kind.form !== 'attribute';
}

/** Again only where it is a list. */
function mayRepeat(name: string, count: number, { around }: ElementCursor): boolean {
  return count === 0 || around!.kinds!.get(name)!.isList;
}

/** In an element with nothing in it, the values that it may have, such as the references of a subject. */
function insideOffers(cursor: ElementCursor, root: unknown, knowledge: Knowledge): XmlOffer[] {
  const { element, form, pointer, type } = cursor.around!;
  if (form !== 'complex' || type === 'Extension' || elementsIn(element).length > 0) return [];
  const spot = spotOf(root, at(cursor, { kind: 'value', pointer }), knowledge);
  if (!spot) return [];
  const kinds = cursor.around!.kinds;
  const isWritable = ({ draft, label }: Offer): boolean => {
    const names = isObject(draft) && !isHole(draft) ? Object.keys(draft) : [];
    // What is but one element is offered by its name.
    return names.length > 0 && names[0] !== label && names.every((name) => kinds?.get(name)?.form !== 'attribute');
  };
  return valueOffers(spot)
    .filter(isWritable)
    .map((offer) => ({ ...offer, as: 'inside', name: element.name }));
}

const WHOLES: readonly ((spot: Spot) => Offer[])[] = [
  wholeEntryOffers,
  wholeSectionOffers,
  wholeIssueOffers,
  sectionTextOffers,
  namedExtensions,
  (spot) => {
    const described = describe(spot.elementsAt(spot.cursor.pointer), spot.knowledge.registry);
    return described?.types[0]?.code === 'Identifier' ? identifierOffers(spot, described) : [];
  },
];

/** Of lists whose items are of different kinds, each item that is missing, whole. */
function wholeOffers(
  cursor: ElementCursor,
  names: readonly (XmlOffer & { fits: boolean })[],
  root: unknown,
  knowledge: Knowledge,
): XmlOffer[] {
  return names
    .filter(({ name, fits }) => fits && (LISTS.has(name) || (name === 'div' && cursor.around!.form === 'complex')))
    .flatMap(({ name }) => {
      const spot = wholeSpot(cursor, name, root, knowledge);
      const offers = spot ? WHOLES.flatMap((kind) => kind(spot)) : [];
      return offers.map((offer): XmlOffer => ({ ...offer, as: 'element', name }));
    });
}

const LISTS: ReadonlySet<string> = new Set([
  'entry',
  'section',
  'issue',
  'extension',
  'modifierExtension',
  'identifier',
]);

/** As if an item of the list stood at the cursor. */
function wholeSpot(cursor: ElementCursor, name: string, root: unknown, knowledge: Knowledge): Spot | undefined {
  const { around, at: place } = cursor;
  const isList = around!.kinds!.get(name)!.isList;
  const before = elementsIn(around!.element).filter((one) => one.name === name && one.start < place).length;
  const pointer = isList ? join(around!.pointer, name, before) : join(around!.pointer, name);
  const rest = changed(root, { kind: isList ? 'insert' : 'set', pointer, value: null });
  return spotOf(rest, at(cursor, { kind: 'value', pointer }), knowledge);
}

function resourcesIn(cursor: ElementCursor, root: unknown, knowledge: Knowledge): XmlOffer[] {
  const { around, named, at: place } = cursor;
  const { element, pointer } = around!;
  const others = elementsIn(element).filter(({ start }) => !named || start !== place);
  if (others.length > 0) return [];
  const types = typesAs(false, knowledge, named !== undefined);
  if (named) return types;
  const spot = spotOf(root, at(cursor, { kind: 'value', pointer }), knowledge);
  const wholes = spot ? wholeEntryOffers(spot) : [];
  return [...wholes.map((offer): XmlOffer => ({ ...offer, as: 'resource', name: '' })), ...types];
}

export function typesAs(isRoot: boolean, { registry }: Knowledge, isName = false): XmlOffer[] {
  return typeOffers(isRoot, registry).map((offer) => ({
    ...offer,
    draft: isName ? undefined : { resourceType: offer.label },
    as: isName ? 'element' : 'resource',
    name: offer.label,
  }));
}

export function attributeOffers(cursor: AttributeCursor, knowledge: Knowledge): XmlOffer[] {
  const { around, whole, hasValue } = cursor;
  const { element, form, pointer, type, kinds } = around;
  const { registry } = knowledge;
  if (!isFhir(whole, registry)) return [];
  const there = new Set(element.attributes.map(({ name, prefix }) => (prefix === '' ? name : '')));
  const namespace = form === 'narrative' ? XHTML : FHIR;
  const isNamespaced = form === 'narrative' ? element.name !== 'div' : element.parent !== undefined;
  const offers: XmlOffer[] = [];
  const offer = (name: string, detail: string, draft: unknown, documentation?: () => string): void => {
    if (!there.has(name) || hasValue)
      offers.push({
        label: name,
        kind: 'property',
        draft: hasValue ? undefined : draft,
        detail,
        as: 'attribute',
        name,
        ...(documentation && { documentation }),
      });
  };
  const spot = spotOf(readValue(whole, registry), at(cursor, { kind: 'key', pointer }), knowledge);
  if (form === 'primitive' && spot) {
    const described = describe(spot.elementsAt(pointer), registry);
    if (described) {
      const drafted = draftProperty(described.elements, draftingAt(spot, pointer));
      const draft: unknown = Array.isArray(drafted) ? drafted[0] : drafted;
      offer('value', type ?? '', draft, () => explain(described, knowledge));
    }
  }
  if (type === 'Extension') offer('url', 'uri 1..1', hole(''), () => 'Says which extension this is.');
  if (!isNamespaced && element.prefix === '') offer('xmlns', 'namespace', namespace);
  if (form === 'primitive' || kinds?.get('id')?.form === 'attribute')
    offer('id', 'string 0..1', hole(''), () => 'For references within the resource.');
  return offers;
}

export function attributeValueOffers(cursor: ValueCursor, knowledge: Knowledge): XmlOffer[] {
  const { around, whole, name } = cursor;
  const { registry } = knowledge;
  const asValue = (offers: Offer[]): XmlOffer[] => offers.map((offer) => ({ ...offer, as: 'value', name }));
  if (!isFhir(whole, registry)) return [];
  if (name === 'xmlns') {
    const namespace = around.form === 'narrative' ? XHTML : FHIR;
    return asValue([{ label: namespace, kind: 'value', draft: namespace }]);
  }
  const isValue = name === 'value' && around.form === 'primitive';
  const isUrl = name === 'url' && around.type === 'Extension';
  if (!isValue && !isUrl) return [];
  const pointer = isValue ? around.pointer : join(around.pointer, name);
  const read = readValue(whole, registry);
  // As JSON has it while nothing is there.
  const root =
    isObject(valueAt(read, parentOf(pointer))) || Array.isArray(valueAt(read, parentOf(pointer)))
      ? changed(read, { kind: 'set', pointer, value: null })
      : read;
  const spot = spotOf(root, at(cursor, { kind: 'value', pointer, begun: true }), knowledge);
  if (!spot) return [];
  return asValue(valueOffers(spot).filter(({ draft }) => typeof filled(draft) !== 'object'));
}
