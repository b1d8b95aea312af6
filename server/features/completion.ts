import type { CompletionItem, CompletionList, CompletionParams, TextEdit as LspEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Cursor, cursorAt, textWith } from '../completion/cursor';
import { emptyOffers } from '../completion/empty';
import { documentationOf, isOf, listOf } from '../completion/item';
import type { Offer } from '../completion/offer';
import { propertyOffers } from '../completion/properties';
import { isResourceType, resourceTypeOffers } from '../completion/resource-types';
import { spotOf, TYPED } from '../completion/spot';
import { valueOffers } from '../completion/values';
import { editsFor } from '../../core/document/edits';
import type { TextEdit } from '../../core/document/text-edits';
import type { Registry } from '../../core/definitions/registry';
import type { Change } from '../../core/finding';
import { rangeOf } from '../convert';
import { LARGEST } from '../documents';
import { type Feature, guarded, type Session } from '../feature';
import { isReceived } from '../received';
import { isFhir } from '../recognise';

/** Names and values that fit where the cursor stands. */
export const completion: Feature = {
  capabilities: { completionProvider: { triggerCharacters: ['"', ':', ' '], resolveProvider: true } },
  register(session) {
    session.connection.onCompletion((params) => {
      const { uri } = params.textDocument;
      const document = isReceived(uri) ? undefined : session.documents.get(uri);
      return document ? guarded(session, 'Completion', () => complete(document, params, session)) : null;
    });
    session.connection.onCompletionResolve(
      (item) => guarded(session, 'Completion', () => resolved(item, session)) ?? item,
    );
  },
};

function complete(document: TextDocument, params: CompletionParams, session: Session): CompletionList | null {
  const text = document.getText();
  if (text.length > LARGEST) return null;
  const cursor = cursorAt(text, document.offsetAt(params.position));
  if (!cursor || isUnasked(text, cursor, params.context?.triggerCharacter)) return null;
  const { offset, length } = cursor.replaced;
  const typed = text.slice(offset, offset + length);
  const offers = offersAt(document, cursor, typed, session);
  if (offers.length === 0) return null;
  const chosen = offers.length > MOST ? offers.filter((offer) => holds(offer, typed)).slice(0, MOST) : offers;
  const data: Data = { uri: document.uri, offset };
  return { isIncomplete: offers.length > MOST, ...listOf(chosen, cursor, document, session.client, data) };
}

/** Where the list was asked for: the start of what it replaces, which stays while more is typed there. */
interface Data {
  uri: string;
  offset: number;
  /** Of an entry that is added, its own. */
  fullUrl?: string;
}

/**
 * The item with its documentation. What was offered is worked out again, so that nothing is kept between the two
 * requests; the text may have grown by what was typed meanwhile.
 */
function resolved(item: CompletionItem, session: Session): CompletionItem {
  const { uri, offset, fullUrl } = (item.data ?? {}) as Partial<Data>;
  const document = uri === undefined ? undefined : session.documents.get(uri);
  if (!document || offset === undefined) return item;
  const text = document.getText();
  const isBegun = /[^\s}[\],:]/.test(text.charAt(offset));
  const cursor = cursorAt(text, isBegun ? offset + 1 : offset);
  const typed = cursor ? text.slice(offset, offset + cursor.replaced.length) : '';
  const offer = cursor && offersAt(document, cursor, typed, session).find((one) => isOf(item, one));
  if (!offer) return item;
  const documentation = documentationOf(offer, session.client);
  const change = fullUrl === undefined ? undefined : offer.lead?.change(fullUrl);
  const { additionalTextEdits = [] } = item;
  return {
    ...item,
    ...(documentation && { documentation }),
    ...(change && { additionalTextEdits: [...additionalTextEdits, ...editsElsewhere(change, cursor, document, session.knowledge.registry)] }),
  };
}

/** What a change says of the rest of the text, as if what is accepted stood there. */
function editsElsewhere(change: Change, cursor: Cursor, document: TextDocument, registry: Registry): LspEdit[] {
  const text = document.getText();
  const whole = textWith(text, cursor, TYPED);
  const { offset, length } = cursor.replaced;
  const by = whole.length - text.length;
  const edits = editsFor(whole, change, registry);
  const isBefore = (edit: TextEdit): boolean => edit.offset + edit.length <= offset;
  if (!edits.every((edit) => isBefore(edit) || edit.offset >= offset + length + by)) return [];
  return edits.map((edit) => ({
    range: rangeOf(document, { ...edit, offset: isBefore(edit) ? edit.offset : edit.offset - by }),
    newText: edit.text,
  }));
}

/** Value sets of thousands are sent as far as they hold what is typed, and asked for again on each letter. */
const MOST = 500;

function holds({ label, filter = label }: Offer, typed: string): boolean {
  return filter.toLowerCase().includes(typed.replace(/"/g, '').toLowerCase());
}

/** A quote that closes a string and a space anywhere but after a colon ask for nothing. */
function isUnasked(text: string, cursor: Cursor, trigger: string | undefined): boolean {
  const { kind, begun, afterString, replaced } = cursor;
  if (kind === 'document') return trigger !== undefined;
  if (trigger === '"') return afterString;
  return trigger === ' ' && (begun || !text.slice(0, replaced.offset).trimEnd().endsWith(':'));
}

function offersAt(document: TextDocument, cursor: Cursor, typed: string, { knowledge }: Session): Offer[] {
  const text = document.getText();
  // Others' files begin empty, too: they are offered a few things, when they ask.
  if (cursor.kind === 'document') return document.languageId === 'json' ? emptyOffers(knowledge) : [];
  if (isResourceType(cursor)) return resourceTypeOffers(text, cursor, typed, knowledge);
  const whole = textWith(text, cursor, TYPED);
  const spot = isFhir(whole, knowledge.registry) ? spotOf(whole, cursor, knowledge) : undefined;
  if (!spot) return [];
  return cursor.kind === 'key' ? propertyOffers(spot, typed) : valueOffers(spot);
}
