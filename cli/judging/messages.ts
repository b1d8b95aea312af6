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
  // In JSON nothing else ever stands between these two, and in a text of one it hardly matters.
  return isNdjson(name) || /\}\s*\{/.test(start);
}

function isNdjson(name: string): boolean {
  return /\.(?:nd|l)json$|\.jsonl$/i.test(name);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;

interface Splitter {
  /** More of the text. @returns what has ended in it */
  feed(text: string): Part[];
  /** There is no more. */
  end(): Part[];
}

type Mode = 'unknown' | 'list' | 'lines' | 'behind each other' | 'over';

/**
 * @param name of the file, which may say that there is one message a line: then what is broken in one is of no concern to the next
 * @param largest message, in UTF-16 code units
 */
export function createSplitter(name: string, largest: number): Splitter {
  const places = createPlaces();
  let mode: Mode = 'unknown';
  /** What has been read and not been given yet; `at` is where reading goes on. */
  let kept = '';
  let at = 0;
  let index = 0;
  /** Of the message that is being read. */
  let begun: { at: Position; depth: number; inText: boolean; isWord: boolean; isLarge: boolean } | undefined;
  /** In a list: whether the next thing is a message, and what stood before it. */
  let before: 'start' | 'message' | 'comma' = 'start';
  let hasLineEnd = false;
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
  const finish = (): void => {
    const { at: where, isLarge } = begun!;
    const text = leave();
    parts.push(isLarge ? { kind: 'large', index, at: where } : { kind: 'message', index, text, at: where });
    index += 1;
    begun = undefined;
    before = 'message';
  };

  const inLine = (): boolean => {
    for (; at < kept.length; at++) {
      const unit = kept.charCodeAt(at);
      if (unit === LINE_FEED || unit === RETURN) return (finish(), true);
    }
    return false;
  };

  /** @returns false when the text ends first */
  const inMessage = (): boolean => {
    if (mode === 'lines') return inLine();
    const one = begun!;
    for (; at < kept.length; at++) {
      const unit = kept.charCodeAt(at);
      if (one.inText) {
        if (unit === BACKSLASH) at++;
        // A text that is not closed ends with its line, as for whoever reads it.
        else if (unit === QUOTE || unit === LINE_FEED || unit === RETURN) one.inText = false;
      } else if (one.isWord) {
        if (isBlank(unit) || unit === COMMA || isOpening(unit) || isClosing(unit)) return (finish(), true);
      } else if (unit === QUOTE) one.inText = true;
      else if (isOpening(unit)) one.depth += 1;
      else if (isClosing(unit)) {
        one.depth -= 1;
        if (one.depth <= 0) {
          at++;
          return (finish(), true);
        }
      } else if (unit === LINE_FEED || unit === RETURN) {
        if (index === 0 && isNdjson(name) && mode === 'behind each other' && !/[{[,]\s*$/.test(kept.slice(0, at))) {
          mode = 'lines';
          return inLine();
        }
        if (index === 0) hasLineEnd = true;
      }
    }
    // Half of an escape may be all that has come.
    return false;
  };

  const begin = (unit: number): void => {
    leave();
    const isWord = !isOpening(unit) && unit !== QUOTE;
    begun = { at: places.here(), depth: 0, inText: false, isWord, isLarge: false };
    // A bracket that closes nothing is a word of its own.
    if (isWord) at++;
  };

  /** @returns false when the text ends first */
  const between = (): boolean => {
    while (at < kept.length && isBlank(kept.charCodeAt(at))) {
      const unit = kept.charCodeAt(at);
      if ((unit === LINE_FEED || unit === RETURN) && mode === 'behind each other' && index === 1 && !hasLineEnd)
        mode = 'lines';
      at++;
    }
    leave();
    if (kept === '') return false;
    const unit = kept.charCodeAt(0);
    if (mode === 'over') {
      stray('The list has ended: nothing may follow it.');
      kept = '';
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
    if (unit === COMMA && mode !== 'lines') {
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
    while (begun ? inMessage() : between());
    if (begun && kept.length > largest) {
      begun.isLarge = true;
      const escape = at - kept.length;
      at = kept.length;
      leave();
      at = Math.max(0, escape);
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

const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

function isOpening(unit: number): boolean {
  return unit === 0x7b || unit === OPEN_BRACKET;
}

function isClosing(unit: number): boolean {
  return unit === 0x7d || unit === CLOSE_BRACKET;
}

function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === LINE_FEED || unit === RETURN || unit === 0x09 || unit === 0xfeff;
}
