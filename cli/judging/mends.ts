// What would mend findings, as edits of their text: for reports that other programs act on. Each run says the same, so what
// would need a fresh identifier or the time is left out; and nothing that tells who a patient is goes into a report by this way.
import { editsFor } from '../../core/document/edits';
import type { TextEdit } from '../../core/document/text-edits';
import type { Fix } from '../../core/finding';
import { fixesOf, sureFix } from '../../core/fixes/fixes-of';
import { textFixesOf } from '../../core/fixes/text';
import type { Fresh } from '../../core/fresh';
import type { Knowledge } from '../../core/knowledge';
import { identifyingIn } from '../../core/nhs/patient-data';
import type { CheckedDocument, PlacedFinding } from '../../core/validate/check-document';
import type { Among } from './among';

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

/**
 * @param checked what was found in the text, by that knowledge
 * @param among of a text that is one message of its file: the findings say where they are in the file
 */
export function menderOf(
  text: string,
  { message, applicable }: CheckedDocument,
  knowledge: Knowledge,
  among?: Among,
): Mender {
  const { registry } = knowledge;
  const lasting = (finding: PlacedFinding): readonly Fix[] => {
    if (!message || !applicable) return finding.fixes ?? [];
    const { fresh, isUsed } = watchedFresh();
    const all = fixesOf(finding, { message, applicable, knowledge, fresh });
    return isUsed() ? (finding.fixes ?? []) : all;
  };
  const prefix = among ? `/${among.index}`.length : 0;
  return (told) => {
    const finding = { ...told, pointer: told.pointer.slice(prefix) };
    const all = [
      ...textFixesOf(finding, text, registry),
      ...lasting(finding).map((fix) => ({ title: fix.title, sure: fix.sure, edits: editsFor(text, fix, registry) })),
    ];
    const sure = sureFix(all);
    return all
      .filter(({ title, edits }) => {
        const added = edits.map((edit) => edit.text).join('');
        return edits.length > 0 && added.length <= LONGEST && !identifyingIn(`${title}\n${added}`);
      })
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
