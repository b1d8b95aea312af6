// What can be done to a message as a whole, or to the section at the cursor, whatever is right or wrong with it.
import { CodeActionKind } from 'vscode-languageserver';
import { editsOf } from '../../core/document/edits';
import { readMessage } from '../../core/itk3/message';
import { type Refactoring, REFACTORINGS } from '../../core/refactor/refactorings';
import { freshNow } from '../fresh-now';
import type { Asked, Offered, Provider } from './provider';

/** One for each, so that a key can be bound to its kind. */
export const refactorings: readonly Provider[] = REFACTORINGS.map((refactoring) => ({
  kind: `${CodeActionKind.RefactorRewrite}.itk3.${refactoring.id}`,
  isFor: refactoring.isLocal ? 'whoever invokes' : 'whoever names it',
  offers: (asked) => offer(refactoring, asked),
}));

function offer({ title, whyNot, apply }: Refactoring, asked: Asked): Offered[] {
  const { document, isMessage, session, span, only } = asked;
  const form = isMessage ? session.forms.of(document) : undefined;
  if (!form?.message) return [];
  const { pointer } = form.source.pointerAt(span.offset);
  const { knowledge } = session;
  const reason = whyNot(form.message, knowledge, pointer);
  // Who asks for refactorings is told what is not to be had here, and why; nobody else is.
  if (reason !== undefined) return only ? [{ title, disabled: { reason } }] : [];
  const fresh = freshNow();
  return [
    {
      title,
      edits: () =>
        editsOf(
          document.getText(),
          (value) => {
            const message = readMessage(value);
            return message ? apply(message, knowledge, fresh, pointer) : value;
          },
          knowledge.registry,
        ),
    },
  ];
}
