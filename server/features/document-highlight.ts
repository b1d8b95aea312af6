import { type DocumentHighlight, DocumentHighlightKind } from 'vscode-languageserver';
import { rangeOf } from '../convert';
import { type Feature, guarded } from '../feature';
import { mentionsOf, pointedAt } from '../pointed';

/** Every place that names the resource whose name is under the cursor; its own names as what is written, others as what is read. */
export const documentHighlight: Feature = {
  capabilities: { documentHighlightProvider: true },
  register(session) {
    session.connection.onDocumentHighlight((params) =>
      guarded(session, 'Highlight', (): DocumentHighlight[] | null => {
        const pointed = pointedAt(session, params);
        if (pointed?.spot.part !== 'value') return null;
        const { document, form, spot } = pointed;
        const mentions = mentionsOf(pointed, session);
        const resource = mentions.at.get(spot.pointer)?.resource;
        if (!resource) return null;
        return (mentions.of.get(resource) ?? []).map(({ pointer, name, kind }) => ({
          range: rangeOf(document, form.source.spanOf(pointer, 'value', name)),
          kind: kind === 'reference' ? DocumentHighlightKind.Read : DocumentHighlightKind.Write,
        }));
      }),
    );
  },
};
