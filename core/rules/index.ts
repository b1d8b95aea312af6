import { EXCEPTION_RULES } from '../exceptions/rules';
import { RULES_BY_STAGE } from '../validate/stage-rules';
import { compositionProfile } from './composition-profile';
import { handlingKey } from './handling-key';
import { handlingValue } from './handling-value';
import { headerFocus } from './header-focus';
import { headerId } from './header-id';
import { headerOdsCode } from './header-ods-code';
import { headerSender } from './header-sender';
import { headerTimestamp } from './header-timestamp';
import { messageDefinition } from './message-definition';
import { messageEvent } from './message-event';
import { messageSize } from './message-size';
import { nhsNumber } from './nhs-number';
import { obsoleteCodes } from './obsolete-codes';
import { responseCode } from './response-code';
import { responseContent } from './response-content';
import { responseDiagnostics } from './response-diagnostics';
import { responseEvent } from './response-event';
import { responseIdentifier } from './response-identifier';
import { responseIssues } from './response-issues';
import { responsePrivacy } from './response-privacy';
import { senderReference } from './sender-reference';
import { sourceEndpoint } from './source-endpoint';
import type { Rule, RuleInfo } from './rule';

/** Every rule beyond shape and profiles, in the order in which they are checked. */
export const RULES: readonly Rule[] = [
  headerId,
  nhsNumber,
  // The envelope of any ITK3 message.
  handlingKey,
  handlingValue,
  messageEvent,
  messageDefinition,
  compositionProfile,
  headerSender,
  headerOdsCode,
  senderReference,
  sourceEndpoint,
  headerTimestamp,
  headerFocus,
  messageSize,
  // Acknowledgements.
  responseEvent,
  responseIdentifier,
  responseCode,
  responseIssues,
  responseDiagnostics,
  responsePrivacy,
  responseContent,
  obsoleteCodes,
];

/** All that may be found, under the headings of the page of rules. */
export const RULES_BY_HEADING: Readonly<Record<string, readonly RuleInfo[]>> = {
  ...RULES_BY_STAGE,
  'What ITK3, the guides and the NHS ask': RULES,
  Exceptions: EXCEPTION_RULES,
};

/** All that may be found, for the settings. */
export const ALL_RULES: readonly RuleInfo[] = Object.values(RULES_BY_HEADING).flat();
