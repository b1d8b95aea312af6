import { BUNDLES } from './bundles';
import { CODES } from './codes';
import { ENVELOPE_RULES } from './envelope-rules';
import { EXTENSIONS } from './extensions';
import type { Fault } from './fault';
import { IDENTIFIERS } from './identifiers';
import { NARRATIVE } from './narrative';
import { PROFILES } from './profiles';
import { REFERENCES } from './references';
import { RESPONSES } from './responses';
import { SHAPE } from './shape';
import { TEXT } from './text';

/** Every fault of a message that asks, by stage. */
export const FAULTS: Record<string, Fault[]> = {
  text: TEXT,
  shape: SHAPE,
  profiles: PROFILES,
  extensions: EXTENSIONS,
  codes: CODES,
  bundles: BUNDLES,
  references: REFERENCES,
  envelope: ENVELOPE_RULES,
  identifiers: IDENTIFIERS,
  narrative: NARRATIVE,
};

/** Those that need an acknowledgement. */
export const RESPONSE_FAULTS: Record<string, Fault[]> = { responses: RESPONSES };
