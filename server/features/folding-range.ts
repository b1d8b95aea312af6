import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver';
import { type OutlineItem, outlineOf } from '../../core/itk3/outline';
import type { Span } from '../../core/document/source-document';
import { rangeOf } from '../convert';
import { type Feature, guarded } from '../feature';
import { type Opened, openedAt } from '../pointed';
import { foldsIn } from '../xml-spans';

/**
 * Entries, contained resources and sections as regions, so that "Fold All Regions" leaves a list of them. Every other
 * bracket of JSON folds as in any JSON, which the editor does itself; of XML nobody folds anything else once we do.
 */
export const foldingRange: Feature = {
  capabilities: { foldingRangeProvider: true },
  register(session) {
    session.connection.onFoldingRanges(({ textDocument }) =>
      guarded(session, 'Folding', () => {
        const opened = openedAt(session, textDocument);
        if (!opened) return null;
        const found = regions(outlineOf(opened.message, session.knowledge), opened);
        return opened.form.source.format === 'xml'
          ? foldsOfXml(opened, found)
          : found.flatMap((span) => foldOf(span, opened));
      }),
    );
  },
};

function regions(items: readonly OutlineItem[], opened: Opened): Span[] {
  return items.flatMap(({ whole, inside }) => [
    ...(whole === '' ? [] : [opened.form.source.spanOf(whole, 'value')]),
    ...regions(inside, opened),
  ]);
}

/** The line of the closing bracket stays, as where JSON itself folds. */
function foldOf(span: Span, { document }: Opened): FoldingRange[] {
  const { start, end } = rangeOf(document, span);
  return end.line - 1 > start.line
    ? [{ startLine: start.line, endLine: end.line - 1, kind: FoldingRangeKind.Region }]
    : [];
}

/** One a line: the outermost that begins there. */
function foldsOfXml({ document, form }: Opened, found: readonly Span[]): FoldingRange[] {
  const begins = new Set(found.map(({ offset }) => offset));
  const lines = new Set<number>();
  return foldsIn(form.text).flatMap(({ offset, length, kind }): FoldingRange[] => {
    const { start, end } = rangeOf(document, { offset, length });
    if (end.line <= start.line || lines.has(start.line)) return [];
    lines.add(start.line);
    const isRegion = kind === 'region' || begins.has(offset);
    const as = isRegion ? FoldingRangeKind.Region : kind === 'comment' ? FoldingRangeKind.Comment : undefined;
    return [{ startLine: start.line, endLine: end.line, ...(as && { kind: as }) }];
  });
}
