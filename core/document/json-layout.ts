import { format } from 'jsonc-parser';
import { readJson } from './json-document';

/** A text that came on one line in lines, every value as it was written; any other text as it is. */
export function laidOut(text: string): string {
  const isBroken = (): boolean => readJson(text).problems.some(({ rule }) => rule !== 'duplicate-key');
  if (text.trim().includes('\n') || isBroken()) return text;
  let after = '';
  let at = 0;
  for (const { offset, length, content } of format(text, undefined, { insertSpaces: true, tabSize: 2, eol: '\n' })) {
    after += text.slice(at, offset) + content;
    at = offset + length;
  }
  return `${after}${text.slice(at)}`.trim() + '\n';
}
