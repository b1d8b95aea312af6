// A cursor in XML text: what is offered there, and how it is written with the tags and lines that it needs around it.
import { layoutOf } from '../../core/document/json-edits';
import { FHIR } from '../../core/document/xml-rules';
import type { Registry } from '../../core/definitions/registry';
import { filled } from '../../core/draft/draft';
import { isObject, text as textOf } from '../../core/json';
import type { Knowledge } from '../../core/knowledge';
import type { Client } from '../feature';
import { emptyOffers } from './empty';
import type { Offer } from './offer';
import type { Place, PlaceAt, Written } from './place';
import { aroundLines } from './xml-own-lines';
import {
  type BlankCursor,
  type ElementCursor,
  nameInEnd,
  type ValueCursor,
  type XmlCursor,
  xmlCursorAt,
} from './xml-cursor';
import { attributeOffers, attributeValueOffers, elementOffers, typesAs, type XmlOffer } from './xml-offers';
import { type XmlWriter, xmlWriter } from './xml-written';

export const xmlPlaceAt: PlaceAt = (text, offset, registry) => {
  const cursor = xmlCursorAt(text, offset, registry);
  if (!cursor) return undefined;
  const { replaced, opened, whole } = cursor;
  const typed = text.slice(replaced.offset + opened.length, replaced.offset + replaced.length);
  return {
    replaced,
    anchor: replaced.offset + opened.length,
    isBlank: cursor.where === 'document',
    typed: cursor.where === 'element' || cursor.where === 'end' ? typed.replace(/[/>].*$/s, '') : typed,
    isUnasked: (trigger) => isUnasked(cursor, text, offset, trigger),
    offers: (knowledge) => offersAt(cursor, typed, knowledge),
    writer: (client) => {
      const write = writer(cursor, text, registry, client);
      return (offer) => write(offer as XmlOffer);
    },
    filterOf: ({ label, filter = label }) => opened + filter,
    wholeWith: (offer) => {
      const { as, name } = offer as XmlOffer;
      const isItem = cursor.where === 'element' && as === 'element' && !cursor.named;
      return isItem ? `${whole.slice(0, cursor.at)}<${name}/>${whole.slice(cursor.at)}` : whole;
    },
  } satisfies Place;
};

function offersAt(cursor: XmlCursor, typed: string, knowledge: Knowledge): Offer[] {
  switch (cursor.where) {
    case 'document':
      return blankOffers(typed, knowledge);
    case 'element':
      return elementOffers(cursor, knowledge);
    case 'attribute':
      return attributeOffers(cursor, knowledge);
    case 'value':
      return attributeValueOffers(cursor, knowledge);
    case 'end':
      return [{ label: `</${cursor.name}>`, filter: cursor.name, kind: 'property', draft: undefined, preselect: true }];
  }
}

/** Others' files begin with other names. */
function blankOffers(typed: string, knowledge: Knowledge): Offer[] {
  const types = typesAs(true, knowledge);
  const begins = (word: string): boolean => word.toLowerCase().startsWith(typed.toLowerCase());
  if (!begins('message') && !types.some(({ label }) => begins(label))) return [];
  const wholes = emptyOffers(knowledge).filter(({ label }) => label !== 'resourceType');
  const named = wholes.map((offer): XmlOffer => ({
    ...offer,
    filter: `${textOf((filled(offer.draft) as Record<string, unknown>).resourceType)} ${offer.filter}`.replace(
      'resourceType ',
      '',
    ),
    as: 'resource',
    name: '',
  }));
  return [...named, ...types];
}

/** Each character asks for something at one place alone: a bracket for an element, a quote for a value, a space for an attribute. */
function isUnasked(cursor: XmlCursor, text: string, offset: number, trigger: string): boolean {
  switch (trigger) {
    case '<':
      return cursor.where !== 'element' || cursor.opened !== '<';
    case '"':
      return cursor.where !== 'value' || offset !== cursor.replaced.offset;
    case ' ':
      return cursor.where !== 'attribute';
    case '/':
      return cursor.where === 'end' ? text.slice(offset - 2, offset) !== '</' : cursor.where !== 'value';
    default:
      return cursor.where !== 'value';
  }
}

function writer(cursor: XmlCursor, text: string, registry: Registry, client: Client): (offer: XmlOffer) => Written {
  const { snippets, adjustsIndentation } = client;
  const { isFlat, unit, eol } = layoutOf(text);
  const isBlank = cursor.where === 'document';
  // Further lines are right only where the client indents them like the first.
  const isSpread = isBlank || (adjustsIndentation && !isFlat);
  const lines = cursor.where === 'element' && isSpread ? aroundLines(text, cursor, { unit, eol, snippets }) : undefined;
  const isOnLines = isBlank || lines !== undefined;
  const prefix = cursor.where === 'element' && !cursor.named ? prefixIn(cursor) : '';
  const fresh = (): XmlWriter =>
    xmlWriter({ snippets, registry, prefix, layout: isOnLines ? { unit, eol } : undefined });
  return (offer) => {
    switch (cursor.where) {
      case 'document':
        return { text: documentOf(offer, cursor, fresh(), eol) };
      case 'end': {
        const tag = `</${cursor.name}>`;
        return { text: fresh().literal(tag) };
      }
      case 'attribute':
        return { text: attributeOf(offer, cursor, text, fresh()) };
      case 'value':
        return { text: valueOf(offer, cursor, fresh()) };
      case 'element':
        if (cursor.named) return renamed(offer, cursor, text, fresh());
        return { text: lines ? lines(elementOf(offer, cursor, fresh()), offer.as) : elementOf(offer, cursor, fresh()) };
    }
  };
}

function prefixIn({ around }: ElementCursor): string {
  return around?.element.prefix ?? '';
}

function elementOf({ as, name, draft }: XmlOffer, { around }: ElementCursor, writer: XmlWriter): string {
  const prefix = around!.element.prefix;
  if (as === 'start') return writer.literal(`<${prefix === '' ? name : `${prefix}:${name}`}>`);
  if (as === 'resource') return writer.resource(draft);
  if (as === 'inside') return writer.inside(draft, around!.kinds);
  return writer.elements(name, draft, around!.kinds?.get(name));
}

/** The other name at both ends. */
function renamed({ name }: XmlOffer, { named }: ElementCursor, text: string, writer: XmlWriter): Written {
  const hasEnd = named!.closeStart < named!.end && text.startsWith('</', named!.closeStart);
  return {
    text: writer.literal(name),
    ...(hasEnd && name !== named!.name && { besides: [{ ...nameInEnd(named!), text: name }] }),
  };
}

function attributeOf(
  { name, draft }: XmlOffer,
  { replaced, hasValue, isOpen, around }: Extract<XmlCursor, { where: 'attribute' }>,
  text: string,
  writer: XmlWriter,
): string {
  if (hasValue) return name;
  const behind = text[replaced.offset + replaced.length] ?? '';
  const closing = isOpen && name === 'value' && around.element.attributes.length === 0 ? '/>' : '';
  const space = closing === '' && /[^\s/>]/.test(behind) ? ' ' : '';
  return `${name}="${writer.letters(draft)}"${closing}${space}`;
}

function valueOf({ draft }: XmlOffer, { before, after, quote }: ValueCursor, writer: XmlWriter): string {
  return before + writer.letters(draft, quote) + after;
}

function documentOf({ draft }: XmlOffer, { isFirst }: BlankCursor, writer: XmlWriter, eol: string): string {
  const resource = isObject(draft) ? draft : {};
  const declaration = isFirst ? `<?xml version="1.0" encoding="UTF-8"?>${eol}` : '';
  return declaration + writer.resource(resource, ` xmlns="${FHIR}"`);
}
