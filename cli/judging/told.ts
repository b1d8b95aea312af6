// A finding as it is told: with the lines and columns of its text.
import { fhirPath, type Pointer } from '../../core/document/pointer';
import { pathsOf } from '../../core/exceptions/exception';
import type { Span } from '../../core/document/source-document';
import type { PlacedFinding } from '../../core/validate/check-document';
import { type Among, placed } from './among';
import type { Place, ToldFinding, ToldFix } from './judged';
import { type Lines, linesOf } from './lines';
import type { Mend, Mender } from './mends';

/** A whole message may stand in one line: more of it than this, on each side, no terminal shows. */
const REACH = 1200;

/**
 * @param text in which the findings lie
 * @param value of the text as far as it could be read: what their pointers point into
 * @param among of a text that is one message of its file: places are those of the file
 * @param mend where it is to be told too what would mend them
 */
export function tellerOf(
  text: string,
  value: unknown,
  among?: Among,
  mend?: Mender,
): (finding: PlacedFinding) => ToldFinding {
  let lines: Lines | undefined;
  const placeOf = (span: Span): Place => {
    const place = placeIn((lines ??= linesOf(text)), span);
    return among ? placed(place, among.at) : place;
  };
  const fixOf = ({ title, sure, edits }: Mend): ToldFix => ({
    title,
    sure,
    edits: edits.map((edit) => {
      const { line, column, endLine, endColumn, offset, length } = placeOf(edit);
      return { place: { line, column, endLine, endColumn, offset, length }, text: edit.text };
    }),
  });
  const told = ({ rule, severity, message, pointer, source, span, relatedSpans }: PlacedFinding): ToldFinding => ({
    rule,
    severity,
    message,
    pointer,
    path: fhirPath(value, pointer),
    spot: spotOf(value, pointer),
    ...(source && { source }),
    place: placeOf(span),
    related: relatedSpans.map((related) => ({ message: related.message, place: placeOf(related.span) })),
  });
  if (!mend) return told;
  return (finding) => {
    const fixes = mend(finding).map(fixOf);
    return fixes.length === 0 ? told(finding) : { ...told(finding), fixes };
  };
}

/** Where a finding stays when others come or go: from the nearest resource on, and without the places in lists. */
export function spotOf(value: unknown, pointer: Pointer): string {
  return pathsOf(value, pointer)
    .at(-1)!
    .replace(/\[\d+\]/g, '');
}

function placeIn(lines: Lines, { offset, length }: Span): Place {
  const { line, column } = lines.placeOf(offset);
  const end = lines.placeOf(offset + length);
  const whole = lines.textOf(line);
  const start = column - 1;
  const from = Math.max(0, start - REACH);
  const text = whole.slice(from, start + Math.min(length, REACH) + REACH);
  const around = { text, start: start - from, end: Math.min(start - from + length, text.length) };
  return { line, column, endLine: end.line, endColumn: end.column, offset, length, around };
}
