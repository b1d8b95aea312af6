// A value that a person has yet to finish: FHIR JSON in which holes stand where only they know what to write.
import { isObject } from '../json';

const HOLE = Symbol('hole');
const TEXT = Symbol('text');

type Plain = string | number | boolean;

/** A place to fill in: a tab stop in an editor, its example everywhere else. */
export interface Hole {
  [HOLE]: true;
  /** Plainly invented, or what it is most often; `{}` or `[]` where anything may stand inside an object or a list. */
  example: Plain | Record<string, never> | never[];
  /** All that may stand there, the likeliest first; nothing else may. */
  choices?: readonly Plain[];
  /** Holes of one name are filled in together. */
  name?: string;
  /** The members that follow in the same object and change with the choice, each with a value for every choice. */
  beside?: Readonly<Record<string, readonly Plain[]>>;
}

/** A text with holes in it, such as the table of a section. */
export interface TextWithHoles {
  [TEXT]: readonly (string | Hole)[];
}

/** JSON as FHIR has it, with holes and texts with holes among its values. */
export type Draft = unknown;

export function hole(example: Hole['example'], more: Pick<Hole, 'choices' | 'name' | 'beside'> = {}): Hole {
  return { [HOLE]: true, example, ...more };
}

export function textWithHoles(...parts: readonly (string | Hole)[]): TextWithHoles {
  return { [TEXT]: parts };
}

export function isHole(draft: Draft): draft is Hole {
  return typeof draft === 'object' && draft !== null && HOLE in draft;
}

/** The parts of a text with holes; undefined of anything else. */
export function partsOf(draft: Draft): readonly (string | Hole)[] | undefined {
  return typeof draft === 'object' && draft !== null && TEXT in draft ? (draft as TextWithHoles)[TEXT] : undefined;
}

/** The value with every hole at its example. */
export function filled(draft: Draft): unknown {
  if (isHole(draft)) return draft.example;
  const parts = partsOf(draft);
  if (parts) return parts.map((part) => (isHole(part) ? wordOf(part) : part)).join('');
  if (Array.isArray(draft)) return draft.map(filled);
  if (!isObject(draft)) return draft;
  return Object.fromEntries(Object.entries(draft).map(([name, inner]) => [name, filled(inner)]));
}

/**
 * The same where nobody is led from hole to hole: in the text of a section what is left to a person says that it is an
 * example, so that no one reads it as said of the patient.
 */
export function filledPlainly(draft: Draft): unknown {
  const parts = partsOf(draft);
  if (parts && typeof parts[0] === 'string' && parts[0].startsWith('<div')) {
    const said = (word: string): string => (word === '' ? '' : `Example: ${word}`);
    return parts.map((part) => (isHole(part) ? said(wordOf(part)) : part)).join('');
  }
  if (isHole(draft) || parts) return filled(draft);
  if (Array.isArray(draft)) return draft.map(filledPlainly);
  if (!isObject(draft)) return draft;
  return Object.fromEntries(Object.entries(draft).map(([name, inner]) => [name, filledPlainly(inner)]));
}

/** A draft is made when it is first asked for: of many that are offered, one is taken. */
export function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Whether anything is left to a person. */
export function hasHoles(draft: Draft): boolean {
  if (isHole(draft)) return true;
  const inside = partsOf(draft) ?? (Array.isArray(draft) || isObject(draft) ? Object.values(draft) : []);
  return inside.some(hasHoles);
}

/** What stands for a hole inside a text. */
function wordOf({ example }: Hole): string {
  return typeof example === 'object' ? '' : String(example);
}
