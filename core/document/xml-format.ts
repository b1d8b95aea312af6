// FHIR XML laid out anew: an element a line, and not a letter of a narrative, a comment or a value changed.
import { wellFormedness } from './xml-problems';
import { XHTML } from './xml-narrative';
import { readXmlTree, type XmlElement, type XmlNode } from './xml-tree';

interface Layout {
  unit: string;
  eol: string;
}

/** Undefined of a text that is not well-formed. */
export function formattedXml(text: string, layout: Layout): string | undefined {
  const { nodes, isPlain, excess } = readXmlTree(text);
  if (excess || (!isPlain && wellFormedness(text, () => '').length > 0)) return undefined;
  return inLines(nodes, '', { text, ...layout }).trimStart();
}

type Work = Layout & { text: string };

/** What stands in an element or at the top, each on a line of its own but for what is said at the end of a line. */
function inLines(nodes: readonly XmlNode[], margin: string, work: Work): string {
  const { text, eol } = work;
  let lines = '';
  let blank = '';
  nodes.forEach((node, i) => {
    if (node.kind === 'text') {
      blank = text.slice(node.start, node.end);
      return;
    }
    const isSaid = node.kind === 'comment' && !blank.includes('\n') && isEndOfLine(nodes[i + 1], text);
    // What stands together in paragraphs stays so.
    const isApart = lines !== '' && /\n[^\S\n]*\r?\n/.test(blank);
    lines += isSaid ? ' ' : (isApart ? eol : '') + eol + margin;
    lines += node.kind === 'element' ? inLine(node, margin, work) : text.slice(node.start, node.end);
    blank = '';
  });
  return lines;
}

function isEndOfLine(next: XmlNode | undefined, text: string): boolean {
  return next?.kind === 'text' && text.slice(next.start, next.end).includes('\n');
}

function inLine(element: XmlElement, margin: string, work: Work): string {
  const { text, unit, eol } = work;
  const { start, end, nameEnd, closeStart, attributes, children } = element;
  if (isToTheLetter(element, text)) return text.slice(start, end);
  const written = attributes.map(
    (one) => ` ${text.slice(one.start, one.nameEnd)}=${text.slice(one.valueStart, one.end)}`,
  );
  const tag = text.slice(start, nameEnd) + written.join('');
  const inside = inLines(children, margin + unit, work);
  if (inside === '') return `${tag}/>`;
  return `${tag}>${inside}${eol}${margin}${text.slice(closeStart, nameEndOf(closeStart, text))}>`;
}

/** A narrative, and wherever text stands that is no white space alone: there white space may mean something. */
function isToTheLetter({ name, uri, attributes, children }: XmlElement, text: string): boolean {
  return (
    name === 'div' ||
    uri === XHTML ||
    attributes.some((one) => one.prefix === 'xml' && one.name === 'space') ||
    children.some(({ kind, start, end }) => kind === 'text' && /[^ \t\r\n]/.test(text.slice(start, end)))
  );
}

function nameEndOf(closeStart: number, text: string): number {
  return closeStart + /^<\/[^\s>]*/.exec(text.slice(closeStart, closeStart + 500))![0].length;
}
