// The line of a text with a spot in it, cut to the width of a page, and the mark that goes beneath.
import { printable } from '../printable';

export interface Excerpt {
  text: string;
  /** Cells before the mark, and of the mark: at least 1. */
  indent: number;
  width: number;
}

const CUT = '…';

/**
 * @param line without its line end
 * @param start index of the spot in the line, from 0
 * @param end index behind the spot; beyond the line when the spot goes on in the next
 * @param room cells for the text
 */
export function excerptOf(line: string, start: number, end: number, room: number): Excerpt {
  // A whole message may stand in one line: no more of it is looked at than could be shown.
  const reach = room * 4;
  const before = cellsOf(line.slice(Math.max(0, start - reach), start));
  const spot = cellsOf(line.slice(start, Math.min(end, start + reach)));
  const after = cellsOf(line.slice(end, end + reach));
  // Indentation tells nothing here: how deep the spot lies is said by its path.
  if (before.every(({ text }) => text === ' ')) before.length = 0;
  else while (start <= reach && before[0]?.text === ' ') before.shift();
  const shownSpot = cutBehind(spot, room);
  const left = room - sum(shownSpot);
  // What stands before the spot says more than what follows: it gets what the text behind it does not need.
  const shownBefore = cutBefore(before, Math.max(left - sum(after), Math.floor(left * 0.6)));
  const shownAfter = cutBehind(after, left - sum(shownBefore));
  const text = [...shownBefore, ...shownSpot, ...shownAfter].map((cell) => cell.text).join('');
  return { text: text.trimEnd(), indent: sum(shownBefore), width: Math.max(1, sum(shownSpot)) };
}

interface Cell {
  text: string;
  width: number;
}

const WIDE =
  /\p{Emoji_Presentation}|[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}\u3000-\u303f\uff01-\uff60]/u;

function cellsOf(text: string): Cell[] {
  return Array.from(text.replaceAll('\t', ' '), (character) => {
    if (character >= ' ' && character <= '~') return { text: character, width: 1 };
    if (/\p{M}/u.test(character)) return { text: character, width: 0 };
    // Half of a surrogate pair is no character of its own and would break the output.
    const shown = /\p{Cs}/u.test(character) ? '\ufffd' : printable(character);
    return { text: shown, width: WIDE.test(shown) ? 2 : 1 };
  });
}

function sum(cells: readonly Cell[]): number {
  return cells.reduce((total, cell) => total + cell.width, 0);
}

function cutBehind(cells: Cell[], room: number): Cell[] {
  if (sum(cells) <= room) return cells;
  const kept: Cell[] = [];
  let used = 1;
  for (const cell of cells) {
    used += cell.width;
    if (used > room) break;
    kept.push(cell);
  }
  return room < 1 ? [] : [...kept, { text: CUT, width: 1 }];
}

function cutBefore(cells: Cell[], room: number): Cell[] {
  return cutBehind([...cells].reverse(), room).reverse();
}
