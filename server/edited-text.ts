// The text of an open document, kept in pieces: a letter typed into a megabyte touches a few kilobytes, and the whole is put
// together only when somebody looks at it.
import type { Position, Range, TextDocument, TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';

/** In UTF-16 code units: longer pieces are cut, shorter ones than a quarter joined to the next. */
const PIECE = 2048;

const LINE_FEED = 0x0a;
const RETURN = 0x0d;

/** No piece ends between the two of a CRLF. */
interface Piece {
  text: string;
  /** How many lines end in it. */
  ends: number;
}

/** A place in the pieces. */
interface Place {
  piece: number;
  offset: number;
}

/** Makes and changes documents as the package's own `TextDocument` does, which copies the whole text for every change. */
export const EditedText = {
  create: (uri: string, languageId: string, version: number, content: string): TextDocument =>
    new PiecedText(uri, languageId, version, content),

  /** Each change speaks of the text that the one before it left. */
  update(document: TextDocument, changes: readonly TextDocumentContentChangeEvent[], version: number): TextDocument {
    if (!(document instanceof PiecedText)) throw new TypeError('not a document of ours');
    for (const change of changes) document.change(change);
    document.version = version;
    return document;
  },
};

class PiecedText implements TextDocument {
  /** Undefined until the first change, and then the truth. */
  private pieces: Piece[] | undefined;
  /** The pieces together, until they change. */
  private whole: string | undefined;
  /** Where the lines of the whole begin. */
  private starts: number[] | undefined;

  constructor(
    readonly uri: string,
    readonly languageId: string,
    public version: number,
    content: string,
  ) {
    this.whole = content;
  }

  get lineCount(): number {
    return this.pieces ? this.pieces.reduce((sum, { ends }) => sum + ends, 1) : this.lineStarts().length;
  }

  getText(range?: Range): string {
    if (!range) return (this.whole ??= this.pieces!.map(({ text }) => text).join(''));
    const { start, end } = inOrder(range);
    if (!this.pieces) return this.getText().slice(this.offsetAt(start), this.offsetAt(end));
    return this.between(this.placeOf(start), this.placeOf(end));
  }

  offsetAt(position: Position): number {
    if (this.whole !== undefined) return this.offsetInWhole(position);
    const { piece, offset } = this.placeOf(position);
    return this.pieces!.slice(0, piece).reduce((sum, { text }) => sum + text.length, offset);
  }

  positionAt(offset: number): Position {
    const text = this.getText();
    const starts = this.lineStarts();
    const at = Math.min(Math.max(offset, 0), text.length);
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle]! > at) high = middle;
      else low = middle + 1;
    }
    const line = low - 1;
    return { line, character: beforeEnd(text, at, starts[line]!) - starts[line]! };
  }

  change(change: TextDocumentContentChangeEvent): void {
    if (!('range' in change)) {
      [this.whole, this.pieces, this.starts] = [change.text, undefined, undefined];
      return;
    }
    const pieces = (this.pieces ??= cut(this.getText()));
    const { start, end } = inOrder(change.range);
    const [from, to] = [this.placeOf(start), this.placeOf(end)];
    let [first, last] = [from.piece, to.piece];
    let text = pieces[first]!.text.slice(0, from.offset) + change.text + pieces[last]!.text.slice(to.offset);
    // What is little joins the next, and what would part a CRLF its neighbour.
    if (last + 1 < pieces.length && (text.length < PIECE / 4 || parts(text, pieces[last + 1]!.text)))
      text += pieces[++last]!.text;
    if (first > 0 && parts(pieces[first - 1]!.text, text)) text = pieces[--first]!.text + text;
    const made = cut(text);
    pieces.splice(first, last - first + 1, ...(text === '' && pieces.length > last - first + 1 ? [] : made));
    [this.whole, this.starts] = [undefined, undefined];
  }

  private between(from: Place, to: Place): string {
    const texts = this.pieces!.slice(from.piece, to.piece + 1).map(({ text }) => text);
    const last = texts.length - 1;
    texts[last] = texts[last]!.slice(0, to.offset);
    texts[0] = texts[0]!.slice(from.offset);
    return texts.join('');
  }

  /** Behind the end of its line it is that end, behind the last line the end of the text. */
  private placeOf({ line, character }: Position): Place {
    const pieces = this.pieces!;
    let { piece, offset } = this.lineStart(line);
    for (let left = line < 0 ? 0 : character; left > 0;) {
      const { text, ends } = pieces[piece]!;
      const end = ends === 0 ? text.length : endOfLine(text, offset);
      if (offset + left <= end || end < text.length || piece === pieces.length - 1)
        return { piece, offset: Math.min(offset + left, end) };
      left -= end - offset;
      piece++;
      offset = 0;
    }
    return { piece, offset };
  }

  private lineStart(line: number): Place {
    const pieces = this.pieces!;
    if (line <= 0) return { piece: 0, offset: 0 };
    let left = line;
    for (let piece = 0; piece < pieces.length; piece++) {
      const { text, ends } = pieces[piece]!;
      if (left <= ends) return { piece, offset: startsIn(text)[left]! };
      left -= ends;
    }
    return { piece: pieces.length - 1, offset: pieces.at(-1)!.text.length };
  }

  private offsetInWhole({ line, character }: Position): number {
    const text = this.getText();
    const starts = this.lineStarts();
    if (line >= starts.length) return text.length;
    if (line < 0) return 0;
    const start = starts[line]!;
    if (character <= 0) return start;
    return beforeEnd(text, Math.min(start + character, starts[line + 1] ?? text.length), start);
  }

  private lineStarts(): number[] {
    return (this.starts ??= startsIn(this.getText()));
  }
}

function inOrder({ start, end }: Range): Range {
  const isTurned = start.line > end.line || (start.line === end.line && start.character > end.character);
  return isTurned ? { start: end, end: start } : { start, end };
}

function cut(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  do {
    let to = text.length - from > 2 * PIECE ? from + PIECE : text.length;
    if (text.charCodeAt(to - 1) === RETURN && text.charCodeAt(to) === LINE_FEED) to++;
    const piece = text.slice(from, to);
    pieces.push({ text: piece, ends: startsIn(piece).length - 1 });
    from = to;
  } while (from < text.length);
  return pieces;
}

/** Where its lines begin. */
function startsIn(text: string): number[] {
  const starts = [0];
  if (!text.includes('\r')) {
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
    return starts;
  }
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === LINE_FEED || (unit === RETURN && text.charCodeAt(at + 1) !== LINE_FEED)) starts.push(at + 1);
  }
  return starts;
}

/** Where the line ends that an offset stands in, before what ends it. */
function endOfLine(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === LINE_FEED || unit === RETURN) break;
  }
  return at;
}

/** No place is behind what ends its line. */
function beforeEnd(text: string, offset: number, start: number): number {
  let at = offset;
  while (at > start && isEnd(text.charCodeAt(at - 1))) at--;
  return at;
}

function isEnd(unit: number): boolean {
  return unit === LINE_FEED || unit === RETURN;
}

function parts(before: string, after: string): boolean {
  return before.charCodeAt(before.length - 1) === RETURN && after.charCodeAt(0) === LINE_FEED;
}
