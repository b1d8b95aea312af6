// What all reporters share: what they are told and where they may write. A reporter is one file and one line in ../validate.ts.
import type { JudgedFile, UnreadableFile } from '../judging/judged';
import type { Terminal } from '../terminal';

/** One run of a reporter: told of the files in their order, then that there are no more, even if the run broke off. */
export interface Report {
  judged(file: JudgedFile): void;
  unreadable(file: UnreadableFile): void;
  end(): void;
}

export type Reporter = (terminal: Terminal) => Report;
