// What an XML text has wrong as XML, noted while it is read: one sentence each, its place and how it may be mended.
import type { Span } from './source-document';
import type { TextEdit, TextFix } from './text-edits';

export interface Slip {
  message: string;
  span: Span;
  /** What follows was swallowed. */
  isOpenText?: boolean;
  mends?: () => TextFix[];
}

/** A text being read. */
export interface XmlReading {
  readonly text: string;
  /** False where a strict parser has to say, or would have something to say. */
  isPlain: boolean;
  readonly slips: Slip[];
  /** Those that were read, as they stand: the same few stand over and over. */
  readonly names: Map<string, XmlName>;
}

export interface XmlName {
  written: string;
  prefix: string;
  local: string;
}

export const NO_DOCTYPE =
  'FHIR XML has no DOCTYPE: remove it. Nothing that it declares is read, for it may bring in other files.';

/** More of one text is noise. */
const MOST_SLIPS = 100;

/** True where nothing more is told of a text; that it is broken is noted. */
export function isEnough(reading: XmlReading): boolean {
  if (reading.slips.length < MOST_SLIPS) return false;
  reading.isPlain = false;
  return true;
}

export function slipped(reading: XmlReading, slip: Slip): Slip {
  reading.isPlain = false;
  if (reading.slips.length < MOST_SLIPS) reading.slips.push(slip);
  return slip;
}

export function between(start: number, end: number): Span {
  return { offset: start, length: end - start };
}

export function mend(title: string, ...edits: [start: number, end: number, text: string][]): TextFix {
  return { title, edits: edits.map(([start, end, text]): TextEdit => ({ offset: start, length: end - start, text })) };
}

/** Only its writer can know. */
export function perhaps(fix: TextFix): TextFix {
  return { ...fix, sure: false };
}
