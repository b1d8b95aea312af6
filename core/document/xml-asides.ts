// What stands in XML beside the elements: comments, processing instructions, CDATA and a DOCTYPE.
import { isBlank } from './xml-characters';
import { between, mend, NO_DOCTYPE, perhaps, slipped, type XmlReading } from './xml-slips';
import { standsAlone } from './xml-narrative';
import type { XmlAside, XmlNode, XmlText } from './xml-tree';

/** True of comments and instructions, of which the XML declaration is none. */
export function isAside(node: XmlNode, text: string): boolean {
  if (node.kind === 'comment') return true;
  return node.kind === 'instruction' && !/^<\?xml\s/.test(text.slice(node.start, node.end));
}

/** How many the values of a text do not have: in a narrative that is kept as it stands they stay. */
export function countAsides(text: string, nodes: readonly XmlNode[]): number {
  return nodes.reduce((sum, node) => {
    if (node.kind !== 'element') return sum + (isAside(node, text) ? 1 : 0);
    return sum + (standsAlone(node, node) ? 0 : countAsides(text, node.children));
  }, 0);
}

/** What begins at a bracket with ! or ? behind it. @param first where the text begins @param isInside whether an element is open */
export function asideAt(reading: XmlReading, at: number, first: number, isInside: boolean): XmlAside | XmlText {
  const { text } = reading;
  if (text.startsWith('<!--', at)) return comment(reading, at);
  if (text.startsWith('<![CDATA[', at)) return cdata(reading, at, isInside);
  if (text.startsWith('<!', at)) return doctype(reading, at);
  return instruction(reading, at, first);
}

function comment(reading: XmlReading, at: number): XmlAside {
  const { text } = reading;
  const found = text.indexOf('-->', at + 4);
  const end = found < 0 ? text.length : found + 3;
  const double = text.indexOf('--', at + 4);
  if (found < 0) notClosed(reading, at, 'comment', '-->');
  else if (double !== found)
    slipped(reading, {
      message: 'Two hyphens may not stand in a comment: only its end has them.',
      span: between(double, double + 2),
      mends: () => [
        mend('Write single hyphens', [
          at + 4,
          found,
          text
            .slice(at + 4, found)
            .replace(/-{2,}/g, '-')
            .replace(/-$/, '- '),
        ]),
      ],
    });
  return { kind: 'comment', start: at, end };
}

function cdata(reading: XmlReading, at: number, isInside: boolean): XmlText {
  const { text } = reading;
  const found = text.indexOf(']]>', at + 9);
  const end = found < 0 ? text.length : found;
  if (found < 0) notClosed(reading, at, 'CDATA section', ']]>');
  if (!isInside) reading.isPlain = false;
  const inside = text.slice(at + 9, end).replace(/\r\n?/g, '\n');
  return { kind: 'text', text: inside, isBlank: isBlank(inside), start: at, end: Math.min(end + 3, text.length) };
}

const PLAIN_DECLARATION = /^<\?xml version="1\.0"( encoding="[Uu][Tt][Ff]-8")?( standalone="(yes|no)")?\s*\?>$/;
const PLAIN_INSTRUCTION = /^<\?(?!xml[\s?])[A-Za-z_][\w.-]*(\s|\?>)/i;

function instruction(reading: XmlReading, at: number, first: number): XmlAside {
  const { text } = reading;
  const found = text.indexOf('?>', at + 2);
  const end = found < 0 ? text.length : found + 2;
  const isDeclaration = /^<\?xml[\s?]/.test(text.slice(at, at + 6));
  if (found < 0) notClosed(reading, at, 'instruction', '?>');
  else if (isDeclaration && at > first)
    slipped(reading, {
      message: 'The XML declaration may only stand at the very beginning, with nothing before it.',
      span: between(at, end),
      mends: () =>
        text.slice(first, at).trim() === ''
          ? [mend('Remove what stands before it', [first, at, ''])]
          : [perhaps(mend('Remove the declaration', [at, end, '']))],
    });
  else if (isDeclaration ? !PLAIN_DECLARATION.test(text.slice(at, end)) : !PLAIN_INSTRUCTION.test(text.slice(at, end)))
    reading.isPlain = false;
  return { kind: 'instruction', start: at, end };
}

function doctype(reading: XmlReading, at: number): XmlAside {
  const { text } = reading;
  const end = endOfDoctype(text, at);
  const isDoctype = /^<!DOCTYPE/i.test(text.slice(at, at + 9));
  slipped(reading, {
    message: isDoctype ? NO_DOCTYPE : 'Behind <! stands neither a comment nor a CDATA section: remove it.',
    span: between(at, Math.min(end, at + (isDoctype ? 9 : 2))),
    isOpenText: text[end - 1] !== '>',
    mends: () => [
      {
        ...mend('Remove it', [at, lineEnd(text, end), '']),
        sure: isDoctype && text[end - 1] === '>' && !text.slice(at, end).includes('<!ENTITY'),
      },
    ],
  });
  return { kind: 'doctype', start: at, end };
}

function lineEnd(text: string, end: number): number {
  return end + (/^[ \t]*\r?\n/.exec(text.slice(end, end + 200))?.[0].length ?? 0);
}

/** Behind a DOCTYPE with all that it declares. */
export function endOfDoctype(text: string, at: number): number {
  const bracket = /[[>]/g;
  bracket.lastIndex = at;
  const first = bracket.exec(text);
  if (first?.[0] !== '[') return first ? first.index + 1 : text.length;
  const close = /\]\s*>/g;
  close.lastIndex = first.index;
  const end = close.exec(text);
  return end ? close.lastIndex : text.length;
}

function notClosed(reading: XmlReading, at: number, what: string, ending: string): void {
  slipped(reading, {
    message: `The ${what} is not closed: ${ending} is missing.`,
    span: between(at, Math.min(at + 4, reading.text.length)),
    isOpenText: true,
  });
}
