// The elements of an XML text and where they stand, as far as they can be read. What is wrong with the text is not told here.
import type { Span } from './source-document';

export interface XmlAttribute {
  /** Without its prefix; `xmlns` of a declaration without one. */
  name: string;
  prefix: string;
  /** With entities resolved and blanks as XML has them. */
  value: string;
  start: number;
  nameEnd: number;
  /** Of the quoted text, quotes included; where there is none, the end of the name. */
  valueStart: number;
  end: number;
}

export interface XmlElement {
  kind: 'element';
  /** Without its prefix. */
  name: string;
  prefix: string;
  /** Its namespace; empty where it has none. */
  uri: string;
  /** Of its opening `<`. */
  start: number;
  nameEnd: number;
  /** Behind the `>` of its start tag. */
  openEnd: number;
  /** Of the `</` of its end tag; where there is none, `end`. */
  closeStart: number;
  end: number;
  /** Whether its start tag ends in `/>`. */
  isEmptyTag: boolean;
  attributes: readonly XmlAttribute[];
  children: readonly XmlNode[];
  parent: XmlElement | undefined;
}

export interface XmlText {
  kind: 'text';
  /** With entities resolved. */
  text: string;
  start: number;
  end: number;
}

/** Comments, processing instructions, the XML declaration and a DOCTYPE: kept out of every value. */
export interface XmlAside {
  kind: 'comment' | 'instruction' | 'doctype';
  start: number;
  end: number;
}

export type XmlNode = XmlElement | XmlText | XmlAside;

export interface XmlTree {
  /** What stands at the top, the root among it. */
  nodes: readonly XmlNode[];
  root: XmlElement | undefined;
  /** True where the text is well-formed beyond doubt; false where a strict parser has to say. */
  isPlain: boolean;
  /** What is beyond reading: nothing behind it was read. */
  excess?: { message: string; span: Span };
}

/** Messages nest about 20 deep, and hold some thousand elements: beyond this is a mistake or an attack. */
const DEEPEST = 200;
const MOST_NODES = 1_000_000;

const XML = 'http://www.w3.org/XML/1998/namespace';

const NAME = /[^\s<>/="'&]+/y;
const PLAIN_NAME = /^[A-Za-z_][\w.-]*$/;
const BLANK = /[\s]*/y;
// Anything that needs a second look: control characters, what XML may not hold, half a character.
// eslint-disable-next-line no-control-regex -- they are what is looked for
const ODD = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/;

/** Broken text gives what can be made of it: what is not closed ends where what it stands in ends. */
export function readXmlTree(text: string): XmlTree {
  const nodes: XmlNode[] = [];
  const open: (XmlElement & { children: XmlNode[] })[] = [];
  const scopes: ReadonlyMap<string, string>[] = [new Map([['xml', XML]])];
  let isPlain = !ODD.test(text);
  let count = 0;
  let excess: XmlTree['excess'];
  let at = text.startsWith('\uFEFF') ? 1 : 0;

  const put = (node: XmlNode): void => void (open.at(-1)?.children ?? nodes).push(node);
  const words = (start: number, end: number): void => {
    if (end <= start) return;
    const raw = text.slice(start, end);
    if (open.length === 0 && /\S/.test(raw)) isPlain = false;
    if (raw.includes(']]>') || !PLAIN_REFERENCES.test(raw)) isPlain = false;
    put({ kind: 'text', text: decoded(raw.replace(/\r\n?/g, '\n')), start, end });
  };
  const aside = (kind: XmlAside['kind'], ending: string, from: number): void => {
    const found = text.indexOf(ending, from);
    const end = found < 0 ? text.length : found + ending.length;
    if (!isPlainAside(text.slice(at, end), at)) isPlain = false;
    put({ kind, start: at, end });
    at = end;
  };
  const close = (element: XmlElement, closeStart: number, end: number): void => {
    element.closeStart = closeStart;
    element.end = end;
    open.pop();
    scopes.pop();
  };

  while (at < text.length) {
    const next = text.indexOf('<', at);
    words(at, next < 0 ? text.length : next);
    if (next < 0) break;
    at = next;
    if (++count > MOST_NODES) {
      excess = {
        message: 'More than a million elements: no FHIR message is that large. Check how this file was made.',
        span: { offset: at, length: 1 },
      };
      break;
    }
    if (text.startsWith('<!--', at)) aside('comment', '-->', at + 4);
    else if (text.startsWith('<![CDATA[', at)) {
      const found = text.indexOf(']]>', at);
      if (found < 0 || open.length === 0) isPlain = false;
      const end = found < 0 ? text.length : found;
      put({
        kind: 'text',
        text: text.slice(at + 9, end).replace(/\r\n?/g, '\n'),
        start: at,
        end: Math.min(end + 3, text.length),
      });
      at = Math.min(end + 3, text.length);
    } else if (text.startsWith('<!', at)) {
      isPlain = false;
      const end = endOfDoctype(text, at);
      put({ kind: 'doctype', start: at, end });
      at = end;
    } else if (text.startsWith('<?', at)) aside('instruction', '?>', at + 2);
    else if (text.startsWith('</', at)) {
      const name = nameAt(text, at + 2);
      const end = endOfTag(text, at + 2 + name.length);
      if (text[end - 1] !== '>' || text.slice(at + 2 + name.length, end - 1).trim() !== '') isPlain = false;
      const owner = open.findLastIndex((one) => qualified(one) === name);
      if (owner < 0 || owner !== open.length - 1) isPlain = false;
      if (owner >= 0) {
        while (open.length - 1 > owner) close(open.at(-1)!, at, at);
        close(open.at(-1)!, at, end);
      }
      at = end;
    } else {
      const element = startTag();
      if (!element) {
        // A bracket that begins nothing is text.
        isPlain = false;
        put({ kind: 'text', text: '<', start: at, end: at + 1 });
        at += 1;
        continue;
      }
      if (open.length === 0 && nodes.some(({ kind }) => kind === 'element')) isPlain = false;
      put(element);
      at = element.openEnd;
      if (element.isEmptyTag) continue;
      open.push(element);
      if (open.length > DEEPEST) {
        excess = {
          message: `Nested more than ${DEEPEST} levels deep: no FHIR message is. Check how this file was made.`,
          span: { offset: element.start, length: 1 },
        };
        break;
      }
      scopes.push(scopeOf(element));
    }
  }
  if (open.length > 0) isPlain = false;
  while (open.length > 0) close(open.at(-1)!, text.length, text.length);
  const root = nodes.find((node): node is XmlElement => node.kind === 'element');
  if (!root) isPlain = false;
  return { nodes, root, isPlain, ...(excess && { excess }) };

  function startTag(): (XmlElement & { children: XmlNode[] }) | undefined {
    const name = nameAt(text, at + 1);
    if (name === '') return undefined;
    let i = at + 1 + name.length;
    const nameEnd = i;
    const attributes: XmlAttribute[] = [];
    let isEmptyTag = false;
    for (;;) {
      const blank = i;
      i = past(BLANK, text, i);
      if (text[i] === '>') {
        i++;
        break;
      }
      if (text.startsWith('/>', i)) {
        i += 2;
        isEmptyTag = true;
        break;
      }
      if (i >= text.length || text[i] === '<') {
        // The tag breaks off, as while it is typed: what follows is not inside it.
        isPlain = false;
        isEmptyTag = true;
        i = blank;
        break;
      }
      const attribute = blank < i ? attributeAt(i) : undefined;
      if (!attribute) {
        isPlain = false;
        i = Math.max(i, attributeAt(i)?.end ?? i + 1);
        continue;
      }
      if (attributes.some((one) => one.name === attribute.name && one.prefix === attribute.prefix)) isPlain = false;
      attributes.push(attribute);
      i = attribute.end;
    }
    const [prefix, local] = parted(name);
    if (!PLAIN_NAME.test(local) || (prefix !== '' && !PLAIN_NAME.test(prefix))) isPlain = false;
    const element = {
      kind: 'element' as const,
      name: local,
      prefix,
      uri: '',
      start: at,
      nameEnd,
      openEnd: i,
      closeStart: i,
      end: i,
      isEmptyTag,
      attributes,
      children: [],
      parent: open.at(-1),
    };
    const uri = scopeOf(element).get(prefix);
    if (uri === undefined && prefix !== '') isPlain = false;
    return { ...element, uri: uri ?? '' };
  }

  /** An attribute, however half-typed; undefined where none begins. */
  function attributeAt(start: number): XmlAttribute | undefined {
    const name = nameAt(text, start);
    if (name === '') return undefined;
    const [prefix, local] = parted(name);
    if (!PLAIN_NAME.test(local) || (prefix !== '' && (!PLAIN_NAME.test(prefix) || prefix !== 'xmlns'))) isPlain = false;
    const nameEnd = start + name.length;
    const sign = past(BLANK, text, nameEnd);
    const none = { name: local, prefix, value: '', start, nameEnd, valueStart: nameEnd, end: nameEnd };
    if (text[sign] !== '=') {
      isPlain = false;
      return none;
    }
    const valueStart = past(BLANK, text, sign + 1);
    const quote = text[valueStart];
    if (quote !== '"' && quote !== "'") {
      isPlain = false;
      const bare = /[^\s<>"']*/y;
      // Of `value=/>` the end of the tag is no value.
      const end = past(bare, text, valueStart);
      const stop = text[end] === '>' && text[end - 1] === '/' ? end - 1 : end;
      return { ...none, value: decoded(text.slice(valueStart, stop)), valueStart, end: Math.max(stop, sign + 1) };
    }
    const found = text.indexOf(quote, valueStart + 1);
    const bracket = text.indexOf('<', valueStart + 1);
    if (found >= 0 && (bracket < 0 || found < bracket)) {
      const raw = text.slice(valueStart + 1, found);
      if (!PLAIN_REFERENCES.test(raw)) isPlain = false;
      return { ...none, value: attributeValue(raw), valueStart, end: found + 1 };
    }
    isPlain = false;
    // A bracket inside quotes that are closed on the same line was meant as text; else the quote was never closed.
    const lineEnd = /[\n>]/g;
    lineEnd.lastIndex = valueStart + 1;
    const line = /\r?\n|$/g;
    line.lastIndex = valueStart + 1;
    const endOfLine = line.exec(text)?.index ?? text.length;
    const end =
      found >= 0 && found < endOfLine
        ? found + 1
        : Math.min(lineEnd.exec(text)?.index ?? text.length, bracket < 0 ? text.length : bracket);
    const isClosed = found >= 0 && end === found + 1;
    const stop = !isClosed && text[end] === '>' && text[end - 1] === '/' ? end - 1 : end;
    return {
      ...none,
      value: attributeValue(text.slice(valueStart + 1, isClosed ? stop - 1 : stop)),
      valueStart,
      end: stop,
    };
  }

  function scopeOf(element: Pick<XmlElement, 'attributes'>): ReadonlyMap<string, string> {
    const outer = scopes.at(-1)!;
    let scope: Map<string, string> | undefined;
    for (const { name, prefix, value } of element.attributes) {
      if (prefix === 'xmlns') (scope ??= new Map(outer)).set(name, value);
      else if (prefix === '' && name === 'xmlns') (scope ??= new Map(outer)).set('', value);
    }
    return scope ?? outer;
  }
}

const PLAIN_DECLARATION = /^<\?xml version="1\.0"( encoding="[Uu][Tt][Ff]-8")?( standalone="(yes|no)")?\s*\?>$/;
const PLAIN_COMMENT = /^<!--(?:(?!--)[^])*-->$/;

/** A comment, or the declaration at the beginning, of which a strict parser has nothing to say. */
function isPlainAside(whole: string, at: number): boolean {
  return at === 0 && whole.startsWith('<?') ? PLAIN_DECLARATION.test(whole) : PLAIN_COMMENT.test(whole);
}

const PLAIN_REFERENCES = /^(?:[^&]+|&(?:amp|lt|gt|quot|apos|#x[1-9A-Fa-f][0-9A-Fa-f]{1,3}|#[1-9]\d{1,3});)*$/;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text with its references resolved; one that means nothing stays as it stands. */
function decoded(raw: string): string {
  if (!raw.includes('&')) return raw;
  return raw.replace(
    /&(?:#x([0-9A-Fa-f]{1,6})|#(\d{1,7})|([A-Za-z]+));/g,
    (all, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name]! : all;
      const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : all;
    },
  );
}

function attributeValue(raw: string): string {
  return decoded(/[\r\n\t]/.test(raw) ? raw.replace(/\r\n|[\r\n\t]/g, ' ') : raw);
}

function nameAt(text: string, at: number): string {
  NAME.lastIndex = at;
  return NAME.exec(text)?.[0] ?? '';
}

function past(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}

function parted(name: string): [prefix: string, local: string] {
  const colon = name.indexOf(':');
  return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
}

function qualified({ prefix, name }: XmlElement): string {
  return prefix === '' ? name : `${prefix}:${name}`;
}

/** Behind the `>` of an end tag; before the next `<` where there is none. */
function endOfTag(text: string, at: number): number {
  const found = /[<>]/g;
  found.lastIndex = at;
  const end = found.exec(text);
  return end === null ? text.length : end.index + (end[0] === '>' ? 1 : 0);
}

/** Behind a DOCTYPE with all that it declares. */
export function endOfDoctype(text: string, at: number): number {
  const bracket = /[[>]/g;
  bracket.lastIndex = at;
  const first = bracket.exec(text);
  if (first?.[0] !== '[') return first ? first.index + 1 : text.length;
  const close = /\]\s*>/g;
  close.lastIndex = first.index;
  const end = close.exec(text);
  return end ? close.lastIndex : text.length;
}
