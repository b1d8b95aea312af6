// JSON text as tokens, however broken: what a cursor stands in must be known before the text can be parsed.

export interface Token {
  kind: 'open' | 'close' | 'colon' | 'comma' | 'string' | 'word';
  offset: number;
  end: number;
  /** Of a string: whether it has its closing quote. */
  closed: boolean;
}

const PUNCTUATION: Partial<Record<string, Token['kind']>> = {
  '{': 'open',
  '[': 'open',
  '}': 'close',
  ']': 'close',
  ':': 'colon',
  ',': 'comma',
};

const BLANK = /[ \t\r\n\uFEFF]*/y;
const WORD = /[^\s"{}[\]:,]+/y;
const STRING = /"(?:[^"\\\r\n]|\\[^\r\n])*("?)/y;

/** All tokens from an offset on. A string ends at its line's end at the latest. */
export function* tokens(text: string, from = 0): Generator<Token, void> {
  let at = from;
  for (;;) {
    at = endOf(BLANK, text, at);
    const first = text[at];
    if (first === undefined) return;
    const punctuation = PUNCTUATION[first];
    if (punctuation) {
      yield { kind: punctuation, offset: at, end: at + 1, closed: true };
      at += 1;
    } else if (first === '"') {
      STRING.lastIndex = at;
      const closed = STRING.exec(text)?.[1] === '"';
      const end = Math.max(STRING.lastIndex, at + 1);
      yield { kind: 'string', offset: at, end, closed };
      at = end;
    } else {
      // A stray character that begins no token still counts as one.
      const end = Math.max(endOf(WORD, text, at), at + 1);
      yield { kind: 'word', offset: at, end, closed: true };
      at = end;
    }
  }
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
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
