// A cursor in JSON text: what is offered there, and how it is written with the commas and spaces that it needs around it.
import { type Layout, layoutOf } from '../../core/document/json-edits';
import { readJsonValue } from '../../core/document/json-document';
import { filled } from '../../core/draft/draft';
import type { Knowledge } from '../../core/knowledge';
import type { Client } from '../feature';
import { isFhir } from '../../core/document/recognise';
import { emptyOffers } from './empty';
import { cursorAt, type JsonCursor, textWith } from './json-cursor';
import { onOwnLines } from './json-own-lines';
import { written } from './json-written';
import type { Offer } from './offer';
import type { Place, PlaceAt, Written } from './place';
import { propertyOffers } from './properties';
import { isResourceType, resourceTypeOffers } from './resource-types';
import { spotOf, TYPED } from './spot';
import { valueOffers } from './values';

export const jsonPlaceAt: PlaceAt = (text, offset) => {
  const cursor = cursorAt(text, offset);
  return cursor && placeOf(text, cursor);
};

function placeOf(text: string, cursor: JsonCursor): Place {
  const { replaced } = cursor;
  const typed = text.slice(replaced.offset, replaced.offset + replaced.length);
  const isQuoted = text[replaced.offset] === '"';
  return {
    replaced,
    anchor: replaced.offset,
    isBlank: cursor.kind === 'document',
    typed: typed.replace(/"/g, ''),
    isUnasked: (trigger) => isUnasked(text, cursor, trigger),
    offers: (knowledge) => offersAt(text, cursor, typed, knowledge),
    writer: (client) => writer(text, cursor, client),
    // Compared with what stands between the start of the replaced text and the cursor, which begins with the quote or brace.
    filterOf: ({ kind, draft, label, filter = label }) =>
      cursor.opened
        ? cursor.opened + filter
        : kind === 'property' || isQuoted || typeof filled(draft) === 'string'
          ? `"${filter}"`
          : filter,
    wholeWith: () => textWith(text, cursor, TYPED),
  };
}

function offersAt(text: string, cursor: JsonCursor, typed: string, knowledge: Knowledge): Offer[] {
  if (cursor.kind === 'document') return emptyOffers(knowledge);
  if (isResourceType(cursor)) return resourceTypeOffers(text, cursor, typed, knowledge);
  const whole = textWith(text, cursor, TYPED);
  const spot = isFhir(whole, knowledge.registry) ? spotOf(readJsonValue(whole), cursor, knowledge) : undefined;
  if (!spot) return [];
  return cursor.kind === 'key' ? propertyOffers(spot, typed) : valueOffers(spot);
}

/** A quote that closes a string, a space anywhere but after a colon, and what is typed for XML ask for nothing. */
function isUnasked(text: string, cursor: JsonCursor, trigger: string): boolean {
  const { kind, begun, afterString, replaced } = cursor;
  if (kind === 'document' || trigger === '<') return true;
  if (trigger === '"') return afterString;
  // Of a value that is offered, as a url is, it may be the next letter.
  if (trigger === '/') return kind !== 'value' || !begun;
  return trigger === ' ' && (begun || !text.slice(0, replaced.offset).trimEnd().endsWith(':'));
}

function writer(text: string, cursor: JsonCursor, { snippets, adjustsIndentation }: Client): (offer: Offer) => Written {
  const { kind: where, needsSpace, commaAfter, commaBefore, hasValue, hasBraces, replaced } = cursor;
  // Further lines are right only where the client indents them like the first.
  const layout = layoutOf(text);
  // What begins a document makes its layout.
  const isSpread = where === 'document' || (adjustsIndentation && !layout.isFlat);
  const style = { snippets, layout: isSpread ? layout : undefined };
  // Two edits at one place have no order, so there the comma is part of the first.
  const isOwnEdit = commaBefore !== undefined && commaBefore !== replaced.offset;
  const before = commaBefore === replaced.offset ? ', ' : needsSpace ? ' ' : '';
  const after = commaAfter && !hasValue ? ',' : '';
  const besides = isOwnEdit ? { besides: [{ offset: commaBefore, length: 0, text: ',' }] } : {};
  return ({ kind, label, draft }) => {
    const inserted = written(kind === 'property' ? label : undefined, draft, style);
    const own = isSpread ? onOwnLines(inserted, text, cursor, { ...layout, snippets }) : undefined;
    if (own !== undefined) return { text: own + after, ...besides };
    return { text: before + (hasBraces ? withoutBraces(inserted, layout) : inserted) + after, ...besides };
  };
}

/** The members of an object alone. */
function withoutBraces(text: string, { eol, unit }: Layout): string {
  return text
    .slice(1, -1)
    .trim()
    .replaceAll(eol + unit, eol);
}
