import { EXCEPTION_RULES } from '../exceptions/rules';
import { RULES_BY_STAGE } from '../validate/stage-rules';
import { headerId } from './header-id';
import { nhsNumber } from './nhs-number';
import type { Rule, RuleInfo } from './rule';

/** Every rule beyond shape and profiles, in the order in which they are checked. */
export const RULES: readonly Rule[] = [headerId, nhsNumber];

/** All that may be found, under the headings of the page of rules. */
export const RULES_BY_HEADING: Readonly<Record<string, readonly RuleInfo[]>> = {
  ...RULES_BY_STAGE,
  'What ITK3, the guides and the NHS ask': RULES,
  Exceptions: EXCEPTION_RULES,
};

/** All that may be found, for the settings. */
export const ALL_RULES: readonly RuleInfo[] = Object.values(RULES_BY_HEADING).flat();
