import { AUTHORS } from './authors';
import { BUNDLES } from './bundles';
import { CODES } from './codes';
import { ENVELOPE_RULES } from './envelope-rules';
import { EXTENSIONS } from './extensions';
import { CONTENT_RULES } from './content-rules';
import { DOCUMENT_RULES } from './document-rules';
import type { Fault } from './fault';
import { IDENTIFIERS } from './identifiers';
import { INVARIANTS } from './invariants';
import { NARRATIVE } from './narrative';
import { PROFILES } from './profiles';
import { REFERENCES } from './references';
import { RESPONSES } from './responses';
import { SHAPE } from './shape';
import { TEXT } from './text';
import { TEXT_RULES } from './text-rules';

/** Every fault of a message that asks, by stage. */
export const FAULTS: Record<string, Fault[]> = {
  text: TEXT,
  shape: SHAPE,
  profiles: PROFILES,
  extensions: EXTENSIONS,
  codes: CODES,
  bundles: BUNDLES,
  references: REFERENCES,
  invariants: INVARIANTS,
  envelope: ENVELOPE_RULES,
  identifiers: IDENTIFIERS,
  narrative: NARRATIVE,
  'rules of the document': DOCUMENT_RULES,
  'rules of its content': CONTENT_RULES,
  'rules of its text': TEXT_RULES,
  authors: AUTHORS,
};

/** Those that need an acknowledgement. */
export const RESPONSE_FAULTS: Record<string, Fault[]> = { responses: RESPONSES };
