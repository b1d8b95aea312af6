// What would mend findings, as edits of their text: for reports that other programs act on. Each run says the same, so what
// would need a fresh identifier or the time is left out.
import { editsFor } from '../../core/document/edits';
import type { TextEdit } from '../../core/document/text-edits';
import type { Fix } from '../../core/finding';
import { fixesOf, sureFix } from '../../core/fixes/fixes-of';
import { textFixesOf } from '../../core/fixes/text';
import type { Fresh } from '../../core/fresh';
import type { Knowledge } from '../../core/knowledge';
import type { CheckedDocument, PlacedFinding } from '../../core/validate/check-document';

export interface Mend {
  title: string;
  /** Right beyond doubt: what --fix would do. */
  sure: boolean;
  edits: readonly TextEdit[];
}

export type Mender = (finding: PlacedFinding) => Mend[];

/** The likeliest come first; whoever wants to choose from more has an editor. */
const MOST = 5;

/** Characters: a whole resource drafted anew belongs into an editor, not into a report. */
const LONGEST = 2000;

/** @param checked what was found in the text, by that knowledge */
export function menderOf(text: string, { message, applicable }: CheckedDocument, knowledge: Knowledge): Mender {
  const { registry } = knowledge;
  const lasting = (finding: PlacedFinding): readonly Fix[] => {
    if (!message || !applicable) return finding.fixes ?? [];
    const { fresh, isUsed } = watchedFresh();
    const all = fixesOf(finding, { message, applicable, knowledge, fresh });
    return isUsed() ? (finding.fixes ?? []) : all;
  };
  return (finding) => {
    const all = [
      ...textFixesOf(finding, text, registry),
      ...lasting(finding).map((fix) => ({ title: fix.title, sure: fix.sure, edits: editsFor(text, fix, registry) })),
    ];
    const sure = sureFix(all);
    return all
      .filter(({ edits }) => edits.length > 0 && edits.reduce((sum, edit) => sum + edit.text.length, 0) <= LONGEST)
      .slice(0, MOST)
      .map((one) => ({ title: one.title, sure: one === sure, edits: one.edits }));
  };
}

/** Tells whether anything was made with it. */
function watchedFresh(): { fresh: Fresh; isUsed: () => boolean } {
  let used = false;
  const watched = <T>(value: T): T => {
    used = true;
    return value;
  };
  const fresh: Fresh = {
    get now() {
      return watched(new Date(0));
    },
    randomUUID: () => watched('00000000-0000-4000-8000-000000000000'),
    random: () => watched(0),
  };
  return { fresh, isUsed: () => used };
}
