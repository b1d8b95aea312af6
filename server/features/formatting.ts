import {
  type Disposable,
  DocumentFormattingRequest,
  DocumentRangeFormattingRequest,
  type FormattingOptions,
  type TextEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { formatted } from '../../core/document/format';
import type { Span } from '../../core/document/source-document';
import type { TextEdit as PlainEdit } from '../../core/document/text-edits';
import { editOf, spanOf } from '../convert';
import { type Feature, guarded, type Session } from '../feature';
import { pathOf } from '../folders';
import { isReceived } from '../received';

/**
 * A message laid out anew, in both its forms. An editor that has a formatter for JSON, and perhaps another for XML, would
 * ask which of two is meant: where the client says so, it is told of ours for each document of FHIR XML alone.
 */
export const formatting: Feature = {
  capabilities: ({ formatsXmlAlone }) =>
    formatsXmlAlone ? {} : { documentFormattingProvider: true, documentRangeFormattingProvider: true },
  register(session) {
    const { connection, documents } = session;
    connection.onDocumentFormatting(({ textDocument: { uri }, options }) => answer(uri, options, session));
    connection.onDocumentRangeFormatting(({ textDocument: { uri }, options, range }) =>
      answer(uri, options, session, (document) => spanOf(document, range)),
    );
    const told = new Map<string, Promise<Disposable | undefined>[]>();
    const takeBack = (uri: string): void => {
      for (const one of told.get(uri) ?? []) void one.then((registered) => registered?.dispose());
      told.delete(uri);
    };
    documents.onDidChangeContent(({ document }) => {
      if (!session.client.formatsXmlAlone) return;
      const { uri } = document;
      guarded(session, 'Formatting', () => {
        if (!isFhirXml(document, session)) takeBack(uri);
        else if (!told.has(uri)) told.set(uri, offerFor(uri, session));
      });
    });
    documents.onDidClose(({ document: { uri } }) => takeBack(uri));
  },
};

function isFhirXml(document: TextDocument, { forms }: Session): boolean {
  return document.languageId === 'xml' && !isReceived(document.uri) && forms.of(document) !== undefined;
}

function offerFor(uri: string, { connection }: Session): Promise<Disposable | undefined>[] {
  const documentSelector = [{ language: 'xml', scheme: uri.slice(0, uri.indexOf(':')), pattern: patternOf(uri) }];
  return [DocumentFormattingRequest.type, DocumentRangeFormattingRequest.type].map((type) =>
    // Refused only by a client that has gone.
    connection.client.register(type, { documentSelector }).catch(() => undefined),
  );
}

/** A path in which nothing means more than itself. */
function patternOf(uri: string): string {
  const path = pathOf(uri) ?? decodeURIComponent(new URL(uri).pathname);
  return path.replace(/[*?[\]{}]/g, '?');
}

function answer(
  uri: string,
  { insertSpaces, tabSize }: FormattingOptions,
  session: Session,
  spanIn?: (document: TextDocument) => Span,
): TextEdit[] | null {
  const document = isReceived(uri) ? undefined : session.documents.get(uri);
  return guarded(session, 'Formatting', () => {
    if (!document || !session.forms.of(document)) return null;
    const text = document.getText();
    const after = formatted(text, { unit: insertSpaces ? ' '.repeat(tabSize) : '\t' });
    const edits = blanksBetween(text, after) ?? [{ offset: 0, length: text.length, text: after }];
    const span = spanIn?.(document);
    const wanted = span ? edits.filter((edit) => isWithin(edit, span)) : edits;
    return wanted.map((edit) => editOf(document, edit));
  });
}

/** What changes one text into another that has other blanks between the same ink; undefined where the ink differs. */
function blanksBetween(before: string, after: string): PlainEdit[] | undefined {
  const edits: PlainEdit[] = [];
  for (let [i, j] = [0, 0]; i < before.length || j < after.length;) {
    const [from, to] = [endOfBlank(before, i), endOfBlank(after, j)];
    if (before.slice(i, from) !== after.slice(j, to))
      edits.push({ offset: i, length: from - i, text: after.slice(j, to) });
    if (before[from] !== after[to]) return undefined;
    [i, j] = [from + 1, to + 1];
  }
  return edits;
}

function endOfBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \n\r\t'.includes(text.charAt(at))) at++;
  return at;
}

function isWithin(inner: Span, outer: Span): boolean {
  return inner.offset >= outer.offset && inner.offset + inner.length <= outer.offset + outer.length;
}
