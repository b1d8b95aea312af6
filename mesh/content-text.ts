// The content of a message as text: UTF-8, unless it begins with a mark of UTF-16 or, as XML, names another encoding.

export interface Reading {
  /** There is more of it: half a letter at its end is left out. */
  isCut?: boolean;
  /** One byte that is no letter makes it no text. */
  isStrict?: boolean;
}

/** Undefined of what is no text. What was XML in another encoding says of itself that it is UTF-8, as which it goes on. */
export function textOf(content: Buffer, { isCut = false, isStrict = false }: Reading = {}): string | undefined {
  try {
    const encoding = encodingOf(content);
    const text = new TextDecoder(encoding, { fatal: isStrict }).decode(content, { stream: isCut });
    if (text.includes('\0')) return undefined;
    return encoding === 'utf-8' ? text : inUtf8(text);
  } catch {
    return undefined;
  }
}

/** The same text whose declaration, if it names another encoding, names UTF-8: a text has none until it is written. */
export function inUtf8(text: string): string {
  return text.replace(/^(\uFEFF?<\?xml\s[^<>]*?\sencoding\s*=\s*)(["'])(?!utf-8\2)[^"'<>]*\2/i, '$1$2UTF-8$2');
}

const LONGEST_DECLARATION = 200;

function encodingOf(content: Buffer): string {
  const [first, second] = content;
  // The mark of the order of bytes, or the beginning of XML without one.
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be';
  const named = /^<\?xml\s[^<>]*?\sencoding\s*=\s*["'](iso-8859-\d+|windows-125\d)["']/i;
  const [, encoding = ''] = named.exec(content.toString('latin1', 0, LONGEST_DECLARATION)) ?? [];
  return isKnown(encoding) ? encoding : 'utf-8';
}

function isKnown(encoding: string): boolean {
  try {
    return new TextDecoder(encoding).encoding !== '';
  } catch {
    return false;
  }
}
