// What judging says of a file: plain data, so that it can come from another thread and needs no text to be told.
import type { Finding, Severity, Source } from '../../core/finding';
import type { Pointer } from '../../core/document/pointer';

/** A stretch of a text as a person finds it. */
export interface Place {
  /** Lines and columns from 1, columns in UTF-16 code units; the end is the place behind the last character. */
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  /** In UTF-16 code units of the whole text. */
  offset: number;
  length: number;
  /** The line that it begins on, without its line end and cut to what could be shown; start and end are indices in it. */
  around: { text: string; start: number; end: number };
}

export interface ToldFinding {
  rule: Finding['rule'];
  severity: Severity;
  /** One sentence: what is wrong and what would be right. */
  message: string;
  pointer: Pointer;
  /** The same place in FHIR's own style. */
  path: string;
  /** The same from the nearest resource on and without the places in lists, so that it stays when others come or go. */
  spot: string;
  source?: Source;
  place: Place;
  related: readonly { message: string; place: Place }[];
  /** In a file of several messages: which of them, from 1, and of how many. */
  among?: { message: number; of: number };
  /** What would mend it, the likeliest first; only where a reporter asks for it. */
  fixes?: readonly ToldFix[];
}

export interface ToldFix {
  title: string;
  /** Right beyond doubt, so that it may be done without asking. */
  sure: boolean;
  /** In the order of the text; none overlap. */
  edits: readonly { place: Omit<Place, 'around'>; text: string }[];
}

/** A finding that counts for nothing, and what lets it through. */
export interface PassedFinding extends ToldFinding {
  by: 'exception' | 'expected' | 'known';
  reason: string;
}

/** A file that was read, and what was found in it, in the order of its text. */
export interface JudgedFile {
  file: string;
  findings: readonly ToldFinding[];
  passed: readonly PassedFinding[];
  /** What stands beside it says which findings it is there to have, be it none. */
  isFixture?: true;
}

/** What a baseline knows. */
export interface GoneFinding {
  /** Relative to the folder of the baseline, with "/". */
  file: string;
  rule: string;
  spot: string;
  count: number;
}

export interface UnreadableFile {
  file: string;
  /** What is wrong and what to do, beginning with a verb: it follows the name of the file. */
  problem: string;
}

/** Of one message: its own file, and the one beside it where something is wrong with that. */
export type Verdict = readonly (JudgedFile | UnreadableFile)[];

export function isUnreadable(file: JudgedFile | UnreadableFile): file is UnreadableFile {
  return 'problem' in file;
}

/** In the order of the text. */
export function inPlace<T extends ToldFinding>(findings: readonly T[]): T[] {
  return findings.toSorted((a, b) => a.place.offset - b.place.offset);
}
