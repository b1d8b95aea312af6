// What fixes are made with that cost too much, or need too much, to be made where their finding is.
import type { Finding, Fix } from '../finding';
import type { Message } from '../itk3/message';
import type { Knowledge } from '../knowledge';
import type { Fresh } from '../fresh';
import type { Applicable } from '../validate/stage';

/** The message as it was judged, and what the middle of the house does not have of its own. */
export interface Fixing {
  message: Message;
  /** The profiles that the judgement found for each resource. */
  applicable: Applicable;
  knowledge: Knowledge;
  /** Now, and fresh identifiers. */
  fresh: Fresh;
}

/** The fixes of one finding; none where it is not plain what would be right. */
export type FixMaker = (finding: Finding, fixing: Fixing) => Fix[];

/** The fixes of the first maker that knows any. */
export function firstOf(...makers: readonly FixMaker[]): FixMaker {
  return (finding, fixing) => {
    for (const make of makers) {
      const fixes = make(finding, fixing);
      if (fixes.length > 0) return fixes;
    }
    return [];
  };
}
