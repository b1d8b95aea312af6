// Names in XML, or what stands where one should.
import { endOfName } from './xml-characters';
import type { XmlReading } from './xml-slips';

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
