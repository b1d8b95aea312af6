// What all reporters share: what they are told and where they may write. A reporter is one file and one line in
// formats.ts.
import type { FailOn } from '../judging/fail-on';
import type { GoneFinding, JudgedFile, UnreadableFile } from '../judging/judged';
import type { Terminal } from '../terminal';

/** One run of a reporter: told of the files in their order, then that there are no more, even if the run broke off. */
export interface Report {
  judged(file: JudgedFile): void;
  unreadable(file: UnreadableFile): void;
  end(outcome: Outcome): void;
}

/** What the run comes to. */
export interface Outcome {
  /** The exit code; undefined when the run broke off. */
  code?: number;
  /** Why it fails, as a sentence, where the number of errors does not say it. */
  why?: string;
  /** Where a baseline was given: its name, and what it knows that is found no longer. */
  baseline?: { name: string; gone: readonly GoneFinding[]; isWritten: boolean };
}

/** What of the command line a report has to know. */
export interface Asked {
  failOn: FailOn;
  /** Whether fixtures must have what is expected of them and nothing else. */
  exact: boolean;
  hasBaseline: boolean;
}

/** @param terminal whose `stdout` the report goes to, be it a file */
export type Reporter = (terminal: Terminal, asked: Asked) => Report;
