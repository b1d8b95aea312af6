// What a cursor in XML text stands in, also while the text is not well-formed.
import type { Registry } from '../../core/definitions/registry';
import type { Span } from '../../core/document/source-document';
import { readXmlTree, type XmlAttribute, type XmlElement, type XmlTree } from '../../core/document/xml-tree';
import { TYPED } from './spot';
import { type Around, aroundOf, beginningAt, innermostAt } from './xml-around';

interface Common {
  /** What an accepted completion replaces: a half-typed tag, a name, or what stands in the quotes of an attribute. */
  replaced: Span;
  /** What `replaced` begins with before the letters that are typed: `<` or `</`. */
  opened: string;
  /** The text as it would read with something there. */
  whole: string;
}

/** Between elements, where another may stand, or on the name of one. */
export interface ElementCursor extends Common {
  where: 'element';
  /** Undefined on the name of the root. */
  around: Around | undefined;
  /** In the whole. */
  at: number;
  /** The element whose name it is, as it stands; undefined where there is nothing but a name. */
  named: XmlElement | undefined;
  /** An end tag that stands behind without its start. */
  stray: string | undefined;
}

/** In a start tag, where an attribute may stand. */
export interface AttributeCursor extends Common {
  where: 'attribute';
  around: Around;
  hasValue: boolean;
  /** The tag is not closed yet. */
  isOpen: boolean;
}

/** In the quotes of an attribute. */
export interface ValueCursor extends Common {
  where: 'value';
  around: Around;
  name: string;
  quote: string;
  /** What is written around the value, where quotes or the end of the tag are missing. */
  before: string;
  after: string;
}

export interface EndCursor extends Common {
  where: 'end';
  name: string;
}

/** While there is no element yet. */
export interface BlankCursor extends Common {
  where: 'document';
  /** Nothing stands before it, not even a declaration, which may stand nowhere else. */
  isFirst: boolean;
}

export type XmlCursor = ElementCursor | AttributeCursor | ValueCursor | EndCursor | BlankCursor;

/** Undefined where nothing may stand: in comments, in the text of a narrative, before and behind the root. */
export function xmlCursorAt(text: string, offset: number, registry: Registry): XmlCursor | undefined {
  const blank = cursorInNothing(text, offset);
  if (blank) return blank;
  if (isInAside(text, offset)) return undefined;
  const tree = readXmlTree(text);
  const tag = tagAt(tree, text, offset);
  if (tag) return offset <= tag.nameEnd ? onName(text, tag, registry) : inTag(text, tag, offset, registry);
  return inEndTag(text, offset) ?? between(text, offset, registry);
}

/** Nothing but what may stand before the root, and the first letters of it. */
const NOTHING = /^([\s\uFEFF]*(?:<\?xml[^<>]*\?>\s*)?(?:<!--(?:(?!--)[^])*-->\s*)*)(<?)(\p{L}*)(\s*)$/u;
const LONGEST_NOTHING = 2000;

function cursorInNothing(text: string, offset: number): BlankCursor | undefined {
  const found = text.length <= LONGEST_NOTHING && NOTHING.exec(text);
  if (!found) return undefined;
  const [, prolog = '', opened = '', letters = ''] = found;
  const begun = opened + letters;
  const start = begun === '' ? offset : prolog.length;
  const end = start + begun.length;
  if (offset < start + opened.length || offset > end) return undefined;
  if (offset < prolog.trimEnd().length) return undefined;
  const isFirst = prolog.trim() === '';
  return { where: 'document', replaced: { offset: start, length: end - start }, opened, whole: '', isFirst };
}

const ASIDES: readonly [open: string, close: string][] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
];

function isInAside(text: string, offset: number): boolean {
  const before = text.slice(text.lastIndexOf('<', offset - 1), offset);
  // A comment may hold brackets itself.
  if (/^<[!?][^>]*$/.test(before)) return true;
  return ASIDES.some(([open, close]) => {
    const start = text.lastIndexOf(open, offset - 1);
    if (start < 0) return false;
    const end = text.indexOf(close, start + open.length);
    return end < 0 || offset < end + close.length;
  });
}

/** The element in whose start tag a place lies; a tag that breaks off goes on up to what follows. */
function tagAt({ nodes }: XmlTree, text: string, offset: number): XmlElement | undefined {
  let inside = nodes;
  for (;;) {
    const last = inside.findLast((node): node is XmlElement => node.kind === 'element' && node.start < offset);
    if (!last) return undefined;
    const reach = isBroken(last, text)
      ? last.openEnd + /^\s*/.exec(text.slice(last.openEnd))![0].length + 1
      : last.openEnd;
    if (offset < reach) return last;
    inside = last.children;
  }
}

function isBroken({ openEnd }: XmlElement, text: string): boolean {
  return text[openEnd - 1] !== '>';
}

/** On the name in a start tag. What has nothing but its name is written anew; else the name alone, at both ends. */
function onName(text: string, tag: XmlElement, registry: Registry): ElementCursor {
  const end = hasClose(tag, text) ? tag.end : tag.isEmptyTag || isBare(tag, text) ? tag.openEnd : undefined;
  const isAlone =
    end !== undefined && tag.attributes.length === 0 && !/\S/.test(text.slice(tag.openEnd, tag.closeStart));
  const isOneLine = end !== undefined && !text.slice(tag.start, end).includes('\n');
  if (!isAlone || (!isOneLine && hasClose(tag, text))) return onFullName(text, tag, registry);
  const replaced = { offset: tag.start, length: end - tag.start };
  return betweenIn(without(text, replaced), '<', replaced, tag.start, registry)!;
}

function onFullName(text: string, tag: XmlElement, registry: Registry): ElementCursor {
  const start = tag.start + 1 + (tag.prefix === '' ? 0 : tag.prefix.length + 1);
  const replaced = { offset: start, length: tag.nameEnd - start };
  const closing = hasClose(tag, text) ? nameInEnd(tag) : undefined;
  const named = text.slice(0, start) + TYPED + text.slice(tag.nameEnd, closing?.offset);
  const whole = closing ? named + TYPED + text.slice(closing.offset + closing.length) : named;
  const owner = beginningAt(readXmlTree(whole), tag.start)?.parent;
  const around = owner && aroundOf(owner, registry);
  return { where: 'element', replaced, opened: '', whole, around, at: tag.start, named: tag, stray: undefined };
}

/** A start tag that only seems to hold what follows: it is just being typed, and nothing closes it. */
function isBare(tag: XmlElement, text: string): boolean {
  return isBroken(tag, text) || !hasClose(tag, text);
}

function hasClose({ closeStart, end }: XmlElement, text: string): boolean {
  return closeStart < end && text.startsWith('</', closeStart);
}

/** The local name in an end tag. */
export function nameInEnd({ closeStart, prefix, name }: XmlElement): Span {
  return { offset: closeStart + 2 + (prefix === '' ? 0 : prefix.length + 1), length: name.length };
}

function inTag(text: string, tag: XmlElement, offset: number, registry: Registry): XmlCursor | undefined {
  const isOpen = isBroken(tag, text);
  const attribute = tag.attributes.find((one) => one.start <= offset && offset <= one.end);
  if (attribute && offset > attribute.nameEnd) return inValue(text, tag, attribute, offset, registry);
  if (!attribute && !/\s/.test(text[offset - 1]!)) return undefined;
  const replaced = attribute
    ? { offset: attribute.start, length: attribute.nameEnd - attribute.start }
    : { offset, length: 0 };
  const hasValue = attribute !== undefined && attribute.end > attribute.nameEnd;
  const whole = hasValue ? text : without(text, replaced);
  const element = beginningAt(readXmlTree(whole), tag.start);
  if (!element) return undefined;
  return { where: 'attribute', replaced, opened: '', whole, around: aroundOf(element, registry), hasValue, isOpen };
}

function inValue(
  text: string,
  tag: XmlElement,
  { name, prefix, nameEnd, valueStart, end }: XmlAttribute,
  offset: number,
  registry: Registry,
): ValueCursor | undefined {
  const quote = text[valueStart] === "'" ? "'" : '"';
  const isQuoted = valueStart < end && text[valueStart] === quote;
  const isClosed = isQuoted && end - 1 > valueStart && text[end - 1] === quote;
  if (prefix !== '' || (isQuoted ? offset <= valueStart : offset <= text.indexOf('=', nameEnd))) return undefined;
  if (isClosed && offset === end) return undefined;
  const isLast = tag.attributes.at(-1)?.valueStart === valueStart;
  // A primitive has nothing but its value, so its tag ends here.
  const closing = isLast && name === 'value' && isBroken(tag, text) ? '/>' : '';
  const start = isQuoted ? valueStart + 1 : Math.min(valueStart, offset);
  const stop = !isQuoted ? wordEnd(text, start) : isClosed && closing === '' ? end - 1 : end;
  const after = isClosed && closing === '' ? '' : quote + closing;
  const before = isQuoted ? '' : quote;
  const replaced = { offset: start, length: stop - start };
  const whole = text.slice(0, start) + before + TYPED + after + text.slice(stop);
  const element = beginningAt(readXmlTree(whole), tag.start);
  if (!element) return undefined;
  const around = aroundOf(element, registry);
  return { where: 'value', replaced, opened: '', whole, around, name, quote, before, after };
}

function wordEnd(text: string, from: number): number {
  return from + /^[^\s"'<>/=]*/.exec(text.slice(from))![0].length;
}

/** Behind `</`, where only the innermost open element can be closed. */
function inEndTag(text: string, offset: number): EndCursor | undefined {
  const typed = /<\/[^\s<>"'=]*$/.exec(text.slice(Math.max(0, offset - 200), offset))?.[0];
  if (typed === undefined) return undefined;
  const start = offset - typed.length;
  const length = typed.length + /^[^\s<>"'=]*>?/.exec(text.slice(offset))![0].length;
  const replaced = { offset: start, length };
  const whole = without(text, replaced);
  const element = innermostAt(whole, readXmlTree(whole), start);
  if (!element) return undefined;
  const { prefix, name } = element;
  return { where: 'end', replaced, opened: '</', whole, name: prefix === '' ? name : `${prefix}:${name}` };
}

const WORD_BEFORE = /(<?)([\p{L}\p{N}_.:-]*)$/u;

function between(text: string, offset: number, registry: Registry): ElementCursor | undefined {
  const [typed, opened] = WORD_BEFORE.exec(text.slice(Math.max(0, offset - 200), offset))!;
  const start = offset - typed.length;
  const length = typed.length + /^[\p{L}\p{N}_.:-]*/u.exec(text.slice(offset))![0].length;
  const replaced = { offset: start, length };
  return betweenIn(without(text, replaced), opened!, replaced, start, registry);
}

/** @param whole the text without what is being typed */
function betweenIn(
  whole: string,
  opened: string,
  replaced: Span,
  at: number,
  registry: Registry,
): ElementCursor | undefined {
  const owner = innermostAt(whole, readXmlTree(whole), at);
  const next = whole.indexOf('<', at);
  const beside = whole.slice(whole.lastIndexOf('>', at - 1) + 1, next < 0 ? undefined : next);
  if (!owner || /\S/.test(beside)) return undefined;
  const around = aroundOf(owner, registry);
  if (around.form === 'narrative') return undefined;
  return { where: 'element', replaced, opened, whole, around, at, named: undefined, stray: strayIn(whole, owner, at) };
}

/** An end tag behind a place that closes nothing: the start that it belongs to is missing, or being typed. */
function strayIn(whole: string, { children, closeStart }: XmlElement, at: number): string | undefined {
  let from = at;
  for (const node of [...children.filter(({ end }) => end > at), undefined]) {
    const gap = whole.slice(from, Math.max(from, node?.start ?? closeStart));
    const stray = /<\/(?:[^\s<>:]*:)?([^\s<>:]+)/.exec(gap)?.[1];
    if (stray !== undefined) return stray;
    from = node?.end ?? from;
  }
  return undefined;
}

function without(text: string, { offset, length }: Span): string {
  return text.slice(0, offset) + text.slice(offset + length);
}
