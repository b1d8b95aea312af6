// Reads XML of a few kilobytes in one pass and tells, to the character, where it is not well-formed (XML 1.0, 5th ed.).
// Of XHTML it knows that one <div> is all. There is no document type here, so the only entities are XML's own five.
import { nearest } from '../nearest';
import { endOfName, firstInk, isCharacter, NO_CHARACTER, skipSpace } from '../document/xml-characters';

export interface XmlAttribute {
  name: string;
  offset: number;
  /** As written, entities and all. */
  value: string;
  valueOffset: number;
}

export interface XmlProblem {
  kind: 'entity' | 'ampersand' | 'outside' | 'other';
  offset: number;
  length: number;
  message: string;
  /** What would mend it. */
  edit?: { title: string; offset: number; length: number; text: string };
}

export interface XmlReader {
  /** @param depth 0 for the root */
  open(name: string, offset: number, attributes: readonly XmlAttribute[], depth: number): void;
  /** The element opened last that is still open ends here. */
  close?(end: number): void;
  /** Text inside the root, as written. */
  text(from: number, to: number): void;
  cdata(from: number, to: number): void;
  problem(problem: XmlProblem): void;
}

interface Open {
  name: string;
  offset: number;
  /** Of the > that ends its tag. */
  end: number;
}

const REFERENCE = /^&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,32})|#x([0-9A-Fa-f]{1,32})|([A-Za-z][A-Za-z0-9]{0,31}));/;

/** Reads until the first thing after which nothing more can be told; entities and characters are told and read over. */
export function scanXml(text: string, reader: XmlReader): void {
  const bad = NO_CHARACTER.exec(text);
  if (bad) {
    const code = bad[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    other(reader, bad.index, 1, `XML cannot hold the character U+${code}: leave it out.`);
  }
  const hasReferences = text.includes('&');
  const hasEndOfCdata = text.includes(']]>');
  const stack: Open[] = [];
  let seenRoot = false;
  let at = 0;
  for (;;) {
    const next = text.indexOf('<', at);
    const end = next < 0 ? text.length : next;
    if (end > at) {
      if (stack.length === 0) {
        const stray = firstInk(text, at, end);
        if (stray >= 0) {
          const message = seenRoot
            ? 'Nothing may follow the </div> that closes the narrative.'
            : 'A narrative starts with <div xmlns="http://www.w3.org/1999/xhtml">.';
          other(reader, stray, end - stray, message);
          return;
        }
      } else {
        if (hasReferences) checkReferences(text, at, end, reader);
        if (hasEndOfCdata) {
          const close = text.slice(at, end).indexOf(']]>');
          if (close >= 0) other(reader, at + close, 3, 'Outside CDATA, ]]> is written ]]&gt;.');
        }
        reader.text(at, end);
      }
    }
    if (next < 0) break;
    const mark = text.charCodeAt(next + 1);
    if (mark === 0x2f) at = closeTag(text, next, stack, reader);
    else if (mark === 0x21 || mark === 0x3f) at = special(text, next, stack.length > 0, reader);
    else {
      if (stack.length === 0 && seenRoot) {
        other(reader, next, 1, 'A narrative is one <div>: nothing may stand beside it.');
        return;
      }
      seenRoot = true;
      at = openTag(text, next, stack, reader);
    }
    if (at < 0) return;
  }
  const left = stack.at(-1);
  if (left) notClosed(left, 'the end', reader);
  else if (!seenRoot) other(reader, 0, text.length, 'The narrative has no <div>.');
}

function other(reader: XmlReader, offset: number, length: number, message: string, edit?: XmlProblem['edit']): -1 {
  reader.problem({ kind: 'other', offset, length: Math.max(length, 1), message, ...(edit && { edit }) });
  return -1;
}

/** Each of the following gives where to read on, or -1 when that cannot be told. */
function openTag(text: string, lt: number, stack: Open[], reader: XmlReader): number {
  const start = lt + 1;
  let at = endOfName(text, start);
  if (at === start) {
    const edit = { title: 'Write &lt;', offset: lt, length: 1, text: '&lt;' };
    return other(reader, lt, 1, 'This < starts no element: as a character it is written &lt;.', edit);
  }
  const name = text.slice(start, at);
  const attributes: XmlAttribute[] = [];
  let names: Set<string> | undefined;
  for (;;) {
    const gap = at;
    at = skipSpace(text, at);
    const code = text.charCodeAt(at);
    const closed = code === 0x2f && text.charCodeAt(at + 1) === 0x3e;
    if (code === 0x3e || closed) {
      reader.open(name, start, attributes, stack.length);
      if (closed) reader.close?.(at + 2);
      else stack.push({ name, offset: start, end: at });
      return at + (closed ? 2 : 1);
    }
    const from = at;
    at = endOfName(text, from);
    if (at === from || from === gap) {
      const message =
        from >= text.length
          ? `The tag <${shown(name)} is not closed with >.`
          : at === from
            ? `This may not stand in the tag <${shown(name)}>: an attribute is written name="value".`
            : 'A space is missing before this attribute.';
      return other(reader, from >= text.length ? start : from, from >= text.length ? name.length : 1, message);
    }
    const attribute = text.slice(from, at);
    const length = at - from;
    at = skipSpace(text, at);
    if (text.charCodeAt(at) !== 0x3d)
      return other(reader, from, length, `In XHTML an attribute has a value: ${shown(attribute)}="…".`);
    at = skipSpace(text, at + 1);
    const quote = text[at];
    if (quote !== '"' && quote !== "'")
      return other(reader, from, length, `The value of ${shown(attribute)} must stand in quotes.`);
    const close = text.indexOf(quote, at + 1);
    if (close < 0) return other(reader, from, length, `The value of ${shown(attribute)} is not closed with ${quote}.`);
    const value = text.slice(at + 1, close);
    const angle = value.indexOf('<');
    if (angle >= 0) return other(reader, at + 1 + angle, 1, 'In the value of an attribute < is written &lt;.');
    if (attributes.length > 0) {
      names ??= new Set([attributes[0]!.name]);
      if (names.has(attribute))
        return other(reader, from, length, `${shown(attribute)} stands twice in this tag: remove one.`);
      names.add(attribute);
    }
    if (value.includes('&')) checkReferences(text, at + 1, close, reader);
    attributes.push({ name: attribute, offset: from, value, valueOffset: at + 1 });
    at = close + 1;
  }
}

function closeTag(text: string, lt: number, stack: Open[], reader: XmlReader): number {
  const start = lt + 2;
  const end = endOfName(text, start);
  const name = text.slice(start, end);
  const gt = skipSpace(text, end);
  if (end === start || text.charCodeAt(gt) !== 0x3e)
    return other(reader, lt, end - lt, 'A closing tag is written </name>.');
  const open = stack.at(-1);
  if (open?.name === name) {
    stack.pop();
    reader.close?.(gt + 1);
    return gt + 1;
  }
  if (open && stack.some((outer) => outer.name === name)) return notClosed(open, `</${shown(name)}>`, reader);
  const near = open && nearest(name, [open.name]);
  const why = near === undefined ? `no <${shown(name)}> is open here.` : `did you mean </${shown(near)}>?`;
  const edit = near !== undefined && {
    title: `Change to </${shown(near)}>`,
    offset: start,
    length: end - start,
    text: near,
  };
  return other(reader, start, end - start, `</${shown(name)}> closes nothing: ${why}`, edit || undefined);
}

const VOID: ReadonlySet<string> = new Set(['br', 'hr', 'img', 'col', 'area']);

function notClosed({ name, offset, end }: Open, before: string, reader: XmlReader): -1 {
  if (!VOID.has(name))
    return other(
      reader,
      offset,
      name.length,
      `<${shown(name)}> is not closed: </${shown(name)}> is missing before ${before}.`,
    );
  const edit = { title: `Write <${name}/>`, offset: end, length: 0, text: '/' };
  return other(reader, offset, name.length, `In XHTML <${name}> closes itself: write <${name}/>.`, edit);
}

/** Comments, CDATA and processing instructions. */
function special(text: string, lt: number, inside: boolean, reader: XmlReader): number {
  const isComment = text.startsWith('<!--', lt);
  const isCdata = text.startsWith('<![CDATA[', lt);
  if (text.charCodeAt(lt + 1) === 0x21 && !isComment && !isCdata)
    return other(reader, lt, 2, 'A narrative has no document type or other declaration: only <div> and what is in it.');
  if (!inside) {
    const message = 'Only <div> may stand here: a narrative starts with <div and ends with </div>.';
    reader.problem({ kind: isCdata ? 'other' : 'outside', offset: lt, length: 2, message });
    return -1;
  }
  if (isComment) {
    const dashes = text.indexOf('--', lt + 4);
    if (dashes < 0) return other(reader, lt, 4, 'This comment is not closed with -->.');
    if (text[dashes + 2] !== '>') return other(reader, dashes, 2, 'Inside a comment, -- may not stand.');
    return dashes + 3;
  }
  if (isCdata) {
    const close = text.indexOf(']]>', lt + 9);
    if (close < 0) return other(reader, lt, 9, 'This CDATA is not closed with ]]>.');
    reader.cdata(lt, close + 3);
    return close + 3;
  }
  const target = endOfName(text, lt + 2);
  const close = text.indexOf('?>', target);
  const name = text.slice(lt + 2, target);
  const isSeparate = close === target || target < skipSpace(text, target);
  if (name === '' || close < 0 || !isSeparate || name.toLowerCase() === 'xml')
    return other(reader, lt, 2, 'This is no processing instruction that XML allows here: leave it out.');
  return close + 2;
}

function checkReferences(text: string, from: number, to: number, reader: XmlReader): void {
  // Cut out first: looking for the next & beyond the stretch would read the whole text for each.
  const stretch = text.slice(from, to);
  for (let i = stretch.indexOf('&'); i >= 0; i = stretch.indexOf('&', i + 1)) {
    const [all, known, decimal, hex, entity] = REFERENCE.exec(stretch.slice(i, i + 40)) ?? [];
    const offset = from + i;
    if (all === undefined)
      reader.problem({
        kind: 'ampersand',
        offset,
        length: 1,
        message: 'This & starts no entity: as a character it is written &amp;.',
      });
    else if (entity !== undefined)
      reader.problem({ kind: 'entity', offset, length: all.length, message: `XML has no entity ${all}` });
    else if (known === undefined && !isCharacter(decimal === undefined ? parseInt(hex!, 16) : Number(decimal)))
      other(reader, offset, all.length, `${all} is no character that XML can hold.`);
  }
}

function shown(name: string): string {
  return name.length > 40 ? `${name.slice(0, 39)}…` : name;
}
