// The content of a message as text: UTF-8, unless it begins with a mark of UTF-16 or, as XML, names another encoding.

export interface Reading {
  /** There is more of it: half a letter at its end is left out. */
  isCut?: boolean;
  /** One byte that is no letter makes it no text. */
  isStrict?: boolean;
}

/** Undefined of what is no text. */
export function textOf(content: Buffer, { isCut = false, isStrict = false }: Reading = {}): string | undefined {
  try {
    const decoder = new TextDecoder(encodingOf(content), { fatal: isStrict });
    const text = decoder.decode(content, { stream: isCut });
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
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
