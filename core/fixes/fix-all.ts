// Everything that may be mended without asking, mended: round after round, for what one fix brings to light another may mend.
import { composed } from '../document/compose-edits';
import { changed } from '../document/changes';
import { editsOf } from '../document/edits';
import { applyTextEdits, type TextEdit } from '../document/text-edits';
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

/** Slips of the text are mended one a round. */
const MOST_ROUNDS = 40;

/** After so many rounds that mended nothing more, the next would not either. */
const MOST_IDLE = 5;

/** So that no message, however broken, takes long. */
const MOST_AT_ONCE = 500;

/** @param wanted which findings to mend */
export function fixAll(
  text: string,
  judge: (text: string) => Judged,
  { knowledge, fresh }: Pick<Fixing, 'knowledge' | 'fresh'>,
  wanted: (finding: PlacedFinding) => boolean = () => true,
): AllFixed {
  const rounds: TextEdit[][] = [];
  let count = 0;
  let now = text;
  let fewest = Infinity;
  let idle = 0;
  while (rounds.length < MOST_ROUNDS && idle < MOST_IDLE) {
    const { findings, message, applicable } = judge(now);
    const open = findings.filter(wanted);
    let edits = repairOf(open, now) ?? [];
    if (edits.length > 0) {
      count++;
      // Now that more of the text can be read, there may be more to say of it.
      fewest = Infinity;
    } else if (message && applicable) {
      const fixes = surely(open, { message, applicable, knowledge, fresh });
      edits = editsOf(now, (value) => fixes.reduce((before, [, fix]) => changed(before, fix), value), knowledge.registry);
      count += fixes.length;
      idle = open.length < fewest ? 0 : idle + 1;
      fewest = Math.min(fewest, open.length);
    }
    if (edits.length === 0) break;
    rounds.push(edits);
    now = applyTextEdits(now, edits);
  }
  return { edits: composed(text.length, rounds), text: now, count };
}

/** A text that cannot be read must be mended before anybody knows what it says. */
function repairOf(findings: readonly PlacedFinding[], text: string): TextEdit[] | undefined {
  for (const finding of findings) {
    const sure = isOfText(finding) ? sureFix(textFixesOf(finding, text)) : undefined;
    if (sure) return sure.edits;
  }
  return undefined;
}

/** What can be done in one round. */
function surely(findings: readonly PlacedFinding[], fixing: Fixing): (readonly [PlacedFinding, Fix])[] {
  const sure: [PlacedFinding, Fix][] = [];
  for (const finding of findings) {
    if (sure.length === MOST_AT_ONCE) break;
    const fix = sureFix(fixesOf(finding, fixing));
    if (fix) sure.push([finding, fix]);
  }
  return compatible(sure);
}

const OF_TEXT: ReadonlySet<string> = new Set(['json-syntax', 'duplicate-key', 'not-fhir']);

export function isOfText({ rule }: PlacedFinding): boolean {
  return OF_TEXT.has(rule);
}
