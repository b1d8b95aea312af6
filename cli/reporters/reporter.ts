// What all reporters share: what they are told and where they may write. A reporter is one file and one line in ../validate.ts.
import type { ExceptedFinding } from '../../core/exceptions/apply';
import type { PlacedFinding } from '../../core/validate/check-document';
import type { Input, Unreadable } from '../read-input';
import type { Terminal } from '../terminal';

/** A file that was read, and what was found in it, in the order of its text. */
export interface Judged extends Input {
  /** The value of the text as far as it could be read: what pointers point into. */
  value: unknown;
  findings: readonly PlacedFinding[];
  /** What the file beside it excepts, with the reasons. */
  excepted: readonly ExceptedFinding[];
}

/** One run of a reporter: told of the files in their order, then that there are no more, even if the run broke off. */
export interface Report {
  judged(file: Judged): void;
  unreadable(file: Unreadable): void;
  end(): void;
}

export type Reporter = (terminal: Terminal) => Report;
