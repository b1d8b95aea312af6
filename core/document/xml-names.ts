// Names in XML, or what stands where one should.
import { endOfName } from './xml-characters';
import type { XmlName, XmlReading } from './xml-slips';

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

/** Of names in ASCII without a colon a strict parser has nothing to say. */
const PLAIN_NAME = /^[A-Za-z_][\w.-]*$/;

export function nameBetween(reading: XmlReading, start: number, end: number): XmlName {
  const written = reading.text.slice(start, end);
  let name = reading.names.get(written);
  if (!name) {
    reading.names.set(written, (name = parted(written)));
    const { prefix, local } = name;
    if (!PLAIN_NAME.test(local) || (prefix !== '' && !PLAIN_NAME.test(prefix))) reading.isPlain = false;
  }
  return name;
}

function parted(written: string): XmlName {
  const colon = written.indexOf(':');
  return { written, prefix: written.slice(0, Math.max(0, colon)), local: written.slice(colon + 1) };
}
