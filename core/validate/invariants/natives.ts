// Constraints that Emergency Supply messages, ITK3 responses and other ITK3 documents meet at every step, by the exact text of their published
// expression: one that reads otherwise goes to the FHIRPath library. A property test holds both to the same verdict.
import type { Native } from './breach';
import { BUNDLE } from './natives/bundle';
import { CLINICAL } from './natives/clinical';
import { CONTAINED } from './natives/contained';
import { DATA_TYPES } from './natives/data-types';
import { RESOURCES } from './natives/resources';
import { TIMING } from './natives/timing';

export const NATIVES: ReadonlyMap<string, Native> = new Map(
  Object.entries({ ...CONTAINED, ...BUNDLE, ...DATA_TYPES, ...RESOURCES, ...CLINICAL, ...TIMING }),
);
