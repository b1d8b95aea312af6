// What one run keeps for the next over the same files.
import type { Loaded } from '../../profiles/load';
import type { Verdict } from './judged';

export interface Memory {
  /** By the whole path of the file; undefined of a file that is none of ours. */
  verdicts: Map<string, Verdict | undefined>;
  /** The person's own packages of profiles. */
  own?: Loaded | undefined;
  /** How many files there were. */
  files: number;
}

export function newMemory(): Memory {
  return { verdicts: new Map(), files: 0 };
}
