// What a cursor in JSON text stands in, also while the text does not parse.
import { join, type Pointer } from '../../core/document/pointer';
import { type Token, tokenAt, tokens } from '../../core/document/json-tokens';
import type { Cursor } from './cursor';

export interface JsonCursor extends Cursor {
  format: 'json';
  /** Whether the cursor stands just after a closing quote. */
  afterString: boolean;
  /** Directly after the colon or bracket, so that a space looks better before the value. */
  needsSpace: boolean;
  /** Where a comma is missing after what stands before. */
  commaBefore?: number;
  /** Whether something follows without a comma. */
  commaAfter: boolean;
  /** Of a document: its braces are there already, on other lines. */
  hasBraces?: boolean;
  /** Of a document whose braces are replaced: what stands between them and the cursor, the brace included. */
  opened?: string;
}

interface Frame {
  isObject: boolean;
  expects: 'item' | 'colon' | 'value' | 'comma';
  /** The property being read, or of a list the count of items before. */
  key: string;
  count: number;
  /** The end of the last complete item. */
  end: number;
}

/** Undefined where nothing may stand: behind the end of a document, between a name and its colon. */
export function cursorAt(text: string, offset: number): JsonCursor | undefined {
  return cursorInNothing(text, offset) ?? cursorInside(text, offset);
}

/** Nothing, an object with nothing in it or the first letters of a name, or the first letters of what is to be there. */
const NOTHING = /^[\s\uFEFF]*(?:(\{\s*)("?\p{L}*"?)(\s*\}?)|([\p{L}-]+))?\s*$/u;
const LONGEST_NOTHING = 200;

function cursorInNothing(text: string, offset: number): JsonCursor | undefined {
  const found = text.length <= LONGEST_NOTHING && NOTHING.exec(text);
  if (!found) return undefined;
  const [, brace = '', name = '', close = '', word = ''] = found;
  const start = brace ? text.indexOf('{') : word ? text.indexOf(word) : offset;
  const named = start + brace.length;
  const end = named + name.length + close.length + word.length;
  if (offset < start || offset > end || (brace && (offset === start || (close && offset === end)))) return undefined;
  // Others' files begin with other names.
  if (name && !/\p{L}/u.test(name)) return undefined;
  if (!'resourceType'.startsWith(name.replace(/"/g, ''))) return undefined;
  if (name && (offset <= named || offset > named + name.length)) return undefined;
  const hasBraces = text.slice(start, end).includes('\n');
  const inside = name ? { offset: named, length: name.length } : { offset, length: 0 };
  const replaced = hasBraces ? inside : { offset: start, length: end - start };
  const plain = {
    format: 'json' as const,
    afterString: false,
    begun: false,
    needsSpace: false,
    hasValue: false,
    commaAfter: false,
  };
  const opened = brace && !hasBraces ? text.slice(start, offset) : '';
  return { ...plain, kind: 'document', pointer: '', replaced, hasBraces, opened };
}

function cursorInside(text: string, offset: number): JsonCursor | undefined {
  const frames: Frame[] = [];
  let at: Token | undefined;
  for (let token = tokenAt(text, 0); token && token.offset < offset; token = tokenAt(text, token.end)) {
    if ((token.kind === 'string' || token.kind === 'word') && token.end >= offset) {
      at = token;
      break;
    }
    read(frames, token, text);
  }
  const frame = frames.at(-1);
  if (!frame) return undefined;
  const inItem = at ?? { offset, end: offset, closed: false };
  const end = at && isRunaway(text, at, offset) ? wordEnd(text, offset) : inItem.end;
  const [next, second] = tokens(text, end);
  const replaced = { offset: inItem.offset, length: end - inItem.offset };
  const common = {
    format: 'json' as const,
    replaced,
    afterString: at?.kind === 'string' && at.closed && offset === at.end,
    begun: at !== undefined,
    needsSpace: !at && text[offset - 1] === ':',
  };
  const followed = next?.kind === 'string' || next?.kind === 'word' || next?.kind === 'open';
  const commaBefore = frame.expects === 'comma' ? { commaBefore: frame.end } : {};
  if (frame.isObject && frame.expects !== 'value') {
    if (frame.expects === 'colon') return undefined;
    const hasValue = next?.kind === 'colon' && at !== undefined;
    return {
      ...common,
      ...commaBefore,
      kind: 'key',
      pointer: pointerOf(frames, false),
      hasValue,
      commaAfter: followed,
    };
  }
  // What follows is the value itself unless it is the next property.
  if (!at && frame.isObject && followed && second?.kind !== 'colon') return undefined;
  return {
    ...common,
    ...commaBefore,
    kind: 'value',
    pointer: pointerOf(frames, true),
    hasValue: false,
    commaAfter: followed,
  };
}

/** The text as it would parse with something at the cursor: a property of the given name, or null for a value. */
export function textWith(text: string, cursor: JsonCursor, name: string): string {
  const { kind, replaced, commaBefore, commaAfter, hasValue } = cursor;
  const placeholder = kind === 'value' ? 'null' : hasValue ? JSON.stringify(name) : `${JSON.stringify(name)}: null`;
  const before = commaBefore === undefined ? '' : ',';
  const after = commaAfter && !hasValue ? ',' : '';
  return `${text.slice(0, replaced.offset)}${before}${placeholder}${after}${text.slice(replaced.offset + replaced.length)}`;
}

function read(frames: Frame[], token: Token, text: string): void {
  const frame = frames.at(-1);
  switch (token.kind) {
    case 'open':
      frames.push({ isObject: text[token.offset] === '{', expects: 'item', key: '', count: 0, end: token.end });
      return;
    case 'close':
      frames.pop();
      finish(frames.at(-1), token.end);
      return;
    case 'colon':
      if (frame?.isObject && frame.expects === 'colon') frame.expects = 'value';
      return;
    case 'comma':
      if (frame) frame.expects = 'item';
      return;
    case 'string':
    case 'word':
      if (!frame) return;
      if (frame.isObject && frame.expects !== 'value') {
        frame.key = text.slice(token.offset + 1, token.closed ? token.end - 1 : token.end);
        frame.expects = 'colon';
      } else finish(frame, token.end);
  }
}

function finish(frame: Frame | undefined, end: number): void {
  if (!frame) return;
  frame.expects = 'comma';
  frame.count += 1;
  frame.end = end;
}

function pointerOf(frames: Frame[], withLast: boolean): Pointer {
  const through = withLast ? frames : frames.slice(0, -1);
  return join('', ...through.map(({ isObject, key, count }) => (isObject ? key : count)));
}

/** A string without its closing quote swallows what follows on its line, up to the next quote or the line's end. */
function isRunaway(text: string, token: Token, offset: number): boolean {
  if (token.kind !== 'string') return false;
  if (!token.closed) return true;
  if (offset === token.end) return false;
  const [after] = tokens(text, token.end);
  return after?.kind === 'word' && !text.slice(token.end, after.offset).includes('\n');
}

function wordEnd(text: string, offset: number): number {
  const length = /^[^\s",:{}[\]]*/.exec(text.slice(offset))?.[0].length ?? 0;
  return offset + length;
}
