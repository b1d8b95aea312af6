// FHIR XML without what stands beside the message: comments and instructions may say anything of anybody. Pure.
import { formatOf } from '../core/document/read-document';
import { isAside } from '../core/document/xml-asides';
import { XHTML } from '../core/document/xml-narrative';
import { readXmlTree, type XmlNode } from '../core/document/xml-tree';

/** The same text without them; a narrative, whose comments are part of its value, is left alone. */
export function withoutComments(text: string): string {
  if (formatOf(text) === 'json') return text;
  let kept = '';
  let at = 0;
  const visit = (nodes: readonly XmlNode[]): void => {
    for (const node of nodes) {
      if (node.kind === 'element' && node.uri !== XHTML) visit(node.children);
      if (!isAside(node, text)) continue;
      const { start, end } = withItsLine(text, node.start, node.end);
      kept += text.slice(at, start);
      at = end;
    }
  };
  visit(readXmlTree(text).nodes);
  return kept + text.slice(at);
}

/** The whole line where nothing else stands in it. */
function withItsLine(text: string, start: number, end: number): { start: number; end: number } {
  const [before] = /[ \t]*$/.exec(text.slice(Math.max(0, start - 200), start)) ?? [''];
  const [after] = /^[ \t]*(?:\r?\n|$)/.exec(text.slice(end, end + 200)) ?? [];
  const isOwn =
    after !== undefined && (start === before.length || /[\r\n]$/.test(text.slice(0, start - before.length)));
  return isOwn ? { start: start - before.length, end: end + after.length } : { start, end };
}
