import path from 'node:path';
import type { Knowledge } from '../core/validate/stage';
import { loadKnowledge } from '../profiles/load';

let loaded: Knowledge | undefined;

/** What the build made; tests run from the root of the project. */
export function knowledge(): Knowledge {
  return (loaded ??= loadKnowledge(path.resolve('dist')));
}
