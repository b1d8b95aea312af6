// Turns a fix, which speaks of values, into edits of JSON text that look as the author would have typed them.
import { applyEdits, type Node, parseTree } from 'jsonc-parser';
import type { Fix } from '../finding';
import { join, type Pointer, segmentsOf } from './pointer';

/** Replaces a stretch of text, in UTF-16 code units; edits of one fix never overlap and are in the order of the text. */
export interface TextEdit {
  offset: number;
  length: number;
  text: string;
}

/** The edits that carry out a fix; none when the text no longer has what the fix speaks of. */
export function editsFor(text: string, fix: Fix): TextEdit[] {
  const tree = parseTree(text);
  if (!tree) return [];
  const found = nodeAt(tree, fix.pointer);
  const colon = found?.property?.colonOffset;
  switch (fix.kind) {
    case 'rename':
      return found?.key ? [replace(found.key, JSON.stringify(fix.name))] : [];
    case 'set':
      if (found?.value) return setExisting(text, found.value, fix.value);
      if (colon !== undefined && colon >= 0)
        return [{ offset: colon + 1, length: 0, text: ` ${JSON.stringify(fix.value)}` }];
      return insert(text, tree, fix.pointer, fix.value);
    case 'remove':
      return found ? remove(text, found.property ?? found.value) : [];
  }
}

/** The text after the edits. */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  return applyEdits(
    text,
    edits.map(({ offset, length, text: content }) => ({ offset, length, content })),
  );
}

interface Found {
  key?: Node;
  value?: Node;
  property?: Node;
}

function nodeAt(tree: Node, pointer: Pointer): Found | undefined {
  let found: Found = { value: tree };
  for (const segment of segmentsOf(pointer)) {
    const inside = found.value;
    if (inside?.type === 'array') {
      const item = inside.children?.[Number(segment)];
      if (!item) return undefined;
      found = { value: item };
    } else {
      // Of a repeated key the last counts, as in the document.
      const property = inside?.children?.findLast((p) => p.children?.[0]?.value === segment);
      if (!property) return undefined;
      found = { property, key: property.children?.[0], value: property.children?.[1] };
    }
  }
  return found;
}

function replace({ offset, length }: Node, text: string): TextEdit {
  return { offset, length, text };
}

function setExisting(text: string, node: Node, value: unknown): TextEdit[] {
  return [replace(node, written(value, text, marginAt(text, node.offset)))];
}

/** Puts a value where nothing stands yet, with all that is missing above it. */
function insert(text: string, tree: Node, pointer: Pointer, value: unknown): TextEdit[] {
  const segments = segmentsOf(pointer);
  let parent = tree;
  let name: string | undefined;
  while ((name = segments.shift()) !== undefined) {
    const inside = nodeAt(parent, join('', name))?.value;
    if (!inside) break;
    parent = inside;
  }
  if (name === undefined || (parent.type !== 'object' && parent.type !== 'array')) return [];
  // Where nothing stands yet, digits mean an index.
  const whole = segments.reduceRight<unknown>((inner, s) => (/^\d+$/.test(s) ? [inner] : { [s]: inner }), value);
  const label = parent.type === 'object' ? `${JSON.stringify(name)}: ` : '';
  const last = parent.children?.at(-1);
  const { unit, eol } = layoutOf(text);
  if (last) {
    const margin = marginAt(text, last.offset);
    const ownLine = text.slice(0, last.offset).endsWith(`\n${margin}`);
    const gap = ownLine ? eol + margin : ' ';
    return [{ offset: last.offset + last.length, length: 0, text: `,${gap}${label}${written(whole, text, margin)}` }];
  }
  const margin = marginAt(text, parent.offset);
  const entry = label + written(whole, text, margin + unit);
  const open = parent.offset + 1;
  const blank = /^\s*/.exec(text.slice(open))?.[0].length ?? 0;
  const spread = isFlat(text) ? entry : `${eol}${margin}${unit}${entry}${eol}${margin}`;
  return [{ offset: open, length: blank, text: spread }];
}

/** A value in the layout of the text; its further lines are indented like the line it stands in. */
function written(value: unknown, text: string, margin: string): string {
  if (isFlat(text)) return JSON.stringify(value);
  const { unit, eol } = layoutOf(text);
  return JSON.stringify(value, null, unit).replaceAll('\n', eol + margin);
}

/** The indentation of the line in which an offset lies. */
function marginAt(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, offset))?.[0] ?? '';
}

/** Takes a property or item out with the comma and the space that go with it. */
function remove(text: string, node: Node | undefined): TextEdit[] {
  const siblings = node?.parent?.children;
  if (!node || !siblings) return [];
  const at = siblings.indexOf(node);
  const before = siblings[at - 1];
  const after = siblings[at + 1];
  const end = node.offset + node.length;
  if (after) return [cut(node.offset, after.offset)];
  if (before) return [cut(before.offset + before.length, end)];
  const open = text.lastIndexOf(node.parent.type === 'array' ? '[' : '{', node.offset);
  const blank = /^\s*/.exec(text.slice(end))?.[0].length ?? 0;
  return [cut(open + 1, end + blank)];
}

function cut(from: number, to: number): TextEdit {
  return { offset: from, length: to - from, text: '' };
}

function isFlat(text: string): boolean {
  return !text.trim().includes('\n');
}

/** How a text of several lines is laid out. */
export interface Layout {
  unit: string;
  eol: string;
}

/** Undefined of a text that stands on one line. */
export function layoutIn(text: string): Layout | undefined {
  return isFlat(text) ? undefined : layoutOf(text);
}

/** The indentation of the first indented line, and the line ends. */
function layoutOf(text: string): Layout {
  const unit = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
  return { unit: unit.startsWith('\t') ? '\t' : unit.slice(0, 8), eol: text.includes('\r\n') ? '\r\n' : '\n' };
}
