// What XML 1.0 (5th ed., sections 2.2 and 2.3) calls a character, white space and a name, and how a text stands in it.

/** Finds a character that no XML may hold. */
export const NO_CHARACTER =
  /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

export function isCharacter(code: number): boolean {
  if (code < 0x20) return code === 9 || code === 10 || code === 13;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;
}

export function skipSpace(text: string, at: number): number {
  while (isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** Where the first character that is not white stands; -1 when there is none. */
export function firstInk(text: string, from: number, to: number): number {
  const at = skipSpace(text, from);
  return at < to ? at : -1;
}

/** True of nothing, too. */
export function isBlank(text: string): boolean {
  return skipSpace(text, 0) === text.length;
}

/** The same number when no name starts there. */
export function endOfName(text: string, start: number): number {
  let at = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code < 0x80 ? isAsciiName(code, at === start) : isWideName(text.codePointAt(at), at === start))
      at += code >= 0xd800 && code < 0xdc00 ? 2 : 1;
    else return at;
  }
}

function isAsciiName(code: number, first: boolean): boolean {
  if ((code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f || code === 0x3a) return true;
  return !first && ((code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x2e);
}

const NAME_START: readonly [number, number][] = [
  [0xc0, 0xd6],
  [0xd8, 0xf6],
  [0xf8, 0x2ff],
  [0x370, 0x37d],
  [0x37f, 0x1fff],
  [0x200c, 0x200d],
  [0x2070, 0x218f],
  [0x2c00, 0x2fef],
  [0x3001, 0xd7ff],
  [0xf900, 0xfdcf],
  [0xfdf0, 0xfffd],
  [0x10000, 0xeffff],
];
const NAME_MORE: readonly [number, number][] = [
  [0xb7, 0xb7],
  [0x300, 0x36f],
  [0x203f, 0x2040],
];

/** False at the end of the text, where there is no code. */
function isWideName(code: number | undefined, first: boolean): boolean {
  if (code === undefined) return false;
  const among = (ranges: readonly [number, number][]) => ranges.some(([low, high]) => code >= low && code <= high);
  return among(NAME_START) || (!first && among(NAME_MORE));
}

/** True of what may name an element that has no prefix. */
export function isXmlName(name: string): boolean {
  return name !== '' && !name.includes(':') && endOfName(name, 0) === name.length;
}

const UNUSUAL = /[&<>"\u0000-\u001f\ud800-\udfff\ufffe\uffff]/;
const FORBIDDEN = new RegExp(NO_CHARACTER, 'g');

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** As it stands between double quotes, so that a parser gives the same text; what no XML may hold becomes U+FFFD. */
export function attributeText(text: string): string {
  if (!UNUSUAL.test(text)) return text;
  return text.replace(FORBIDDEN, '\uFFFD').replace(/[&<>"\t\n\r]/g, (one) => REFERENCES[one]!);
}

/** As it stands between tags. */
export function elementText(text: string): string {
  return text.replace(FORBIDDEN, '\uFFFD').replace(/[&<>\r]/g, (one) => REFERENCES[one]!);
}
