// Start tags of XML and their attributes, however half-typed.
import { endOfName, skipSpace } from './xml-characters';
import { attributeValue, checkReferences } from './xml-references';
import { between, isEnough, mend, perhaps, type Slip, slipped, type XmlReading } from './xml-slips';
import type { XmlAttribute } from './xml-tree';

export interface StartTag {
  name: string;
  prefix: string;
  nameEnd: number;
  end: number;
  isEmptyTag: boolean;
  attributes: XmlAttribute[];
  /** Where the tag breaks off, what is told of it. */
  cut: Slip | undefined;
}

const [LESS, GREATER, SLASH, EQUALS, AMPERSAND, QUOTE, APOSTROPHE] = [0x3c, 0x3e, 0x2f, 0x3d, 0x26, 0x22, 0x27];

/** What a name may be taken for where it is none: all up to a sign that ends it. */
const LOOSE = /[^\s<>/="'&]*/y;

/** Where a name ends, as XML has names or as near as it comes; the same number where none stands. */
export function endOfLooseName(text: string, at: number): number {
  const end = endOfName(text, at);
  const unit = text.charCodeAt(end);
  if (unit === 0x20 || unit === EQUALS || unit === GREATER || unit === SLASH || unit === LESS || end >= text.length)
    return end;
  if (end === at && (unit === QUOTE || unit === APOSTROPHE || unit === AMPERSAND)) return end;
  LOOSE.lastIndex = at;
  return at + LOOSE.exec(text)![0].length;
}

export function parted(name: string): [prefix: string, local: string] {
  const colon = name.indexOf(':');
  return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
}

/** Of names in ASCII without a colon a strict parser has nothing to say. */
const PLAIN_NAME = /^[A-Za-z_][\w.-]*$/;

export function checkName(reading: XmlReading, prefix: string, local: string): void {
  if (!PLAIN_NAME.test(local) || (prefix !== '' && !PLAIN_NAME.test(prefix))) reading.isPlain = false;
}

/** Of tags that nothing more is told of. */
const CUT: Slip = { message: '', span: between(0, 0) };

/** Undefined where no name follows the bracket. @param at of the bracket */
export function startTagAt(reading: XmlReading, at: number): StartTag | undefined {
  const { text } = reading;
  const nameEnd = endOfLooseName(text, at + 1);
  if (nameEnd === at + 1) return undefined;
  const [prefix, name] = parted(text.slice(at + 1, nameEnd));
  checkName(reading, prefix, name);
  const attributes: XmlAttribute[] = [];
  const tag: StartTag = { name, prefix, nameEnd, end: nameEnd, isEmptyTag: false, attributes, cut: undefined };
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
    const attribute = attributeAt(reading, i, name);
    if (!attribute) {
      if (reading.slips.length === told) strange(reading, i, blank < i);
      reading.isPlain = false;
      i++;
      continue;
    }
    if (blank === i) noBlank(reading, i, attribute);
    i = attribute.end;
    seen ??= attributes.length < 8 ? undefined : new Set(attributes.map(qualifiedOf));
    const twin = seen
      ? seen.has(qualifiedOf(attribute)) && attributes.find((one) => isSame(one, attribute))
      : attributes.find((one) => isSame(one, attribute));
    seen?.add(qualifiedOf(attribute));
    if (twin) twice(reading, twin, attribute, name);
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
  const [prefix, name] = parted(text.slice(start, nameEnd));
  checkName(reading, prefix, name);
  const sign = skipSpace(text, nameEnd);
  const called = name === 'value' ? `The value of ${owner}` : `The value of ${name} in ${owner}`;
  const read = (value: string, valueStart: number, end: number): XmlAttribute => ({
    name,
    prefix,
    uri: '',
    value,
    start,
    nameEnd,
    valueStart,
    end,
  });
  if (text.charCodeAt(sign) !== EQUALS) {
    slipped(reading, {
      message: `The attribute ${name} has no value: write ${name}="…".`,
      span: between(start, nameEnd),
      mends: () => [perhaps(mend(`Write ${name}=""`, [nameEnd, nameEnd, '=""']))],
    });
    return read('', nameEnd, nameEnd);
  }
  const valueStart = skipSpace(text, sign + 1);
  const quote = text.charCodeAt(valueStart);
  if (quote !== QUOTE && quote !== APOSTROPHE) return unquoted(reading, read, called, sign, valueStart);
  let isSimple = true;
  for (let i = valueStart + 1; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === quote) {
      const raw = text.slice(valueStart + 1, i);
      const next = text.charCodeAt(i + 1);
      if (next !== 0x20 && next !== SLASH && next !== GREATER && isOpeningNext(raw, text[i + 1]))
        return openQuote(
          reading,
          read,
          called,
          valueStart,
          valueStart + 1 + raw.search(NEXT_ATTRIBUTE),
          text[valueStart]!,
        );
      if (isSimple) return read(raw, valueStart, i + 1);
      checkReferences(reading, valueStart + 1, i);
      return read(attributeValue(raw), valueStart, i + 1);
    }
    if (unit === LESS) break;
    if (unit === AMPERSAND || unit < 0x20) isSimple = false;
  }
  return torn(reading, read, called, valueStart);
}

const NEXT_ATTRIBUTE = /\s+[\w:.-]+\s*=\s*$/;

/** True where a quote opens the value of the next attribute: the one before was never closed. */
function isOpeningNext(raw: string, next: string | undefined): boolean {
  return next !== undefined && /[^\s?]/.test(next) && raw.endsWith('=') && NEXT_ATTRIBUTE.test(raw.slice(-100));
}

type Read = (value: string, valueStart: number, end: number) => XmlAttribute;

const BARE = /[^\s<>"']*/y;

function unquoted(reading: XmlReading, read: Read, called: string, sign: number, valueStart: number): XmlAttribute {
  const { text } = reading;
  BARE.lastIndex = valueStart;
  let end = valueStart + BARE.exec(text)![0].length;
  // Of `value=/>` the end of the tag is no value.
  if (text[end] === '>' && text[end - 1] === '/' && end > valueStart) end--;
  const raw = text.slice(valueStart, end);
  const attribute = read(attributeValue(raw), raw === '' ? sign + 1 : valueStart, raw === '' ? sign + 1 : end);
  const quoted = `"${raw.replaceAll('"', '&quot;')}"`;
  slipped(reading, {
    message:
      raw === ''
        ? `The attribute ${attribute.name} has no value: write ${attribute.name}="…".`
        : `${called} stands without quotes: write ${attribute.name}=${quoted}.`,
    span: between(attribute.start, attribute.end),
    mends: () =>
      raw === ''
        ? [perhaps(mend(`Write ${attribute.name}=""`, [sign + 1, sign + 1, '""']))]
        : [mend('Put it in quotes', [valueStart, end, quoted])],
  });
  return attribute;
}

/** A value in which a bracket stands: either it was meant as text, or the quote before was never closed. */
function torn(reading: XmlReading, read: Read, called: string, valueStart: number): XmlAttribute {
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
    return read(attributeValue(raw), valueStart, close + 1);
  }
  const stretch = text.slice(valueStart, Math.min(line, bracket));
  const [ending] = /\s*\/?>\s*$/.exec(stretch) ?? /\s*$/.exec(stretch)!;
  const end = Math.max(valueStart + 1, valueStart + stretch.length - ending.length);
  return openQuote(reading, read, called, valueStart, end, ending.includes('>') ? quote : `${quote}/>`);
}

/** @param closing what the text lacks at the end of the value */
function openQuote(
  reading: XmlReading,
  read: Read,
  called: string,
  valueStart: number,
  end: number,
  closing: string,
): XmlAttribute {
  const { text } = reading;
  const attribute = read(attributeValue(text.slice(valueStart + 1, end)), valueStart, end);
  if (isEnough(reading)) return attribute;
  slipped(reading, {
    message: `${called} has no closing quote: ${text[valueStart]!} is missing.`,
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
