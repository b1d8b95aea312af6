// One message among several in a file: told as what it is there.
import type { CheckedDocument } from '../../core/validate/check-document';
import type { Place } from './judged';

export interface Position {
  /** In UTF-16 code units, from 0. */
  offset: number;
  /** Both from 1. */
  line: number;
  column: number;
}

export interface Among {
  /** Of the message in its file, from 0. */
  index: number;
  /** Where its text begins. */
  at: Position;
}

/** Counts lines and columns of a text that is read piece by piece. */
export function createPlaces(): { here: () => Position; pass: (text: string) => void } {
  const here: Position = { offset: 0, line: 1, column: 1 };
  let endsWithReturn = false;
  return {
    here: () => ({ ...here }),
    pass(text) {
      if (text === '') return;
      let ends = 0;
      let behind = -1;
      for (const { index, 0: lineEnd } of text.matchAll(/\r\n|\n|\r/g)) {
        ends += 1;
        behind = index + lineEnd.length;
      }
      here.column = behind < 0 ? here.column + text.length : text.length - behind + 1;
      // The two halves of one line end, in two pieces.
      here.line += ends - (endsWithReturn && text.startsWith('\n') ? 1 : 0);
      here.offset += text.length;
      endsWithReturn = text.endsWith('\r');
    },
  };
}

/** The list that a file of messages is, with this one alone in it: the others are not kept. */
export function amongOthers(value: unknown, { index }: Among): unknown[] {
  const all: unknown[] = [];
  all[index] = value;
  return all;
}

/** What was found in a message, as found in the list. */
export function inList(checked: CheckedDocument, among: Among | undefined): CheckedDocument {
  if (!among) return checked;
  const prefix = `/${among.index}`;
  const within = <T extends { pointer: string }>(one: T): T => ({ ...one, pointer: prefix + one.pointer });
  return { findings: checked.findings.map(within), unverified: checked.unverified.map(within) };
}

/** The same place in the whole file. @param at where the text begins */
export function placed(place: Place, at: Position): Place {
  const right = at.column - 1;
  return {
    ...place,
    offset: place.offset + at.offset,
    line: place.line + at.line - 1,
    column: place.column + (place.line === 1 ? right : 0),
    endLine: place.endLine + at.line - 1,
    endColumn: place.endColumn + (place.endLine === 1 ? right : 0),
  };
}
