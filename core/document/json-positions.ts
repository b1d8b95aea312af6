// Where the values of well-formed JSON stand: a table of offsets, made in one pass that reads no value.
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  LINE_FEED,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  RETURN,
  SPACE,
  TAB,
} from './json-units';
import { escapeSegment, type Pointer, segmentsOf } from './pointer';
import type { Span, Spot } from './source-document';

export interface Positions {
  spanOf(pointer: Pointer, part: 'key' | 'value'): Span;
  pointerAt(offset: number): Spot;
}

/**
 * A row for each value, outer before inner. Its columns: start and end of its name (both -1 where it has none), its own
 * start and end, and the row behind the last value inside it.
 */
const [KEY, KEY_END, START, END, NEXT, WIDTH] = [0, 1, 2, 3, 4, 5];

/** @param text JSON.parse must take it, @param most at least as many as there are values */
export function positionsIn(text: string, most: number): Positions {
  const table = tableOf(text, most);
  /** By name or place, of the objects and lists that were asked for. */
  const inside = new Map<number, ReadonlyMap<string, number>>();

  const childrenOf = (row: number): ReadonlyMap<string, number> => {
    let children = inside.get(row) as Map<string, number> | undefined;
    if (children) return children;
    inside.set(row, (children = new Map<string, number>()));
    for (let child = row + WIDTH; child < table[row + NEXT]!; child = table[child + NEXT]!)
      children.set(table[child + KEY] === -1 ? String(children.size) : nameOf(child), child);
    return children;
  };
  const nameOf = (row: number): string => {
    const inQuotes = text.slice(table[row + KEY]! + 1, table[row + KEY_END]! - 1);
    return inQuotes.includes('\\') ? (JSON.parse(`"${inQuotes}"`) as string) : inQuotes;
  };
  const valueSpan = (row: number): Span => ({
    offset: table[row + START]!,
    length: table[row + END]! - table[row + START]!,
  });
  const isContainer = (row: number): boolean => {
    const unit = text.charCodeAt(table[row + START]!);
    return unit === OPEN_BRACE || unit === OPEN_BRACKET;
  };
  /** The name of a property; where there is none (an item of a list, the whole), the opening bracket: never a whole page. */
  const nameSpan = (row: number): Span => {
    const key = table[row + KEY]!;
    if (key !== -1) return { offset: key, length: table[row + KEY_END]! - key };
    return isContainer(row) ? { offset: table[row + START]!, length: 1 } : valueSpan(row);
  };

  return {
    spanOf(pointer, part) {
      let row = 0;
      for (const segment of segmentsOf(pointer)) {
        const child = childrenOf(row).get(segment);
        if (child === undefined) return nameSpan(row);
        row = child;
      }
      return part === 'value' ? valueSpan(row) : nameSpan(row);
    },
    pointerAt(offset) {
      let pointer = '';
      let row = 0;
      while (isContainer(row)) {
        let child = row + WIDTH;
        let place = 0;
        for (; child < table[row + NEXT]! && table[child + END]! < offset; child = table[child + NEXT]!) place++;
        const key = table[child + KEY]!;
        if (child >= table[row + NEXT]! || offset < (key === -1 ? table[child + START]! : key))
          return { pointer, part: 'gap' };
        pointer += `/${key === -1 ? place : escapeSegment(nameOf(child))}`;
        if (key !== -1 && offset <= table[child + KEY_END]!) return { pointer, part: 'key' };
        if (offset < table[child + START]!) return { pointer, part: 'gap' };
        row = child;
      }
      return { pointer, part: 'value' };
    },
  };
}

function tableOf(text: string, most: number): Int32Array {
  const table = new Int32Array(most * WIDTH);
  const open: number[] = [];
  let [row, key, keyEnd] = [0, -1, -1];
  const close = (at: number, end: number): void => {
    table[at + END] = end;
    table[at + NEXT] = row;
  };
  for (let i = 0; i < text.length;) {
    const unit = text.charCodeAt(i);
    switch (unit) {
      case SPACE:
      case LINE_FEED:
      case RETURN:
      case TAB:
      case COLON:
      case COMMA:
        i++;
        continue;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        close(open.pop()!, ++i);
        continue;
    }
    const end =
      unit === OPEN_BRACE || unit === OPEN_BRACKET ? i + 1 : unit === QUOTE ? stringEnd(text, i) : wordEnd(text, i);
    const owner = open.at(-1);
    if (key === -1 && owner !== undefined && text.charCodeAt(table[owner + START]!) === OPEN_BRACE) {
      [key, keyEnd] = [i, end];
      i = end;
      continue;
    }
    table[row + KEY] = key;
    table[row + KEY_END] = keyEnd;
    table[row + START] = i;
    [key, keyEnd] = [-1, -1];
    const here = row;
    row += WIDTH;
    if (unit === OPEN_BRACE || unit === OPEN_BRACKET) open.push(here);
    else close(here, end);
    i = end;
  }
  return table;
}

function stringEnd(text: string, from: number): number {
  let i = from + 1;
  for (let unit = text.charCodeAt(i); unit !== QUOTE; unit = text.charCodeAt(i)) i += unit === BACKSLASH ? 2 : 1;
  return i + 1;
}

function wordEnd(text: string, from: number): number {
  let i = from + 1;
  for (; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // Numbers and words hold nothing below the digits but signs and points; all that may follow them is a comma, a bracket or blank.
    if (unit === COMMA || unit === CLOSE_BRACE || unit === CLOSE_BRACKET || unit <= SPACE) break;
  }
  return i;
}
