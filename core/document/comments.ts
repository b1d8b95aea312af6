// JSON that people write for tools may hold comments; messages may not.
import { createScanner, SyntaxKind } from 'jsonc-parser';

/** The text with blanks in the place of its comments, so that everything stays where it is. */
export function withoutComments(text: string): string {
  const scanner = createScanner(text, false);
  let clean = '';
  let from = 0;
  for (let kind = scanner.scan(); kind !== SyntaxKind.EOF; kind = scanner.scan()) {
    if (kind !== SyntaxKind.LineCommentTrivia && kind !== SyntaxKind.BlockCommentTrivia) continue;
    const [offset, length] = [scanner.getTokenOffset(), scanner.getTokenLength()];
    clean += text.slice(from, offset) + text.slice(offset, offset + length).replace(/[^\r\n]/g, ' ');
    from = offset + length;
  }
  return clean + text.slice(from);
}
