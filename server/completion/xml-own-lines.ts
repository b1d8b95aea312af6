// Elements stand on lines of their own: the breaks that go around what is inserted, where its line holds others already.
import type { ElementCursor } from './xml-cursor';
import type { XmlOffer } from './xml-offers';

interface Style {
  unit: string;
  eol: string;
  snippets: boolean;
}

/** Puts breaks around what is inserted; undefined where everything stays on one line. */
export function aroundLines(
  text: string,
  { replaced, around, named }: ElementCursor,
  { unit, eol, snippets }: Style,
): ((inserted: string, as: XmlOffer['as']) => string) | undefined {
  if (!around || named) return (inserted) => inserted;
  const { element } = around;
  const start = replaced.offset;
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trimEnd();
  const [behind = ''] = /^[^\r\n]*/.exec(text.slice(start + replaced.length))!;
  const follows = behind.trim();
  if (before === '') {
    return (inserted) => (follows.startsWith('<') ? inserted + eol : inserted);
  }
  const isDirectlyInside = text.slice(element.openEnd, start).trim() === '';
  const isOneLine = !text.slice(element.start, start).includes('\n');
  if (isDirectlyInside) {
    const end = !follows.startsWith('<') ? '' : follows.startsWith('</') ? eol : eol + unit;
    // The cursor stays behind what is inserted, where more may follow.
    const stay = end !== '' && snippets ? '$0' : '';
    return (inserted) => eol + unit + inserted.replaceAll(eol, eol + unit) + stay + end;
  }
  // The element around has all of its own on one line.
  if (isOneLine) return undefined;
  return (inserted) => eol + inserted + (follows.startsWith('<') ? eol : '');
}
