// A text with several messages in it, taken apart: a list of them, one a line (NDJSON), or one behind the other. It is read
// as it comes and only the message that it is in is kept, so that its length does not matter.
import { createPlaces, type Position } from './among';

/** What a text is made of: a message, one that is too large to be read, or what should not stand between them. */
export type Part =
  | { kind: 'message'; index: number; text: string; at: Position }
  | { kind: 'large'; index: number; at: Position }
  | { kind: 'stray'; message: string; at: Position; length: number };

/** Whether a text that begins so is to be taken apart. @param name of its file */
export function holdsSeveral(start: string, name: string): boolean {
  if (/^[\s\uFEFF]*\[\s*\{/.test(start)) return true;
  if (!/^[\s\uFEFF]*\{/.test(start)) return false;
  // In one message these two meet in texts alone.
  return name.endsWith('.ndjson') || /\}\s*\{/.test(start);
}

const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;

interface Splitter {
  /** More of the text. @returns what has ended in it */
  feed(text: string): Part[];
  /** There is no more. */
  end(): Part[];
}

type Mode = 'unknown' | 'list' | 'behind each other' | 'over';

/** The message that is being read. */
interface Begun {
  at: Position;
  depth: number;
  inText: boolean;
  /** Neither text nor in brackets. */
  isWord: boolean;
  atLineStart: boolean;
  /** The last thing that is no white space, and the place behind it. */
  last: number;
  end: number;
  /** How much of it has been thrown away, because it is too large. */
  cut: number;
  isLarge: boolean;
}

/** @param largest message, in UTF-16 code units */
export function createSplitter(largest: number): Splitter {
  const places = createPlaces();
  let mode: Mode = 'unknown';
  /** What has been read and not been given yet; `at` is where reading goes on. */
  let kept = '';
  let at = 0;
  let index = 0;
  /** Of the message that is being read. */
  let begun: Begun | undefined;
  /** In a list: whether the next thing is a message, and what stood before it. */
  let before: 'start' | 'message' | 'comma' = 'start';
  let isBehindTold = false;
  let parts: Part[] = [];

  const stray = (message: string): void => {
    parts.push({ kind: 'stray', message, at: places.here(), length: 1 });
  };
  /** Moves everything before `at` out of what is kept. */
  const leave = (): string => {
    const left = kept.slice(0, at);
    places.pass(left);
    kept = kept.slice(at);
    at = 0;
    return left;
  };
  /** @returns true: there is something to go on with */
  const finish = (): true => {
    const { at: where, isLarge } = begun!;
    const text = leave();
    parts.push(isLarge ? { kind: 'large', index, at: where } : { kind: 'message', index, text, at: where });
    index += 1;
    begun = undefined;
    before = 'message';
    return true;
  };

  /** @returns false when the text ends first */
  const inMessage = (): boolean => {
    const one = begun!;
    for (; at < kept.length; at++) {
      const unit = kept.charCodeAt(at);
      const isLineEnd = unit === LINE_FEED || unit === RETURN;
      if (one.inText) {
        if (unit === BACKSLASH) at++;
        // A text that is not closed ends with its line, as for whoever reads it.
        else if (unit === QUOTE || isLineEnd) one.inText = false;
        if (unit === QUOTE && one.depth === 0) return (at++, finish());
      } else if (one.isWord) {
        if (isBlank(unit) || unit === COMMA || isOpening(unit) || isClosing(unit)) return finish();
      } else if (unit === QUOTE) one.inText = true;
      else if (isOpening(unit)) {
        // Nowhere in a message: this one was never closed, and the next begins.
        if (one.atLineStart && unit === OPEN_BRACE && mode !== 'list' && !mayStandBefore(one.last)) {
          at = Math.max(0, one.end - one.cut);
          return finish();
        }
        one.depth += 1;
      } else if (isClosing(unit)) {
        one.depth -= 1;
        if (one.depth <= 0) return (at++, finish());
      }
      one.atLineStart = isLineEnd;
      if (!isBlank(unit)) {
        one.last = unit;
        one.end = at + 1 + one.cut;
      }
    }
    // Half of an escape may be all that has come.
    return false;
  };

  const begin = (unit: number): void => {
    leave();
    const isWord = !isOpening(unit) && unit !== QUOTE;
    const nothing = { depth: 0, last: 0, end: 0, cut: 0, inText: false, atLineStart: false, isLarge: false };
    begun = { ...nothing, at: places.here(), isWord };
    // A bracket that closes nothing is a word of its own.
    if (isWord) at++;
    else if (unit === QUOTE) {
      begun = { ...begun, inText: true, last: QUOTE, end: 1 };
      at++;
    }
  };

  /** @returns false when the text ends first */
  const between = (): boolean => {
    while (at < kept.length && isBlank(kept.charCodeAt(at))) at++;
    leave();
    if (kept === '') return false;
    const unit = kept.charCodeAt(0);
    if (mode === 'over') {
      if (!isBehindTold) stray('The list has ended: nothing may follow it.');
      isBehindTold = true;
      at = kept.length;
      leave();
      return false;
    }
    if (mode === 'unknown') {
      mode = unit === OPEN_BRACKET ? 'list' : 'behind each other';
      if (mode === 'list') return ((at = 1), true);
    }
    if (mode === 'list' && unit === CLOSE_BRACKET) {
      if (before === 'comma') stray('A message is missing here, or there is a comma too many.');
      mode = 'over';
      return ((at = 1), true);
    }
    if (unit === COMMA) {
      if (mode === 'list' && before === 'message') before = 'comma';
      else if (mode === 'list') stray('A message is missing here, or there is a comma too many.');
      else stray('Only a list, in [ and ], has commas between its messages: leave this one out, or make a list.');
      return ((at = 1), true);
    }
    if (mode === 'list' && before === 'message') stray('A comma is missing before this.');
    begin(unit);
    return true;
  };

  const read = (): Part[] => {
    while (begun ? inMessage() : between()) continue;
    if (begun && kept.length > largest) {
      begun.isLarge = true;
      const escape = Math.max(0, at - kept.length);
      at = kept.length;
      begun.cut += leave().length;
      at = escape;
    }
    const ended = parts;
    parts = [];
    return ended;
  };

  return {
    feed(text) {
      kept += text;
      return read();
    },
    end() {
      const ended = read();
      if (begun) {
        at = kept.length;
        finish();
      }
      if (mode === 'list') stray('The text ends before this list is closed with ].');
      return [...ended, ...parts];
    },
  };
}

/** An opening bracket. */
function mayStandBefore(unit: number): boolean {
  return isOpening(unit) || unit === COMMA || unit === COLON;
}

function isOpening(unit: number): boolean {
  return unit === OPEN_BRACE || unit === OPEN_BRACKET;
}

function isClosing(unit: number): boolean {
  return unit === 0x7d || unit === CLOSE_BRACKET;
}

function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === LINE_FEED || unit === RETURN || unit === 0x09 || unit === 0xfeff;
}
