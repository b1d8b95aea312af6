// A person at a keyboard, a thousand times too fast: the same seed types the same. A text is its lines, so that any of its
// versions can be had again later without keeping them all.

export interface Edit {
  line: number;
  from: number;
  to: number;
  text: string;
}

/** Numbers from 0 to below 1 that depend on the seed alone. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** No edit goes over the end of its line; its text may hold new lines. */
export function apply(lines: string[], { line, from, to, text }: Edit): void {
  const before = lines[line]!;
  const after = before.slice(0, from) + text + before.slice(to);
  if (text.includes('\n')) lines.splice(line, 1, ...after.split('\n'));
  else lines[line] = after;
}

/** What people type into messages: words, what breaks the text for a moment, and half an element. */
const WORDS = [
  'Anna',
  '2026-11-20',
  'x',
  '"',
  '{',
  ']',
  '<',
  '&',
  'Zoë 😀',
  '"id": "',
  '<id value="',
  '\\',
  ', ,',
  '</',
];

/** Edits without end, one character each; it looks at the lines, which the caller changes as told before the next. */
export function* typist(lines: readonly string[], seed: number): Generator<Edit, never> {
  const random = randomFrom(seed);
  const pick = (below: number): number => Math.floor(random() * below);
  for (;;) {
    const line = pick(lines.length);
    const { length } = lines[line]!;
    let at = pick(length + 1);
    const word = Array.from(WORDS[pick(WORDS.length)]!);
    for (const character of word) {
      yield { line, from: at, to: at, text: character };
      at += character.length;
    }
    // Most of it is taken back again; what stays is a letter, so that the message remains one.
    const isLeft = random() < 0.1 && word.every((one) => /\w/.test(one));
    if (!isLeft)
      for (const character of word.toReversed()) {
        yield { line, from: at - character.length, to: at, text: '' };
        at -= character.length;
      }
  }
}
