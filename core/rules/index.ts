import { EXCEPTION_RULES } from '../exceptions/rules';
import { STAGE_RULES } from '../validate/stage-rules';
import { headerId } from './header-id';
import { nhsNumber } from './nhs-number';
import type { Rule, RuleInfo } from './rule';

/** Every rule beyond shape and profiles, in the order in which they are checked. */
export const RULES: readonly Rule[] = [headerId, nhsNumber];

/** All that may be found, for the list of rules and for the settings. */
export const ALL_RULES: readonly RuleInfo[] = [...STAGE_RULES, ...RULES, ...EXCEPTION_RULES];
