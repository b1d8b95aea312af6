// How many bytes a text has in UTF-8, which is how it travels.

/** Most texts are ASCII, which is soon seen. */
const WIDE = /[^\x00-\x7f]/;

export function bytesIn(text: string): number {
  if (!WIDE.test(text)) return text.length;
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) bytes += moreBytes(unit);
  }
  return bytes;
}

/** Beside its first, of a code unit that is not ASCII; each half of a surrogate pair counts two of its four bytes. */
export function moreBytes(unit: number): number {
  return unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
}
