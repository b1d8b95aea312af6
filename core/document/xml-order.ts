// The order of elements in FHIR XML: which stand out of STU3's, and how few must be moved.
import type { Kinds } from './element-kinds';
import { between, type Slip } from './xml-slips';
import type { TextEdit, TextFix } from './text-edits';
import type { XmlElement, XmlNode } from './xml-tree';

interface Ranked {
  element: XmlElement;
  /** Among the nodes of its parent. */
  at: number;
  order: number;
}

const NONE: readonly Slip[] = [];

/** One of each element that stands too early or too late; of what could be moved for the same order, the fewest. */
export function checkOrder(text: string, parent: XmlElement, kinds: Kinds): readonly Slip[] {
  const { children } = parent;
  let furthest = -1;
  let isInOrder = true;
  for (const child of children) {
    if (child.kind !== 'element') continue;
    const order = kinds.get(child.name)?.order;
    if (order === undefined) continue;
    if (order < furthest) isInOrder = false;
    else furthest = order;
  }
  if (isInOrder) return NONE;
  const ranked: Ranked[] = [];
  children.forEach((element, at) => {
    const order = element.kind === 'element' ? kinds.get(element.name)?.order : undefined;
    if (element.kind === 'element' && order !== undefined) ranked.push({ element, at, order });
  });
  const staying = longestInOrder(ranked);
  const kept = ranked.filter((one) => staying.has(one));
  const moved = ranked.filter((one) => !staying.has(one));
  return moved.map((one) => {
    const { name, start, nameEnd } = one.element;
    const target = placeOf(one, kept);
    const next = kept[target];
    const isLate = next !== undefined && next.at < one.at;
    const other = isLate ? next : kept[target - 1]!;
    const place = isLate ? `before ${other.element.name}` : `behind ${other.element.name}`;
    return {
      message: isLate
        ? `${name} stands behind ${other.element.name}: STU3 has it before.`
        : `${name} stands before ${other.element.name}: STU3 has it behind.`,
      span: between(start + 1, nameEnd),
      mends: (): TextFix[] => {
        const alone = { title: `Put it ${place}`, edits: moves(text, children, [one], kept) };
        if (moved.length === 1) return [alone];
        const all = { title: `Put all of ${parent.name} in STU3's order`, edits: moves(text, children, moved, kept) };
        return [
          { ...all, sure: true },
          { ...alone, sure: false },
        ];
      },
    };
  });
}

/** The most elements that stand in order already: a longest run that never falls. */
function longestInOrder(ranked: readonly Ranked[]): ReadonlySet<Ranked> {
  /** For each length of a run the one that ends lowest, and what stands before each in its run. */
  const ends: number[] = [];
  const before: number[] = [];
  ranked.forEach(({ order }, i) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ranked[ends[middle]!]!.order <= order) low = middle + 1;
      else high = middle;
    }
    before[i] = low > 0 ? ends[low - 1]! : -1;
    ends[low] = i;
  });
  const run = new Set<Ranked>();
  for (let i = ends.at(-1) ?? -1; i >= 0; i = before[i]!) run.add(ranked[i]!);
  return run;
}

/** Before which of those that stay an element belongs; their number where it is the last. Lists keep their order. */
function placeOf({ order, at }: Ranked, kept: readonly Ranked[]): number {
  let [low, high] = [0, kept.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = kept[middle]!;
    if (one.order > order || (one.order === order && one.at > at)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function moves(text: string, nodes: readonly XmlNode[], moved: readonly Ranked[], kept: readonly Ranked[]): TextEdit[] {
  const edits: TextEdit[] = [];
  const put = new Map<number, string>();
  for (const one of moved.toSorted((a, b) => a.order - b.order || a.at - b.at)) {
    const [start, end] = blockOf(text, nodes, one.at);
    edits.push({ offset: start, length: end - start, text: '' });
    const target = kept[placeOf(one, kept)];
    const offset = target ? blockOf(text, nodes, target.at)[0] : blockOf(text, nodes, kept.at(-1)!.at)[1];
    put.set(offset, (put.get(offset) ?? '') + text.slice(start, end));
  }
  for (const [offset, written] of put) edits.push({ offset, length: 0, text: written });
  return edits.sort((a, b) => a.offset - b.offset || a.length - b.length);
}

/** An element with its lines and the comments that stand on their own above it, where it has its lines for itself. */
function blockOf(text: string, nodes: readonly XmlNode[], at: number): [start: number, end: number] {
  const { start, end } = nodes[at]!;
  const first = lineStart(text, start);
  const rest = /^[ \t]*(?:<!--[^\n]*?-->[ \t]*)?\r?\n/.exec(text.slice(end, end + 400))?.[0].length;
  if (first === undefined || rest === undefined) return [start, end];
  let from = first;
  for (let i = at - 1; i > 0; i -= 2) {
    const [comment, blank] = [nodes[i - 1]!, nodes[i]!];
    if (
      comment.kind !== 'comment' ||
      blank.kind !== 'text' ||
      !/^[ \t]*\r?\n[ \t]*$/.test(text.slice(blank.start, blank.end))
    )
      break;
    const line = lineStart(text, comment.start);
    if (line === undefined) break;
    from = line;
  }
  return [from, end + rest];
}

/** Where the line of what begins it starts; undefined of what does not begin its line. */
function lineStart(text: string, at: number): number | undefined {
  let i = at;
  while (text[i - 1] === ' ' || text[i - 1] === '\t') i--;
  return i === 0 || text[i - 1] === '\n' ? i : undefined;
}
