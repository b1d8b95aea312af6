import { BUNDLES } from './bundles';
import { CODES } from './codes';
import { EXTENSIONS } from './extensions';
import type { Fault } from './fault';
import { IDENTIFIERS } from './identifiers';
import { NARRATIVE } from './narrative';
import { PROFILES } from './profiles';
import { REFERENCES } from './references';
import { SHAPE } from './shape';
import { TEXT } from './text';

/** Every fault, by stage. */
export const FAULTS: Record<string, Fault[]> = {
  text: TEXT,
  shape: SHAPE,
  profiles: PROFILES,
  extensions: EXTENSIONS,
  codes: CODES,
  bundles: BUNDLES,
  references: REFERENCES,
  identifiers: IDENTIFIERS,
  narrative: NARRATIVE,
};
