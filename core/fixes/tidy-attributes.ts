// The attributes of a tag as a narrative may have them.
import * as xhtml from '../validate/xhtml';
import { endOfName, skipSpace } from '../document/xml-characters';

export interface TidyTag {
  /** As they are written now, each after a space. */
  attributes: string;
  /** They were right as they stood. */
  isSame: boolean;
  /** Ends with />. */
  isClosed: boolean;
  /** Offset behind the tag. */
  end: number;
}

interface Attribute {
  name: string;
  /** As written; undefined where there is a name alone. */
  value: string | undefined;
  isQuoted: boolean;
}

/** Reads from behind the name of the tag on. @param element in which they stand */
export function tidyAttributes(source: string, start: number, element: string): TidyTag {
  const read: Attribute[] = [];
  let at = start;
  let isSame = true;
  for (;;) {
    at = skipSpace(source, at);
    if (at >= source.length || source[at] === '<')
      return finish(read, isSame && at < source.length, false, at, element);
    if (source[at] === '>') return finish(read, isSame, false, at + 1, element);
    if (source[at] === '/' && source[skipSpace(source, at + 1)] === '>')
      return finish(read, isSame && source[at + 1] === '>', true, skipSpace(source, at + 1) + 1, element);
    const nameEnd = endOfName(source, at);
    if (nameEnd === at) {
      isSame = false;
      at++;
      continue;
    }
    const name = source.slice(at, nameEnd);
    const equals = skipSpace(source, nameEnd);
    if (source[equals] !== '=') {
      read.push({ name, value: undefined, isQuoted: false });
      at = nameEnd;
      continue;
    }
    const from = skipSpace(source, equals + 1);
    const quote = source[from];
    const close = quote === '"' || quote === "'" ? source.indexOf(quote, from + 1) : -1;
    if (close >= 0) {
      read.push({ name, value: source.slice(from + 1, close), isQuoted: true });
      // What stands close behind lacks its space.
      if (!/[\s/>]/.test(source[close + 1] ?? '>')) isSame = false;
      at = close + 1;
    } else {
      const bare = /[^\s>"'<]*/.exec(source.slice(from, from + 1000))![0];
      read.push({ name, value: bare, isQuoted: false });
      at = from + Math.max(bare.length, 1);
    }
  }
}

function finish(read: readonly Attribute[], isSame: boolean, isClosed: boolean, end: number, element: string): TidyTag {
  const seen = new Set<string>();
  let same = isSame;
  const kept = read.flatMap((attribute) => {
    const name = attribute.name.startsWith('xml:') ? attribute.name : attribute.name.toLowerCase();
    const value = valueOf(attribute, element);
    if (name === 'xmlns' || !xhtml.ATTRIBUTES.has(name) || seen.has(name) || value === undefined) {
      same = false;
      return [];
    }
    seen.add(name);
    if (!attribute.isQuoted || name !== attribute.name || value !== attribute.value) same = false;
    return [` ${name}="${value}"`];
  });
  return { attributes: kept.join(''), isSame: same, isClosed, end };
}

/** Undefined where it may not be: an address that runs, a style that loads. */
function valueOf({ name, value = name }: Attribute, element: string): string | undefined {
  const written = value
    .replace(/&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;');
  const lower = name.toLowerCase();
  if (lower === 'style') {
    const quiet = written.split(';').filter((part) => xhtml.activeStyle(xhtml.decoded(part)) === undefined);
    const isQuiet = xhtml.activeStyle(xhtml.decoded(quiet.join(';'))) === undefined;
    return isQuiet && quiet.join('').trim() !== '' ? quiet.join(';') : undefined;
  }
  if (!xhtml.ADDRESSES.has(lower)) return written;
  const scheme = xhtml.schemeOf(xhtml.decoded(written));
  const isPicture = element === 'img' && lower === 'src' && /^\s*data:image\/(?!svg)/i.test(written.slice(0, 200));
  return scheme === 'javascript' || scheme === 'vbscript' || (scheme === 'data' && !isPicture) ? undefined : written;
}
