import type { Pointer } from './document/pointer';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** A change of the value of a message (core/document/changes.ts); the document turns it into edits of its text. */
export type Change =
  /** Puts a value there with all that is missing above it. @member before of a new property: the one that it goes before */
  | { kind: 'set'; pointer: Pointer; value: unknown; before?: string }
  | { kind: 'remove'; pointer: Pointer }
  | { kind: 'rename'; pointer: Pointer; name: string }
  /** Puts an item into a list, before the one that stands there or at the list's end. */
  | { kind: 'insert'; pointer: Pointer; value: unknown }
  /** Takes an item out of its list and puts it where the other stands, counted without it. */
  | { kind: 'move'; pointer: Pointer; to: number }
  /** One after another: each pointer as things stand after those before. */
  | { kind: 'all'; changes: readonly Change[] };

/** What mends a finding. */
export type Fix = {
  title: string;
  /** Whether it is right beyond doubt, so that it may be done without asking. Where it does not say, it is if it is the only one. */
  sure?: boolean;
} & Change;

/** The standard that a finding rests on. */
export interface Source {
  title: string;
  url?: string;
}

/** One thing to say about a message: plain data, without any text position. */
export interface Finding {
  /** Kebab-case id: what the user sees, filters and switches. */
  rule: string;
  severity: Severity;
  pointer: Pointer;
  /** Whether the name of the property or its value is meant. */
  part: 'key' | 'value';
  /** The stretch of a text value that is meant, in UTF-16 code units of the text itself; the whole when absent. */
  within?: { offset: number; length: number };
  /** One sentence: what is wrong and what would be right. */
  message: string;
  source?: Source;
  /** The property that is missing, so that a misspelt one beside it need not be told twice. */
  missing?: string;
  /** The slice that stands too seldom or too often. */
  slice?: string;
  related?: { pointer: Pointer; message: string }[];
  fixes?: Fix[];
}

/** Takes findings as a stage makes them. */
export type Report = (finding: Finding) => void;
