// The narrative as FHIR JSON has it: one text from <div> to </div> that brings its namespace along.
import type { SaxesAttributeNS, SaxesTagNS } from 'saxes';

export const XHTML = 'http://www.w3.org/1999/xhtml';

export interface XhtmlReader {
  open(tag: SaxesTagNS): void;
  text(words: string): void;
  /** The whole text when what is closed is the div itself. @param end offset behind the closing tag */
  close(end: number): string | undefined;
}

/**
 * Where the div needs nothing from outside it, its text is taken as it stands; else it is written anew without prefixes.
 * @param start offset of the div's opening tag in `source`
 */
export function createXhtmlReader(source: string, start: number): XhtmlReader {
  const names: string[] = [];
  const parts: string[] = [];
  let asItStands = true;
  return {
    open({ local, prefix, attributes, ns }) {
      if (prefix !== '' || (names.length === 0 && ns[''] !== XHTML)) asItStands = false;
      const written = Object.values<SaxesAttributeNS>(attributes)
        .filter((a) => a.name !== 'xmlns' && a.prefix !== 'xmlns')
        .map((a) => ` ${a.prefix === 'xml' ? a.name : a.local}="${escaped(a.value).replaceAll('"', '&quot;')}"`);
      parts.push(`<${local}${names.length === 0 ? ` xmlns="${XHTML}"` : ''}${written.join('')}>`);
      names.push(local);
    },
    text: (words) => void parts.push(escaped(words)),
    close(end) {
      parts.push(`</${names.pop() ?? 'div'}>`);
      if (names.length > 0) return undefined;
      return asItStands ? source.slice(start, end) : parts.join('');
    },
  };
}

/** As the text of an element has it. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
