import type { Pointer } from './pointer';
import type { TextFix } from './text-edits';

/** A stretch of text, in UTF-16 code units from the start. */
export interface Span {
  offset: number;
  length: number;
}

/** What the text itself has wrong, before anyone asks what it means. */
export interface SyntaxProblem {
  rule: string;
  message: string;
  span: Span;
  pointer: Pointer;
  related?: { span: Span; message: string }[];
  /** A text that is not closed: what follows cannot be trusted. */
  isOpenText?: boolean;
  /** The value was read whole all the same: nothing is missing because of it. */
  isWhole?: boolean;
  /** Its repairs, where the reader knows them; made when they are asked for. */
  mends?: () => TextFix[];
}

/** Where an offset lies: on a property's name, on a value, or between. */
export interface Spot {
  pointer: Pointer;
  part: 'key' | 'value' | 'gap';
  /** Where it lies on another place than `spanOf` tells of, as on an end tag. */
  span?: Span;
}

/** How a message is written: FHIR JSON, or FHIR XML, which is what travels. */
export type Format = 'json' | 'xml';

/** A text read as a message: one implementation a format, and the only place where text is known. */
export interface SourceDocument {
  readonly format: Format;
  readonly text: string;
  /** The resource as FHIR JSON, as far as the text could be read; undefined when nothing could. */
  readonly value: unknown;
  readonly problems: SyntaxProblem[];
  /**
   * The span of the nearest ancestor when nothing stands at the pointer.
   * @param within the stretch of a text value that is meant, in code units of the value; escapes are reckoned with here
   */
  spanOf(pointer: Pointer, part: 'key' | 'value', within?: Span): Span;
  /** Of the text, in UTF-8. */
  readonly bytes: number;
  pointerAt(offset: number): Spot;
  /** Numbers that would be written otherwise than they stand here (`1.50`), as they stand, by their place. */
  exact(): ReadonlyMap<Pointer, string>;
  /** How many comments and instructions stand in it, which the value does not have. */
  asides(): number;
}
