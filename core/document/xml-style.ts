// How the author of an XML text writes it: what is put in is written alike.
import { applyTextEdits, type TextEdit } from './text-edits';
import { XHTML } from './xml-narrative';
import { readXmlTree, type XmlElement, type XmlNode } from './xml-tree';

export interface XmlStyle {
  /** One step of indentation. */
  unit: string;
  eol: string;
  /** Without line breaks between elements. */
  isFlat: boolean;
  quote: '"' | "'";
  /** The end of an empty tag, such as ` />`. */
  emptyEnd: string;
}

export function styleOf(text: string, root: XmlElement): XmlStyle {
  const first = elementsIn(root).find(isOurs);
  const margin = first && marginOfLine(text, first.start);
  const isFlat = first !== undefined && margin === undefined;
  const outer = marginAt(text, root.start);
  const step = margin?.startsWith(outer) ? margin.slice(outer.length) : '';
  const empty = firstOf(root, (one) => one.isEmptyTag && text.endsWith('/>', one.openEnd));
  const valued = firstOf(root, ({ attributes }) => attributes.some(({ name }) => name === 'value'));
  const value = valued?.attributes.find(({ name }) => name === 'value');
  return {
    unit: /^[ \t]+$/.test(step) ? step.slice(0, 8) : '  ',
    eol: text.includes('\r\n') ? '\r\n' : '\n',
    isFlat,
    quote: value && text[value.valueStart] === "'" ? "'" : '"',
    emptyEnd: empty ? /\s?\/>$/.exec(text.slice(empty.start, empty.openEnd))![0].replace(/^\s/, ' ') : '/>',
  };
}

/** Elements and attributes as the writer gives them, in the style of a text. @param prefix of the element they go into */
export function styled(written: string, prefix: string, { quote, emptyEnd }: XmlStyle): string {
  if (prefix === '' && quote === '"' && emptyEnd === '/>') return written;
  const edits: TextEdit[] = [];
  const restyle = (node: XmlNode): void => {
    if (node.kind !== 'element' || node.uri === XHTML) return;
    const put = (offset: number, length: number, text: string): void => void edits.push({ offset, length, text });
    if (prefix !== '') put(node.start + 1, 0, `${prefix}:`);
    for (const { valueStart, end } of node.attributes)
      if (quote === "'")
        put(valueStart, end - valueStart, `'${inQuotes(written.slice(valueStart + 1, end - 1), "'")}'`);
    if (node.isEmptyTag) put(node.openEnd - 2, 2, emptyEnd);
    node.children.forEach(restyle);
    if (prefix !== '' && !node.isEmptyTag) put(node.closeStart + 2, 0, `${prefix}:`);
  };
  readXmlTree(written).nodes.forEach(restyle);
  return applyTextEdits(written, edits);
}

/** A text that is escaped for double quotes, for the quotes that stand around it. */
export function inQuotes(escaped: string, quote: string): string {
  return quote === "'" ? escaped.replaceAll('&quot;', '"').replaceAll("'", '&apos;') : escaped;
}

/** The indentation of the line in which an offset lies. */
export function marginAt(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, offset))![0];
}

export function elementsIn({ children }: XmlElement): XmlElement[] {
  return children.filter((node): node is XmlElement => node.kind === 'element');
}

/** The blanks before what begins a line; undefined of what stands behind something else. */
export function marginOfLine(text: string, offset: number): string | undefined {
  return /(?:^|\n)([ \t]*)$/.exec(text.slice(Math.max(0, offset - 500), offset))?.[1];
}

function isOurs({ name, uri }: XmlElement): boolean {
  return uri !== XHTML && name !== 'div';
}

function firstOf(element: XmlElement, wanted: (element: XmlElement) => boolean): XmlElement | undefined {
  if (!isOurs(element)) return undefined;
  if (wanted(element)) return element;
  for (const child of elementsIn(element)) {
    const found = firstOf(child, wanted);
    if (found) return found;
  }
  return undefined;
}
