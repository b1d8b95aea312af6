// Findings as the library tells them: with lines and columns, and without what only the house understands.
import type { Span } from '../core/document/source-document';
import type { PlacedFinding } from '../core/validate/check-document';
import { linesOf } from '../cli/judging/lines';
import { tellerOf } from '../cli/judging/told';
import type { Finding, Place } from './api';

/** @param text in which the findings lie, and its value as far as it could be read */
export function findingsIn(text: string, value: unknown): (finding: PlacedFinding) => Finding {
  const tell = tellerOf(text, value);
  return (finding) => {
    const told = tell(finding);
    const related = told.related.map(({ message, place }) => ({ message, place: bare(place) }));
    return { ...told, place: bare(told.place), related };
  };
}

export function placeIn(text: string): (span: Span) => Place {
  const lines = linesOf(text);
  return ({ offset, length }) => {
    const { line, column } = lines.placeOf(offset);
    const { line: endLine, column: endColumn } = lines.placeOf(offset + length);
    return { line, column, endLine, endColumn, offset, length };
  };
}

/** The line around it is for terminals: who has the text has that too. */
function bare({ line, column, endLine, endColumn, offset, length }: Place): Place {
  return { line, column, endLine, endColumn, offset, length };
}
