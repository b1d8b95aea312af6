// Writes into one cell or row of a section's XHTML, and leaves the rest of it as it is.
import type { Finding } from '../finding';
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
export function reworded(div: string, within: Within, words: string): string {
  const inside = rawOf(div, within).includes('<') ? insideCell(div, within) : within;
  return replaced(div, inside ?? within, writeLines(words));
}

/** Between the tags of the cell. */
function insideCell(div: string, { offset, length }: Within): Within | undefined {
  const before = div.slice(0, offset);
  const open = Math.max(before.lastIndexOf('<td'), before.lastIndexOf('<th'));
  const from = div.indexOf('>', open) + 1;
  const to = div.slice(offset + length).search(/<\/t[dh]\s*>/);
  return open < 0 || from === 0 || to < 0 ? undefined : { offset: from, length: offset + length + to - from };
}

/** The row around a cell. */
export function rowHolding(div: string, { offset, length }: Within): Within | undefined {
  const from = Math.max(div.lastIndexOf('<tr>', offset), div.lastIndexOf('<tr ', offset));
  const [end] = /<\/tr\s*>/.exec(div.slice(offset + length)) ?? [];
  const to = end === undefined ? -1 : div.indexOf(end, offset + length) + end.length;
  return from < 0 || to < 0 ? undefined : { offset: from, length: to - from };
}
