// How many bytes a text has in UTF-8, which is how it travels.

/** Most texts are ASCII, which is soon seen. */
const WIDE = /[^\x00-\x7f]/;

export function bytesIn(text: string): number {
  if (!WIDE.test(text)) return text.length;
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) bytes += moreBytes(unit, text.charCodeAt(i - 1));
  }
  return bytes;
}

/**
 * Beside its first, of a code unit that is not ASCII: a surrogate pair has four bytes, of which its second half has none, and
 * half a pair three.
 * @param before the unit before it
 */
export function moreBytes(unit: number, before: number): number {
  if (unit >= 0xdc00 && unit <= 0xdfff && before >= 0xd800 && before <= 0xdbff) return 0;
  return unit > 0x7ff ? 2 : 1;
}
