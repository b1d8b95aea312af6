// The elements of an XML text and where they stand, as far as they can be read.
import { asideAt, isAside } from './xml-asides';
import { checkReferences, decoded } from './xml-references';
import { between, type Slip, type XmlReading } from './xml-slips';
import {
  adopted,
  bareBracket,
  checkCharacters,
  checkOutside,
  checkSecond,
  checkUnclosed,
  endOfCdata,
  endTagAt,
  isMeant,
  openEnd,
  strayEnd,
  wrongEnd,
} from './xml-faults';
import { isBlank } from './xml-characters';
import { endUnclosed } from './xml-recovery';
import { endOfLooseName } from './xml-names';
import { checkPrefixes, OUTERMOST, type Scope, scopeOf } from './xml-scopes';
import { startTagAt } from './xml-tags';
import type { Span } from './source-document';

export interface XmlAttribute {
  /** Without its prefix; `xmlns` of a declaration without one. */
  name: string;
  prefix: string;
  /** Its namespace where it has a prefix; empty of any other. */
  uri: string;
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
  /** What its value is, once the values of the text have been read: a resource stands in it, it has a value of its own … */
  holds: 'resource' | 'primitive' | 'xhtml' | 'complex' | undefined;
}

export interface XmlText {
  kind: 'text';
  /** With entities resolved. */
  text: string;
  isBlank: boolean;
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
  /** What is wrong with the text as XML; none where only a strict parser knows. */
  slips: readonly Slip[];
  /** Whether comments or instructions stand in it. */
  hasAsides: boolean;
  /** What is beyond reading: nothing behind it was read. */
  excess?: { message: string; span: Span };
}

/** Messages nest about 20 deep, and hold some thousand elements: beyond this is a mistake or an attack. */
const DEEPEST = 200;
const MOST_NODES = 1_000_000;
const MANY = 'More than a million elements or attributes: no FHIR message is that large.';

type Open = XmlElement & { children: XmlNode[]; cut: Slip | undefined };
const NONE: XmlNode[] = [];
const FEW = 8;

/** Broken text gives what can be made of it: what is not closed ends where what it stands in ends. */
export function readXmlTree(text: string): XmlTree {
  const reading: XmlReading = { text, isPlain: true, slips: [], names: new Map() };
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const nodes: XmlNode[] = [];
  const open: Open[] = [];
  const names: string[] = [];
  /** By their length; between elements stand the same few over and over. */
  const blanks = new Map<number, string>();
  const scopes: Scope[] = [OUTERMOST];
  /** Elements that ended without an end tag: one that comes late is not worth a word. */
  const missed = new Map<string, number>();
  let root: Open | undefined;
  let count = 0;
  let excess: XmlTree['excess'];
  let at = start;
  /** The innermost element that is open, and what stands beside what is read next. */
  let top: Open | undefined;
  let beside = nodes;
  let hasAsides = false;

  const beyond = (message: string): void => {
    excess = { message: `${message} Check how this file was made.`, span: between(at, at + 1) };
  };
  const tooMany = bracketBeyond(text, MOST_NODES);
  if (tooMany >= 0) {
    at = tooMany;
    beyond(MANY);
    return { nodes, root, isPlain: false, slips: [], hasAsides, ...(excess && { excess }) };
  }
  checkCharacters(reading);

  const words = (end: number): void => {
    if (end <= at) return;
    const blank = top ? blanks.get(end - at) : undefined;
    if (blank !== undefined && text.startsWith(blank, at)) {
      beside.push({ kind: 'text', text: blank, isBlank: true, start: at, end });
      at = end;
      return;
    }
    const raw = text.slice(at, end);
    const isSimple = !raw.includes('&') && !raw.includes('\r');
    if (open.length === 0) checkOutside(reading, at, end, root);
    else if (raw.includes(']]>')) endOfCdata(reading, at + raw.indexOf(']]>'));
    if (!isSimple && open.length > 0) checkReferences(reading, at, end);
    const said = isSimple ? raw : decoded(raw.replace(/\r\n?/g, '\n'));
    const node: XmlText = { kind: 'text', text: said, isBlank: isBlank(said), start: at, end };
    beside.push(node);
    if (node.isBlank && isSimple) blanks.set(end - at, raw);
    at = end;
  };
  const closeTop = (closeStart: number, end: number): void => {
    const element = open.pop()!;
    names.pop();
    scopes.pop();
    top = open[open.length - 1];
    beside = top ? top.children : nodes;
    // A list that grew has room for many more, and there are as many lists as elements.
    if (element.children.length < FEW) element.children = element.children.slice();
    element.closeStart = closeStart;
    element.end = end;
  };
  /** Ends elements that have no end tag, the innermost first. */
  const leave = (depth: number): Open[] => {
    const left: Open[] = [];
    while (open.length > depth) {
      const element = top!;
      const name = names.at(-1)!;
      missed.set(name, (missed.get(name) ?? 0) + 1);
      closeTop(at, at);
      endUnclosed(text, element, beside);
      left.push(element);
    }
    return left;
  };
  const startTag = (): boolean => {
    const tag = startTagAt(reading, at);
    if (!tag) return false;
    const { end, attributes, nameEnd, isEmptyTag, cut } = tag;
    const { local: name, prefix, written } = tag.name;
    count += attributes.length;
    const scope = scopeOf(attributes, scopes[scopes.length - 1]!);
    checkPrefixes(reading, at, tag, scope);
    const element: Open = {
      kind: 'element',
      name,
      prefix,
      uri: scope.get(prefix) ?? '',
      start: at,
      nameEnd,
      openEnd: end,
      closeStart: end,
      end,
      isEmptyTag,
      attributes,
      // Only one that breaks off may get children all the same.
      children: isEmptyTag && !cut ? NONE : [],
      parent: top,
      holds: undefined,
      cut,
    };
    beside.push(element);
    if (!top && root) checkSecond(reading, root, element);
    root ??= element;
    if (count > MOST_NODES) beyond(MANY);
    at = end;
    if (isEmptyTag) return true;
    open.push(element);
    top = element;
    beside = element.children;
    names.push(written);
    scopes.push(scope);
    if (open.length > DEEPEST) {
      at = element.start;
      beyond(`Nested more than ${DEEPEST} levels deep: no FHIR message is.`);
    }
    return true;
  };
  const endTag = (): void => {
    const expected = names[names.length - 1];
    if (expected !== undefined && text.startsWith(expected, at + 2)) {
      const close = at + 2 + expected.length;
      if (text.charCodeAt(close) === 0x3e) {
        closeTop(at, close + 1);
        at = close + 1;
        return;
      }
    }
    const nameEnd = endOfLooseName(text, at + 2);
    const name = text.slice(at + 2, nameEnd);
    const tag = endTagAt(reading, nameEnd);
    if (names.at(-1) !== name) {
      const owner = names.lastIndexOf(name);
      if (owner >= 0) checkUnclosed(reading, leave(owner + 1), at, name);
      else if (top && isMeant(name, names.at(-1)!, tag.isWhole)) wrongEnd(reading, at, tag.end, names.at(-1)!);
      else {
        const late = (missed.get(name) ?? 0) > 0;
        if (late) missed.set(name, missed.get(name)! - 1);
        else if (!adopted(reading, beside, name, at, tag.end)) strayEnd(reading, at, tag.end, name);
        at = tag.end;
        return;
      }
    } else if (!tag.isWhole) openEnd(reading, at, tag.end, name);
    closeTop(at, tag.end);
    at = tag.end;
  };

  while (at < text.length && !excess) {
    const next = text.indexOf('<', at);
    words(next < 0 ? text.length : next);
    if (next < 0) break;
    if (text.charCodeAt(at + 1) === 0x2f) endTag();
    else if (text.charCodeAt(at + 1) === 0x21 || text.charCodeAt(at + 1) === 0x3f) {
      const node = asideAt(reading, at, start, open.length > 0);
      beside.push(node);
      hasAsides ||= isAside(node, text);
      at = node.end;
    } else if (!startTag()) {
      // A bracket that begins nothing is text.
      bareBracket(reading, at, open.length > 0);
      beside.push({ kind: 'text', text: '<', isBlank: false, start: at, end: at + 1 });
      at++;
    }
  }
  // What the text ends in the middle of is told; what stands around that is open because of it.
  const ink = text.trimEnd().length;
  const isTorn = reading.slips.some(({ isOpenText, span }) => isOpenText || span.offset + span.length >= ink);
  const left = leave(0);
  if (!excess && !isTorn) checkUnclosed(reading, left, text.length, undefined);
  if (!root || excess || left.length > 0) reading.isPlain = false;
  const { isPlain, slips } = reading;
  return { nodes, root, isPlain, slips, hasAsides, ...(excess && { excess }) };
}

/** Where the first bracket stands of which there are too many; -1 where there are fewer. */
function bracketBeyond(text: string, most: number): number {
  let at = -1;
  for (let count = 0; count <= most; count++) {
    at = text.indexOf('<', at + 1);
    if (at < 0) return -1;
  }
  return at;
}
