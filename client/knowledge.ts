import type { Knowledge } from '../core/knowledge';
import { loadKnowledge } from '../profiles/load';

let loaded: Knowledge | undefined;

/** What the standards say, read from beside the bundle when first asked for, once. */
export function knowledge(): Knowledge {
  return (loaded ??= loadKnowledge(__dirname));
}
