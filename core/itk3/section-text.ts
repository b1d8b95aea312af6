// Reads the tables of a section's text: a label, what it says, and where that stands in the XHTML.
import type { Finding } from '../finding';

/** A stretch of the text as a person reads it, and where it stands in the XHTML. */
export interface Stretch {
  text: string;
  within: NonNullable<Finding['within']>;
}

export interface Row {
  /** In lower case, without a colon at its end. */
  label: string;
  cell: Stretch;
}

interface Cell extends Stretch {
  tag: 'th' | 'td';
}

const NEW_LINE: ReadonlySet<string> = new Set(['p', 'br', 'li', 'div', 'tr', 'td', 'th', 'ul', 'ol', 'table', 'tbody']);

/**
 * The rows of all tables: a label beside what it says, or a line of labels over lines of as many cells. Tables inside
 * tables, and cells that span, are not read: what they say cannot be told surely.
 */
export function readRows(div: string): Row[] {
  const rows: Row[] = [];
  let labels: Cell[] = [];
  let line: Cell[] = [];
  let open: { tag: 'th' | 'td'; from: number } | undefined;
  let depth = 0;
  for (const { name, closing, from, to } of tagsOf(div)) {
    if (name === 'table') depth += closing ? -1 : 1;
    if (name === 'table' && !closing && depth > 1) return [];
    if (name === 'table' && !closing) labels = [];
    if ((name === 'td' || name === 'th') && !closing) {
      if (div.slice(from, to).includes('span=')) return [];
      open = { tag: name, from: to };
    }
    if ((name === 'td' || name === 'th') && closing && open) {
      line.push({ tag: open.tag, ...stretch(div, open.from, from) });
      open = undefined;
    }
    if (name !== 'tr') continue;
    if (closing && line.length > 1) {
      if (line.every((cell) => cell.tag === 'th')) labels = line;
      else rows.push(...pairsOf(line, labels));
    }
    line = [];
  }
  return rows;
}

function pairsOf(line: Cell[], labels: Cell[]): Row[] {
  const pair = (label: Cell, cell: Cell): Row => ({ label: label.text.toLowerCase().replace(/\s*:$/, ''), cell });
  if (line.every((cell) => cell.tag === 'td') && labels.length === line.length)
    return line.map((cell, i) => pair(labels[i]!, cell));
  const beside = line.every((cell, i) => i % 2 === 1 || cell.tag === 'th' || line.length === 2);
  if (!beside || line.length % 2 === 1) return [];
  return line.flatMap((cell, i) => (i % 2 === 0 ? [pair(cell, line[i + 1]!)] : []));
}

/** All that the XHTML says, as one line. */
export function plainText(div: string): string {
  return stretch(div, 0, div.length).text;
}

/** The rows with one of the labels. */
export function labelled(rows: readonly Row[], labels: readonly string[] | undefined): Row[] {
  const wanted = labels?.map((label) => label.toLowerCase());
  return wanted ? rows.filter(({ label }) => wanted.includes(label)) : [];
}

interface Tag {
  name: string;
  closing: boolean;
  from: number;
  to: number;
}

function* tagsOf(xhtml: string, start = 0, end = xhtml.length): Generator<Tag> {
  let from = xhtml.indexOf('<', start);
  while (from >= 0 && from < end) {
    const comment = xhtml.startsWith('<!--', from);
    const close = xhtml.indexOf(comment ? '-->' : '>', from);
    if (close < 0) return;
    const to = close + (comment ? 3 : 1);
    const closing = xhtml[from + 1] === '/';
    let name = from + (closing ? 2 : 1);
    const first = name;
    while (isNameCharacter(xhtml.charCodeAt(name))) name++;
    yield { name: xhtml.slice(first, name).toLowerCase(), closing, from, to };
    from = xhtml.indexOf('<', to);
  }
}

/** Of the tags of XHTML: letters and digits. */
function isNameCharacter(code: number): boolean {
  const lower = code | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || (code >= 0x30 && code <= 0x39);
}

/** What stands between two places, without tags and needless spaces; its place is that of its first to last character. */
function stretch(xhtml: string, from: number, to: number): Stretch {
  let text = '';
  let first = -1;
  let last = from;
  const take = (start: number, end: number): void => {
    const piece = xhtml.slice(start, end);
    if (piece.trim() === '') return;
    if (first < 0) first = start + (piece.length - piece.trimStart().length);
    last = end - (piece.length - piece.trimEnd().length);
  };
  let at = from;
  for (const tag of tagsOf(xhtml, from, to)) {
    take(at, tag.from);
    text += xhtml.slice(at, tag.from) + (NEW_LINE.has(tag.name) ? ' ' : '');
    at = tag.to;
  }
  if (at < to) {
    take(at, to);
    text += xhtml.slice(at, to);
  }
  const start = first < 0 ? from : first;
  return {
    text: decoded(text).replace(/\s+/g, ' ').trim(),
    within: { offset: start, length: Math.max(0, last - start) },
  };
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
    const code = name[1] === 'x' || name[1] === 'X' ? parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
