// Fresh identifiers for a message that goes once more, as edits of its text. Pure.
import { editsOf } from '../core/document/edits';
import { readDocument } from '../core/document/read-document';
import type { SyntaxProblem } from '../core/document/source-document';
import { readMessage } from '../core/itk3/message';
import type { Knowledge } from '../core/knowledge';
import { renewIdentifiers } from '../core/refactor/identifiers';

/** Undefined where the text is broken: edits of it would land anywhere. */
export function renewingEdits(
  text: string,
  { registry }: Knowledge,
  randomUUID: () => string,
): ReturnType<typeof editsOf> | undefined {
  if (readDocument(text, registry).problems.some(isInTheWay)) return undefined;
  return editsOf(
    text,
    (value) => {
      const message = readMessage(value);
      return message ? renewIdentifiers(message, randomUUID) : value;
    },
    registry,
  );
}

/** What is only out of place in XML was read all the same; of two properties of one name the first was not. */
function isInTheWay({ isWhole, rule }: SyntaxProblem): boolean {
  return !isWhole || rule === 'duplicate-key';
}
