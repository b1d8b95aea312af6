import { brokenValue, readBroken } from './broken-json';
import { type Positions, positionsIn } from './json-positions';
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
} from './json-units';
import type { Pointer } from './pointer';
import { moreBytes } from './utf-8';
import type { SourceDocument, Span, SyntaxProblem } from './source-document';

/** Messages nest about 20 deep; deeper than this is a mistake or an attack, and reading on would exhaust the stack. */
const DEEPEST = 200;

/** Messages hold some thousand values and brackets; more than this would exhaust the memory. */
const MOST_VALUES = 1_000_000;

/** Reads JSON text; broken text gives problems and as much of the value as can be read. Never throws. */
export function readJson(source: string): SourceDocument {
  const text = withoutMark(source);
  const { excess, values, members, bytes } = surveyOf(text);
  if (excess) return unreadable(source, { rule: 'too-much', ...excess, pointer: '' }, bytes);
  if (text.trim() === '') {
    const message =
      'The file is empty: a message starts with <Bundle xmlns="http://hl7.org/fhir"> or { "resourceType": "Bundle", … }.';
    return unreadable(source, { rule: 'json-syntax', message, span: { offset: 0, length: 0 }, pointer: '' }, bytes);
  }
  const strict = parsed(text);
  // Where fewer names were read than stand there, one stands twice.
  const isWhole = strict !== undefined && countMembers(strict.value) === members;
  const read = isWhole ? wellFormed(text, strict.value, values) : readBroken(text);
  return {
    ...read,
    format: 'json',
    text: source,
    bytes,
    exact: () => exactNumbers(text, read),
    asides: () => 0,
    spanOf: (pointer, part, within) => {
      const whole = read.spanOf(pointer, part);
      return within && part === 'value' ? stretchOf(text, whole, within) : whole;
    },
  };
}

/** The value alone; undefined of what is beyond reading. */
export function readJsonValue(source: string): unknown {
  const text = withoutMark(source);
  const strict = parsed(text);
  if (strict) return countValues(strict.value, DEEPEST) <= MOST_VALUES ? strict.value : undefined;
  return surveyOf(text).excess ? undefined : brokenValue(text);
}

/** Infinity where they nest deeper than so many levels. */
function countValues(value: unknown, levels: number): number {
  if (typeof value !== 'object' || value === null) return 1;
  if (levels === 0) return Infinity;
  let count = 1;
  if (Array.isArray(value)) for (const item of value) count += countValues(item, levels - 1);
  else for (const name in value) count += countValues((value as Record<string, unknown>)[name], levels - 1);
  return count;
}

/** A byte order mark is no part of the JSON; a space in its place keeps every offset. */
function withoutMark(source: string): string {
  return source.startsWith('\uFEFF') ? ` ${source.slice(1)}` : source;
}

function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** What reading itself gives; the rest is the same of every text. */
type JsonRead = Pick<SourceDocument, 'value' | 'problems' | 'spanOf' | 'pointerAt'>;

function wellFormed(text: string, value: unknown, values: number): JsonRead {
  let made: Positions | undefined;
  const positions = (): Positions => (made ??= positionsIn(text, values));
  return {
    value,
    problems: [],
    // Of the whole, which every message has something said of, no table is needed.
    spanOf: (pointer, part) => (pointer === '' ? spanOfWhole(text, part) : positions().spanOf(pointer, part)),
    pointerAt: (offset) => positions().pointerAt(offset),
  };
}

/** In the place of its name stands the opening bracket. */
function spanOfWhole(text: string, part: 'key' | 'value'): Span {
  const offset = text.length - text.trimStart().length;
  const isContainer = text[offset] === '{' || text[offset] === '[';
  return { offset, length: part === 'key' && isContainer ? 1 : text.trimEnd().length - offset };
}

/** The names in all objects of a value. */
function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) for (const item of value) count += countMembers(item);
  else
    for (const name in value) {
      const member = (value as Record<string, unknown>)[name];
      count += typeof member === 'object' ? 1 + countMembers(member) : 1;
    }
  return count;
}

function unreadable(text: string, problem: SyntaxProblem, bytes: number): SourceDocument {
  return {
    format: 'json',
    text,
    exact: () => new Map(),
    asides: () => 0,
    value: undefined,
    problems: [problem],
    spanOf: () => problem.span,
    bytes,
    pointerAt: () => ({ pointer: '', part: 'gap' }),
  };
}

/** A number that is not written as a program would: zeros at its end, an exponent, more digits than a program keeps. */
const UNUSUAL = /"(?:[^"\\\n]|\\.)*"|-?\d[\d.eE+-]*/g;

function exactNumbers(text: string, { pointerAt }: Pick<SourceDocument, 'pointerAt'>): ReadonlyMap<Pointer, string> {
  const exact = new Map<Pointer, string>();
  for (const { 0: word, index } of text.matchAll(UNUSUAL))
    if (!word.startsWith('"') && String(Number(word)) !== word) exact.set(pointerAt(index).pointer, word);
  return exact;
}

interface Survey {
  /** At most, of well-formed text. */
  values: number;
  /** Names with a colon. */
  members: number;
  /** In UTF-8. */
  bytes: number;
  /** What is beyond reading: parsers are recursive and keep something for each value, so this must be known before. */
  excess?: { message: string; span: Span };
}

function surveyOf(text: string): Survey {
  const { length } = text;
  let [depth, marks, values, members, wide] = [0, 0, 1, 0, 0];
  let excess: Survey['excess'];
  const beyond = (what: string, offset: number): void => {
    excess ??= { message: `${what} Check how this file was made.`, span: { offset, length: 1 } };
  };
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    switch (unit) {
      case QUOTE:
        // A text ends at its line's end at the latest.
        for (i++; i < length; i++) {
          const inside = text.charCodeAt(i);
          if (inside === QUOTE || inside === LINE_FEED) break;
          if (inside > 0x7f) wide += moreBytes(inside, text.charCodeAt(i - 1));
          else if (inside === BACKSLASH && text.charCodeAt(i + 1) <= 0x7f) i++;
        }
        break;
      case OPEN_BRACE:
      case OPEN_BRACKET:
        depth++;
        values++;
        if (depth > DEEPEST) beyond(`Nested more than ${DEEPEST} levels deep: no FHIR message is.`, i);
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        depth--;
        break;
      case COMMA:
        values++;
        break;
      case COLON:
        members++;
        continue;
      default:
        if (unit > 0x7f) wide += moreBytes(unit, text.charCodeAt(i - 1));
        continue;
    }
    if (++marks > MOST_VALUES) beyond('More than a million values: no FHIR message is that large.', i);
  }
  return { values, members, bytes: length + wide, ...(excess && { excess }) };
}

/** Where a stretch of a text value stands between its quotes: an escape is several characters of the source for one. */
function stretchOf(source: string, literal: Span, within: Span): Span {
  const end = literal.offset + literal.length - 1;
  if (source[literal.offset] !== '"') return literal;
  let at = literal.offset + 1;
  const skip = (units: number): number => {
    for (let i = 0; i < units && at < end; i++) at += source[at] !== '\\' ? 1 : source[at + 1] === 'u' ? 6 : 2;
    return Math.min(at, end);
  };
  const offset = skip(within.offset);
  return { offset, length: Math.max(skip(within.length) - offset, 1) };
}
