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
  cell: Cell;
  /** From `<tr>` to `</tr>`. */
  whole: Place;
}

type Place = Stretch['within'];

export interface Cell extends Stretch {
  tag: 'th' | 'td';
  /** Between its tags; of `<td/>` the tag itself. */
  inside: Place;
  isTag: boolean;
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
  let cell: { tag: 'th' | 'td'; text: Gathered; start: number } | undefined;
  let start = -1;
  let depth = 0;
  let at = 0;
  for (let tag = tagAfter(div, 0); tag; tag = tagAfter(div, tag.to)) {
    const { name, closing, closed, from, to } = tag;
    if (cell) gather(cell.text, div, at, from, tag);
    at = to;
    if (name === 'table') {
      if (!closed) depth += closing ? -1 : 1;
      if (depth > 1) return [];
      labels = [];
    } else if (name === 'td' || name === 'th') {
      if (closing) {
        if (cell) {
          const inside = { offset: cell.start, length: from - cell.start };
          line.push({ tag: cell.tag, ...stretchOf(cell.text), inside, isTag: false });
        }
        cell = undefined;
      } else {
        if (to - from > 4 && SPAN.test(div.slice(from, to))) return [];
        cell = closed ? undefined : { tag: name, text: { text: '', first: -1, last: to }, start: to };
        const within = { offset: from, length: to - from };
        if (closed) line.push({ tag: name, text: '', within, inside: within, isTag: true });
      }
    } else if (name === 'tr') {
      if (closing && line.length > 1 && start >= 0) {
        const whole = { offset: start, length: to - start };
        if (line.every((one) => one.tag === 'th')) labels = line;
        else rows.push(...pairsOf(line, labels).map((pair) => ({ ...pair, whole })));
      }
      start = closing || closed ? -1 : from;
      line = [];
    }
  }
  return rows;
}

/** Of a cell that spans columns or rows. */
const SPAN = /span\s*=/;

function pairsOf(line: Cell[], labels: Cell[]): Omit<Row, 'whole'>[] {
  const pair = (label: Cell, cell: Cell): Omit<Row, 'whole'> => ({
    label: withoutColon(label.text.toLowerCase()),
    cell,
  });
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
    gather(text, div, at, tag.from, tag);
    at = tag.to;
  }
  return stretchOf(text).text;
}

/** What of the XHTML goes, and what comes, for a cell to hold other words: whole elements, so that none is left half. */
export function overCell(div: string, cell: Cell, xhtml: string): Place & { text: string } {
  const { offset, length } = cell.inside;
  const isPlain = !xhtml.includes('<') && !div.substr(cell.within.offset, cell.within.length).includes('<');
  if (!cell.isTag) return { ...(isPlain ? cell.within : cell.inside), text: xhtml };
  const opened = div.slice(offset, offset + length - 2).trimEnd();
  return { offset, length, text: `${opened}>${xhtml}</${cell.tag}>` };
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
  /** `<td/>` */
  closed: boolean;
  /** What CDATA says. */
  said?: string;
  from: number;
  to: number;
}

function tagAfter(xhtml: string, start: number): Tag | undefined {
  const from = xhtml.indexOf('<', start);
  if (from < 0) return undefined;
  const mark = xhtml.charCodeAt(from + 1);
  if (mark === 0x21 || mark === 0x3f) return aside(xhtml, from);
  const closing = mark === 0x2f;
  const first = from + (closing ? 2 : 1);
  let end = first;
  while (isNameCharacter(xhtml.charCodeAt(end))) end++;
  const close = endOfTag(xhtml, end);
  if (close < 0) return undefined;
  const closed = !closing && xhtml.charCodeAt(close - 1) === 0x2f;
  return { name: xhtml.slice(first, end), closing, closed, from, to: close + 1 };
}

/** Comments, CDATA and instructions, and whatever else begins like them, which ends with the next >. */
function aside(xhtml: string, from: number): Tag | undefined {
  const isCdata = xhtml.startsWith('<![CDATA[', from);
  const isComment = xhtml.startsWith('<!--', from);
  const end = isCdata ? ']]>' : isComment ? '-->' : xhtml.startsWith('<?', from) ? '?>' : '>';
  const close = xhtml.indexOf(end, from + (isComment ? 4 : 2));
  if (close < 0) return undefined;
  const said = isCdata && { said: xhtml.slice(from + 9, close) };
  return { name: '', closing: false, closed: false, from, to: close + end.length, ...said };
}

/** Of the > that ends the tag: the value of an attribute may have one too. */
function endOfTag(xhtml: string, at: number): number {
  let close = xhtml.indexOf('>', at);
  for (let from = at; close > from;) {
    const [quote] = /["']/.exec(xhtml.slice(from, close)) ?? [];
    const end = quote === undefined ? -1 : xhtml.indexOf(quote, xhtml.indexOf(quote, from) + 1);
    // One that is never closed begins no value.
    if (end < 0) break;
    from = end + 1;
    if (close < from) close = xhtml.indexOf('>', from);
  }
  return close;
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

function gather(to: Gathered, xhtml: string, from: number, end: number, tag: Tag): void {
  let [first, last] = [from, end];
  while (first < last && xhtml.charCodeAt(first) <= 0x20) first++;
  while (last > first && xhtml.charCodeAt(last - 1) <= 0x20) last--;
  if (first < last) {
    if (to.first < 0) to.first = first;
    to.last = last;
  }
  if (end > from) to.text += xhtml.slice(from, end);
  if (NEW_LINE.has(tag.name)) to.text += ' ';
  if (tag.said === undefined || tag.said.trim() === '') return;
  to.text += tag.said.replace(/&/g, '&amp;');
  if (to.first < 0) to.first = tag.from;
  to.last = tag.to;
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
