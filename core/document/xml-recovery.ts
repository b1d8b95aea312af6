// Where an element ends that has no end tag.
import type { XmlElement, XmlNode } from './xml-tree';

type Unclosed = XmlElement & { children: XmlNode[] };

/** What an element without an end tag holds ends before what stands as far left as it does itself: that stands beside it. */
export function endUnclosed(text: string, element: Unclosed, siblings: XmlNode[]): void {
  const { children } = element;
  const margin = marginOf(text, element.start);
  const first =
    margin === undefined ? -1 : children.findIndex((child) => isAtMost(marginOf(text, child.start), margin));
  if (first >= 0) {
    // Not spread into one call: there may be more than a call takes.
    for (let i = first; i < children.length; i++) {
      const child = children[i]!;
      if (child.kind === 'element') child.parent = element.parent;
      siblings.push(child);
    }
    children.length = first;
  }
  const last = children.findLast((child) => child.kind !== 'text' || !child.isBlank);
  element.end = element.closeStart = last?.end ?? element.openEnd;
}

function isAtMost(margin: number | undefined, most: number): boolean {
  return margin !== undefined && margin <= most;
}

/** How far to the right something stands that begins its line; undefined of what stands elsewhere. */
function marginOf(text: string, at: number): number | undefined {
  for (let i = at - 1, width = 0; width < 400; i--, width++) {
    const sign = text[i];
    if (sign === undefined || sign === '\n') return width;
    if (sign !== ' ' && sign !== '\t') return undefined;
  }
  return undefined;
}
