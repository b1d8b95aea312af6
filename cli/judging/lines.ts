// Offsets in a text turned into lines and columns.

/** Both from 1; columns in UTF-16 code units, as editors and the language server count. */
export interface Place {
  line: number;
  column: number;
}

export interface Lines {
  placeOf(offset: number): Place;
  /** Without its line end. Lines from 1. */
  textOf(line: number): string;
}

/** A line ends with LF, CR LF or CR, as in editors. */
export function linesOf(text: string): Lines {
  const starts = [0];
  const ends: number[] = [];
  for (const { index, 0: lineEnd } of text.matchAll(/\r\n|\n|\r/g)) {
    ends.push(index);
    starts.push(index + lineEnd.length);
  }
  return {
    placeOf(offset) {
      let [low, high] = [0, starts.length - 1];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (starts[middle]! <= offset) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: offset - starts[low]! + 1 };
    },
    textOf: (line) => text.slice(starts[line - 1], ends[line - 1]),
  };
}
