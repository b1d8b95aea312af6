import type { CompletionItem, CompletionList, CompletionParams, TextEdit as LspEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { documentationOf, isOf, listOf } from '../completion/item';
import { jsonPlaceAt } from '../completion/json-place';
import type { Offer } from '../completion/offer';
import type { Place } from '../completion/place';
import { xmlPlaceAt } from '../completion/xml-place';
import { editsFor } from '../../core/document/edits';
import { formatOf } from '../../core/document/read-document';
import type { Format } from '../../core/document/source-document';
import type { TextEdit } from '../../core/document/text-edits';
import type { Registry } from '../../core/definitions/registry';
import type { Change } from '../../core/finding';
import { rangeOf } from '../convert';
import { LARGEST } from '../limits';
import { type Feature, guarded, type Session } from '../feature';
import { isReceived } from '../received';

/** Names and values that fit where the cursor stands. */
export const completion: Feature = {
  capabilities: {
    completionProvider: { triggerCharacters: ['"', ':', ' ', '<', '/'], resolveProvider: true },
  },
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
  const place = placeAt(document, document.offsetAt(params.position), session);
  const trigger = params.context?.triggerCharacter;
  if (!place || (trigger !== undefined && place.isUnasked(trigger))) return null;
  // Others' files begin empty, too: they are offered a few things, when they ask.
  if (place.isBlank && document.languageId !== 'json' && document.languageId !== 'xml') return null;
  const all = place.offers(session.knowledge);
  // Typed in a url, it narrows what is offered; else it would ask wherever a fraction or a path is written.
  const offers = trigger === '/' ? all.filter((offer) => holds(offer, place.typed)) : all;
  if (offers.length === 0) return null;
  const chosen = offers.length > MOST ? offers.filter((offer) => holds(offer, place.typed)).slice(0, MOST) : offers;
  const data: Data = { uri: document.uri, offset: place.anchor };
  return { isIncomplete: offers.length > MOST, ...listOf(chosen, place, document, session.client, data) };
}

function placeAt(document: TextDocument, offset: number, { knowledge }: Session): Place | undefined {
  const text = document.getText();
  if (text.length > LARGEST) return undefined;
  return (formatIn(document) === 'xml' ? xmlPlaceAt : jsonPlaceAt)(text, offset, knowledge.registry);
}

/** Of a text that has not begun, only its language says how it will be written. */
function formatIn(document: TextDocument): Format {
  return document.languageId === 'xml' ? 'xml' : formatOf(document.getText());
}

/** Where the list was asked for, which stays while more is typed there. */
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
  const isBegun = formatIn(document) === 'json' && /[^\s}[\],:]/.test(document.getText().charAt(offset));
  const place = placeAt(document, isBegun ? offset + 1 : offset, session);
  const offer = place?.offers(session.knowledge).find((one) => isOf(item, one));
  if (!place || !offer) return item;
  const documentation = documentationOf(offer, session.client);
  const change = fullUrl === undefined ? undefined : offer.lead?.change(fullUrl);
  const { additionalTextEdits = [] } = item;
  const elsewhere = change ? editsElsewhere(change, offer, place, document, session.knowledge.registry) : [];
  return {
    ...item,
    ...(documentation && { documentation }),
    ...(elsewhere.length > 0 && { additionalTextEdits: [...additionalTextEdits, ...elsewhere] }),
  };
}

/** What a change says of the rest of the text, as if what is accepted stood there. */
function editsElsewhere(
  change: Change,
  offer: Offer,
  place: Place,
  document: TextDocument,
  registry: Registry,
): LspEdit[] {
  const whole = place.wholeWith(offer);
  const { offset, length } = place.replaced;
  const by = whole.length - document.getText().length;
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
  return filter.toLowerCase().includes(typed.toLowerCase());
}
