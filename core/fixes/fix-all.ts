// Everything that may be mended without asking, mended: round after round, for what one fix brings to light another may mend.
import { composed } from '../document/compose-edits';
import { changed } from '../document/changes';
import { applyTextEdits, editsOf, type TextEdit } from '../document/json-edits';
import type { Fix } from '../finding';
import type { Message } from '../itk3/message';
import type { PlacedFinding } from '../validate/check-document';
import type { Applicable } from '../validate/stage';
import { compatible } from './compatible';
import { fixesOf, sureFix } from './fixes-of';
import type { Fixing } from './fixing';
import { textFixesOf } from './text';

/** A text as it is judged: without what settings and exceptions let stand. */
export interface Judged {
  findings: readonly PlacedFinding[];
  /** Undefined when the text is no resource. */
  message?: Message | undefined;
  applicable?: Applicable | undefined;
}

export interface AllFixed {
  /** Of the text that was given. */
  edits: TextEdit[];
  text: string;
  /** How many fixes it took. */
  count: number;
}

/** What is not done after so many rounds, two fixes undo for each other. */
const MOST_ROUNDS = 40;

/** @param wanted which findings to mend */
export function fixAll(
  text: string,
  judge: (text: string) => Judged,
  { knowledge, fresh }: Pick<Fixing, 'knowledge' | 'fresh'>,
  wanted: (finding: PlacedFinding) => boolean = () => true,
): AllFixed {
  const rounds: TextEdit[][] = [];
  const tried = new Set<string>();
  let count = 0;
  let now = text;
  while (rounds.length < MOST_ROUNDS) {
    const { findings, message, applicable } = judge(now);
    const isNew = ({ rule, pointer, message: says }: PlacedFinding): boolean => {
      const key = `${rule} ${pointer} ${says}`;
      return !tried.has(key) && tried.add(key) !== undefined;
    };
    // A text that cannot be read must be mended before anybody knows what it says.
    const repair = findings.filter(wanted).reduce<TextEdit[] | undefined>((found, finding) => {
      if (found || !isOfText(finding)) return found;
      const sure = sureFix(textFixesOf(finding, now));
      return sure && isNew(finding) ? sure.edits : undefined;
    }, undefined);
    let edits = repair ?? [];
    if (repair) count++;
    else if (message && applicable) {
      const fixing = { message, applicable, knowledge, fresh };
      const fixes = compatible(
        findings.filter(wanted).flatMap((finding): [PlacedFinding, Fix][] => {
          const sure = sureFix(fixesOf(finding, fixing));
          return sure ? [[finding, sure]] : [];
        }),
      ).filter(([finding]) => isNew(finding));
      edits = editsOf(now, (value) => fixes.reduce((before, [, fix]) => changed(before, fix), value));
      count += fixes.length;
    }
    if (edits.length === 0) break;
    rounds.push(edits);
    now = applyTextEdits(now, edits);
  }
  return { edits: composed(text.length, rounds), text: now, count };
}

const OF_TEXT: ReadonlySet<string> = new Set(['json-syntax', 'duplicate-key', 'not-fhir']);

export function isOfText({ rule }: PlacedFinding): boolean {
  return OF_TEXT.has(rule);
}
