// The fixes of what the rules beyond profiles find, by family.
import { ACKNOWLEDGEMENT_FIXES } from './acknowledgement';
import { DOCUMENT_FIXES } from './documents';
import { ENVELOPE_FIXES } from './envelope';
import type { FixMaker } from './fixing';
import { NARRATIVE_LINK_FIXES } from './narrative-links';
import { ORGANISATION_FIXES } from './organisations';
import { PATIENT_FIXES } from './patients';
import { PRACTITIONER_FIXES } from './practitioners';
import { SECTION_FIXES } from './sections';
import { SUPPLY_FIXES } from './supplies';
import { TEXT_FIXES } from './texts';
import { TIME_FIXES } from './times';

/** By the id of the rule; makers of one rule may stand in several families. */
export const FIXES_OF_RULES: Readonly<Record<string, readonly FixMaker[]>> = joined(
  ENVELOPE_FIXES,
  ACKNOWLEDGEMENT_FIXES,
  DOCUMENT_FIXES,
  SECTION_FIXES,
  TIME_FIXES,
  PATIENT_FIXES,
  PRACTITIONER_FIXES,
  ORGANISATION_FIXES,
  SUPPLY_FIXES,
  TEXT_FIXES,
  NARRATIVE_LINK_FIXES,
);

function joined(...families: readonly Readonly<Record<string, readonly FixMaker[]>>[]): Record<string, FixMaker[]> {
  const makers: Record<string, FixMaker[]> = {};
  for (const family of families)
    for (const [rule, more] of Object.entries(family)) makers[rule] = [...(makers[rule] ?? []), ...more];
  return makers;
}
