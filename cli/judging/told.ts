// A finding as it is told: with the lines and columns of its text.
import { fhirPath } from '../../core/document/pointer';
import type { Span } from '../../core/document/source-document';
import type { PlacedFinding } from '../../core/validate/check-document';
import type { Place, ToldFinding } from './judged';
import { type Lines, linesOf } from './lines';

/** A whole message may stand in one line: more of it than this, on each side, no terminal shows. */
const REACH = 1200;

/**
 * @param text in which the findings lie
 * @param value of the text as far as it could be read: what their pointers point into
 */
export function tellerOf(text: string, value: unknown): (finding: PlacedFinding) => ToldFinding {
  let lines: Lines | undefined;
  const placeOf = (span: Span): Place => placeIn((lines ??= linesOf(text)), span);
  return ({ rule, severity, message, pointer, source, span, relatedSpans }) => ({
    rule,
    severity,
    message,
    pointer,
    path: fhirPath(value, pointer),
    ...(source && { source }),
    place: placeOf(span),
    related: relatedSpans.map((related) => ({ message: related.message, place: placeOf(related.span) })),
  });
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
