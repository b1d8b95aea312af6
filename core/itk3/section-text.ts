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
  let cell: { tag: 'th' | 'td'; text: Gathered } | undefined;
  let depth = 0;
  let at = 0;
  for (let tag = tagAfter(div, 0); tag; tag = tagAfter(div, tag.to)) {
    const { name, closing, from, to } = tag;
    if (cell) gather(cell.text, div, at, from, name);
    at = to;
    if (name === 'table') {
      depth += closing ? -1 : 1;
      if (depth > 1) return [];
      labels = [];
    } else if (name === 'td' || name === 'th') {
      if (closing) {
        if (cell) line.push({ tag: cell.tag, ...stretchOf(cell.text) });
        cell = undefined;
      } else {
        if (to - from > 4 && div.slice(from, to).includes('span=')) return [];
        cell = { tag: name, text: { text: '', first: -1, last: to } };
      }
    } else if (name === 'tr') {
      if (closing && line.length > 1) {
        if (line.every((one) => one.tag === 'th')) labels = line;
        else rows.push(...pairsOf(line, labels));
      }
      line = [];
    }
  }
  return rows;
}

function pairsOf(line: Cell[], labels: Cell[]): Row[] {
  const pair = (label: Cell, cell: Cell): Row => ({ label: withoutColon(label.text.toLowerCase()), cell });
  if (line.every((cell) => cell.tag === 'td') && labels.length === line.length)
    return line.map((cell, i) => pair(labels[i]!, cell));
  const beside = line.every((cell, i) => i % 2 === 1 || cell.tag === 'th' || line.length === 2);
  if (!beside || line.length % 2 === 1) return [];
  return line.flatMap((cell, i) => (i % 2 === 0 ? [pair(cell, line[i + 1]!)] : []));
}

function withoutColon(label: string): string {
  return label.endsWith(':') ? label.slice(0, -1).trimEnd() : label;
}

/** All that the XHTML says, as one line. */
export function plainText(div: string): string {
  const text: Gathered = { text: '', first: -1, last: 0 };
  let at = 0;
  for (let tag = tagAfter(div, 0); tag; tag = tagAfter(div, tag.to)) {
    gather(text, div, at, tag.from, tag.name);
    at = tag.to;
  }
  return stretchOf(text).text;
}

/** The rows with one of the labels. */
export function labelled(rows: readonly Row[], labels: readonly string[] | undefined): Row[] {
  const wanted = labels?.map((label) => label.toLowerCase());
  return wanted ? rows.filter(({ label }) => wanted.includes(label)) : [];
}

interface Tag {
  /** Empty for comments and their like. */
  name: string;
  closing: boolean;
  from: number;
  to: number;
}

function tagAfter(xhtml: string, start: number): Tag | undefined {
  const from = xhtml.indexOf('<', start);
  if (from < 0) return undefined;
  const comment = xhtml.startsWith('<!--', from);
  const close = xhtml.indexOf(comment ? '-->' : '>', from);
  if (close < 0) return undefined;
  const closing = xhtml.charCodeAt(from + 1) === 0x2f;
  const first = from + (closing ? 2 : 1);
  let end = first;
  while (isNameCharacter(xhtml.charCodeAt(end))) end++;
  return { name: xhtml.slice(first, end), closing, from, to: close + (comment ? 3 : 1) };
}

/** Of the tags of XHTML: letters and digits. */
function isNameCharacter(code: number): boolean {
  const lower = code | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || (code >= 0x30 && code <= 0x39);
}

/** What stands between tags, and where the first of its characters that are no space begins and the last ends. */
interface Gathered {
  text: string;
  /** Less than nothing while there is none. */
  first: number;
  last: number;
}

function gather(to: Gathered, xhtml: string, from: number, end: number, tag: string): void {
  let [first, last] = [from, end];
  while (first < last && xhtml.charCodeAt(first) <= 0x20) first++;
  while (last > first && xhtml.charCodeAt(last - 1) <= 0x20) last--;
  if (first < last) {
    if (to.first < 0) to.first = first;
    to.last = last;
  }
  if (end > from) to.text += xhtml.slice(from, end);
  if (NEW_LINE.has(tag)) to.text += ' ';
}

function stretchOf({ text, first, last }: Gathered): Stretch {
  const plain = decoded(text).trim();
  const line = /\s\s|[^\S ]/.test(plain) ? plain.replace(/\s+/g, ' ') : plain;
  return { text: line, within: first < 0 ? { offset: last, length: 0 } : { offset: first, length: last - first } };
}

const ENTITIES = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }));

function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES.get(name) ?? whole;
    const code = name[1] === 'x' || name[1] === 'X' ? parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
