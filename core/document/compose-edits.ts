// Edits made one round after another, as edits of the text that stood at the beginning.
import type { TextEdit } from './text-edits';

/** A stretch of the first text that is still there, or a text that is new. */
type Piece = { from: number; to: number } | { text: string };

/** @param length of the first text @param rounds the edits of each speak of the text as the one before left it */
export function composed(length: number, rounds: readonly (readonly TextEdit[])[]): TextEdit[] {
  const pieces = rounds.reduce<Piece[]>(edited, [{ from: 0, to: length }]);
  const edits: TextEdit[] = [];
  let at = 0;
  let text = '';
  const put = (to: number): void => {
    if (to > at || text !== '') edits.push({ offset: at, length: to - at, text });
  };
  for (const piece of pieces) {
    if ('text' in piece) text += piece.text;
    else {
      put(piece.from);
      at = piece.to;
      text = '';
    }
  }
  put(length);
  return edits;
}

function edited(pieces: readonly Piece[], edits: readonly TextEdit[]): Piece[] {
  const after: Piece[] = [];
  let next = 0;
  let piece = pieces[next];
  /** How much of the text lies before what is left of the piece. */
  let offset = 0;
  const pass = (to: number, keep: boolean): void => {
    while (piece && offset < to) {
      const size = Math.min(sizeOf(piece), to - offset);
      if (keep) after.push(cut(piece, 0, size));
      offset += size;
      piece = size < sizeOf(piece) ? cut(piece, size, sizeOf(piece)) : pieces[++next];
    }
  };
  for (const edit of edits) {
    pass(edit.offset, true);
    pass(edit.offset + edit.length, false);
    if (edit.text !== '') after.push({ text: edit.text });
  }
  pass(Infinity, true);
  return after;
}

function sizeOf(piece: Piece): number {
  return 'text' in piece ? piece.text.length : piece.to - piece.from;
}

function cut(piece: Piece, start: number, end: number): Piece {
  return 'text' in piece ? { text: piece.text.slice(start, end) } : { from: piece.from + start, to: piece.from + end };
}
