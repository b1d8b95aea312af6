/**
 * Text from outside made safe to print on one line: control characters would steer the terminal, and direction marks
 * would show the text in another order than it has.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '·');
}

/** The same of a text of several lines, which it keeps. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}
