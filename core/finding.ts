import type { Pointer } from './document/pointer';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** An edit on the value of a message; the source document turns it into an edit of its text. */
export type Fix = {
  title: string;
  /** Whether it is right beyond doubt, so that it may be done without asking; an only fix is, unless it says `false`. */
  sure?: boolean;
} & (
  | { kind: 'set'; pointer: Pointer; value: unknown }
  | { kind: 'remove'; pointer: Pointer }
  | { kind: 'rename'; pointer: Pointer; name: string }
);

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
  related?: { pointer: Pointer; message: string }[];
  fixes?: Fix[];
}

/** Takes findings as a stage makes them. */
export type Report = (finding: Finding) => void;
