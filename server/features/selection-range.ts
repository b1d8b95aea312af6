import type { SelectionRange } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { parentOf, type Pointer } from '../../core/document/pointer';
import type { SourceDocument, Span } from '../../core/document/source-document';
import { rangeOf } from '../convert';
import { type Feature, guarded } from '../feature';
import { spansAround } from '../xml-spans';

/** From a value outwards: its property, the object, the item, the list, up to the resource, its entry and the bundle. */
export const selectionRange: Feature = {
  capabilities: { selectionRangeProvider: true },
  register(session) {
    session.connection.onSelectionRanges(({ textDocument, positions }) =>
      guarded(session, 'Selection', () => {
        const document = session.documents.get(textDocument.uri);
        const form = document && session.forms.of(document);
        if (!form) return null;
        const { source } = form;
        const around = source.format === 'xml' ? spansAround(source.text) : spansIn(source);
        return positions.map((position) => widening(document, document.offsetAt(position), around));
      }),
    );
  },
};

function widening(document: TextDocument, offset: number, around: (offset: number) => Span[]): SelectionRange {
  const spans: Span[] = [{ offset, length: 0 }, ...around(offset)];
  const chain = spans.filter((span, i) => i === 0 || spans.slice(0, i).every((inner) => isInside(inner, span)));
  return chain.reduceRight<SelectionRange | undefined>(
    (parent, span) => ({ range: rangeOf(document, span), ...(parent && { parent }) }),
    undefined,
  )!;
}

/** What is around a place of JSON, inner before outer. */
function spansIn(source: SourceDocument): (offset: number) => Span[] {
  const { text } = source;
  return (offset) => {
    const { pointer, part } = source.pointerAt(offset);
    const spans: Span[] = [];
    if (part === 'key') spans.push(...withinQuotes(text, source.spanOf(pointer, 'key')));
    for (let at: Pointer = pointer; ; at = parentOf(at)) {
      const value = source.spanOf(at, 'value');
      spans.push(...withinQuotes(text, value));
      if (at === '') break;
      const key = source.spanOf(at, 'key');
      if (key.offset < value.offset)
        spans.push({ offset: key.offset, length: value.offset + value.length - key.offset });
    }
    return spans;
  };
}

/** Of a text first what stands between its quotes. */
function withinQuotes(text: string, span: Span): Span[] {
  return text[span.offset] === '"' ? [{ offset: span.offset + 1, length: Math.max(span.length - 2, 0) }, span] : [span];
}

function isInside(inner: Span, outer: Span): boolean {
  const end = inner.offset + inner.length;
  return inner.offset >= outer.offset && end <= outer.offset + outer.length && inner.length < outer.length;
}
