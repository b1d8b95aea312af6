import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver';
import { type OutlineItem, outlineOf } from '../../core/itk3/outline';
import { rangeOf } from '../convert';
import { type Feature, guarded } from '../feature';
import { type Opened, openedAt } from '../pointed';

/**
 * Entries, contained resources and sections as regions, so that "Fold All Regions" leaves a list of them. Every other
 * bracket folds as in any JSON, which the editor does itself.
 */
export const foldingRange: Feature = {
  capabilities: { foldingRangeProvider: true },
  register(session) {
    session.connection.onFoldingRanges(({ textDocument }) =>
      guarded(session, 'Folding', () => {
        const opened = openedAt(session, textDocument);
        return opened ? regions(outlineOf(opened.message, session.knowledge), opened) : null;
      }),
    );
  },
};

function regions(items: OutlineItem[], opened: Opened): FoldingRange[] {
  return items.flatMap(({ whole, inside }) => {
    const { start, end } = rangeOf(opened.document, opened.form.source.spanOf(whole, 'value'));
    // The line of the closing bracket stays, as where JSON itself folds.
    const region = { startLine: start.line, endLine: end.line - 1, kind: FoldingRangeKind.Region };
    return [...(whole !== '' && region.endLine > region.startLine ? [region] : []), ...regions(inside, opened)];
  });
}
