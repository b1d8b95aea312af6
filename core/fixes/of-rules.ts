// The fixes of what the rules beyond profiles find, by family.
import { ACKNOWLEDGEMENT_FIXES } from './acknowledgement';
import { ENVELOPE_FIXES } from './envelope';
import type { FixMaker } from './fixing';
import { PEOPLE_FIXES } from './people';

export const FIXES_OF_RULES: readonly Readonly<Record<string, readonly FixMaker[]>>[] = [
  ENVELOPE_FIXES,
  ACKNOWLEDGEMENT_FIXES,
  PEOPLE_FIXES,
];
