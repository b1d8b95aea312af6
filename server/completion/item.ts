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
import { type Layout, layoutOf } from '../../core/document/json-edits';
import { rangeOf } from '../convert';
import type { Client } from '../feature';
import { markup } from '../hover/markdown';
import type { Cursor } from './cursor';
import { filled } from '../../core/draft/draft';
import type { Offer } from './offer';
import { onOwnLines } from './own-lines';
import { written } from './written';

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
  cursor: Cursor,
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
  const range = rangeOf(document, cursor.replaced);
  const write = writer(cursor, document, client);
  const items = offers.map((offer, i) => ({
    ...itemOf(offer, i, cursor, document, client),
    ...each,
    ...(offer.lead && client.lazyAdditions && { data: { ...data, fullUrl: offer.lead.fullUrl } }),
    ...placed(write(offer), range, isShared('editRange')),
  }));
  const defaults = { ...shared, ...(isShared('editRange') && { editRange: range }) };
  return { items, ...(itemDefaults.length > 0 && { itemDefaults: defaults }) };
}

function placed(text: string, range: Range, isShared: boolean): Partial<CompletionItem> {
  return isShared ? { textEditText: text } : { textEdit: { range, newText: text } };
}

/** Writes what is inserted for an offer, with the commas and the space that it needs around it. */
function writer(
  cursor: Cursor,
  document: TextDocument,
  { snippets, adjustsIndentation }: Client,
): (offer: Offer) => string {
  const { kind: where, needsSpace, commaAfter, commaBefore, hasValue, hasBraces, replaced } = cursor;
  // Further lines are right only where the client indents them like the first.
  const layout = layoutOf(document.getText());
  // What begins a document makes its layout.
  const isSpread = where === 'document' || (adjustsIndentation && !layout.isFlat);
  const style = { snippets, layout: isSpread ? layout : undefined };
  // Two edits at one place have no order, so there the comma is part of the first.
  const before = commaBefore === replaced.offset ? ', ' : needsSpace ? ' ' : '';
  const after = commaAfter && !hasValue ? ',' : '';
  return ({ kind, label, draft }) => {
    const text = written(kind === 'property' ? label : undefined, draft, style);
    const own = isSpread ? onOwnLines(text, document.getText(), cursor, { ...layout, snippets }) : undefined;
    if (own !== undefined) return own + after;
    return before + (hasBraces ? withoutBraces(text, layout) : text) + after;
  };
}

/** The members of an object alone. */
function withoutBraces(text: string, { eol, unit }: Layout): string {
  return text
    .slice(1, -1)
    .trim()
    .replaceAll(eol + unit, eol);
}

function itemOf(offer: Offer, i: number, cursor: Cursor, document: TextDocument, client: Client): CompletionItem {
  const { label, kind, draft, filter = label, detail, preselect } = offer;
  const { commaBefore, replaced } = cursor;
  const isQuoted =
    kind === 'property' || document.getText()[replaced.offset] === '"' || typeof filled(draft) === 'string';
  const besides = client.labelDetails && kind === 'code' && detail !== undefined;
  const documentation = client.lazyDocumentation ? undefined : documentationOf(offer, client);
  return {
    label,
    kind: KINDS[kind],
    ...(besides ? { labelDetails: { description: detail } } : detail !== undefined && { detail }),
    ...(documentation && { documentation }),
    // Before the quote: VS Code's own JSON offers whatever else stands in the file.
    sortText: `!${String(i).padStart(5, '0')}`,
    // Compared with what stands between the start of the replaced text and the cursor, which begins with the quote or brace.
    filterText: cursor.opened ? cursor.opened + filter : isQuoted ? `"${filter}"` : filter,
    ...(preselect && { preselect }),
    ...(commaBefore !== undefined &&
      commaBefore !== replaced.offset && {
        additionalTextEdits: [{ range: rangeOf(document, { offset: commaBefore, length: 0 }), newText: ',' }],
      }),
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
