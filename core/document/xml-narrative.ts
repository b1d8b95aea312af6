// The narrative of FHIR XML as FHIR JSON has it: one text from <div> to </div> that brings its namespace along.
import type { XmlElement } from './xml-tree';

export const XHTML = 'http://www.w3.org/1999/xhtml';

/** Where the div needs nothing from outside it, its text is taken as it stands; else it is written anew without prefixes. */
export function divOf(text: string, div: XmlElement): string {
  if (standsAlone(div, div)) return text.slice(div.start, div.end).replace(/\r\n?/g, '\n');
  return written(div, true);
}

/** True where a div needs nothing from outside it: what is read is the text itself, but for its line ends. */
export function standsAlone(element: XmlElement, div: XmlElement): boolean {
  if (element.prefix !== '') return false;
  if (
    element === div &&
    !div.attributes.some(({ name, prefix, value }) => prefix === '' && name === 'xmlns' && value === XHTML)
  )
    return false;
  // A prefix may be declared around the div.
  if (element.attributes.some(({ prefix }) => prefix !== '' && prefix !== 'xml' && prefix !== 'xmlns')) return false;
  return element.children.every((child) => child.kind !== 'element' || standsAlone(child, div));
}

function written({ name, attributes, children }: XmlElement, isDiv: boolean): string {
  const own = attributes
    .filter((one) => one.name !== 'xmlns' && one.prefix !== 'xmlns')
    .map(
      (one) => ` ${one.prefix === 'xml' ? 'xml:' : ''}${one.name}="${escaped(one.value).replaceAll('"', '&quot;')}"`,
    );
  const inside = children.map((child) =>
    child.kind === 'element' ? written(child, false) : child.kind === 'text' ? escaped(child.text) : '',
  );
  return `<${name}${isDiv ? ` xmlns="${XHTML}"` : ''}${own.join('')}>${inside.join('')}</${name}>`;
}

/** As the text of an element has it. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
