// Writes into one cell or row of a section's XHTML, and leaves the rest of it as it is.
import type { Finding } from '../finding';
import { type Cell, overCell, type Row } from '../itk3/section-text';
import { writeLines } from '../itk3/write-section-text';

type Within = NonNullable<Finding['within']>;

/** What the cell says, as it stands in the XHTML. */
export function rawOf(div: string, { offset, length }: Within): string {
  return div.slice(offset, offset + length);
}

export function replaced(div: string, { offset, length }: Within, xhtml: string): string {
  return div.slice(0, offset) + xhtml + div.slice(offset + length);
}

/** The XHTML with other words in the cell; markup inside the old ones goes with them. */
export function reworded(div: string, cell: Cell, words: string): string {
  const { text, ...place } = overCell(div, cell, writeLines(words));
  return replaced(div, place, text);
}

/** The XHTML without the rows. */
export function withoutRows(div: string, rows: readonly Row[]): string {
  // Two labels may stand in one row.
  const places = new Map(rows.map(({ whole }) => [whole.offset, whole]));
  const fromTheEnd = [...places.values()].toSorted((a, b) => b.offset - a.offset);
  return fromTheEnd.reduce((left, place) => replaced(left, place, ''), div);
}
