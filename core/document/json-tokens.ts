// JSON text as tokens, however broken: what a cursor stands in must be known before the text can be parsed.
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

export interface Token {
  kind: 'open' | 'close' | 'colon' | 'comma' | 'string' | 'word';
  offset: number;
  end: number;
  /** Of a string: whether it has its closing quote. */
  closed: boolean;
}

/** The first token from an offset on. A string ends at its line's end at the latest. */
export function tokenAt(text: string, from: number): Token | undefined {
  let offset = from;
  while (isBlank(text.charCodeAt(offset))) offset++;
  if (offset >= text.length) return undefined;
  const unit = text.charCodeAt(offset);
  const kind = punctuation(unit);
  if (kind) return { kind, offset, end: offset + 1, closed: true };
  if (unit === QUOTE) return stringFrom(text, offset);
  // A stray character that begins no token still counts as one.
  let end = offset + 1;
  while (end < text.length && !endsWord(text.charCodeAt(end))) end++;
  return { kind: 'word', offset, end, closed: true };
}

/** All tokens from an offset on. */
export function* tokens(text: string, from = 0): Generator<Token, void> {
  for (let token = tokenAt(text, from); token; token = tokenAt(text, token.end)) yield token;
}

function stringFrom(text: string, offset: number): Token {
  let end = offset + 1;
  for (; end < text.length; end++) {
    const unit = text.charCodeAt(end);
    if (unit === QUOTE) return { kind: 'string', offset, end: end + 1, closed: true };
    if (unit === LINE_FEED || unit === RETURN) break;
    if (unit !== BACKSLASH) continue;
    const escaped = text.charCodeAt(end + 1);
    if (escaped === LINE_FEED || escaped === RETURN || Number.isNaN(escaped)) break;
    end++;
  }
  return { kind: 'string', offset, end, closed: false };
}

function punctuation(unit: number): Token['kind'] | undefined {
  switch (unit) {
    case OPEN_BRACE:
    case OPEN_BRACKET:
      return 'open';
    case CLOSE_BRACE:
    case CLOSE_BRACKET:
      return 'close';
    case COLON:
      return 'colon';
    case COMMA:
      return 'comma';
    default:
      return undefined;
  }
}

function isBlank(unit: number): boolean {
  return unit === SPACE || unit === LINE_FEED || unit === RETURN || unit === TAB || unit === 0xfeff;
}

function endsWord(unit: number): boolean {
  return unit === QUOTE || isBlank(unit) || punctuation(unit) !== undefined;
}

/** What a string token says; text that is not closed or has a wrong escape is taken as it stands. */
export function stringAt(text: string, { offset, end, closed }: Token): string {
  const inside = text.slice(offset + 1, closed ? end - 1 : end);
  if (!inside.includes('\\')) return inside;
  try {
    return JSON.parse(`"${inside}"`) as string;
  } catch {
    return inside;
  }
}
