// What a request points at: the document, its form, and the spot in it.
import type { Position, TextDocumentIdentifier } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Spot } from '../core/document/source-document';
import type { Message } from '../core/itk3/message';
import { type Mentions, mentionsIn } from '../core/itk3/mentions';
import type { Form } from './documents';
import type { Session } from './feature';

/** An open document that holds a resource. */
export interface Opened {
  document: TextDocument;
  form: Form;
  message: Message;
}

export interface Pointed extends Opened {
  spot: Spot;
}

/** Undefined when the document is not open or none of ours, or holds no resource yet. */
export function openedAt({ documents, forms }: Session, { uri }: TextDocumentIdentifier): Opened | undefined {
  const document = documents.get(uri);
  const form = document && forms.of(document);
  return document && form?.message && { document, form, message: form.message };
}

export function pointedAt(
  session: Session,
  { textDocument, position }: { textDocument: TextDocumentIdentifier; position: Position },
): Pointed | undefined {
  const opened = openedAt(session, textDocument);
  return opened && { ...opened, spot: opened.form.source.pointerAt(opened.document.offsetAt(position)) };
}

export function mentionsOf({ message }: Opened, { knowledge }: Session): Mentions {
  return mentionsIn(message, knowledge.envelope);
}

/** Every other open document that holds a resource: a message and its acknowledgements are read side by side. */
export function openedBeside({ document }: Opened, session: Session): Opened[] {
  return session.documents
    .all()
    .filter(({ uri }) => uri !== document.uri)
    .flatMap((other) => openedAt(session, other) ?? []);
}
