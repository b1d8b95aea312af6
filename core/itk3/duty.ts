// What the sender of a message must do when it has been answered (profiles/itk3/envelope.json).
import type { Knowledge } from '../knowledge';
import type { Duty } from './use-case';

export interface Answer {
  code?: string;
  layer?: Duty['layer'];
  outcome: NonNullable<Duty['outcome']>;
  /** Whether a business response was asked for, where that is known. */
  awaits?: boolean;
}

/** The first that fits: what is said of a code stands before what is said of its layer. */
export function dutyOf(answer: Answer, { envelope }: Knowledge): Duty | undefined {
  return envelope.response.duties.find(
    ({ codes, layer, outcome, awaits }) =>
      (codes === undefined || (answer.code !== undefined && codes.includes(answer.code) && isOfCode(answer))) &&
      (layer === undefined || layer === answer.layer) &&
      (outcome === undefined || outcome === answer.outcome) &&
      (awaits === undefined || awaits === answer.awaits),
  );
}

/** What is to be done about a code holds only where the rest of the answer does not contradict it. */
function isOfCode({ outcome }: Answer): boolean {
  return outcome === 'positive' || outcome === 'negative';
}
