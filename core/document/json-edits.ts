// Turns a change of the value into edits of JSON text that look as the author would have typed them.
import { getNodeValue, type Node, parseTree } from 'jsonc-parser';
import type { Change } from '../finding';
import { isObject, type Json } from '../json';
import { changed } from './changes';
import { isReordered, matches, SHORT, stretch } from './difference';
import type { TextEdit } from './text-edits';

/** The edits that carry out a change; none when the text no longer has what the change speaks of. */
export function jsonEditsFor(text: string, change: Change): TextEdit[] {
  return jsonEditsOf(text, (value) => changed(value, change));
}

/**
 * The edits that make of a text's value another. What is the same object in both is left alone, to the letter; items of
 * lists are known by being the same object, or else by their place.
 */
export function jsonEditsOf(text: string, change: (value: unknown) => unknown): TextEdit[] {
  const tree = parseTree(text);
  if (!tree) return [];
  const before: unknown = getNodeValue(tree);
  const edits: TextEdit[] = [];
  difference(tree, before, change(before), { text, edits, ...layoutOf(text) });
  return edits.sort((a, b) => a.offset - b.offset || a.length - b.length);
}

interface Work extends Layout {
  text: string;
  edits: TextEdit[];
}

function difference(node: Node, before: unknown, after: unknown, work: Work): void {
  if (before === after) return;
  if (node.type === 'object' && isObject(before) && isObject(after)) differentObject(node, before, after, work);
  else if (node.type === 'array' && Array.isArray(before) && Array.isArray(after))
    differentList(node, before, after, work);
  else if (typeof before === 'string' && typeof after === 'string' && isLong(node, before, work))
    work.edits.push(differentText(node, before, after, work));
  else work.edits.push({ ...spanOf(node), text: written(after, marginAt(work.text, node.offset), work) });
}

function isLong(node: Node, value: string, { text }: Work): boolean {
  if (value.length <= SHORT) return false;
  try {
    return JSON.parse(text.slice(node.offset, endOf(node))) === value;
  } catch {
    return false;
  }
}

/** From where two texts begin to differ to where they are the same again; what stands around stays as it was escaped. */
function differentText(node: Node, before: string, after: string, { text }: Work): TextEdit {
  const { start, end } = stretch(before, after);
  const [from, to] = placesIn(text, node.offset + 1, [start, before.length - end]);
  const whole = JSON.stringify(after.slice(start, after.length - end));
  return { offset: from!, length: to! - from!, text: whole.slice(1, -1) };
}

/** Where the units of a text stand that may be written with escapes. @param units in rising order */
function placesIn(text: string, start: number, units: readonly number[]): number[] {
  let [at, count] = [start, 0];
  return units.map((unit) => {
    for (; count < unit; count++) at += text[at] !== '\\' ? 1 : text[at + 1] === 'u' ? 6 : 2;
    return at;
  });
}

function differentObject(node: Node, before: Json, after: Json, work: Work): void {
  const properties = node.children ?? [];
  // Of a repeated key the last counts, as in the document.
  const byName = new Map(properties.map((p): [string, Node] => [String(p.children?.[0]?.value), p]));
  const gone = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
  const renamed = new Set<string>();
  if (gone.length === 1) {
    const [from] = gone;
    const to = Object.keys(after)[Object.keys(before).indexOf(from!)];
    if (to !== undefined && !Object.hasOwn(before, to) && after[to] === before[from!]) {
      work.edits.push({ ...spanOf(byName.get(from!)!.children![0]!), text: JSON.stringify(to) });
      byName.set(to, byName.get(from!)!);
      renamed.add(to);
    }
  }
  const removed = renamed.size > 0 ? [] : gone.map((name) => byName.get(name)!);
  const added: Added[] = [];
  let previous: Node | undefined;
  for (const [name, value] of Object.entries(after)) {
    const property = byName.get(name);
    if (!property) {
      added.push({ after: previous, label: `${JSON.stringify(name)}: `, value });
      continue;
    }
    // Properties that change places stay where they are: their order means nothing.
    if (!previous || property.offset > previous.offset) previous = property;
    if (renamed.has(name)) continue;
    const item = property.children?.[1];
    if (item) difference(item, before[name], value, work);
    else if (property.colonOffset !== undefined && property.colonOffset >= 0)
      work.edits.push({ offset: property.colonOffset + 1, length: 0, text: ` ${written(value, '', work)}` });
  }
  // What a change puts at the end stands at the end, whatever was repeated before it.
  const last = properties.at(-1);
  for (const one of added) if (one.after && one.after === previous && last !== previous) one.after = last;
  change(node, removed, added, work);
}

function differentList(node: Node, before: unknown[], after: unknown[], work: Work): void {
  const items = node.children ?? [];
  if (isReordered(before, after)) {
    after.forEach((value, i) => {
      if (value === before[i]) return;
      const from = items[before.indexOf(value)]!;
      work.edits.push({ ...spanOf(items[i]!), text: work.text.slice(from.offset, from.offset + from.length) });
    });
    return;
  }
  const added: Added[] = [];
  const removed: Node[] = [];
  const kept = matches(before, after);
  let at = 0;
  let previous: Node | undefined;
  const pass = (to: number, values: unknown[]): void => {
    // Between what is kept, items are the same by their place; what is over on one side was removed or added.
    for (const value of values) {
      if (at < to) {
        difference(items[at]!, before[at], value, work);
        previous = items[at++];
      } else added.push({ after: previous, label: '', value });
    }
    while (at < to) removed.push(items[at++]!);
  };
  let from = 0;
  for (const [i, j] of kept) {
    pass(i, after.slice(from, j));
    previous = items[i];
    at = i + 1;
    from = j + 1;
  }
  pass(items.length, after.slice(from));
  change(node, removed, added, work);
}

interface Added {
  /** The child behind which it goes; the first place when undefined. */
  after: Node | undefined;
  label: string;
  value: unknown;
}

/** Takes children out of an object or list and puts others in, with the commas and spaces that go with them. */
function change(owner: Node, removed: Node[], added: Added[], work: Work): void {
  const { text, edits } = work;
  const children = owner.children ?? [];
  const isGone = new Set(removed);
  if (children.length === isGone.size) {
    if (children.length + added.length > 0) edits.push(onlyChildren(owner, added, work));
    return;
  }
  for (let i = 0; i < children.length; i++) {
    if (!isGone.has(children[i]!)) continue;
    const first = i;
    while (isGone.has(children[i + 1]!)) i++;
    const next = children[i + 1];
    const before = children[first - 1];
    const start = next ? children[first]!.offset : endOf(before!);
    edits.push({ offset: start, length: (next ? next.offset : endOf(children[i]!)) - start, text: '' });
  }
  const byPlace = new Map<Node | undefined, Added[]>();
  for (const one of added) byPlace.set(one.after, [...(byPlace.get(one.after) ?? []), one]);
  for (const [behind, ones] of byPlace) {
    const neighbour = behind ?? children.find((child) => !isGone.has(child))!;
    const margin = marginAt(text, neighbour.offset);
    const gap = text.slice(0, neighbour.offset).endsWith(`\n${margin}`) ? work.eol + margin : ' ';
    const texts = ones.map(({ label, value }) => label + written(value, margin, work));
    edits.push({
      offset: behind ? endOf(behind) : neighbour.offset,
      length: 0,
      text: texts.map((one) => (behind ? `,${gap}${one}` : `${one},${gap}`)).join(''),
    });
  }
}

/** Everything between the brackets of an object or list, anew. */
function onlyChildren(owner: Node, added: Added[], work: Work): TextEdit {
  const { text, unit, eol, isFlat } = work;
  const open = owner.offset + 1;
  const last = owner.children?.at(-1);
  const inner = last ? endOf(last) : open;
  const length = inner - open + (/^\s*/.exec(text.slice(inner))?.[0].length ?? 0);
  if (added.length === 0) return { offset: open, length, text: '' };
  const margin = marginAt(text, owner.offset);
  const texts = added.map(({ label, value }) => label + written(value, margin + unit, work));
  const spread = isFlat
    ? texts.join(', ')
    : `${eol}${margin}${unit}${texts.join(`,${eol}${margin}${unit}`)}${eol}${margin}`;
  return { offset: open, length, text: spread };
}

/** A value in the layout of the text; its further lines are indented like the line it stands in. */
function written(value: unknown, margin: string, { isFlat, unit, eol }: Layout): string {
  if (isFlat) return JSON.stringify(value);
  return JSON.stringify(value, null, unit).replaceAll('\n', eol + margin);
}

function spanOf({ offset, length }: Node): { offset: number; length: number } {
  return { offset, length };
}

function endOf({ offset, length }: Node): number {
  return offset + length;
}

/** The indentation of the line in which an offset lies. */
function marginAt(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, offset))?.[0] ?? '';
}

export interface Layout {
  /** On a single line. */
  isFlat: boolean;
  /** One step of indentation. */
  unit: string;
  eol: string;
}

/** The indentation of the first indented line, and the line ends. */
export function layoutOf(text: string): Layout {
  const unit = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
  return {
    isFlat: !text.trim().includes('\n'),
    unit: unit.startsWith('\t') ? '\t' : unit.slice(0, 8),
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}
