// JSON that people write for tools may hold comments; messages may not.
import { stripComments } from 'jsonc-parser';

/** The text with blanks in the place of its comments, so that everything stays where it is. */
export function withoutComments(text: string): string {
  // Behind a comment that the text ends with, one blank too many is put.
  return stripComments(text, ' ').slice(0, text.length);
}
