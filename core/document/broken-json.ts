// JSON text that no strict parser takes: what is wrong with it, and as much of its value as can be read.
import { parse, parseTree, type Node, type ParseError, ParseErrorCode } from 'jsonc-parser';
import { type Pointer, escapeSegment, segmentsOf } from './pointer';
import type { SourceDocument, Span, Spot, SyntaxProblem } from './source-document';

export function readBroken(text: string): Pick<SourceDocument, 'value' | 'problems' | 'spanOf' | 'pointerAt'> {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const duplicates: SyntaxProblem[] = [];
  const value = tree && valueOf(tree, '', duplicates);
  const syntax = firstOfEach(errors, text)
    .slice(0, MOST_PROBLEMS)
    .map((error) => describe(error, text, tree));
  return {
    value,
    problems: [...syntax, ...duplicates],
    spanOf: (pointer, part) => spanOf(tree, pointer, part),
    pointerAt: (offset) => spotAt(tree, offset),
  };
}

/** The value alone, in half the time. */
export function brokenValue(text: string): unknown {
  // There a property of this name would become the prototype.
  return text.includes('__proto__') ? readBroken(text).value : parse(text);
}

function valueOf(node: Node, pointer: Pointer, duplicates: SyntaxProblem[]): unknown {
  if (node.type === 'array') return node.children?.map((item, i) => valueOf(item, `${pointer}/${i}`, duplicates)) ?? [];
  if (node.type !== 'object') return node.value as unknown;
  const value: Record<string, unknown> = {};
  const keys = new Map<string, Node>();
  for (const property of node.children ?? []) {
    const [key, item] = property.children ?? [];
    const name = key?.value as unknown;
    if (!key || typeof name !== 'string') continue;
    const inside = `${pointer}/${escapeSegment(name)}`;
    const first = keys.get(name);
    if (first) duplicates.push(duplicate(name, inside, key, first));
    else keys.set(name, key);
    if (!item) continue;
    const read = valueOf(item, inside, duplicates);
    // Like JSON.parse: a property of this name must not become the prototype.
    if (name === '__proto__') Object.defineProperty(value, name, { value: read, enumerable: true, configurable: true });
    else value[name] = read;
  }
  return value;
}

function duplicate(name: string, pointer: Pointer, key: Node, first: Node): SyntaxProblem {
  return {
    rule: 'duplicate-key',
    message: `"${name}" stands twice in this object: readers keep only one of them. Remove or rename one.`,
    span: span(key),
    pointer,
    isWhole: true,
    related: [{ span: span(first), message: `"${name}" stands here first` }],
  };
}

/** Whoever has mended these looks again; a text that is no JSON at all would have thousands. */
const MOST_PROBLEMS = 100;

/** One slip often makes several errors, up to the end of the next line; the first says it best. */
function firstOfEach(errors: ParseError[], text: string): ParseError[] {
  const kept: ParseError[] = [];
  let last: ParseError | undefined;
  for (const error of errors) {
    const between = last && text.slice(last.offset + last.length, error.offset);
    last = error;
    // Behind a text that is not closed, everything is read in another's place.
    if (kept.some((e) => e.error === ParseErrorCode.UnexpectedEndOfString)) break;
    if (between === undefined || (between.trim() !== '' && between.split('\n').length > 2)) kept.push(error);
  }
  return kept;
}

const SAYS: Partial<Record<ParseErrorCode, string>> = {
  [ParseErrorCode.InvalidSymbol]: 'JSON knows no such word here: text goes in "double quotes".',
  [ParseErrorCode.InvalidNumberFormat]: 'This is not a number that JSON can read.',
  [ParseErrorCode.PropertyNameExpected]:
    'A property name in "double quotes" is missing here, or there is a comma too many.',
  [ParseErrorCode.ValueExpected]: 'A value is missing here, or there is a comma too many.',
  [ParseErrorCode.ColonExpected]: 'A colon is missing between the name and its value.',
  [ParseErrorCode.CommaExpected]: 'A comma is missing before this.',
  [ParseErrorCode.CloseBraceExpected]: 'The text ends before this object is closed with }.',
  [ParseErrorCode.CloseBracketExpected]: 'The text ends before this list is closed with ].',
  [ParseErrorCode.EndOfFileExpected]: 'The message has already ended: nothing may follow it.',
  [ParseErrorCode.InvalidCommentToken]: 'JSON has no comments: FHIR messages cannot hold any.',
  [ParseErrorCode.UnexpectedEndOfComment]: 'JSON has no comments: FHIR messages cannot hold any.',
  [ParseErrorCode.UnexpectedEndOfString]: 'This text is not closed with a double quote on its line.',
  [ParseErrorCode.UnexpectedEndOfNumber]: 'The number ends too early.',
  [ParseErrorCode.InvalidUnicode]: 'After \\u four hexadecimal digits must follow.',
  [ParseErrorCode.InvalidEscapeCharacter]:
    'No such escape in JSON: use one of \\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX.',
  [ParseErrorCode.InvalidCharacter]: 'This character may not stand in JSON text as it is: write it as \\uXXXX.',
};

function describe(error: ParseError, text: string, tree: Node | undefined): SyntaxProblem {
  const zero = error.error === ParseErrorCode.CommaExpected ? leadingZero(error, text) : undefined;
  if (zero) return { ...zero, rule: 'json-syntax', pointer: spotAt(tree, zero.span.offset).pointer };
  const end = text.trimEnd().length;
  const closing =
    error.error === ParseErrorCode.CloseBraceExpected || error.error === ParseErrorCode.CloseBracketExpected;
  const inString = error.error === ParseErrorCode.UnexpectedEndOfString && error.offset + error.length >= end;
  const isBehind = tree !== undefined && error.offset >= tree.offset + tree.length && !closing && error.offset < end;
  const atEnd = (error.offset >= end && !closing) || inString;
  const message = atEnd
    ? 'The text ends too early: the rest is missing.'
    : isBehind
      ? SAYS[ParseErrorCode.EndOfFileExpected]!
      : (SAYS[error.error] ?? 'This is not JSON.');
  // What is missing at the end is shown on the last thing that is there.
  const offset = error.offset >= end ? end - 1 : error.offset;
  const length = error.offset >= end ? 1 : Math.min(Math.max(error.length, 1), text.length - offset);
  return {
    rule: 'json-syntax',
    message,
    span: { offset, length },
    pointer: spotAt(tree, offset).pointer,
    ...(error.error === ParseErrorCode.UnexpectedEndOfString && { isOpenText: true }),
  };
}

/** `014` is read as two numbers. */
function leadingZero({ offset, length }: ParseError, text: string): { message: string; span: Span } | undefined {
  const sign = text[offset - 2] === '-' ? 2 : 1;
  if (text[offset - 1] !== '0' || !/^\d/.test(text[offset] ?? '')) return undefined;
  const message = 'A number may not start with 0: leave the 0 out, or write the number as text in double quotes.';
  return { message, span: { offset: offset - sign, length: length + sign } };
}

function spanOf(tree: Node | undefined, pointer: Pointer, part: 'key' | 'value'): Span {
  let node = tree;
  let property: Node | undefined;
  for (const segment of segmentsOf(pointer)) {
    const step = child(node, segment);
    if (!step) return nameSpan(node, property);
    [node, property] = step;
  }
  return part === 'value' && node ? span(node) : nameSpan(node, property);
}

/** The name of a property; where there is none (an item of a list, the whole), the opening bracket: never a whole page. */
function nameSpan(node: Node | undefined, property: Node | undefined): Span {
  const key = property?.children?.[0];
  if (key) return span(key);
  if (!node) return { offset: 0, length: 0 };
  return node.children ? { offset: node.offset, length: 1 } : span(node);
}

function child(node: Node | undefined, segment: string): [Node | undefined, Node | undefined] | undefined {
  if (node?.type === 'array') {
    const item = node.children?.[Number(segment)];
    return item && [item, undefined];
  }
  if (node?.type !== 'object') return undefined;
  const property = propertiesOf(node).get(segment);
  return property && [property.children?.[1], property];
}

const PROPERTIES = new WeakMap<Node, Map<unknown, Node>>();

/** By name; the last of a repeated key is the one whose value counts. */
function propertiesOf(object: Node): Map<unknown, Node> {
  const known = PROPERTIES.get(object);
  if (known) return known;
  const properties = new Map((object.children ?? []).map((p): [unknown, Node] => [p.children?.[0]?.value, p]));
  PROPERTIES.set(object, properties);
  return properties;
}

function span(node: Node): Span {
  return { offset: node.offset, length: node.length };
}

function spotAt(tree: Node | undefined, offset: number): Spot {
  let pointer: Pointer = '';
  let node = tree;
  descend: while (node?.children) {
    for (const [i, inner] of node.children.entries()) {
      if (offset < inner.offset || offset > inner.offset + inner.length) continue;
      if (node.type === 'array') {
        pointer += `/${i}`;
        node = inner;
        continue descend;
      }
      const [key, value] = inner.children ?? [];
      const inside = `${pointer}/${escapeSegment(String(key?.value))}`;
      if (key && offset <= key.offset + key.length) return { pointer: inside, part: 'key' };
      if (!value || offset < value.offset || offset > value.offset + value.length)
        return { pointer: inside, part: 'gap' };
      pointer = inside;
      node = value;
      continue descend;
    }
    return { pointer, part: 'gap' };
  }
  return { pointer, part: node ? 'value' : 'gap' };
}
