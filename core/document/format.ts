// A message's text laid out anew: only the white space between values changes, whichever way it is written.
import { format } from 'jsonc-parser';
import { readJson } from './json-document';
import { formatOf } from './read-document';
import { applyTextEdits } from './text-edits';
import { formattedXml } from './xml-format';

export interface FormatOptions {
  /** One step of indentation; two spaces. */
  unit?: string;
  /** As the text has them. */
  eol?: string;
}

/** Formatted twice is formatted once. A text that is broken comes back as it is. */
export function formatted(source: string, { unit = '  ', eol = eolOf(source) }: FormatOptions = {}): string {
  const mark = source.startsWith('\uFEFF') ? '\uFEFF' : '';
  const text = source.slice(mark.length);
  const lines = formatOf(text) === 'xml' ? formattedXml(text, { unit, eol }) : formattedJson(text, { unit, eol });
  return lines === undefined ? source : mark + lines + eol;
}

/** A text that came on one line in lines, every value as it was written; any other text as it is. */
export function laidOut(text: string): string {
  return text.trim().includes('\n') ? text : formatted(text, { eol: '\n' });
}

function formattedJson(text: string, { unit, eol }: Required<FormatOptions>): string | undefined {
  if (readJson(text).problems.some(({ isWhole }) => !isWhole)) return undefined;
  const insertSpaces = !unit.startsWith('\t');
  const edits = format(text, undefined, { insertSpaces, tabSize: insertSpaces ? unit.length : 1, eol });
  const changes = edits.map(({ offset, length, content }) => ({ offset, length, text: content }));
  return applyTextEdits(text, changes).trim();
}

function eolOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
