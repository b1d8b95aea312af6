/**
 * Text from outside made safe to print on one line: control characters would steer the terminal, and direction marks
 * would show the text in another order than it has.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '·');
}
