import { headerId } from './header-id';
import { nhsNumber } from './nhs-number';
import type { Rule } from './rule';

/** Every rule beyond shape and profiles, in the order in which they are checked. */
export const RULES: readonly Rule[] = [headerId, nhsNumber];
