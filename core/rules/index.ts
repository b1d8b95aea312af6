import { EXCEPTION_RULES } from '../exceptions/rules';
import { RULES_BY_STAGE } from '../validate/stage-rules';
import { allergyStatus } from './allergy-status';
import { attachment } from './attachment';
import { authorIdentifier } from './author-identifier';
import { compositionProfile } from './composition-profile';
import { contactInText } from './contact-in-text';
import { daysSupply } from './days-supply';
import { dispenseQuantity } from './dispense-quantity';
import { dispenseStatus } from './dispense-status';
import { documentEntries } from './document-entries';
import { documentIdentity } from './document-identity';
import { documentKind } from './document-kind';
import { doseDirections } from './dose-directions';
import { duplicateIdentifier } from './duplicate-identifier';
import { guideVersion } from './guide-version';
import { handlingKey } from './handling-key';
import { handlingValue } from './handling-value';
import { headerFocus } from './header-focus';
import { headerId } from './header-id';
import { headerSender } from './header-sender';
import { messageDefinition } from './message-definition';
import { messageEvent } from './message-event';
import { messageSize } from './message-size';
import { namedInText } from './named-in-text';
import { nhsNumber } from './nhs-number';
import { nhsNumberStatus } from './nhs-number-status';
import { obsoleteCodes } from './obsolete-codes';
import { odsCode } from './ods-code';
import { oneDocument } from './one-document';
import { organisationIdentity } from './organisation-identity';
import { patientIdentity } from './patient-identity';
import { patientInText } from './patient-in-text';
import { practiceInText } from './practice-in-text';
import { professionalNumber } from './professional-number';
import { referenceDisplay } from './reference-display';
import { replacement } from './replacement';
import { responseCode } from './response-code';
import { responseContent } from './response-content';
import { responseDiagnostics } from './response-diagnostics';
import { responseEvent } from './response-event';
import { responseIdentifier } from './response-identifier';
import { responseIssues } from './response-issues';
import { responsePrivacy } from './response-privacy';
import type { Rule, RuleInfo } from './rule';
import { sectionCode } from './section-code';
import { sectionEntry } from './section-entry';
import { sectionRepeated } from './section-repeated';
import { sectionTitle } from './section-title';
import { senderReference } from './sender-reference';
import { sourceEndpoint } from './source-endpoint';
import { supplyInText } from './supply-in-text';
import { timeInFuture } from './time-in-future';
import { timeOrder } from './time-order';

/** Every rule beyond shape and profiles, in the order in which they are checked, under the headings of the page of rules. */
const RULE_GROUPS: Readonly<Record<string, readonly Rule[]>> = {
  'Identifiers and times': [nhsNumber, professionalNumber, odsCode, timeInFuture],
  'The envelope': [
    headerId,
    handlingKey,
    handlingValue,
    messageEvent,
    messageDefinition,
    compositionProfile,
    headerSender,
    senderReference,
    sourceEndpoint,
    headerFocus,
    messageSize,
  ],
  Acknowledgements: [
    responseEvent,
    responseIdentifier,
    responseCode,
    responseIssues,
    responseDiagnostics,
    responsePrivacy,
    responseContent,
    obsoleteCodes,
  ],
  'The document': [
    oneDocument,
    documentIdentity,
    documentKind,
    documentEntries,
    duplicateIdentifier,
    replacement,
    attachment,
    timeOrder,
  ],
  'Its sections': [sectionCode, sectionTitle, sectionRepeated, sectionEntry, guideVersion],
  'The people, places and supplies in it': [
    nhsNumberStatus,
    patientIdentity,
    organisationIdentity,
    authorIdentifier,
    allergyStatus,
    dispenseStatus,
    dispenseQuantity,
    daysSupply,
    doseDirections,
  ],
  'What its text says of them': [
    namedInText,
    supplyInText,
    patientInText,
    practiceInText,
    contactInText,
    referenceDisplay,
  ],
};

export const RULES: readonly Rule[] = Object.values(RULE_GROUPS).flat();

/** All that may be found, under the headings of the page of rules. */
export const RULES_BY_HEADING: Readonly<Record<string, readonly RuleInfo[]>> = {
  ...RULES_BY_STAGE,
  ...RULE_GROUPS,
  Exceptions: EXCEPTION_RULES,
};

/** All that may be found, for the settings. */
export const ALL_RULES: readonly RuleInfo[] = Object.values(RULES_BY_HEADING).flat();
