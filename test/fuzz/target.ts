// What is fuzzed: a maker of cases, and cases that say what is wrong by throwing it.
import { shorterBytes, shorterList, smallerText } from './smaller';
import type { Random } from './random';

export interface Case {
  check(): void | Promise<void>;
  /** The same with less in it, the greatest cuts first. */
  smaller(): Iterable<Case>;
  /** What goes into the file of a failure. */
  told(): string | Buffer;
}

export interface Target {
  name: string;
  /** How many of its cases are part of the tests. */
  cases: number;
  /** The same numbers make the same case. */
  make(random: Random): Case;
  /** Ends what its cases share. */
  close?(): void | Promise<void>;
}

export function textCase(text: string, check: (text: string) => void | Promise<void>): Case {
  return {
    check: () => check(text),
    told: () => text,
    *smaller() {
      for (const one of smallerText(text)) yield textCase(one, check);
    },
  };
}

export function bytesCase(bytes: Buffer, check: (bytes: Buffer) => void | Promise<void>): Case {
  return {
    check: () => check(bytes),
    told: () => bytes,
    *smaller() {
      for (const one of shorterBytes(bytes)) yield bytesCase(one, check);
    },
  };
}

/** Steps that are carried out one after another. */
export function stepsCase<T>(steps: readonly T[], check: (steps: readonly T[]) => void | Promise<void>): Case {
  return {
    check: () => check(steps),
    told: () => steps.map((step) => JSON.stringify(step)).join('\n'),
    *smaller() {
      for (const one of shorterList(steps)) yield stepsCase(one, check);
    },
  };
}
