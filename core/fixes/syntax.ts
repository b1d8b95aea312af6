// What a person may have meant where the text is no JSON: guesses at the spot, of which the caller keeps those that help.
import type { Span } from '../document/source-document';
import type { TextFix } from '../document/text-edits';

/** A slip and its repair. @param at where it is told @param line from there to the end of its line */
type Guess = (text: string, at: number, line: string) => TextFix | undefined;

const GUESSES: readonly Guess[] = [
  comment,
  singleQuotes,
  curlyQuotes,
  openText,
  controlCharacter,
  escape,
  commaTooMany,
  commaMissing,
  colonMissing,
  wrongWord,
  bareName,
  number,
  closing,
  beyondTheEnd,
];

/** The repairs of one mistake; none of them has been tried. */
export function repairsOf(text: string, { offset }: Span): TextFix[] {
  const lineEnd = text.indexOf('\n', offset);
  const line = text.slice(offset, lineEnd < 0 ? text.length : lineEnd).replace(/\r$/, '');
  return GUESSES.flatMap((guess) => guess(text, offset, line) ?? []);
}

function edit(title: string, offset: number, length: number, text: string): TextFix {
  return { title, edits: [{ offset, length, text }] };
}

/** The end of what stands before an offset, white space left out. */
function endBefore(text: string, at: number): number {
  let end = at;
  while (end > 0 && /\s/.test(text[end - 1]!)) end--;
  return end;
}

function comment(text: string, at: number, line: string): TextFix | undefined {
  if (!/^\/[/*]/.test(line)) return undefined;
  const close = text.indexOf('*/', at + 2);
  if (line[1] === '*' && close < 0) return undefined;
  const end = line[1] === '/' ? at + line.length : close + 2;
  // With the white space before it, unless that would join what it keeps apart.
  const start = endBefore(text, at);
  return { ...edit('Remove the comment', start, end - start, ''), sure: false };
}

function singleQuotes(_: string, at: number, line: string): TextFix | undefined {
  const [all, inner] = /^'((?:[^'\\]|\\.)*)'/.exec(line) ?? [];
  if (all === undefined) return undefined;
  return edit('Put it in double quotes', at, all.length, quoted(inner!.replace(/\\'/g, "'")));
}

function curlyQuotes(_: string, at: number, line: string): TextFix | undefined {
  const [all, inner] = /^[“”„]([^“”„"]*)[“”"]/.exec(line) ?? [];
  return all === undefined ? undefined : edit('Put it in straight quotes', at, all.length, quoted(inner!));
}

/** As a JSON text; what was escaped before stays as it was. */
function quoted(inner: string): string {
  return `"${inner.replace(/(\\.)|"/g, (_, known?: string) => known ?? '\\"')}"`;
}

/** Closed at the end of its line, before the comma if there is one. */
function openText(_: string, at: number, line: string): TextFix | undefined {
  if (!/^"(?:[^"\\]|\\.)*$/.test(line)) return undefined;
  const inner = line.replace(/[,\s]*$/, '');
  return edit('Close the text', at + inner.length, 0, '"');
}

const NAMED: Readonly<Partial<Record<string, string>>> = {
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\b': '\\b',
  '\f': '\\f',
};

function controlCharacter(_: string, at: number, line: string): TextFix | undefined {
  const literal = /^"(?:[^"\\]|\\.)*"/.exec(line)?.[0];
  if (literal === undefined || !/[\u0000-\u001f]/.test(literal)) return undefined;
  const written = literal.replace(
    /[\u0000-\u001f]/g,
    (sign) => NAMED[sign] ?? `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return edit('Write it as an escape', at, literal.length, written);
}

function escape(_: string, at: number, line: string): TextFix | undefined {
  const literal = /^"(?:[^"\\]|\\.)*"/.exec(line)?.[0];
  if (literal === undefined) return undefined;
  const written = literal.replace(/\\(?:u[0-9A-Fa-f]{4}|["\\/bfnrt]|)/g, (all) => (all === '\\' ? '\\\\' : all));
  if (written === literal) return undefined;
  return { ...edit('Write the backslash as \\\\', at, literal.length, written), sure: false };
}

function commaTooMany(text: string, at: number): TextFix | undefined {
  const end = endBefore(text, at);
  if (text[end - 1] === ',') return edit('Remove the comma', end - 1, 1, '');
  return text[at] === ',' ? edit('Remove the comma', at, 1, '') : undefined;
}

function commaMissing(text: string, at: number, line: string): TextFix | undefined {
  const end = endBefore(text, at);
  if (!/^["{[\w-]/.test(line) || !/["\]}\w]/.test(text[end - 1] ?? '')) return undefined;
  return edit('Put a comma here', end, 0, ',');
}

function colonMissing(text: string, at: number, line: string): TextFix | undefined {
  const end = endBefore(text, at);
  if (text[end - 1] === '"' && /^["{[\w-]/.test(line)) return edit('Put a colon here', end, 0, ':');
  return /^[=;]/.test(line) ? edit('Write a colon', at, 1, ':') : undefined;
}

const WORDS: Readonly<Partial<Record<string, string>>> = { True: 'true', TRUE: 'true', False: 'false', FALSE: 'false' };

function wrongWord(text: string, at: number, line: string): TextFix | undefined {
  const word = /^[^\s"',:[\]{}/]+/.exec(line)?.[0];
  if (word === undefined || /^\s*:/.test(line.slice(word.length))) return undefined;
  const right = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  if (right !== undefined) return edit(`Write ${right}`, at, word.length, right);
  if (!/[A-Za-z]/.test(word) || text[endBefore(text, at) - 1] === '"') return undefined;
  return { ...edit('Put it in double quotes', at, word.length, quoted(word)), sure: false };
}

function bareName(_: string, at: number, line: string): TextFix | undefined {
  const name = /^[A-Za-z_$][\w$]*(?=\s*:)/.exec(line)?.[0];
  return name === undefined ? undefined : edit('Put the name in double quotes', at, name.length, quoted(name));
}

function number(_: string, at: number, line: string): TextFix | undefined {
  const written = /^[+-]?[\d.]+/.exec(line)?.[0];
  if (written === undefined) return undefined;
  const [, sign = '', whole = '', part = ''] = /^([+-]?)0*(\d*)\.?(\d*)$/.exec(written) ?? [];
  if (whole === '' && part === '' && !/\d/.test(written)) return undefined;
  const right = `${sign === '-' ? '-' : ''}${whole === '' ? '0' : whole}${part === '' ? '' : `.${part}`}`;
  return { ...edit(`Change to ${right}`, at, written.length, right), sure: !/^[+-]?0\d/.test(written) };
}

/** What is open at the end is closed there. */
function closing(text: string, at: number): TextFix | undefined {
  if (text.slice(at).trim().length > 1) return undefined;
  const open: string[] = [];
  for (let i = 0; i < text.length; i++) {
    const sign = text[i]!;
    if (sign === '"') {
      while (++i < text.length && text[i] !== '"' && text[i] !== '\n') if (text[i] === '\\') i++;
    } else if (sign === '{' || sign === '[') open.push(sign === '{' ? '}' : ']');
    else if (sign === '}' || sign === ']') {
      if (open.pop() !== sign) return undefined;
    }
  }
  const end = text.trimEnd().replace(/,$/, '').length;
  const isOnLines = text.includes('\n');
  const brackets = open.toReversed();
  if (brackets.length === 0) return undefined;
  const unit = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
  const written = brackets.map(
    (bracket, i) => (isOnLines ? `\n${unit.repeat(brackets.length - 1 - i)}` : '') + bracket,
  );
  const title = brackets.length === 1 ? `Close it with ${brackets[0]!}` : `Close what is open: ${brackets.join(' ')}`;
  return { title, edits: [{ offset: end, length: text.trimEnd().length - end, text: written.join('') }] };
}

/** Brackets that close nothing lose nothing; of anything else only its writer knows. */
function beyondTheEnd(text: string, at: number): TextFix | undefined {
  const rest = text.slice(at).trimEnd();
  const start = endBefore(text, at);
  if (start === 0 || !/^[}\]]$/.test(text[start - 1]!)) return undefined;
  return { ...edit('Remove what follows the message', start, text.length - start, ''), sure: /^[\]},\s]*$/.test(rest) };
}
