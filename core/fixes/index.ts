// Which findings have fixes that are made only when somebody asks for them. Cheap ones stand in the finding itself.
import { rightProfile, rightType } from './claims';
import { codeOfDisplay, otherCode, rightCode } from './codes';
import { nearConcept } from './concepts';
import { containedId, rightFullUrl, toTheFront, withoutReference, withoutUnreachable } from './entries';
import { rightPlace, rightUrl } from './extensions';
import { firstOf, type FixMaker } from './fixing';
import { rightForm, rightKind, shorter, withoutEmpty } from './forms';
import { missingKey } from './handling';
import { fewer, inOrder, without } from './items';
import { tidyMarkup, withoutNarrative } from './narratives';
import { addFirst, addReferred, addSections } from './missing';
import { rightChoice, rightName } from './names';
import { FIXES_OF_RULES } from './of-rules';
import { addMissing, fillEmpty } from './required';

/** By the id of the rule, in the order in which their fixes are offered behind those of the finding. */
export const FIX_MAKERS: Readonly<Record<string, readonly FixMaker[]>> = {
  'unknown-property': [rightName],
  kind: [rightKind, fillEmpty],
  empty: [withoutEmpty, fillEmpty],
  'primitive-form': [rightForm],
  required: [firstOf(rightUrl, missingKey, addSections, addMissing)],
  extension: [rightPlace],
  'profile-type': [rightProfile],
  'unknown-profile': [rightProfile],
  'resource-type': [rightType],
  'first-entry': [toTheFront, addFirst],
  'full-url': [rightFullUrl],
  'contained-id': [containedId],
  unreachable: [withoutUnreachable],
  'reference-missing': [withoutReference, addReferred],
  'reference-outside': [addReferred],
  'narrative-xml': [tidyMarkup],
  'narrative-content': [tidyMarkup],
  'narrative-active': [tidyMarkup],
  'narrative-empty': [withoutNarrative],
  max: [fewer],
  'max-length': [shorter],
  choice: [rightChoice],
  'slice-order': [inOrder],
  'slice-closed': [without],
  'code-unknown': [rightCode],
  binding: [rightCode],
  contradiction: [otherCode],
  'snomed-id': [codeOfDisplay, nearConcept],
  ...FIXES_OF_RULES,
};
