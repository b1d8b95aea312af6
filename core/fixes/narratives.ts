// Narratives whose markup is broken or may not stand.
import { parentOf, valueAt } from '../document/pointer';
import { whyNotWritten, writeSectionTexts } from '../refactor/section-text';
import { ESCAPED_TAG } from '../validate/narrative';
import { decoded } from '../validate/xhtml';
import type { FixMaker } from './fixing';
import { isNeeded } from './required';
import { tidied } from './tidy';

/** Everything that is wrong with the markup of a narrative at once. */
export const tidyMarkup: FixMaker = ({ pointer, fixes = [] }, { message }) => {
  const div = valueAt(message.root.resource, pointer);
  if (typeof div !== 'string') return [];
  const { text, isLess } = tidied(div);
  const isKnown = fixes.some((fix) => fix.kind === 'set' && fix.value === text);
  // Markup that was escaped is text, and may be meant as text.
  if (text === div && ESCAPED_TAG.test(div)) {
    const value = tidied(div.replace(ALL_ESCAPED, (tag) => decoded(tag))).text;
    return [{ kind: 'set', title: 'Write the markup with < and >', pointer, value, sure: false }];
  }
  if (text === div || isKnown) return [];
  // Where one thing is to be mended, that is the surer way.
  const sure = fixes.length === 0 && !isLess;
  return [{ kind: 'set', title: 'Mend the markup of this narrative', pointer, value: text, sure }];
};

const ALL_ESCAPED = new RegExp(ESCAPED_TAG, 'gi');

/** What says nothing may go, where nothing must be said; a section has something to say where its resources have. */
export const withoutNarrative: FixMaker = ({ pointer }, fixing) => {
  const text = parentOf(pointer);
  if (!isNeeded(text, fixing)) return [{ kind: 'remove', title: 'Remove this narrative', pointer: text }];
  const { message, knowledge } = fixing;
  const section = parentOf(text);
  if (whyNotWritten(message, knowledge, section) !== undefined) return [];
  const value = valueAt(writeSectionTexts(message, knowledge, section), pointer);
  if (typeof value !== 'string') return [];
  return [{ kind: 'set', title: 'Write the text from what the resources say', pointer, value, sure: false }];
};
