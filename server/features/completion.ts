import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type CompletionParams,
  InsertTextFormat,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Cursor, cursorAt, textWith } from '../completion/cursor';
import type { Offer } from '../completion/offer';
import { propertyOffers } from '../completion/properties';
import { isResourceType, resourceTypeOffers } from '../completion/resource-types';
import { spotOf, TYPED } from '../completion/spot';
import { valueOffers } from '../completion/values';
import { rangeOf } from '../convert';
import { LARGEST } from '../documents';
import { type Feature, guarded, type Session } from '../feature';
import { markup } from '../hover/markdown';
import { isFhir } from '../recognise';

/** Names and values that fit where the cursor stands. */
export const completion: Feature = {
  capabilities: { completionProvider: { triggerCharacters: ['"', ':', ' '] } },
  register(session) {
    session.connection.onCompletion((params) => {
      const document = session.documents.get(params.textDocument.uri);
      return document ? guarded(session, 'Completion', () => complete(document, params, session)) : null;
    });
  },
};

function complete(document: TextDocument, params: CompletionParams, session: Session): CompletionList | null {
  const text = document.getText();
  if (text.length > LARGEST) return null;
  const cursor = cursorAt(text, document.offsetAt(params.position));
  if (!cursor || isUnasked(text, cursor, params.context?.triggerCharacter)) return null;
  const { offset, length } = cursor.replaced;
  const typed = text.slice(offset, offset + length);
  const offers = offersAt(text, cursor, typed, session);
  if (offers.length === 0) return null;
  const chosen = offers.length > MOST ? offers.filter((offer) => holds(offer, typed)).slice(0, MOST) : offers;
  const items = chosen.map((offer, i) => itemOf(offer, i, cursor, document, session));
  return { isIncomplete: offers.length > MOST, items };
}

/** Value sets of thousands are sent as far as they hold what is typed, and asked for again on each letter. */
const MOST = 500;

function holds({ label, filter = label }: Offer, typed: string): boolean {
  return filter.toLowerCase().includes(typed.replace(/"/g, '').toLowerCase());
}

/** A quote that closes a string and a space anywhere but after a colon ask for nothing. */
function isUnasked(text: string, { begun, afterString, replaced }: Cursor, trigger: string | undefined): boolean {
  if (trigger === '"') return afterString;
  return trigger === ' ' && (begun || !text.slice(0, replaced.offset).trimEnd().endsWith(':'));
}

function offersAt(text: string, cursor: Cursor, typed: string, { knowledge }: Session): Offer[] {
  if (isResourceType(cursor)) return resourceTypeOffers(text, cursor, typed, knowledge);
  if (!isFhir(textWith(text, cursor, TYPED), knowledge.registry)) return [];
  const spot = spotOf(text, cursor, knowledge);
  if (!spot) return [];
  return cursor.kind === 'key' ? propertyOffers(spot, typed) : valueOffers(spot);
}

const KINDS: Record<Offer['kind'], CompletionItemKind> = {
  property: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  code: CompletionItemKind.EnumMember,
  reference: CompletionItemKind.Reference,
  type: CompletionItemKind.Struct,
};

function itemOf(offer: Offer, i: number, cursor: Cursor, document: TextDocument, { client }: Session): CompletionItem {
  const { label, kind, stub, filter = label, detail, documentation, preselect } = offer;
  const { needsSpace, commaAfter, commaBefore, hasValue, replaced } = cursor;
  const isQuoted = stub.plain.startsWith('"') || document.getText()[replaced.offset] === '"';
  const inside = client.snippets ? stub.snippet : stub.plain;
  // Two edits at one place have no order, so there the comma is part of the first.
  const isNext = commaBefore === replaced.offset;
  const before = isNext ? ', ' : needsSpace ? ' ' : '';
  const newText = `${before}${inside}${commaAfter && !hasValue ? ',' : ''}`;
  const besides = client.labelDetails && kind === 'code' && detail !== undefined;
  return {
    label,
    kind: KINDS[kind],
    ...(besides ? { labelDetails: { description: detail } } : detail !== undefined && { detail }),
    ...(documentation && { documentation: markup(documentation, client) }),
    sortText: String(i).padStart(5, '0'),
    // Compared with what stands between the start of the replaced text and the cursor, which begins with the quote.
    filterText: kind === 'property' || isQuoted ? `"${filter}"` : filter,
    ...(preselect && { preselect }),
    insertTextFormat: client.snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: { range: rangeOf(document, replaced), newText },
    ...(commaBefore !== undefined &&
      !isNext && {
        additionalTextEdits: [{ range: rangeOf(document, { offset: commaBefore, length: 0 }), newText: ',' }],
      }),
  };
}
