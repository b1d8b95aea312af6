// Elements put into and taken out of an element of XML text, with the lines and blanks that go with them.
import type { TextEdit } from './text-edits';
import { marginAt, type XmlStyle } from './xml-style';
import type { XmlElement, XmlNode } from './xml-tree';

/** An element as it is to be written. @param margin of its line; undefined: all on the line where it is put */
export type Written = (margin: string | undefined) => string;

export interface Page {
  text: string;
  style: XmlStyle;
}

/** @param added by the child behind which they go; undefined: before all others. None where the text is too broken to say. */
export function childEdits(
  owner: XmlElement,
  removed: ReadonlySet<XmlElement>,
  added: ReadonlyMap<XmlElement | undefined, readonly Written[]>,
  page: Page,
): TextEdit[] | undefined {
  const gone = new Set(removed);
  const edits: TextEdit[] = [];
  const put = (offset: number, end: number, text: string): void =>
    void edits.push({ offset, length: end - offset, text });
  // What comes in the place of what goes is written there.
  for (const [anchor, ones] of added) {
    if (!anchor || !gone.has(anchor)) continue;
    gone.delete(anchor);
    put(anchor.start, anchor.end, joined(ones, gapBefore(anchor, owner, page)));
  }
  const rest = [...added].filter(([anchor]) => !anchor || !removed.has(anchor));
  const hasContent = owner.children.some((node) => !isBlank(node, page.text));
  if (!hasContent)
    return rest.length === 0
      ? edits
      : firstChildren(
          owner,
          rest.flatMap(([, ones]) => ones),
          page,
        );
  const stays = owner.children.some(
    (node) => !isBlank(node, page.text) && !(node.kind === 'element' && gone.has(node)),
  );
  if (!stays && rest.length === 0 && isClosed(owner, page.text)) {
    put(endOfAttributes(owner), owner.end, page.style.emptyEnd);
    return edits;
  }
  for (const [start, end] of removals(owner, gone, page.text)) put(start, end, '');
  for (const [anchor, ones] of rest) {
    if (anchor) {
      const gap = gapBefore(anchor, owner, page);
      const at = endOfLine(anchor, owner, page.text);
      put(at, at, gap + joined(ones, gap));
    } else {
      const first = owner.children.find((node) => !isBlank(node, page.text))!;
      const gap = gapBefore(first, owner, page);
      put(owner.openEnd, owner.openEnd, gap + joined(ones, gap));
    }
  }
  return edits;
}

/** Where another attribute is put, and where the end of the start tag begins. */
export function endOfAttributes({ attributes, nameEnd }: XmlElement): number {
  return attributes.at(-1)?.end ?? nameEnd;
}

/** With the comments above it that speak of it, and one behind it on its line. */
export function withComments(element: XmlElement, owner: XmlElement, text: string): { start: number; end: number } {
  const { children } = owner;
  let { start } = element;
  for (let i = children.indexOf(element) - 1; i > 0; i -= 2) {
    const [before, comment, above] = [children[i], children[i - 1], children[i - 2]];
    if (comment?.kind !== 'comment' || !before || !/^[ \t]*\r?\n[ \t]*$/.test(sliceOf(before, text))) break;
    if (above ? !isBlank(above, text) || !sliceOf(above, text).includes('\n') : true) break;
    start = comment.start;
  }
  return { start, end: endOfLine(element, owner, text) };
}

function firstChildren(owner: XmlElement, ones: readonly Written[], { text, style }: Page): TextEdit[] | undefined {
  const { eol, unit, isFlat } = style;
  const margin = marginAt(text, owner.start);
  const gap = isFlat ? '' : eol + margin + unit;
  const content = gap + joined(ones, gap);
  if (!isClosed(owner, text)) {
    if (owner.isEmptyTag) return undefined;
    return [{ offset: owner.openEnd, length: 0, text: content }];
  }
  const end = isFlat ? '' : eol + margin;
  if (!owner.isEmptyTag) {
    const { openEnd, closeStart } = owner;
    return [{ offset: openEnd, length: closeStart - openEnd, text: content + end }];
  }
  const offset = endOfAttributes(owner);
  const name = text.slice(owner.start + 1, owner.nameEnd);
  return [{ offset, length: owner.openEnd - offset, text: `>${content}${end}</${name}>` }];
}

/** Whether it ends where the tree has it end. */
export function isClosed({ isEmptyTag, openEnd, closeStart, end }: XmlElement, text: string): boolean {
  return isEmptyTag ? text.endsWith('/>', openEnd) : closeStart < end && text.startsWith('</', closeStart);
}

function removals(owner: XmlElement, gone: ReadonlySet<XmlElement>, text: string): [number, number][] {
  const { children } = owner;
  const isGone = (node: XmlNode | undefined): boolean => node?.kind === 'element' && gone.has(node);
  const ranges: [number, number][] = [];
  for (let i = 0; i < children.length; i++) {
    if (!isGone(children[i])) continue;
    const first = i;
    for (;;) {
      const next = children[i + 1];
      if (isGone(next)) i++;
      else if (next && isBlank(next, text) && isGone(children[i + 2])) i += 2;
      else break;
    }
    ranges.push(removal(children, first, i, text));
  }
  return ranges;
}

/** From the first to the last of some children that go together: their lines where they have them for themselves. */
function removal(children: readonly XmlNode[], first: number, last: number, text: string): [number, number] {
  const [start, end] = [children[first]!.start, children[last]!.end];
  const before = blankAt(children[first - 1], text);
  const after = blankAt(children[last + 1], text);
  const [line] = /^[ \t]*\r?\n/.exec(after) ?? [];
  if (!before.includes('\n')) return [start - before.length, end];
  const margin = before.length - before.lastIndexOf('\n') - 1;
  if (line === undefined) {
    // What stands behind it on its line takes its place there; an end tag goes to the end of the line above.
    return children[last + (after === '' ? 1 : 2)] ? [start, end + after.length] : [start - before.length, end];
  }
  // Of two empty lines one is enough.
  const isApart = /\n[^\S\n]*\n/.test(before) && /^[ \t]*\r?\n([ \t]*\r?\n)*/.exec(after);
  return [start - margin, end + (isApart ? isApart[0].length : line.length)];
}

/** What stands between a child and the one before it: the same is put between new ones. */
function gapBefore(node: XmlNode, owner: XmlElement, { text, style }: Page): string {
  const before = blankAt(owner.children[owner.children.indexOf(node) - 1], text);
  const line = before.lastIndexOf('\n');
  return line < 0 ? before : style.eol + before.slice(line + 1);
}

function joined(ones: readonly Written[], gap: string): string {
  const line = gap.lastIndexOf('\n');
  return ones.map((one) => one(line < 0 ? undefined : gap.slice(line + 1))).join(gap);
}

/** The end of an element, or of the comment that stands behind it at the end of its line. */
function endOfLine(element: XmlElement, owner: XmlElement, text: string): number {
  const { children } = owner;
  let at = children.indexOf(element);
  const blank = children[at + 1];
  if (blank && isBlank(blank, text) && !sliceOf(blank, text).includes('\n')) at++;
  const [comment, next] = [children[at + 1], children[at + 2]];
  const isSaid = comment?.kind === 'comment' && next?.kind === 'text' && /^[ \t]*\r?\n/.test(sliceOf(next, text));
  return isSaid ? comment.end : element.end;
}

function blankAt(node: XmlNode | undefined, text: string): string {
  return node && isBlank(node, text) ? sliceOf(node, text) : '';
}

function isBlank(node: XmlNode, text: string): boolean {
  return node.kind === 'text' && /^[ \t\r\n]*$/.test(sliceOf(node, text));
}

function sliceOf({ start, end }: XmlNode, text: string): string {
  return text.slice(start, end);
}
