// Start tags of XML and their attributes, however half-typed.
import { skipSpace } from './xml-characters';
import { endOfLooseName, nameBetween } from './xml-names';
import { attributeValue, checkReferences } from './xml-references';
import { between, isEnough, mend, perhaps, type Slip, slipped, type XmlName, type XmlReading } from './xml-slips';
import type { XmlAttribute } from './xml-tree';

export interface StartTag {
  name: XmlName;
  nameEnd: number;
  end: number;
  isEmptyTag: boolean;
  attributes: readonly XmlAttribute[];
  /** Where the tag breaks off, what is told of it. */
  cut: Slip | undefined;
}

const [LESS, GREATER, SLASH, EQUALS, AMPERSAND, QUOTE, APOSTROPHE] = [0x3c, 0x3e, 0x2f, 0x3d, 0x26, 0x22, 0x27];

/** Of tags that nothing more is told of. */
const CUT: Slip = { message: '', span: between(0, 0) };

const NONE: XmlAttribute[] = [];

/** Undefined where no name follows the bracket. @param at of the bracket */
export function startTagAt(reading: XmlReading, at: number): StartTag | undefined {
  const { text } = reading;
  const nameEnd = endOfLooseName(text, at + 1);
  if (nameEnd === at + 1) return undefined;
  const name = nameBetween(reading, at + 1, nameEnd);
  let attributes: XmlAttribute[] = NONE;
  const tag: StartTag = { name, nameEnd, end: nameEnd, isEmptyTag: false, attributes, cut: undefined };
  const told = reading.slips.length;
  let seen: Set<string> | undefined;
  for (let i = nameEnd; ;) {
    const blank = i;
    i = skipSpace(text, i);
    const unit = text.charCodeAt(i);
    if (unit === GREATER) {
      tag.end = i + 1;
      return tag;
    }
    if (unit === SLASH && text.charCodeAt(i + 1) === GREATER) {
      tag.end = i + 2;
      tag.isEmptyTag = true;
      return tag;
    }
    if (i >= text.length || unit === LESS) {
      reading.isPlain = false;
      tag.end = blank;
      tag.isEmptyTag = true;
      tag.cut = isEnough(reading) ? CUT : cutTag(text, at, blank);
      // Of a tag that is torn already one sentence is enough.
      if (reading.slips.length === told && !isEnough(reading)) slipped(reading, tag.cut);
      return tag;
    }
    const attribute = attributeAt(reading, i, name.local);
    if (!attribute) {
      if (reading.slips.length === told) strange(reading, i, blank < i);
      reading.isPlain = false;
      i++;
      continue;
    }
    if (blank === i) noBlank(reading, i, attribute);
    i = attribute.end;
    if (attributes.length === 0) {
      // Most tags have one: a list that grows makes room for many.
      tag.attributes = attributes = [attribute];
      continue;
    }
    seen ??= attributes.length < 8 ? undefined : new Set(attributes.map(qualifiedOf));
    const twin = seen
      ? seen.has(qualifiedOf(attribute)) && attributes.find((one) => isSame(one, attribute))
      : attributes.find((one) => isSame(one, attribute));
    seen?.add(qualifiedOf(attribute));
    if (twin) twice(reading, twin, attribute, name.local);
    attributes.push(attribute);
  }
}

function isSame(one: XmlAttribute, other: XmlAttribute): boolean {
  return one.name === other.name && one.prefix === other.prefix;
}

function qualifiedOf({ prefix, name }: XmlAttribute): string {
  return `${prefix}:${name}`;
}

function isAtEnd(text: string, at: number): boolean {
  return skipSpace(text, at) >= text.length;
}

/** As while it is typed: what follows is not inside the tag. */
function cutTag(text: string, at: number, end: number): Slip {
  const name = /^<[^\s/]*/.exec(text.slice(at, Math.min(end, at + 80)))![0];
  const start = text[end - 1] === '/' ? end - 1 : end;
  return {
    message: `The tag ${name} is not closed: > or /> is missing.`,
    span: between(at + 1, Math.max(at + 2, end)),
    isOpenText: isAtEnd(text, end),
    mends: () => [perhaps(mend('Close the tag with />', [start, end, '/>']))],
  };
}

function strange(reading: XmlReading, at: number, isApart: boolean): void {
  const sign = String.fromCodePoint(reading.text.codePointAt(at)!);
  const end = at + sign.length;
  const isBlank = /\s/.test(sign);
  const called = isBlank ? 'A blank that XML does not know as one' : sign === '/' ? 'A slash' : `The sign ${sign}`;
  slipped(reading, {
    message: `${called} may not stand in a tag here: ${isBlank ? 'write an ordinary one' : 'remove it'}.`,
    span: between(at, end),
    mends: () =>
      isBlank
        ? [mend('Write an ordinary blank', [at, end, isApart ? '' : ' '])]
        : [perhaps(mend(`Remove ${sign}`, [at, end, '']))],
  });
}

function noBlank(reading: XmlReading, at: number, { name, nameEnd }: XmlAttribute): void {
  slipped(reading, {
    message: `A blank is missing before the attribute ${name}.`,
    span: between(at, nameEnd),
    mends: () => [mend('Put a blank here', [at, at, ' '])],
  });
}

function twice(reading: XmlReading, first: XmlAttribute, second: XmlAttribute, element: string): void {
  const { text } = reading;
  const without = ({ start, end }: XmlAttribute): [number, number, string] => [
    /\s/.test(text[start - 1] ?? '') ? start - 1 : start,
    end,
    '',
  ];
  slipped(reading, {
    message: `The attribute ${second.name} stands twice in ${element}.`,
    span: between(second.start, second.nameEnd),
    mends: () =>
      first.value === second.value
        ? [mend(`Remove the second ${second.name}`, without(second))]
        : [
            perhaps(mend(`Keep the first ${second.name}`, without(second))),
            perhaps(mend(`Keep the second ${second.name}`, without(first))),
          ],
  });
}

/** Undefined where no name stands. */
function attributeAt(reading: XmlReading, start: number, owner: string): XmlAttribute | undefined {
  const { text } = reading;
  const nameEnd = endOfLooseName(text, start);
  if (nameEnd === start) return undefined;
  const { local: name, prefix } = nameBetween(reading, start, nameEnd);
  const attribute = { name, prefix, uri: '', value: '', start, nameEnd, valueStart: nameEnd, end: nameEnd };
  const sign = skipSpace(text, nameEnd);
  if (text.charCodeAt(sign) !== EQUALS) {
    slipped(reading, {
      message: `The attribute ${name} has no value: write ${name}="…".`,
      span: between(start, nameEnd),
      mends: () => [perhaps(mend(`Write ${name}=""`, [nameEnd, nameEnd, '=""']))],
    });
    return attribute;
  }
  const valueStart = skipSpace(text, sign + 1);
  const quote = text.charCodeAt(valueStart);
  if (quote !== QUOTE && quote !== APOSTROPHE) return unquoted(reading, attribute, owner, sign, valueStart);
  let isSimple = true;
  for (let i = valueStart + 1; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === quote) {
      const raw = text.slice(valueStart + 1, i);
      const next = text.charCodeAt(i + 1);
      if (next !== 0x20 && next !== SLASH && next !== GREATER && isOpeningNext(raw, text[i + 1])) {
        const close = valueStart + 1 + raw.search(NEXT_ATTRIBUTE);
        return openQuote(reading, attribute, owner, valueStart, close, text[valueStart]!);
      }
      if (isSimple) return valued(attribute, raw, valueStart, i + 1);
      checkReferences(reading, valueStart + 1, i);
      return valued(attribute, attributeValue(raw), valueStart, i + 1);
    }
    if (unit === LESS) break;
    if (unit === AMPERSAND || unit < 0x20) isSimple = false;
  }
  return torn(reading, attribute, owner, valueStart);
}

function valued(attribute: XmlAttribute, value: string, valueStart: number, end: number): XmlAttribute {
  attribute.value = value;
  attribute.valueStart = valueStart;
  attribute.end = end;
  return attribute;
}

function called({ name }: XmlAttribute, owner: string): string {
  return name === 'value' ? `The value of ${owner}` : `The value of ${name} in ${owner}`;
}

const NEXT_ATTRIBUTE = /\s+[\w:.-]+\s*=\s*$/;

/** True where a quote opens the value of the next attribute: the one before was never closed. */
function isOpeningNext(raw: string, next: string | undefined): boolean {
  return next !== undefined && /[^\s?]/.test(next) && raw.endsWith('=') && NEXT_ATTRIBUTE.test(raw.slice(-100));
}

const BARE = /[^\s<>"']*/y;

function unquoted(
  reading: XmlReading,
  attribute: XmlAttribute,
  owner: string,
  sign: number,
  valueStart: number,
): XmlAttribute {
  const { text } = reading;
  BARE.lastIndex = valueStart;
  let end = valueStart + BARE.exec(text)![0].length;
  // Of `value=/>` the end of the tag is no value.
  if (text[end] === '>' && text[end - 1] === '/' && end > valueStart) end--;
  const raw = text.slice(valueStart, end);
  const [from, to] = raw === '' ? [sign + 1, sign + 1] : [valueStart, end];
  valued(attribute, attributeValue(raw), from, to);
  const quoted = `"${raw.replaceAll('"', '&quot;')}"`;
  slipped(reading, {
    message:
      raw === ''
        ? `The attribute ${attribute.name} has no value: write ${attribute.name}="…".`
        : `${called(attribute, owner)} stands without quotes: write ${attribute.name}=${quoted}.`,
    span: between(attribute.start, attribute.end),
    mends: () =>
      raw === ''
        ? [perhaps(mend(`Write ${attribute.name}=""`, [sign + 1, sign + 1, '""']))]
        : [mend('Put it in quotes', [valueStart, end, quoted])],
  });
  return attribute;
}

/** A value in which a bracket stands: either it was meant as text, or the quote before was never closed. */
function torn(reading: XmlReading, attribute: XmlAttribute, owner: string, valueStart: number): XmlAttribute {
  const { text } = reading;
  const quote = text[valueStart]!;
  let [close, line, bracket] = [-1, text.length, text.length];
  for (let i = valueStart + 1; i < text.length; i++) {
    const sign = text[i]!;
    if (sign === '\n' || sign === '\r') {
      line = i;
      break;
    }
    if (sign === '<') bracket = Math.min(bracket, i);
    if (sign === quote) {
      close = i;
      break;
    }
  }
  // A quote behind the sign of equality opens the value of another attribute.
  if (close >= 0 && text[skipBack(text, close) - 1] !== '=') {
    const raw = text.slice(valueStart + 1, close);
    slipped(reading, {
      message: 'The sign < may not stand in a value: write &lt;.',
      span: between(bracket, bracket + 1),
      mends: () => [mend('Write &lt;', [valueStart + 1, close, raw.replaceAll('<', '&lt;')])],
    });
    return valued(attribute, attributeValue(raw), valueStart, close + 1);
  }
  const stretch = text.slice(valueStart, Math.min(line, bracket));
  const [ending] = /\s*\/?>\s*$/.exec(stretch) ?? /\s*$/.exec(stretch)!;
  const end = Math.max(valueStart + 1, valueStart + stretch.length - ending.length);
  return openQuote(reading, attribute, owner, valueStart, end, ending.includes('>') ? quote : `${quote}/>`);
}

/** @param closing what the text lacks at the end of the value */
function openQuote(
  reading: XmlReading,
  attribute: XmlAttribute,
  owner: string,
  valueStart: number,
  end: number,
  closing: string,
): XmlAttribute {
  const { text } = reading;
  valued(attribute, attributeValue(text.slice(valueStart + 1, end)), valueStart, end);
  if (isEnough(reading)) return attribute;
  slipped(reading, {
    message: `${called(attribute, owner)} has no closing quote: ${text[valueStart]!} is missing.`,
    span: between(valueStart, end),
    isOpenText: isAtEnd(text, end),
    mends: () => [mend('Close the quote', [end, end, closing])],
  });
  return attribute;
}

function skipBack(text: string, at: number): number {
  while (/\s/.test(text[at - 1] ?? '')) at--;
  return at;
}
