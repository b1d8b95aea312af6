// Narratives whose markup is broken or may not stand.
import { parentOf, valueAt } from '../document/pointer';
import type { FixMaker } from './fixing';
import { isNeeded } from './required';
import { tidied } from './tidy';

/** Everything that is wrong with the markup of a narrative at once. */
export const tidyMarkup: FixMaker = ({ pointer, fixes = [] }, { message }) => {
  const div = valueAt(message.root.resource, pointer);
  if (typeof div !== 'string') return [];
  const { text, isLess } = tidied(div);
  const isKnown = fixes.some((fix) => fix.kind === 'set' && fix.value === text);
  if (text === div || isKnown) return [];
  // Where one thing is to be mended, that is the surer way.
  const sure = fixes.length === 0 && !isLess;
  return [{ kind: 'set', title: 'Mend the markup of this narrative', pointer, value: text, sure }];
};

/** What says nothing may go, where nothing must be said. */
export const withoutNarrative: FixMaker = ({ pointer }, fixing) => {
  const text = parentOf(pointer);
  return isNeeded(text, fixing) ? [] : [{ kind: 'remove', title: 'Remove this narrative', pointer: text }];
};
