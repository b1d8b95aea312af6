// Offers in the protocol's words: as little of each as the client lets us say once for all.
import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  InsertTextFormat,
  InsertTextMode,
  type Range,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { rangeOf } from '../convert';
import type { Client } from '../feature';
import { markup } from '../hover/markdown';
import type { Offer } from './offer';
import type { Place, Written } from './place';

const KINDS: Record<Offer['kind'], CompletionItemKind> = {
  property: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  code: CompletionItemKind.EnumMember,
  reference: CompletionItemKind.Reference,
  type: CompletionItemKind.Struct,
};

/** @param data what a client hands back with an item to be told more of it */
export function listOf(
  offers: readonly Offer[],
  place: Place,
  document: TextDocument,
  client: Client,
  data: object,
): Omit<CompletionList, 'isIncomplete'> {
  const common = {
    insertTextFormat: client.snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    ...(client.adjustsIndentation && { insertTextMode: InsertTextMode.adjustIndentation }),
    ...(client.lazyDocumentation && { data }),
  };
  const { itemDefaults } = client;
  const isShared = (name: string): boolean => itemDefaults.includes(name);
  const shared = Object.fromEntries(Object.entries(common).filter(([name]) => isShared(name)));
  const each = Object.fromEntries(Object.entries(common).filter(([name]) => !isShared(name)));
  const range = rangeOf(document, place.replaced);
  const write = place.writer(client);
  const items = offers.map((offer, i) => {
    const written = write(offer);
    return {
      ...itemOf(offer, i, place, client),
      ...each,
      ...(offer.lead && client.lazyAdditions && { data: { ...data, fullUrl: offer.lead.fullUrl } }),
      ...besides(written, document),
      ...placed(written.text, range, isShared('editRange')),
    };
  });
  const defaults = { ...shared, ...(isShared('editRange') && { editRange: range }) };
  return { items, ...(itemDefaults.length > 0 && { itemDefaults: defaults }) };
}

function placed(text: string, range: Range, isShared: boolean): Partial<CompletionItem> {
  return isShared ? { textEditText: text } : { textEdit: { range, newText: text } };
}

function besides({ besides: edits }: Written, document: TextDocument): Partial<CompletionItem> {
  if (!edits) return {};
  return { additionalTextEdits: edits.map((edit) => ({ range: rangeOf(document, edit), newText: edit.text })) };
}

function itemOf(offer: Offer, i: number, place: Place, client: Client): CompletionItem {
  const { label, kind, detail, preselect } = offer;
  const isBeside = client.labelDetails && kind === 'code' && detail !== undefined;
  const documentation = client.lazyDocumentation ? undefined : documentationOf(offer, client);
  return {
    label,
    kind: KINDS[kind],
    ...(isBeside ? { labelDetails: { description: detail } } : detail !== undefined && { detail }),
    ...(documentation && { documentation }),
    // Before the quote: VS Code's own JSON offers whatever else stands in the file.
    sortText: `!${String(i).padStart(5, '0')}`,
    filterText: place.filterOf(offer),
    ...(preselect && { preselect }),
  };
}

export function documentationOf({ documentation }: Offer, client: Client): CompletionItem['documentation'] {
  const words = documentation?.();
  return words ? markup(words, { markdown: client.markdownInCompletion }) : undefined;
}

/** Whether an item that a client hands back was made of this offer. */
export function isOf(item: CompletionItem, { label, detail }: Offer): boolean {
  return item.label === label && (item.detail ?? item.labelDetails?.description) === detail;
}
