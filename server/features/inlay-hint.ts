import type { InlayHint } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { rangeOf, spanOf } from '../convert';
import { type Feature, guarded, type Session } from '../feature';
import { DEFAULT_HINTS, type Hint, type HintOptions, hintsIn, readHintOptions } from '../inlay-hints';

/** What a person would have to look up, behind the value. */
export const inlayHint: Feature = {
  capabilities: { inlayHintProvider: true },
  register(session) {
    const { connection, documents, settings, client } = session;
    let options = DEFAULT_HINTS;
    let reading = Promise.resolve();

    const refresh = (): void => {
      if (client.refreshedHints) connection.languages.inlayHint.refresh().catch(() => undefined);
    };

    connection.languages.inlayHint.on(async ({ textDocument: { uri }, range }) => {
      // Nobody sees hints for a moment that the settings do not want.
      await reading;
      const document = documents.get(uri);
      return document
        ? guarded(session, 'Inlay hints', () => answer(document, spanOf(document, range), options, session))
        : null;
    });
    settings.onChange(() => {
      reading = settings.section().then(
        (section) => {
          const wanted = readHintOptions(section);
          if (wanted.references === options.references && wanted.codes === options.codes) return;
          options = wanted;
          refresh();
        },
        () => undefined,
      );
    });
  },
};

function answer(
  document: TextDocument,
  range: { offset: number; length: number },
  options: HintOptions,
  session: Session,
): InlayHint[] {
  const form = session.forms.of(document);
  if (!form?.message) return [];
  const { source, message } = form;
  return hintsIn(range, source, message, session.knowledge, options).map(({ at, text, more, target }: Hint) => ({
    position: document.positionAt(at),
    paddingLeft: true,
    label: [
      {
        value: text,
        ...(more !== undefined && { tooltip: more }),
        ...(target !== undefined && {
          location: { uri: document.uri, range: rangeOf(document, source.spanOf(target, 'key')) },
        }),
      },
    ],
  }));
}
