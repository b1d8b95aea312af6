// What an editor selects and folds of XML: its elements as they stand, narratives among them, whatever they mean.
import type { Span } from '../core/document/source-document';
import { readXmlTree, type XmlElement, type XmlNode } from '../core/document/xml-tree';

/** What is around a place, inner before outer: value, attribute, tag, element, its list, what the parent holds, the parent. */
export function spansAround(text: string): (offset: number) => Span[] {
  const { nodes } = readXmlTree(text);
  return (offset) => {
    const spans: Span[] = [];
    let around = nodes;
    for (let node = nodeAt(around, offset); node; node = nodeAt(around, offset)) {
      if (node.kind !== 'element') {
        spans.unshift(...outOf(node, text));
        break;
      }
      spans.unshift(...inTag(node, offset), ...outOfElement(node, around));
      around = node.children;
    }
    return spans;
  };
}

/** Behind a node, where the cursor rests after it was typed, is in it if nothing else is there. */
function nodeAt(nodes: readonly XmlNode[], offset: number): XmlNode | undefined {
  return (
    nodes.find(({ kind, start, end }) => kind !== 'text' && offset > start && offset < end) ??
    nodes.find(({ kind, start }) => kind === 'element' && offset === start) ??
    nodes.find(({ kind, end }) => kind === 'element' && offset === end) ??
    nodes.find((node) => node.kind === 'text' && /\S/.test(node.text) && offset >= node.start && offset <= node.end)
  );
}

/** A text without the blanks around it, a comment with what it says. */
function outOf({ kind, start, end }: XmlNode, text: string): Span[] {
  const all = text.slice(start, end);
  const words = kind === 'comment' ? all.replace(/^<!--|-->$/g, (mark) => ' '.repeat(mark.length)) : all;
  const inner = words.trim();
  const first = start + words.indexOf(inner);
  return [between(first, first + inner.length), between(start, end)];
}

function inTag({ start, nameEnd, openEnd, closeStart, end, attributes }: XmlElement, offset: number): Span[] {
  if (offset > start && offset <= nameEnd) return [between(start + 1, nameEnd), between(start, openEnd)];
  if (closeStart < end && offset > closeStart && offset < end)
    return [between(closeStart + 2, closeStart + 1 + nameEnd - start), between(closeStart, end)];
  if (offset <= start || offset >= openEnd) return [];
  const one = attributes.find((attribute) => offset >= attribute.start && offset <= attribute.end);
  if (!one) return [between(start, openEnd)];
  const { valueStart, nameEnd: nameOfIt } = one;
  const inner =
    offset <= nameOfIt
      ? [between(one.start, nameOfIt)]
      : offset > valueStart
        ? [between(valueStart + 1, one.end - 1), between(valueStart, one.end)]
        : [];
  return [...inner, between(one.start, one.end), between(start, openEnd)];
}

function outOfElement(element: XmlElement, siblings: readonly XmlNode[]): Span[] {
  const { openEnd, closeStart, start, end, parent } = element;
  const alike = siblings.filter((node): node is XmlElement => node.kind === 'element' && node.name === element.name);
  const [first, last] = [alike[0]!, alike.at(-1)!];
  return [
    ...(closeStart > openEnd ? [between(openEnd, closeStart)] : []),
    between(start, end),
    ...(parent ? [between(first.start, last.end)] : []),
  ];
}

export interface Fold extends Span {
  kind: 'element' | 'comment' | 'region';
}

/** In the order of the text. The line of an end tag stays; what is between two marks in comments is a region, as in any XML. */
export function foldsIn(text: string): Fold[] {
  const folds: Fold[] = [];
  const marks: number[] = [];
  const visit = (node: XmlNode): void => {
    const { kind, start, end } = node;
    if (kind === 'element') {
      const { closeStart, children } = node;
      // What stands before the end tag on its line is only its indentation.
      const last = closeStart < end ? text.lastIndexOf('\n', closeStart) : end;
      folds.push({ ...between(start, last), kind });
      children.forEach(visit);
    } else if (kind === 'comment') {
      const [, mark] = /^<!--\s*#(region|endregion)\b/.exec(text.slice(start, Math.min(end, start + 100))) ?? [];
      const from = mark === 'endregion' ? marks.pop() : undefined;
      if (mark === 'region') marks.push(start);
      else if (from !== undefined) folds.push({ ...between(from, end), kind: 'region' });
      else folds.push({ ...between(start, end), kind });
    }
  };
  readXmlTree(text).nodes.forEach(visit);
  return folds.sort((a, b) => a.offset - b.offset || b.length - a.length);
}

function between(start: number, end: number): Span {
  return { offset: start, length: Math.max(end - start, 0) };
}
